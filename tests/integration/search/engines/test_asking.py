"""Every kind of clause, over a few documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from search import schema
from search.clauses import AllOf, Clause, Contains, Everything, Fuzzy, Phrase, Prefix, Range, Raw, Request, Suffix, Term
from search.engines.base import Document, Engine
from search.engines.errors import EngineQueryError
from search.schema import Field

DOCUMENTS: dict[str, dict[str, Any]] = {
    "a": {"title_en": "Quality management systems", "status": "in_force", "year": 2015, "published": date(2015, 9, 15)},
    "b": {"title_en": "Environmental management", "status": "in_force", "year": 2016, "published": date(2016, 1, 1)},
    "c": {"title_zh": "质量管理体系 要求", "status": "withdrawn", "year": 2008, "published": date(2008, 12, 30)},
    "d": {"title_zh": "灯用附件", "title_fr": "Sécurité des lampes", "status": "draft", "body": "IEC"},
    "e": {"title_en": "Qualification of a+b (c)", "designation": ["iso10", "iso10a"], "body": "ISO/IEC"},
}


def document(name: str, **values: Any) -> Document:
    key = f"standard:{name}"
    return {"key": key, "parent": key, "type": "standard", "sort_key": name, "weight": 50, **values}


@pytest.fixture(autouse=True)
def _documents(engine: Engine) -> None:
    engine.update([document(name, **values) for name, values in DOCUMENTS.items()])


def found(engine: Engine, clause: Clause) -> str:
    return "".join(sorted(hit.key.partition(":")[2] for hit in engine.run(Request(clause)).hits))


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        (Prefix(schema.TITLE_EN, "qual"), "ae"),
        (Prefix(schema.TITLE_EN, "manageme"), "ab"),
        (Prefix(schema.TITLE_EN, "Management"), "ab"),
        (Prefix(schema.TITLE_ZH, "管理"), "c"),
        (Prefix(schema.TITLE_FR, "secu"), "d"),
        (Prefix(schema.BODY, "ISO"), "e"),
        (Prefix(schema.BODY, "iso"), ""),
        (Suffix(schema.TITLE_EN, "gement"), "ab"),
        (Suffix(schema.TITLE_ZH, "体系"), "c"),
        (Suffix(schema.DESIGNATION, "10a"), "e"),
        (Suffix(schema.BODY, "IEC"), "de"),
        (Contains(schema.TITLE_EN, "nage"), "ab"),
        (Contains(schema.BODY, "O/I"), "e"),
        (Contains(schema.BODY, ".*"), ""),
        (Contains(schema.BODY, ""), ""),
        (Contains(schema.BODY, "(" * 500), ""),
        (Contains(schema.TITLE_EN, "nageme" * 50), ""),
        (Fuzzy(schema.TITLE_EN, "qualety"), "a"),
        (Phrase(schema.TITLE_EN, "management quality"), ""),
    ],
)
def test_parts_of_words(engine: Engine, clause: Clause, names: str) -> None:
    assert found(engine, clause) == names


def ranges(field: Field, low: Any, high: Any) -> list[Clause]:
    return [
        Range(field, low, high, low_open, high_closed) for low_open in (False, True) for high_closed in (False, True)
    ]


@pytest.mark.parametrize(
    ("field", "low", "high", "names"),
    [
        (schema.YEAR, 2008, 2016, ["ac", "abc", "a", "ab"]),
        (schema.YEAR, 2015, 2015, ["", "a", "", ""]),
        (schema.YEAR, 2016, 2015, ["", "", "", ""]),
        (schema.YEAR, 2015, None, ["ab", "ab", "b", "b"]),
        (schema.YEAR, None, 2015, ["c", "ac", "c", "ac"]),
        (schema.YEAR, None, None, ["abc", "abc", "abc", "abc"]),
        (schema.PUBLISHED, date(2008, 12, 30), date(2015, 9, 15), ["c", "ac", "", "a"]),
        (schema.BODY, "IEC", "ISO/IEC", ["d", "de", "", "e"]),
        (schema.BODY, "J", None, ["", "", "", ""]),
    ],
)
def test_ranges_with_either_end(engine: Engine, field: Field, low: Any, high: Any, names: list[str]) -> None:
    assert [found(engine, clause) for clause in ranges(field, low, high)] == names


@pytest.mark.parametrize(
    "clause",
    [
        Range(schema.TITLE_EN, "a", "b"),
        Range(schema.YEAR, "2015"),
        Range(schema.YEAR, 10**30),
        Range(schema.BODY, 5),
        Term(schema.YEAR, (10**30,)),
        Term(schema.TITLE_EN, ("quality",)),
        Contains(schema.YEAR, "2"),
        Raw("nosuchfield:quality"),
        Raw('status:"in_force'),
    ],
)
def test_what_can_not_be_asked_is_refused(engine: Engine, clause: Clause) -> None:
    with pytest.raises(EngineQueryError):
        engine.run(Request(clause))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("*:*", "abcde"),
        ("management", "ab"),
        ("Quality management", "a"),
        ("title_en:management AND year:2016", "b"),
        ("year:[2008 TO 2015]", "ac"),
        ("year:{2008 TO 2015]", "a"),
        ('body:"ISO/IEC"', "e"),
        ("management -quality", "b"),
        ("NOT status:in_force", "cde"),
        ("-status:in_force", "cde"),
        ("status:(in_force OR draft)", "abd"),
    ],
)
def test_raw_queries_in_the_common_syntax(engine: Engine, query: str, names: str) -> None:
    assert found(engine, Raw(query)) == names


def test_a_raw_query_combines_with_others(engine: Engine) -> None:
    assert found(engine, AllOf(must=(Raw("management"),), must_not=(Term(schema.YEAR, (2015,)),))) == "b"
    assert engine.count(Raw("management")) == 2
    assert engine.run(Request(Everything(), narrow=(Raw("status:in_force"),))).total == 2
