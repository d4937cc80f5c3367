"""How the recording was made: relaton-data-iso, gathered from iso.org, into the format of ISO Open Data.

    python convert_relaton.py iso.jsonl.xz FOLDER

ISO Open Data has one line per deliverable, under its present reference; relaton has one per reference a deliverable
ever had (ISO/CD 1003, ISO/FDIS 1003, ISO 1003, ISO 1003:2025), some gathered twice, years apart. Of those the newest
is taken: withdrawn before published before draft, a dated reference before an undated one, then the one that relaton
lists first, which is the one gathered later. What the recording does not know is left out: see NOTICE.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]

URL = (
    "https://isopublicstorageprod.blob.core.windows.net/opendata/_latest/"
    "iso_deliverables_metadata/json/iso_deliverables_metadata.jsonl"
)
FILE = "iso_deliverables_metadata.jsonl.xz"
RECORDED = "2025-07"
"""The latest month that the recording speaks of."""

DELIVERABLE = re.compile(r"(?:/standard/|/contents/data/standard/\d\d/\d\d/)(\d+)(?:\.html|\.detail\.rss)$")
SUPPLEMENT = re.compile(r"/(?:[A-Z]{2,4} )?(?:F?P?D?(Amd|Cor|Add)|F?P?D(AM|COR)|(Suppl|Ext))\b[^/]*$")
SUPPLEMENT_TYPES = {"Amd": "Amd", "AM": "Amd", "Cor": "Cor", "COR": "Cor", "Add": "Add", "Suppl": "Suppl", "Ext": "Ext"}
TYPES = re.compile(r"(?:^|[/ ])(?:D|CD |WD |AWI |NP |PWI |FD|PRF )?(TS|TR|PAS|IWA|GUIDE|Guide|ISP|R|TTA)(?=[ /])")
COMMITTEES = {"TC": "ISO/TC", "PC": "ISO/PC", "IEC": "ISO/IEC JTC", "ISO": "ISO/IEC JTC"}
BOARDS = {"TMBG": "ISO/TMBG", "CASCO": "ISO/CASCO", "COPOLCO": "ISO/COPOLCO", "CS": "ISO/CS"}


def deliverable(row: Row) -> int:
    """The deliverable's number, from the address of its page."""
    for link in (row["links"]["src"], row["links"]["rss"]):
        if found := DELIVERABLE.search(link):
            return int(found[1])
    raise ValueError(f"{row['id']}: no deliverable number in {row['links']}")


def newest(rows: list[Row]) -> Row:
    """The row that says where the deliverable stands; ``rows`` are in relaton's order."""

    def rank(row: Row) -> tuple[bool, bool, str, bool]:
        stage = row["stage"] + row["substage"]
        return stage == "9599", stage >= "6000", stage if stage < "6000" else "", bool(re.search(r":\d{4}$", row["id"]))

    return max(rows, key=rank)  # the first of equals


def publication_date(row: Row, supplement: str | None) -> str | None:
    """Month or year. A supplement's "published" is its base's, unless the reference has the same year."""
    dates: dict[str, str] = row["dates"]
    if row["stage"] < "60":
        return None
    if not supplement:
        return dates.get("published") or None
    if updated := dates.get("updated"):
        return str(updated)
    published = dates.get("published")
    year = re.search(r":(\d{4})$", row["id"])
    return published if published and year and published[:4] == year[1] else None


def related(row: Row, kind: str, holders: dict[str, set[int]], chosen: dict[int, Row], lost: Counter[str]) -> list[int]:
    """Deliverables that ``row`` replaces ("obsoletes") or is replaced by ("updates").

    ISO 9001:2008 "updates" ISO 9001:2015, and ISO 9001:2015 "obsoletes" ISO 9001:2008. Not taken: drafts (a later
    revision's draft is listed among the "obsoletes"), a document's own supplements (its reference tells), and a
    predecessor that is younger than its successor.
    """
    own = deliverable(row)
    found = set()
    for said, reference in row["relations"]:
        if said != kind or reference.startswith(f"{row['id']}/"):
            continue
        numbers = holders.get(reference, set())
        if len(numbers) != 1:
            lost["not held"] += 1
            continue
        number = next(iter(numbers))
        other = chosen[number]
        older, newer = (other, row) if kind == "obsoletes" else (row, other)
        if number == own or other["id"] != reference or other["stage"] < "60":
            lost["draft or itself"] += 1
        elif older["dates"].get("published", "")[:4] > newer["dates"].get("published", "9999")[:4]:
            lost["wrong way round"] += 1
        else:
            found.add(number)
    return sorted(found)


def convert(rows: list[Row]) -> Iterator[Row]:
    """Lines of ISO Open Data, by deliverable number."""
    groups: dict[int, list[Row]] = defaultdict(list)
    holders: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        groups[deliverable(row)].append(row)
        holders[row["id"]].add(deliverable(row))
    chosen = {number: newest(group) for number, group in groups.items()}
    lost: Counter[str] = Counter()
    for number, row in sorted(chosen.items()):
        supplement = SUPPLEMENT.search(row["id"])
        kind = SUPPLEMENT_TYPES[next(filter(None, supplement.groups()))] if supplement else None
        found = TYPES.search(row["id"][: supplement.start()] if supplement else row["id"])
        yield {
            "id": number,
            "deliverableType": found[1].upper() if found else "IS",
            "supplementType": kind,
            "reference": row["id"],
            "title": {"en": row["title_en"], "fr": None if "Titre manque" in row["title_fr"] else row["title_fr"]},
            "publicationDate": publication_date(row, kind),
            "edition": int(row["edition"]),
            "icsCode": row["ics"] or None,
            "ownerCommittee": committee(row),
            "currentStage": int(row["stage"] + row["substage"]),
            "replaces": related(row, "obsoletes", holders, chosen, lost) or None,
            "replacedBy": related(row, "updates", holders, chosen, lost) or None,
        }
    sys.stderr.write(f"{len(chosen)} deliverables from {len(rows)} rows; relations not taken: {dict(lost)}\n")


def committee(row: Row) -> str | None:
    """``ISO/TC 176``; the recording does not tell the number of a subcommittee."""
    for kind, number, _ in row["tc"]:
        if kind in BOARDS:
            return BOARDS[kind]
        if number is not None:
            return f"{COMMITTEES[kind]} {number}"
    return None


def main(source: Path, folder: Path) -> None:
    """Write the recording and its manifest."""
    with lzma.open(source, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    digest, count = hashlib.sha256(), 0
    with lzma.open(folder / FILE, "wb", preset=9 | lzma.PRESET_EXTREME) as packed:
        for line in convert(rows):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(text)
            packed.write(text)
            count += 1
    document = {
        "url": URL,
        "file": FILE,
        "media_type": "application/jsonl",
        "recorded": RECORDED,
        "sha256": digest.hexdigest(),
        "records": count,
    }
    (folder / "manifest.json").write_text(json.dumps({"documents": [document]}, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
