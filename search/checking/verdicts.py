"""What a designation is worth today or on a day, from what is held of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from search.checking.titles import differs
from search.designations import Designation
from search.documents.standards import FAR_FUTURE, in_force_dates


class Verdict(StrEnum):
    """In the order in which a reader has to act on them."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    TITLE_MISMATCH = "title_mismatch"
    AMBIGUOUS = "ambiguous"
    NOT_HELD = "not_held"
    UPCOMING = "upcoming"
    UNCLEAR = "unclear"
    """Held, but no source says whether it is in force."""
    CURRENT = "current"


class Reason(StrEnum):
    """Why; a page has a sentence for each."""

    IN_FORCE = "in_force"
    UNDATED = "undated"
    """Named without a year: the edition in force is meant."""
    NOT_YET = "not_yet"
    REPLACED = "replaced"
    LATER_EDITION = "later_edition"
    """The edition itself is not held, but a later one of the same number is in force."""
    WITHDRAWN = "withdrawn"
    STATUS_UNKNOWN = "status_unknown"
    DRAFT = "draft"
    TITLE = "title"
    SERIES = "series"
    """All parts of a standard: each has its own standing."""
    NEAR = "near"
    """Not held as written; others come near it."""
    OTHER_EDITIONS = "other_editions"
    """Not held, and neither is a later edition in force; other editions are held."""
    NOTHING = "nothing"
    BEFORE = "before"
    """On the day asked for it was not yet in force."""
    AFTER = "after"
    """On the day asked for it was no longer in force."""
    DATES_UNKNOWN = "dates_unknown"
    """No source says since when, or until when, it was in force."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record, as far as a verdict needs it. Dates are partial texts."""

    designation: str
    slug: str
    undated_slug: str
    titles: tuple[tuple[str, str], ...]
    """(language, title), empty ones left out."""
    status: str
    published: str
    effective: str
    withdrawn: str
    year: int | None

    @property
    def start(self) -> str:
        return self.effective or self.published


@dataclass(frozen=True, slots=True)
class Holding:
    """What the portal holds for one designation: the very ``record``, the ``editions`` of its number, ``in_force``
    those of them that are in force, ``current`` what is in force in its place through any chain, ``replaced_from`` the
    days from which its successors apply, ``near`` what may have been meant. In force is meant on the day asked for."""

    record: Held | None = None
    editions: tuple[Held, ...] = ()
    in_force: tuple[Held, ...] = ()
    current: tuple[Held, ...] = ()
    replaced_from: tuple[str, ...] = ()
    near: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """``held`` is what was meant, ``current`` what to use."""

    verdict: Verdict
    reason: Reason
    held: Held | None = None
    current: tuple[Held, ...] = ()
    title_differs: bool = False
    near: tuple[Held, ...] = field(default_factory=tuple)


_RANK = {"in_force": 4, "upcoming": 3, "superseded": 2, "withdrawn": 2, "unknown": 1}


def meant(designation: Designation, editions: Sequence[Held], in_force: Sequence[Held] = ()) -> Held | None:
    """The edition that is named; for an undated designation the newest of those ``in_force`` on the day asked for, else
    the one in force today, else the newest."""
    exact = next((one for one in editions if one.slug == designation.slug), None)
    if exact is not None or designation != designation.undated:
        return exact
    if in_force:
        return max(in_force, key=lambda one: (one.start, one.slug))
    return max(editions, key=lambda one: (_RANK.get(one.status, 0), one.published, one.slug), default=None)


def judge(designation: Designation, title: str, holding: Holding, on: date | None = None) -> Finding:
    """The verdict. A title that differs counts before a standing that is in order, for then something else was meant;
    beside any other verdict it is told as well."""
    if designation.all_parts:
        return Finding(Verdict.AMBIGUOUS, Reason.SERIES, near=holding.near)
    record = holding.record
    if record is None:
        return _not_held(designation, holding)
    found = _on(designation, record, holding, on) if on else _today(designation, record, holding)
    if title and differs(title, [text for _language, text in record.titles]):
        if found.verdict in (Verdict.CURRENT, Verdict.UPCOMING, Verdict.UNCLEAR):
            return Finding(Verdict.TITLE_MISMATCH, Reason.TITLE, record, found.current, title_differs=True)
        return Finding(found.verdict, found.reason, record, found.current, title_differs=True)
    return found


def _today(designation: Designation, record: Held, holding: Holding) -> Finding:
    match record.status:
        case "in_force":
            return _current(designation, record)
        case "upcoming":
            return Finding(Verdict.UPCOMING, Reason.NOT_YET, record, holding.current)
        case "superseded":
            return Finding(Verdict.SUPERSEDED, Reason.REPLACED, record, holding.current)
        case "withdrawn":
            replaced = bool(holding.current)
            verdict = Verdict.SUPERSEDED if replaced else Verdict.WITHDRAWN
            return Finding(verdict, Reason.REPLACED if replaced else Reason.WITHDRAWN, record, holding.current)
        case "draft":
            return Finding(Verdict.UPCOMING, Reason.DRAFT, record, holding.current)
    return Finding(Verdict.UNCLEAR, Reason.STATUS_UNKNOWN, record, holding.current)


def _current(designation: Designation, record: Held) -> Finding:
    undated = record.slug != designation.slug
    return Finding(Verdict.CURRENT, Reason.UNDATED if undated else Reason.IN_FORCE, record, (record,))


def _on(designation: Designation, record: Held, holding: Holding, on: date) -> Finding:
    begins, ends = span(record, holding.replaced_from)
    if begins is None or ends is None or (begins == date.min and on <= date.today()):
        known = begins == date.min and ends == FAR_FUTURE
        return Finding(Verdict.UNCLEAR, Reason.DATES_UNKNOWN, record, (record,) if known else holding.current)
    if on < begins:
        return Finding(Verdict.UPCOMING, Reason.BEFORE, record, holding.current)
    if on >= ends:
        verdict = Verdict.SUPERSEDED if holding.current else Verdict.WITHDRAWN
        return Finding(verdict, Reason.AFTER, record, holding.current)
    return _current(designation, record)


def span(record: Held, replaced_from: tuple[str, ...]) -> tuple[date | None, date | None]:
    """First day in force and first day no longer in force, as far as they are known (``in_force_dates``)."""
    return in_force_dates(record.status, record.start, record.withdrawn, replaced_from)


def _not_held(designation: Designation, holding: Holding) -> Finding:
    in_force, year = holding.in_force, designation.year
    if year and (later := tuple(one for one in in_force if one.year and one.year > year)):
        newest = max(later, key=lambda one: (one.year or 0, one.slug))
        return Finding(Verdict.SUPERSEDED, Reason.LATER_EDITION, None, (newest,))
    if holding.near:
        return Finding(Verdict.AMBIGUOUS, Reason.NEAR, near=holding.near)
    if holding.editions:
        return Finding(Verdict.NOT_HELD, Reason.OTHER_EDITIONS, None, in_force, near=holding.editions[:5])
    return Finding(Verdict.NOT_HELD, Reason.NOTHING)


def tally(findings: Sequence[Finding]) -> Mapping[Verdict, int]:
    """How many of each verdict, all verdicts named."""
    counts = dict.fromkeys(Verdict, 0)
    for one in findings:
        counts[one.verdict] += 1
    return counts
