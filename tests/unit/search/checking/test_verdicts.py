"""Verdicts, from what is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from search.checking.titles import differs
from search.checking.verdicts import Held, Holding, Reason, Verdict, judge, meant
from search.designations import parse

OLD = Held(
    "ISO 9001:2008", "iso-9001-2008", "iso-9001", (("en", "Quality management systems - Requirements"),), "superseded",
    "2008-11-15", "", "2015-09-15", 2008,
)  # fmt: skip
NEW = replace(
    OLD, designation="ISO 9001:2015", slug="iso-9001-2015", status="in_force", published="2015-09-15", withdrawn="",
    year=2015,
)  # fmt: skip
REPLACED = Holding(OLD, (NEW, OLD), (NEW,), (NEW,), ("2015-09-15",))
CURRENT = Holding(NEW, (NEW, OLD), (NEW,), (NEW,))


def verdict(text: str, holding: Holding, title: str = "", on: date | None = None) -> tuple[Verdict, Reason]:
    found = judge(parse(text), title, holding, on)
    return found.verdict, found.reason


def test_today() -> None:
    assert verdict("ISO 9001:2015", CURRENT) == (Verdict.CURRENT, Reason.IN_FORCE)
    assert verdict("ISO 9001", CURRENT) == (Verdict.CURRENT, Reason.UNDATED)
    assert verdict("ISO 9001:2008", REPLACED) == (Verdict.SUPERSEDED, Reason.REPLACED)
    assert judge(parse("ISO 9001:2008"), "", REPLACED).current == (NEW,)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("upcoming", (Verdict.UPCOMING, Reason.NOT_YET)),
        ("draft", (Verdict.UPCOMING, Reason.DRAFT)),
        ("withdrawn", (Verdict.WITHDRAWN, Reason.WITHDRAWN)),
        ("unknown", (Verdict.UNCLEAR, Reason.STATUS_UNKNOWN)),
    ],
)
def test_every_status_has_a_verdict(status: str, expected: tuple[Verdict, Reason]) -> None:
    assert verdict("ISO 9001:2015", Holding(replace(NEW, status=status))) == expected


def test_withdrawn_but_replaced_is_superseded() -> None:
    held = replace(OLD, status="withdrawn")
    assert verdict("ISO 9001:2008", Holding(held, (NEW, held), (NEW,), (NEW,))) == (Verdict.SUPERSEDED, Reason.REPLACED)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2008, 1, 1), (Verdict.UPCOMING, Reason.BEFORE)),
        (date(2008, 11, 15), (Verdict.CURRENT, Reason.IN_FORCE)),
        (date(2015, 9, 14), (Verdict.CURRENT, Reason.IN_FORCE)),
        (date(2015, 9, 15), (Verdict.SUPERSEDED, Reason.AFTER)),
    ],
)
def test_on_a_day(on: date, expected: tuple[Verdict, Reason]) -> None:
    assert verdict("ISO 9001:2008", REPLACED, on=on) == expected


def test_on_a_day_without_dates_it_says_so() -> None:
    held = replace(OLD, published="", withdrawn="")
    assert verdict("ISO 9001:2008", Holding(held), on=date(2010, 1, 1)) == (Verdict.UNCLEAR, Reason.DATES_UNKNOWN)


def test_a_title_that_differs() -> None:
    assert verdict("ISO 9001:2015", CURRENT, "Information security") == (Verdict.TITLE_MISMATCH, Reason.TITLE)
    found = judge(parse("ISO 9001:2008"), "Information security", REPLACED)
    assert (found.verdict, found.title_differs) == (Verdict.SUPERSEDED, True)


def test_what_is_not_held() -> None:
    assert verdict("ISO 9001:2005", Holding(editions=(NEW, OLD), in_force=(NEW,))) == (
        Verdict.SUPERSEDED,
        Reason.LATER_EDITION,
    )
    assert verdict("ISO 9001:2030", Holding(editions=(NEW, OLD), in_force=(NEW,))) == (
        Verdict.NOT_HELD,
        Reason.OTHER_EDITIONS,
    )
    assert verdict("ISO 9001:2030", Holding(near=(NEW,))) == (Verdict.AMBIGUOUS, Reason.NEAR)
    assert verdict("ISO 9001", Holding()) == (Verdict.NOT_HELD, Reason.NOTHING)
    assert verdict("ISO 10303 (all parts)", Holding(near=(NEW,))) == (Verdict.AMBIGUOUS, Reason.SERIES)


def test_an_undated_designation_means_the_edition_in_force() -> None:
    upcoming = replace(NEW, slug="iso-9001-2026", status="upcoming", published="2026-09")
    assert meant(parse("ISO 9001"), [OLD, upcoming, NEW]) == NEW
    assert meant(parse("ISO 9001:2008"), [OLD, NEW]) == OLD
    assert meant(parse("ISO 9001:1994"), [OLD, NEW]) is None
    assert meant(parse("ISO 9001"), [NEW, OLD], [OLD]) == OLD, "that of the day asked for"
    assert meant(parse("ISO 9001:2015"), [NEW, OLD], [OLD]) == NEW


def test_an_undated_designation_on_a_day() -> None:
    found = Holding(OLD, (NEW, OLD), (OLD,), (OLD,), ("2015-09-15",))
    assert verdict("ISO 9001", found, on=date(2010, 1, 1)) == (Verdict.CURRENT, Reason.UNDATED)


@pytest.mark.parametrize(
    ("written", "title", "different"),
    [
        ("质量管理体系要求", "质量管理体系 要求", False),
        ("质量管理体系", "质量管理体系 要求", False),
        ("信息技术设备 安全 第1部分:通用要求", "信息技术设备　安全　第1部分：通用要求", False),
        ("食品微生物学检验 沙门氏菌检验", "质量管理体系 要求", True),
        ("Quality Management System – requirements", "Quality management systems — Requirements", False),
        ("Information security", "Quality management systems — Requirements", True),
        ("质量管理体系", "Quality management systems — Requirements", False),
        ("QMS", "Quality management systems — Requirements", False),
    ],
)
def test_only_clearly_different_titles_differ(written: str, title: str, different: bool) -> None:
    assert differs(written, [title]) is different
