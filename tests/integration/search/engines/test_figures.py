"""Facets, stretches of time, conditions and figures of an answer."""

from __future__ import annotations

from datetime import date
from statistics import fmean, stdev
from typing import Any

import pytest

from search import schema
from search.clauses import AllOf, DateFacet, Everything, Gap, Order, Range, Request, Stats, Term
from search.engines.base import Document, Engine
from search.engines.errors import EngineQueryError

YEARS = [1999, 2001, 2001, 2005, None]
STATUSES = ["in_force", "in_force", "withdrawn", "withdrawn", "in_force"]
DAYS = [date(1999, 1, 31), date(2001, 2, 1), date(2001, 2, 28), date(2005, 12, 31), None]


@pytest.fixture(autouse=True)
def _documents(engine: Engine) -> None:
    engine.update(map(document, range(len(YEARS))))


def document(at: int) -> Document:
    key = f"standard:{at}"
    values: dict[str, Any] = {"year": YEARS[at], "status": STATUSES[at], "published": DAYS[at]}
    return {"key": key, "parent": key, "type": "standard", "sort_key": str(at), "ics": ["01", "01.040"], **values}


def dates(engine: Engine, start: date, end: date, gap: Gap, amount: int = 1) -> list[tuple[date, int]]:
    facet = DateFacet(schema.PUBLISHED, start, end, gap, amount)
    return list(engine.run(Request(Everything(), date_facets=(facet,), size=0)).dates["published"])


def test_stretches_of_time(engine: Engine) -> None:
    year, month = date(1999, 1, 1), date(2001, 2, 1)
    assert dates(engine, year, date(2006, 1, 1), Gap.YEAR) == [(year, 1), (date(2001, 1, 1), 2), (date(2005, 1, 1), 1)]
    assert dates(engine, year, date(2006, 1, 1), Gap.YEAR, 5) == [(year, 3), (date(2004, 1, 1), 1)]
    assert dates(engine, month, date(2001, 3, 1), Gap.MONTH) == [(month, 2)]
    assert dates(engine, month, date(2001, 2, 28), Gap.DAY) == [(month, 1)]
    assert dates(engine, date(2010, 1, 1), date(2020, 1, 1), Gap.MONTH) == []
    assert dates(engine, date(2010, 1, 1), date(2009, 1, 1), Gap.MONTH) == []


@pytest.mark.parametrize(
    "facet",
    [
        DateFacet(schema.PUBLISHED, date(1, 1, 1), date(9999, 1, 1), Gap.DAY),
        DateFacet(schema.PUBLISHED, date(2001, 1, 1), date(2002, 1, 1), Gap.HOUR),
        DateFacet(schema.PUBLISHED, date(2001, 1, 1), date(2002, 1, 1), Gap.MONTH, 0),
        DateFacet(schema.TITLE_EN, date(2001, 1, 1), date(2002, 1, 1)),
    ],
)
def test_stretches_that_can_not_be_are_refused(engine: Engine, facet: DateFacet) -> None:
    with pytest.raises(EngineQueryError):
        engine.run(Request(Everything(), date_facets=(facet,)))


def test_conditions_count_among_the_matches(engine: Engine) -> None:
    old, in_force = Range(schema.YEAR, None, 2002), Term(schema.STATUS, ("in_force",))
    asked = (("old", old), ("both", AllOf(must=(old, in_force))))
    assert engine.run(Request(Everything(), query_facets=asked)).queries == {"old": 3, "both": 2}
    assert engine.run(Request(in_force, query_facets=asked)).queries == {"old": 2, "both": 2}
    filtered = Request(Everything(), filters={schema.STATUS: ("withdrawn",)}, query_facets=asked)
    assert engine.run(filtered).queries == {"old": 1, "both": 0}


def test_figures_of_a_number(engine: Engine) -> None:
    years = [year for year in YEARS if year]
    found = engine.run(Request(Everything(), stats=(schema.YEAR,), stats_by=(schema.STATUS, schema.ICS), size=0))
    stats = found.stats["year"]
    assert (stats.count, stats.missing, stats.minimum, stats.maximum) == (4, 1, 1999, 2005)
    assert (stats.sum, stats.sum_of_squares) == (sum(years), sum(year * year for year in years))
    assert stats.mean == pytest.approx(fmean(years))
    assert stats.deviation == pytest.approx(stdev(years))
    assert {value: (one.count, one.missing) for value, one in stats.by["status"].items()} == {
        "in_force": (2, 1),
        "withdrawn": (2, 0),
    }
    assert stats.by["ics"]["01"].count == stats.by["ics"]["01.040"].count == 4
    assert found.total == 5
    assert found.hits == ()


def test_figures_of_one_and_of_none(engine: Engine) -> None:
    one = engine.run(Request(Term(schema.YEAR, (1999,)), stats=(schema.YEAR,))).stats["year"]
    assert (one.count, one.mean, one.deviation) == (1, 1999, 0.0)
    assert engine.run(Request(Term(schema.YEAR, (1,)), stats=(schema.YEAR,))).stats["year"] == Stats(0)


@pytest.mark.parametrize("asked", [{"stats": (schema.STATUS,)}, {"stats": (schema.YEAR,), "stats_by": (schema.SLUG,)}])
def test_figures_that_can_not_be_are_refused(engine: Engine, asked: dict[str, Any]) -> None:
    with pytest.raises(EngineQueryError):
        engine.run(Request(Everything(), **asked))


def test_facets_give_their_most_frequent_values(engine: Engine) -> None:
    whole = engine.run(Request(Everything(), facets=(schema.STATUS, schema.YEAR)))
    assert whole.facets["status"] == (("in_force", 3), ("withdrawn", 2))
    assert whole.facets["year"] == (("2001", 2), ("1999", 1), ("2005", 1))
    first = engine.run(Request(Everything(), facets=(schema.STATUS, schema.YEAR), facet_size=1))
    assert first.facets == {"status": (("in_force", 3),), "year": (("2001", 2),)}


def test_figures_do_not_depend_on_the_page(engine: Engine) -> None:
    facet = DateFacet(schema.PUBLISHED, date(1999, 1, 1), date(2006, 1, 1), Gap.YEAR)
    pages = [
        engine.run(
            Request(
                Everything(), stats=(schema.YEAR,), date_facets=(facet,), offset=at, size=1, order=Order(schema.YEAR)
            )
        )
        for at in range(5)
    ]
    assert len({str((page.stats, page.dates, page.total)) for page in pages}) == 1
