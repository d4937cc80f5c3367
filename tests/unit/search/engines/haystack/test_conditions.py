"""One condition, by the kind of its field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from search.clauses import AllOf, AnyOf, Boost, Clause, Contains, Fuzzy, Phrase, Prefix, Range, Suffix, Term, Words
from search.engines.errors import EngineQueryError
from search.engines.haystack.conditions import condition
from tests.unit.search.engines.haystack.names import (
    ACTIVE,
    AUTHOR,
    AUTHOR_EXACT,
    AUTO,
    CODE,
    DAY,
    MOMENT,
    NUMBER,
    PRICE,
    TITLE,
    YEAR,
    SomeNames,
)


def asked(name: str, lookup: str, value: Any) -> Clause:
    found = SomeNames().name(name)
    assert found is not None
    return condition(found, lookup, value)


@pytest.mark.parametrize(
    ("name", "lookup", "value", "clause"),
    [
        ("title", "content", "quality management", Words(TITLE, "quality management")),
        ("title", "exact", "quality management", Phrase(TITLE, "quality management")),
        ("title", "in", ["a b", "c"], AnyOf((Phrase(TITLE, "a b"), Phrase(TITLE, "c")))),
        ("title", "startswith", "Quali man", AllOf(must=(Prefix(TITLE, "quali"), Prefix(TITLE, "man")))),
        ("title", "endswith", "lity", Suffix(TITLE, "lity")),
        ("title", "contains", "pvc-u", AllOf(must=(Contains(TITLE, "pvc"), Contains(TITLE, "u")))),
        ("title", "fuzzy", "qualty of", AllOf(must=(Fuzzy(TITLE, "qualty", 2), Fuzzy(TITLE, "of", 1)))),
        ("title", "contains", "?!", AnyOf(())),
        ("heavy", "content", "steel", Boost(Words(TITLE, "steel"), 2.0)),
        ("code", "content", "AB 1", Term(CODE, ("AB 1",))),
        ("code", "exact", "AB 1", Term(CODE, ("AB 1",))),
        ("code", "in", ["b", "a", "b"], Term(CODE, ("b", "a"))),
        ("code", "in", [], Term(CODE, ())),
        ("code", "in", range(2), Term(CODE, ("0", "1"))),
        ("code", "startswith", "AB 1", Prefix(CODE, "AB 1")),
        ("code", "endswith", "1", Suffix(CODE, "1")),
        ("code", "contains", "B*", Contains(CODE, "B*")),
        ("code", "gt", "a", Range(CODE, "a", low_open=True)),
        ("code", "range", ("a", "b"), Range(CODE, "a", "b", high_closed=True)),
        ("author", "content", "dan", Words(AUTHOR, "dan")),
        ("author", "exact", "Dan W", Phrase(AUTHOR, "Dan W")),
        ("author", "in", ["Dan W"], Term(AUTHOR_EXACT, ("Dan W",))),
        ("author", "gte", "D", Range(AUTHOR_EXACT, "D")),
        ("number", "exact", "19 001", Term(NUMBER, ("19001", "19 001"))),
        ("number", "startswith", "1 9", AnyOf((Prefix(NUMBER, "19"), Prefix(NUMBER, "1 9")))),
        ("auto", "content", "qua", Words(AUTO, "qua")),
        ("auto", "startswith", "qua", Words(AUTO, "qua")),
    ],
)
def test_texts(name: str, lookup: str, value: Any, clause: Clause) -> None:
    assert asked(name, lookup, value) == clause


@pytest.mark.parametrize(
    ("name", "lookup", "value", "clause"),
    [
        ("year", "content", "2015", Term(YEAR, (2015,))),
        ("year", "exact", 2015.0, Term(YEAR, (2015,))),
        ("year", "exact", 2015.5, Term(YEAR, ())),
        ("year", "in", ["2015", 2016, 2016.5], Term(YEAR, (2015, 2016))),
        ("year", "gt", 2015, Range(YEAR, 2015, low_open=True)),
        ("year", "gte", 2015, Range(YEAR, 2015)),
        ("year", "lt", 2015, Range(YEAR, None, 2015)),
        ("year", "lte", 2015, Range(YEAR, None, 2015, high_closed=True)),
        # What lies between two values of the field.
        ("year", "gt", 2015.5, Range(YEAR, 2015, low_open=True)),
        ("year", "gte", 2015.5, Range(YEAR, 2015, low_open=True)),
        ("year", "lt", 2015.5, Range(YEAR, None, 2015, high_closed=True)),
        ("year", "lte", -0.5, Range(YEAR, None, -1, high_closed=True)),
        ("year", "range", [2000, 2010], Range(YEAR, 2000, 2010, high_closed=True)),
        ("year", "range", (1999.5, 2010.5), Range(YEAR, 1999, 2010, low_open=True, high_closed=True)),
        ("price", "lte", Decimal("24.99"), Range(PRICE, None, 24.99, high_closed=True)),
        ("active", "exact", "false", Term(ACTIVE, (False,))),
        ("active", "exact", 1, Term(ACTIVE, (True,))),
        ("day", "exact", "2015-09-15", Term(DAY, (date(2015, 9, 15),))),
        ("day", "exact", datetime(2015, 9, 15), Term(DAY, (date(2015, 9, 15),))),
        ("day", "exact", datetime(2015, 9, 15, 12), Term(DAY, ())),
        ("day", "lt", datetime(2015, 9, 15, 12), Range(DAY, None, date(2015, 9, 15), high_closed=True)),
        ("day", "gte", "2015-09-15 12:00:00", Range(DAY, date(2015, 9, 15), low_open=True)),
        # Four in the morning of the next day, where the portal is.
        ("day", "gte", datetime(2015, 9, 14, 20, tzinfo=UTC), Range(DAY, date(2015, 9, 15), low_open=True)),
        ("moment", "gte", date(2015, 9, 15), Range(MOMENT, datetime(2015, 9, 15))),
        ("moment", "lt", "2009-02-10 01:59:00", Range(MOMENT, None, datetime(2009, 2, 10, 1, 59))),
    ],
)
def test_numbers_and_days(name: str, lookup: str, value: Any, clause: Clause) -> None:
    assert asked(name, lookup, value) == clause


@pytest.mark.parametrize(
    ("name", "lookup", "value"),
    [
        ("year", "exact", "MMXV"),
        ("year", "exact", None),
        ("year", "gt", float("nan")),
        ("year", "gt", float("inf")),
        ("price", "gt", "inf"),
        ("year", "startswith", "20"),
        ("year", "fuzzy", "2015"),
        ("year", "range", 2015),
        ("year", "range", (1, 2, 3)),
        ("year", "in", 2015),
        ("code", "in", "abc"),
        ("code", "in", iter(["abc"])),
        ("code", "exact", None),
        ("title", "gt", "a"),
        ("title", "range", ("a", "b")),
        ("day", "lt", "yesterday"),
        ("day", "lt", 2015),
        ("active", "exact", "perhaps"),
        ("kept", "content", "x"),
    ],
)
def test_what_a_field_can_not_be_asked(name: str, lookup: str, value: Any) -> None:
    with pytest.raises(EngineQueryError):
        asked(name, lookup, value)
