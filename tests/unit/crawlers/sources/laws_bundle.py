"""The bundle of facts of Chinese laws, made from the recorded corpus:
``python -m tests.unit.crawlers.sources.laws_bundle`` writes it anew."""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from functools import cache
from pathlib import Path

from content.regulations.items import RegulationItem
from crawlers import config
from crawlers.parsers import facts, flk
from portal.settings.env import BASE_DIR

CORPUS = BASE_DIR.parent / "shared" / "recorded" / "laws"
RECORDED = Path(facts.__file__).parents[1] / "recorded" / "flk"
DAY = "2025-04"
"""Month of the newest text of the corpus; the day on which it was gathered is not recorded."""
NO_TEXT = "_index.md"
NOTICE = """{title}, {page}
Facts only: titles, kinds, issuing bodies, days, order numbers, versions, numbers of articles, and what the texts cite
and repeal. No text of an act, no page of the database.

Origin   The acts as the database publishes them, in the corpus LawRefBook, https://github.com/LawRefBook/Laws.
         Laws, regulations and other documents of state organs with legislative, administrative or judicial character
         are not protected by copyright (Copyright Law of the People's Republic of China, article 5).
Read     by this project's own parser (crawlers/parsers/flk.py) from {count} recorded texts.
Format   facts.jsonl.xz, one fact a line: the version as the crawler would have stored it, without its text, and
         "recorded", the month of the newest text.

It is a sample of the database. Which acts are in force is derived from the days and repeals that the texts themselves
tell; what was repealed by an act that is not in the sample is not known here. Only the text that the issuing body
published is authentic. tests/unit/crawlers/sources/test_flk.py checks the facts against the corpus.
"""


def paths() -> list[Path]:
    """The files of the corpus that are texts."""
    return sorted(path for path in CORPUS.rglob("*.md") if path.name != NO_TEXT)


@cache
def items() -> tuple[RegulationItem, ...]:
    """What the parser reads from the corpus, with the texts."""
    return tuple(flk.parse_markdown(path.read_bytes(), str(path.relative_to(CORPUS))) for path in paths())


def text() -> str:
    """The bundle, uncompressed."""
    said = (
        {"recorded": DAY, "item": flk.without_text(one).model_dump(mode="json", exclude_defaults=True)}
        for one in items()
    )
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in said)


def main() -> int:
    RECORDED.mkdir(exist_ok=True)
    body = text().encode()
    loaded = config.load("flk")
    (RECORDED / "facts.jsonl.xz").write_bytes(lzma.compress(body, preset=9))
    document = {
        "url": str(loaded.data_url),
        "file": "facts.jsonl.xz",
        "media_type": facts.MEDIA_TYPE,
        "recorded": DAY,
        "sha256": hashlib.sha256(body).hexdigest(),
        "records": body.count(b"\n"),
    }
    (RECORDED / "manifest.json").write_text(json.dumps({"documents": [document]}, indent=1) + "\n")
    (RECORDED / "NOTICE").write_text(
        NOTICE.format(title=loaded.title.en, page=loaded.human_url, count=document["records"]), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
