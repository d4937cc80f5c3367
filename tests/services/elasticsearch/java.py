"""The Java that Elasticsearch runs on.

An installed one that fits is taken (``ES_JAVA_HOME``, ``JAVA_HOME``, Debian's), else PyPI's, which lacks nothing but
the vector instructions of benchmarks. Which Java it is makes no other difference: both run the tests.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.services import folders
from tests.services.elasticsearch import artifacts

OLDEST, NEWEST = 21, 25
"""What Elasticsearch 9.2 supports."""


@dataclass(frozen=True)
class Java:
    home: Path

    @property
    def program(self) -> Path:
        return self.home / "bin" / "java"

    @property
    def version(self) -> int:
        found = re.search(r'^JAVA_VERSION="(\d+)', (self.home / "release").read_text(), re.MULTILINE)
        return int(found.group(1)) if found else 0

    @property
    def has_vectors(self) -> bool:
        return "jdk.incubator.vector" in (self.home / "release").read_text()

    def fits(self) -> bool:
        """Whether it is of the right version, and within reach of the user that the servers run as."""
        if not self.program.exists() or not (self.home / "release").exists():
            return False
        reachable = os.geteuid() != 0 or folders.closed_to_others(self.home.resolve()) is None
        return OLDEST <= self.version <= NEWEST and reachable


def installed() -> Iterator[Java]:
    """What is installed on this machine, the wanted first."""
    given = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    return (Java(home) for home in (*given, *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)))


def find() -> Java:
    return next((java for java in installed() if java.fits()), None) or Java(artifacts.fetch_java())
