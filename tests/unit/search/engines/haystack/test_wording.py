"""Queries in words, as logs show them: the same that Haystack's other backends write."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from haystack.backends import SQ, SearchNode
from haystack.inputs import AutoQuery, Exact, Not, Raw

from search.engines.haystack import EngineSearchQuery
from search.engines.haystack.wording import worded


@pytest.fixture
def query() -> EngineSearchQuery:
    return EngineSearchQuery("default")


@pytest.mark.parametrize(
    ("name", "lookup", "value", "words"),
    [
        ("", "content", "hello", "(hello)"),
        ("", "content", True, "(True)"),
        ("", "content", "hello/", "(hello\\/)"),
        ("", "content", "hello world", "(hello AND world)"),
        ("", "exact", "hello world", '("hello world")'),
        ("", "content", datetime.datetime(2009, 5, 8, 11, 28), "(2009-05-08T11:28:00)"),
        ("", "content", AutoQuery('"pants:rule" x'), '("pants\\:rule" x)'),
        ("", "content", Not("a"), "(NOT a)"),
        ("", "content", Raw("a OR b"), "a OR b"),
        ("title", "content", "moof", "title:(moof)"),
        ("title", "startswith", "hay", "title:(hay*)"),
        ("title", "endswith", "hay", "title:(*hay)"),
        ("title", "contains", "hay", "title:(*hay*)"),
        ("title", "fuzzy", "hay", "title:(hay~)"),
        ("title", "gte", "B", 'title:(["B" TO *])'),
        ("author", "gt", "daniel", 'author:({"daniel" TO *})'),
        ("day", "lte", Exact("2009-02-10 01:59:00"), 'day:([* TO "2009-02-10 01:59:00"])'),
        ("day", "lt", datetime.date(2009, 2, 10), 'day:({* TO "2009-02-10T00:00:00"})'),
        ("id", "in", [1, 2], 'id:("1" OR "2")'),
        ("id", "in", [], "id:(!*:*)"),
        ("rating", "range", [3, 5], 'rating:(["3" TO "5"])'),
    ],
)
def test_conditions(query: EngineSearchQuery, name: str, lookup: str, value: Any, words: str) -> None:
    assert worded(query, name, lookup, value) == words


def test_trees(query: EngineSearchQuery) -> None:
    assert query.build_query() == "*:*"
    query.add_filter(SQ(content="why") | SQ(content="hello"))
    query.add_filter(~SQ(title_en="world"))
    assert query.build_query() == "(((why) OR (hello)) AND NOT (title_en:(world)))"
    query.add_boost("steel", 5)
    assert str(query).endswith(" steel^5")
    assert isinstance(query.query_filter, SearchNode)
