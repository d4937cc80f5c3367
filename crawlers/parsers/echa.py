"""ECHA's lists as its sites export them: the Candidate List as text with tabs, every list as XLSX.

The text export is in the language of whoever exported it, so its columns are told by what is in them, not by their
headings. It names the members of a group entry in rows of their own, which share the decision and the day of the entry;
the first of them is the entry.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from content.reach import names
from content.reach.items import EntryItem, ListName, Reason, SubstanceItem
from content.reach.numbers import NumberKind, read_all
from content.sheets import UploadError
from content.sheets.reading import read_xlsx
from crawlers.documents import Document, Rejected
from crawlers.errors import StructureChanged

CANDIDATE_PAGE: Final = "https://echa.europa.eu/candidate-list-table"
AUTHORISATION_PAGE: Final = "https://echa.europa.eu/authorisation-list"
RESTRICTION_PAGE: Final = "https://echa.europa.eu/substances-restricted-under-reach"
_PAGES: Final[dict[ListName, str]] = {
    "candidate": CANDIDATE_PAGE,
    "authorisation": AUTHORISATION_PAGE,
    "restriction": RESTRICTION_PAGE,
}
_ARTICLE: Final = re.compile(r"Article\s+57\s*\(?([a-f])\)?")
_DAY: Final = re.compile(r"(\d{1,2})-([A-Za-z]{3})\.?-(\d{4})")
_MONTHS: Final = {
    **dict.fromkeys(("jan", "ene", "gen"), 1), **dict.fromkeys(("feb", "fév"), 2),
    **dict.fromkeys(("mar", "mrt", "mär"), 3), **dict.fromkeys(("apr", "avr", "abr"), 4),
    **dict.fromkeys(("may", "mei", "mai", "mag"), 5), **dict.fromkeys(("jun", "giu"), 6),
    **dict.fromkeys(("jul", "lug"), 7), **dict.fromkeys(("aug", "ago", "aoû"), 8), **dict.fromkeys(("sep", "set"), 9),
    **dict.fromkeys(("oct", "okt", "ott", "out"), 10), "nov": 11, **dict.fromkeys(("dec", "dez", "dic", "déc"), 12),
}  # fmt: skip
_NOTHING: Final = ("", "-", "N/A")
Row = dict[str, str]


def parse_candidate_export(document: Document) -> Iterator[EntryItem | Rejected]:
    """The Candidate List as text with tabs."""
    rows = list(csv.reader(io.StringIO(document.read().decode("utf-8-sig"), newline=""), delimiter="\t"))
    table = [row for row in rows if len(row) >= 9]
    if len(table) < 2:
        raise StructureChanged(f"{document.url}: no table of substances")
    columns = _columns(table[1:])
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in table[1:]:
        named = {name: row[at].strip() for name, at in columns.items()}
        groups[named["decision"], named["included"], named["support"]].append(named)
    for members in groups.values():
        yield _entry("candidate", members[0], _others(members))


def parse_xlsx(list_name: ListName, document: Document) -> Iterator[EntryItem | Rejected]:
    """A list as XLSX. Rows that repeat an entry give further decisions on it."""
    try:
        (table, *_more) = read_xlsx(document.read())
    except UploadError as problem:
        raise StructureChanged(f"{document.url}: {problem}") from problem
    heads = [head.strip().casefold() for head in table.rows[0]]
    missing = {"substance name", "ec number", "cas number", "regulatory outcome date"} - set(heads)
    if missing:
        raise StructureChanged(f"{document.url}: no column {', '.join(sorted(missing))}")
    entries: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for cells in table.rows[1:]:
        row = _row(dict(zip(heads, cells, strict=False)))
        entries[row["number"], names.key(row["name"]), row["ec"], row["cas"]].append(row)
    for rows in entries.values():
        yield _entry(list_name, rows[-1], [], [row["outcome"] for row in rows])


def _row(cells: Row) -> Row:
    def cell(name: str) -> str:
        text = cells.get(name, "").strip()
        return "" if text in _NOTHING else text

    return {
        "name": cell("substance name"),
        "description": cell("description"),
        "ec": cell("ec number"),
        "cas": cell("cas number"),
        "number": cell("entry number"),
        "included": cell("date of inclusion") or cell("regulatory outcome date"),
        "reason": cell("reason for inclusion"),
        "latest_application": cell("latest application date"),
        "application_note": cell("latest application date remarks"),
        "sunset": cell("sunset date"),
        "sunset_note": cell("sunset date remarks"),
        "conditions": cell("conditions"),
        "decision": cell("decision"),
        "outcome": cell("regulatory outcome date"),
    }


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Which column of the text export holds what. StructureChanged where that can't be told."""
    sample = rows[:300]

    def where(pattern: str, after: int = -1, share: float = 0.3) -> int:
        for at in range(after + 1, min(map(len, sample))):
            if sum(bool(re.search(pattern, row[at])) for row in sample) >= share * len(sample):
                return at
        raise StructureChanged(f"no column of the export holds {pattern}")

    ec = where(r"^\s*\d{3}-\d{3}-\d\b")
    cas = where(r"^\s*\d{2,7}-\d{2}-\d\b", ec)
    reason = where(r"Article 57", cas, 0.9)
    included = where(_DAY.pattern, reason, 0.9)
    decision = where(r"^\s*https?://", included)
    return {
        "name": 0,
        "description": ec - 1 if ec > 1 else 0,
        "ec": ec,
        "cas": cas,
        "reason": reason,
        "included": included,
        "decision": decision,
        "support": where(r"^\s*https?://", decision),
    }


def _others(rows: Sequence[Row]) -> list[Row]:
    """The members of an entry, without rows that only repeat it."""
    seen = {_same(rows[0])}
    members = []
    for row in rows[1:]:
        if _same(row) not in seen:
            seen.add(_same(row))
            members.append(row)
    return members


def _same(row: Row) -> tuple[str, str, str]:
    return names.key(row["name"]), row["ec"], row["cas"]


def _entry(
    list_name: ListName, row: Row, members: Iterable[Row], decisions: Iterable[str] = ()
) -> EntryItem | Rejected:
    key = ":".join(
        filter(None, (row.get("number", ""), _first(row["cas"]) or _first(row["ec"]) or names.key(row["name"])))
    )
    included = day(row["included"])
    if not row["name"] or not included:
        return Rejected(key or "?", _PAGES[list_name], "incomplete", "no name or no date of inclusion", dict(row))
    days = sorted({found for text in decisions if (found := day(text))})
    try:
        return EntryItem(
            key=key,
            url=_PAGES[list_name],
            list_name=list_name,
            substance=_substance(row),
            members=tuple(map(_substance, members)),
            number=row.get("number", "").lstrip("0"),
            included=days[0] if list_name == "restriction" and days else included,
            reasons=_reasons(row["reason"]),
            reason_text=row["reason"],
            latest_application=day(row.get("latest_application", "")),
            application_note=row.get("application_note", ""),
            sunset=day(row.get("sunset", "")),
            sunset_note=row.get("sunset_note", ""),
            conditions_url=_address(row.get("conditions", "")),
            decision_url=_address(row.get("decision", "")),
            decisions=tuple(days),
        )
    except ValueError as problem:
        return Rejected(key, _PAGES[list_name], "invalid", str(problem)[:500], dict(row))


def _substance(row: Row) -> SubstanceItem:
    """Numbers with a wrong check digit are kept: the list says so, and the store notes the flaw."""
    ec, _rest = read_all(row["ec"], NumberKind.EC)
    cas, _rest = read_all(row["cas"], NumberKind.CAS)
    return SubstanceItem(
        name=" ".join(row["name"].split()),
        description="" if row["description"] in _NOTHING else " ".join(row["description"].split()),
        ec=tuple(one.value for one in ec),
        cas=tuple(one.value for one in cas),
    )


def _first(text: str) -> str:
    return "" if text in _NOTHING else re.split(r"[,;\s]", text.strip())[0].strip("-")


def _reasons(text: str) -> tuple[Reason, ...]:
    letters = dict.fromkeys(_ARTICLE.findall(text))
    return tuple(f"57{letter}" for letter in letters)  # type: ignore[misc]


def _address(text: str) -> str:
    first = text.split()[0] if text.split() else ""
    return first if re.fullmatch(r"https?://\S{1,490}", first) else ""


def day(text: str) -> str:
    """``04-Feb-2026`` in the languages of ECHA's site → ``2026-02-04``; empty for what is no day."""
    found = _DAY.search(text)
    if found is None:
        try:
            return datetime.strptime(text.strip(), "%Y-%m-%d").date().isoformat()
        except ValueError:
            return ""
    month = _MONTHS.get(found[2].casefold())
    try:
        return date(int(found[3]), month or 0, int(found[1])).isoformat()
    except ValueError:
        return ""
