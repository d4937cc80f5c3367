"""Keyword arguments of ``search``, as far as they need no index."""

from __future__ import annotations

from typing import Any

import pytest
from haystack.exceptions import FacetingError, SearchBackendError

from search.clauses import AllOf, AnyOf, Boost, Contains, Fuzzy, Phrase, Raw, Words
from search.engines.haystack.asking import Asked, facet_limit, facet_values
from search.engines.haystack.marking import Marking, fragments, sought
from search.highlight import needles
from tests.unit.search.engines.haystack.names import TITLE


@pytest.mark.parametrize(
    ("options", "limit", "values"),
    [
        ({}, None, ["b", "a", "c"]),
        ({"size": 2}, 2, ["b", "a"]),
        ({"limit": "1"}, 1, ["b"]),
        ({"mincount": 2}, None, ["b", "a"]),
        ({"order": "reverse_count"}, None, ["c", "a", "b"]),
        ({"order": "term", "size": 2}, None, ["a", "b"]),
        ({"order": "reverse_term"}, None, ["c", "b", "a"]),
    ],
)
def test_options_of_facets(options: dict[str, Any], limit: int | None, values: list[str]) -> None:
    assert facet_limit("x", options) == limit
    assert [value for value, _count in facet_values([("b", 3), ("a", 2), ("c", 1)], options)] == values


@pytest.mark.parametrize("options", [{"prefix": "a"}, {"order": "random"}])
def test_options_that_no_facet_has(options: dict[str, Any]) -> None:
    with pytest.raises(FacetingError):
        facet_limit("x", options)


def test_arguments_that_search_does_not_have() -> None:
    with pytest.raises(TypeError):
        Asked(collate=True)  # type: ignore[call-arg]


def test_statistics_without_their_nesting() -> None:
    asked = Asked(stats={"price": [], "year": [["status", "body"]], "size": ["status"]})
    assert asked.grouping == {"price": (), "year": ("status", "body"), "size": ("status",)}


def test_what_is_marked_is_what_a_match_may_have() -> None:
    clause = AllOf(
        must=(AnyOf((Words(TITLE, "steel wire"), Boost(Phrase(TITLE, "cold drawn"), 2.0))), Raw("title:rope")),
        should=(Fuzzy(TITLE, "bend"), Contains(TITLE, "oat")),
        must_not=(Words(TITLE, "aluminium"),),
    )
    assert list(sought(clause)) == ["steel", "wire", "cold drawn", "title", "rope", "bend", "oat"]


def marked(text: Any, *names: str, **options: Any) -> list[str]:
    return fragments({"title": text}, ["title"], needles(names), Marking.of(options or True))


def test_marking() -> None:
    assert marked("Indexed!\n1\n", "Index") == ["<em>Indexed</em>!\n1"]
    assert marked("<b>steel</b> & wire", "steel") == ["&lt;b&gt;<em>steel</em>&lt;/b&gt; &amp; wire"]
    assert marked("steel", "steel", pre_tags=["<i>"], post_tags=["</i>"]) == ["<i>steel</i>"]
    assert marked(["steel", "wire"], "wire") == ["<em>wire</em>"]
    assert marked("steel", "wire") == marked(None, "wire") == []
    long = marked("x " * 400 + "steel " + "y " * 400, "steel")[0]
    assert "<em>steel</em>" in long
    assert len(long) < 250


def test_options_that_highlighting_does_not_have() -> None:
    with pytest.raises(SearchBackendError):
        Marking.of({"fragment_size": 3})
