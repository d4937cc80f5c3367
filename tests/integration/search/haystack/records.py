"""A part of the bundled records, taken over as a crawl does."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from content.standards import store
from content.standards.classification_tables import load_classifications
from content.standards.items import StandardItem
from content.standards.models import FilePage, Standard
from crawlers import bundle
from crawlers.parsers.iso import parse_deliverable
from tests.factories import make_file, make_source

FIRST = 900
"""The first ISO standards of the bundle."""
COMMITTEES = frozenset({"ISO/TC 176", "ISO/TC 207", "ISO/TC 46"})
"""And all of quality and environmental management, and of information and documentation."""
CHINESE = ("openstd", "hbba", "ttbz")


def load() -> None:
    """Some 1,400 standards with their relations and classes; one has a file with pages."""
    load_classifications()
    store.upsert(list(_iso()), source=make_source("iso"))
    for name in CHINESE:
        store.upsert(list(_facts(name)), source=make_source(name))
    with_pages = make_file(Standard.objects.get(designation="ISO 14001:2015"))
    for number, text in enumerate(("Scope and terms", "The zeugmatic provision of lifecycle thinking"), 1):
        FilePage.objects.create(file=with_pages, number=number, text=text)


def _iso() -> Iterator[StandardItem]:
    lines = _lines(bundle.folder("iso") / "iso_deliverables_metadata.jsonl.xz")
    rows = [(line, json.loads(line)) for line in lines]
    chosen = [
        (line, row) for at, (line, row) in enumerate(rows) if at < FIRST or row.get("ownerCommittee") in COMMITTEES
    ]
    references = {row["id"]: row["reference"] for _line, row in rows}
    for line, _row in chosen:
        yield parse_deliverable(line, references)


def _facts(name: str) -> Iterator[StandardItem]:
    for line in _lines(bundle.folder(name) / "facts.jsonl.xz"):
        yield StandardItem.model_validate(json.loads(line)["item"])


def _lines(path: Path) -> list[bytes]:
    with lzma.open(path) as file:
        return file.read().splitlines(keepends=True)
