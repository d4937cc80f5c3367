"""The recorded answers of the Chinese portals, which lie beside the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Answer:
    """One recorded answer."""

    url: str
    status: int
    day: date
    body: bytes


@dataclass(frozen=True)
class Recordings:
    """All recorded answers, oldest first."""

    answers: tuple[Answer, ...]

    def of(self, *parts: str, status: int = 200) -> list[Answer]:
        """Those whose address holds all of ``parts``, oldest first."""
        return [it for it in self.answers if it.status == status and all(part in it.url for part in parts)]

    def first(self, *parts: str, since: str = "2000-01-01") -> Answer:
        """The first one since a day."""
        return next(it for it in self.of(*parts) if it.day >= date.fromisoformat(since))


@pytest.fixture(scope="session")
def samr(recorded: Path) -> Recordings:
    folder = recorded / "samr"
    answers = [
        Answer(
            entry["url"],
            entry["status"],
            parsedate_to_datetime(entry["recorded"]).date(),
            (folder / entry["file"]).read_bytes(),
        )
        for entry in json.loads((folder / "index.json").read_text())
    ]
    return Recordings(tuple(sorted(answers, key=lambda it: (it.day, it.url))))
