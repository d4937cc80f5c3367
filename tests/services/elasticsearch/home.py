"""The server with its plugin, put together once."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.services import folders
from tests.services.elasticsearch import artifacts, java
from tests.services.errors import FetchFailed

SOURCES = Path(__file__).parent / "plugin"
PLUGIN = "analysis-stand-in"
UNUSED = ("apm", "x-pack-security")
"""Modules that cost a fifth of the time to start: tracing, and security, which is off."""
DESCRIPTOR = f"""
name={PLUGIN}
description=The analysis components that the minimal distribution lacks
version=1
classname=portal.StandInPlugin
java.version={java.OLDEST}
elasticsearch.version={artifacts.SERVER.version}
"""


@dataclass(frozen=True)
class Installation:
    """What a node is started from."""

    java: java.Java
    home: Path


def install() -> Installation:
    """Fetch and build what is not in the cache yet."""
    with artifacts.alone():
        runtime = java.find()
        home = place()
        if not home.exists():
            with artifacts.half_made(home) as folder:
                left_out = shutil.ignore_patterns(*UNUSED)
                shutil.copytree(_unpacked(), folder / "home", copy_function=os.link, ignore=left_out)
                _build(folder / "home" / "plugins" / PLUGIN, runtime)
                (folder / "home").rename(home)
    if os.geteuid() == 0 and (closed := folders.closed_to_others(home)):
        raise PermissionError(
            f"{closed} is closed to the user {folders.USER}: set XDG_CACHE_HOME to a folder that is not"
        )
    return Installation(runtime, home)


def place() -> Path:
    return folders.cached() / f"elasticsearch-{artifacts.SERVER.version}-{_key()}"


def _key() -> str:
    """Another plugin or server makes another home."""
    parts = [path.read_bytes() for path in sorted(SOURCES.rglob("*.java"))]
    parts += [artifact.sha256.encode() for artifact in (artifacts.SERVER, artifacts.CHINESE, artifacts.COMPILER)]
    return hashlib.sha256(b"".join([*parts, DESCRIPTOR.encode(), *(name.encode() for name in UNUSED)])).hexdigest()[:10]


def _unpacked() -> Path:
    unpacked = artifacts.SERVER.path.with_suffix("")
    if not unpacked.exists():
        server = artifacts.fetch(artifacts.SERVER)
        with artifacts.half_made(unpacked) as folder:
            with zipfile.ZipFile(server) as archive:
                archive.extractall(folder)
            (folder / unpacked.name).rename(unpacked)
        server.unlink()
    return unpacked


def _build(target: Path, runtime: java.Java) -> None:
    """Compile the plugin and lay it where the server looks for it."""
    target.mkdir()
    chinese = shutil.copy(artifacts.fetch(artifacts.CHINESE), target)
    classes = target.parent / "classes"
    libraries = ":".join(map(str, [*(target.parent.parent / "lib").glob("*.jar"), chinese]))
    compiler: list[str | Path] = [runtime.program, "-jar", artifacts.fetch(artifacts.COMPILER)]
    options: list[str | Path] = [
        f"-{java.OLDEST}",
        "-proc:none",
        "-warn:none",
        "-encoding",
        "UTF-8",
        "-classpath",
        libraries,
        "-d",
        classes,
    ]
    done = subprocess.run([*compiler, *options, SOURCES], capture_output=True, text=True, check=False)
    if done.returncode:
        raise FetchFailed(f"the plugin does not compile: {done.stderr}")
    with zipfile.ZipFile(target / f"{PLUGIN}.jar", "w") as archive:
        for path in sorted(classes.rglob("*.class")):
            archive.write(path, path.relative_to(classes))
    shutil.rmtree(classes)
    (target / "plugin-descriptor.properties").write_text(DESCRIPTOR)
