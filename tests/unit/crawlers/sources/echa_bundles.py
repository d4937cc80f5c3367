"""The bundles of ECHA's lists, made from the recorded exports: ``python -m tests.unit.crawlers.sources.echa_bundles``
writes them anew."""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from content.reach.items import EntryItem
from crawlers import config
from crawlers.documents import Document, Rejected
from crawlers.parsers import echa, facts
from portal.settings.env import BASE_DIR

EXPORTS = BASE_DIR.parent / "shared" / "recorded" / "echa"
RECORDED = Path(facts.__file__).parents[1] / "recorded"
Parser = Callable[[Document], Iterable[EntryItem | Rejected]]
LISTS: dict[str, tuple[str, str, Parser]] = {
    "echa_candidate": (
        "candidate-list-of-svhc-for-authorisation-export.csv",
        "2026-04-01",
        echa.parse_candidate_export,
    ),
    "echa_authorisation": (
        "authorisation_list_full.xlsx",
        "2025-09-13",
        lambda document: echa.parse_xlsx("authorisation", document),
    ),
    "echa_restriction": (
        "restriction_list_full.xlsx",
        "2026-03-03",
        lambda document: echa.parse_xlsx("restriction", document),
    ),
}
NOTICE = """{title}, {page}
Facts only: names, registry numbers, dates, reasons and remarks of the entries, as the European Chemicals Agency
publishes them.

Source   European Chemicals Agency, http://echa.europa.eu/. Reproduction is authorised with acknowledgement of the
         source (https://echa.europa.eu/legal-notice).
Read     by this project's own parser (crawlers/parsers/echa.py) from ECHA's export of {day}: {count} entries.
Format   facts.jsonl.xz, one fact a line: the entry as the crawler would have stored it, and "recorded", the day of the
         export.

Only the Official Journal of the European Union is authentic. tests/unit/crawlers/sources/test_echa.py checks the facts
against the export.
"""


def entries(source: str) -> list[EntryItem | Rejected]:
    """What the parser reads from the recorded export."""
    name, _day, parse = LISTS[source]
    return list(parse(Document.of("https://echa.europa.eu/", (EXPORTS / name).read_bytes())))


def text(source: str) -> str:
    """The bundle, uncompressed."""
    day = LISTS[source][1]
    items = [one for one in entries(source) if isinstance(one, EntryItem)]
    said = ({"recorded": day, "item": one.model_dump(mode="json", exclude_defaults=True)} for one in items)
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in said)


def main() -> int:
    for source in LISTS:
        folder = RECORDED / source
        folder.mkdir(exist_ok=True)
        body = text(source).encode()
        loaded = config.load(source)
        (folder / "facts.jsonl.xz").write_bytes(lzma.compress(body, preset=9))
        document = {
            "url": str(loaded.data_url),
            "file": "facts.jsonl.xz",
            "media_type": facts.MEDIA_TYPE,
            "recorded": LISTS[source][1],
            "sha256": hashlib.sha256(body).hexdigest(),
            "records": body.count(b"\n"),
        }
        (folder / "manifest.json").write_text(json.dumps({"documents": [document]}, indent=1) + "\n")
        notice = NOTICE.format(
            title=loaded.title.en, page=loaded.human_url, day=LISTS[source][1], count=document["records"]
        )
        (folder / "NOTICE").write_text(notice)
    return 0


if __name__ == "__main__":
    sys.exit(main())
