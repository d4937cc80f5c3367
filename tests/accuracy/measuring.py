"""Runs the parsers over what is bundled and what is recorded and compares it with the truth.

``truth/portals.json`` was read by hand from recorded pages. The bundled TBT notices are their own truth: the form's
points as transcribed, before the parser.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

from content.tbt.items import NotificationItem
from crawlers.documents import Document
from crawlers.parsers import facts, openstd, sacinfo, tbt_notices
from crawlers.parsers.statement import Statement
from tests.accuracy.tally import Tally

TRUTH = Path(__file__).parent / "truth" / "portals.json"
BUNDLES = Path(facts.__file__).parents[1] / "recorded"
_PAGES: dict[str, tuple[str, Callable[[bytes, str], Statement]]] = {
    "openstd": ("newGbInfo", openstd.parse_detail),
    "hbba": ("stdDetail", sacinfo.parse_filed),
}
_NOT_IN_FACTS = ("replaces", "record_number")
"""The store's items have relations of their own, and no record number."""
_AS_WRITTEN = {"date": "circulated", "agency": "agency", "articles": "articles", "products": "products"}
_AS_WRITTEN |= {"title": "title", "hs": "hs", "ics": "ics", "comments": "comments", "attachments": "documents"}


def bundled(source: str) -> Document:
    """The facts of a source that the project brings along."""
    return Document.of(source, lzma.decompress((BUNDLES / source / "facts.jsonl.xz").read_bytes()))


def of_bundles() -> list[Tally]:
    """What can be measured with the project alone."""
    return [*(_portal_facts(source) for source in _PAGES), _notices()]


def of_recordings(folder: Path) -> list[Tally]:
    """Every recorded page of the standards whose truth is known, in each layout that the portals have had."""
    truths = _truths()
    tallies = {source: Tally(f"{source}, recorded pages") for source in _PAGES}
    for entry in json.loads((folder / "samr" / "index.json").read_text(encoding="utf-8")):
        for source, (part, parse) in _PAGES.items():
            if part in entry["url"] and entry["status"] == 200:
                read = parse((folder / "samr" / entry["file"]).read_bytes(), entry["url"])
                if truth := truths[source].get(read.key):
                    tallies[source].compare(truth, read)
    return list(tallies.values())


def _truths() -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {source: {} for source in _PAGES}
    for key, truth in json.loads(TRUTH.read_text(encoding="utf-8")).items():
        found[truth.pop("source")][key] = truth
    return found


def _portal_facts(source: str) -> Tally:
    tally = Tally(f"{source}, bundled facts")
    truths = _truths()[source]
    for item in facts.parse_facts(bundled(source)):
        if truth := truths.get(item.key):
            tally.compare({name: value for name, value in truth.items() if name not in _NOT_IN_FACTS}, item)
    return tally


def _notices() -> Tally:
    tally = Tally("tbt_portals, bundled notices")
    document = bundled("tbt_portals")
    for line, read in zip(document.lines(), tbt_notices.parse(document), strict=True):
        if not isinstance(read, NotificationItem):
            tally.reject(read.reason)
            continue
        notice = json.loads(line)
        tally.compare({name: notice.get(said) or "" for said, name in _AS_WRITTEN.items() if said in notice}, read)
    return tally
