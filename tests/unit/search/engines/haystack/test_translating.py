"""The tree of conditions, input types, and what people type."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from haystack.backends import SQ, SearchNode
from haystack.inputs import AltParser, AutoQuery, Clean, Exact, Not, PythonData, Raw
from hypothesis import given
from hypothesis import strategies as st

from search import clauses
from search.clauses import AllOf, AnyOf, Boost, Clause, Everything, Phrase, Prefix, Term, Words
from search.engines.errors import EngineQueryError
from search.engines.haystack.escaping import escaped
from search.engines.haystack.narrowing import numbered, tree_of
from search.engines.haystack.translating import translate
from tests.unit.search.engines.haystack.names import CODE, TEXT, TITLE, YEAR, SomeNames

A, B, C = (Term(CODE, (name,)) for name in "abc")


def asked(*trees: Any, connector: str = SearchNode.AND) -> Clause:
    """As a ``SearchQuery`` collects them."""
    return translate(SearchNode(list(trees), connector), SomeNames())


def anywhere(word: str) -> Clause:
    return AnyOf((Words(TEXT, word), Boost(Words(TITLE, word), 3.0)), best=True)


def phrase(text: str) -> Clause:
    return AnyOf((Phrase(TEXT, text), Boost(Phrase(TITLE, text), 3.0)), best=True)


def test_nothing_asked_is_everything() -> None:
    assert asked() == asked(SQ()) == Everything()


def test_and_or_not() -> None:
    a, b, c = (SQ(code__exact=name) for name in "abc")
    assert asked(a, b) == AllOf(must=(A, B))
    assert asked(a | b) == AnyOf((A, B))
    assert asked(a, ~b) == AllOf(must=(A,), must_not=(B,))
    assert asked(~a) == AllOf(must_not=(A,))
    assert asked(~a, ~b) == AllOf(must_not=(A, B))
    assert asked(~(a | b), c) == AllOf(must=(C,), must_not=(AnyOf((A, B)),))
    assert asked(a | ~b) == AnyOf((A, AllOf(must_not=(B,))))
    assert asked((a & b) | c) == AnyOf((AllOf(must=(A, B)), C))
    assert asked(~~a) == AllOf(must_not=(AllOf(must_not=(A,)),))


def test_words_of_the_content_may_stand_in_different_fields() -> None:
    expected = AllOf(must=(anywhere("quality"), anywhere("steel")), should=(anywhere("of"),))
    assert asked(SQ(content="quality of steel")) == asked(SQ(content=Clean("quality of steel"))) == expected
    assert asked(SQ(content="of the")) == AllOf(must=(anywhere("of"), anywhere("the")))
    assert asked(SQ(content="?!")) == AnyOf(())
    assert asked(SQ(content=True)) == anywhere("true")
    assert asked(SQ(content__startswith="qua")) == AnyOf((Prefix(TEXT, "qua"), Boost(Prefix(TITLE, "qua"), 3.0)), True)


@pytest.mark.parametrize(
    ("value", "clause"),
    [
        (Exact("quality of steel"), phrase("quality of steel")),
        (Exact('a "b', clean=True), phrase('a "b')),
        (Not("steel"), AllOf(must_not=(anywhere("steel"),))),
        (PythonData(2015), anywhere("2015")),
        (Raw("a OR b*"), clauses.Raw("a OR b*")),
        (Raw("*:*"), Everything()),
        (AutoQuery("a known code"), Term(CODE, ("a known code",))),
    ],
)
def test_input_types(value: Any, clause: Clause) -> None:
    assert asked(SQ(content=value)) == clause


def test_input_types_of_a_field() -> None:
    assert asked(SQ(title=Raw("stee*"))) == clauses.Raw("title:stee*")
    assert asked(SQ(title=Exact("a b"))) == Phrase(TITLE, "a b")
    assert asked(SQ(year=PythonData(2015))) == Term(YEAR, (2015,))
    assert asked(SQ(year__lte=Exact("2015"))) == clauses.Range(YEAR, None, 2015, high_closed=True)
    assert asked(SQ(title=AutoQuery('steel "of the" -wire'))) == AllOf(
        must=(Phrase(TITLE, "of the"), Words(TITLE, "steel")), must_not=(Phrase(TITLE, "wire"),)
    )


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("steel", anywhere("steel")),
        ('"quality of steel', AllOf(must=(anywhere("quality"), anywhere("steel")), should=(anywhere("of"),))),
        ('"carbon steel"', phrase("carbon steel")),
        ("“carbon steel”", phrase("carbon steel")),
        ('wire "carbon steel"', AllOf(must=(phrase("carbon steel"), anywhere("wire")))),
        ('"carbon steel"\'', phrase("carbon steel")),
        ("steel -wire", AllOf(must=(anywhere("steel"),), must_not=(phrase("wire"),))),
        ('steel -"cold wire"', AllOf(must=(anywhere("steel"),), must_not=(phrase("cold wire"),))),
        ("-wire", AllOf(must_not=(phrase("wire"),))),
        ("-", AnyOf(())),
        ('"', AnyOf(())),
        ("pvc-u", anywhere("pvc u")),
        ("title:steel OR *:*", AllOf(must=(anywhere("title"), anywhere("steel")), should=(anywhere("or"),))),
        ("[* TO *] {", AllOf(must=(anywhere("to"),))),
    ],
)
def test_what_people_type(text: str, clause: Clause) -> None:
    found = asked(SQ(content=AutoQuery(text)))
    assert found == clause or found == AllOf(must=(clause,)) or AllOf(must=(found,)) == clause


@given(st.text(max_size=80))
def test_no_text_becomes_a_query_of_the_engine(text: str) -> None:
    """Whatever people type, it becomes values: there is no ``Raw`` in what comes of it."""
    for value in (text, AutoQuery(text), Exact(text), Clean(text), Not(text)):
        for name in ("content", "title", "code", "content__startswith", "title__fuzzy", "code__in"):
            condition = SQ(**{name: [value] if name.endswith("in") and value is text else value})
            if not name.endswith("in") or value is text:
                assert not any(isinstance(each, clauses.Raw) for each in _leaves(asked(condition)))


def _leaves(clause: Clause) -> list[Clause]:
    match clause:
        case AllOf():
            return [leaf for each in (*clause.must, *clause.should, *clause.must_not) for leaf in _leaves(each)]
        case AnyOf():
            return [leaf for each in clause.clauses for leaf in _leaves(each)]
        case Boost():
            return _leaves(clause.clause)
    return [clause]


@pytest.mark.parametrize(
    "condition",
    [
        SQ(nosuch="x"),
        SQ(content=AltParser("dismax", "steel")),
        SQ(content=Raw("steel", df="title")),
        SQ(content=None),
    ],
)
def test_what_is_refused(condition: SQ) -> None:
    with pytest.raises(EngineQueryError):
        asked(condition)


def test_cleaned_words_are_unfinished_ones_as_they_were_typed() -> None:
    cleaned = escaped('AND (pvc-u) "x')
    assert cleaned == 'and \\(pvc\\-u\\) \\"x'
    assert asked(SQ(code__exact=cleaned)) == Term(CODE, ('AND (pvc-u) "x',))
    assert asked(SQ(title=escaped("pvc-u qual"))) == AllOf(
        must=(Prefix(TITLE, "pvc"), Prefix(TITLE, "u"), Prefix(TITLE, "qual"))
    )
    assert asked(SQ(year=escaped("2015"))) == Term(YEAR, (2015,))
    assert escaped(cleaned).original == cleaned.original
    copied = pickle.loads(pickle.dumps(cleaned))  # noqa: S301 - our own
    assert (copied, copied.original) == (cleaned, cleaned.original)


class TestNarrowing:
    """Conditions pass Haystack as text and come back as they were."""

    @staticmethod
    def narrowed(condition: Any) -> Clause:
        kept: dict[int, Any] = {}
        text = condition.as_query_string(lambda *parts: numbered(kept, *parts))
        tree = tree_of(text, kept)
        assert tree is not None
        return translate(tree, SomeNames())

    def test_every_shape_of_conditions(self) -> None:
        a, b, c = (SQ(code__exact=name) for name in "abc")
        for condition in (a, ~a, a & b, a | b, (a | ~b) & c, ~((a & b) | c), (a & b) | (b & c), a & b & ~c):
            assert self.narrowed(condition) == asked(condition)

    def test_values_are_not_read(self) -> None:
        hostile = ') OR <0> AND NOT (x) "\\'
        assert self.narrowed(SQ(code__exact=hostile) & SQ(title=hostile)) == AllOf(
            must=(Term(CODE, (hostile,)), Words(TITLE, hostile))
        )

    @pytest.mark.parametrize("text", ["", "status:x", "<0>", "<7>", "(<0> AND", "<0> <0>", "a <0>", ")(", "NOT (<0>"])
    def test_other_texts_are_raw_queries(self, text: str) -> None:
        assert tree_of(text, {7: ("code", "x")} if "7" not in text else {}) is None
