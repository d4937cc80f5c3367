"""Chinese laws: what the parser reads of twenty recorded texts against what a reader sees in them.

Every 21st text in the order of their paths, but for one whose note fills a page. Days are those of the note below the
title; chapters and articles are those of the text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

from crawlers.parsers import flk
from tests.accuracy.tally import Tally

TRUTH = Path(__file__).parent / "truth" / "laws.json"
_NAMED = re.compile(r"\((\d{4}-\d{2}-\d{2})\)\.md$")


def of_recordings(folder: Path) -> list[Tally]:
    """Title, kind, days of the note, chapters and articles."""
    tally = Tally("flk, recorded texts")
    for truth in json.loads(TRUTH.read_text(encoding="utf-8")):
        path: str = truth.pop("file")
        item = flk.parse_markdown((folder / "laws" / path).read_bytes(), path)
        days = {day for stage in item.stages for day in (stage.date, *stage.dates) if day}
        named = _NAMED.search(path)
        if named and named[1] not in truth["days"]:  # the day in the name of the file is no day of the note
            days.discard(named[1])
        read = SimpleNamespace(
            title=item.title,
            kind=item.kind,
            days=sorted(days),
            chapters=sum(unit.kind == "chapter" for unit in item.units),
            articles=sum(unit.kind == "article" for unit in item.units),
        )
        tally.compare(truth, read)
    return [tally]
