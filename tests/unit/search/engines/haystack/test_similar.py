"""What resembles a record."""

from __future__ import annotations

from search import schema
from search.clauses import AllOf, AnyOf, Boost, Clause, Term, Words
from search.engines.haystack.similar import MOST_WORDS, finest, similar_record, similar_text, telling

DOCUMENT = {
    "key": "standard:1",
    "undated": "iso9001",
    "family": "iso9001",
    "title_en": "Quality management systems - Requirements",
    "title_zh": "质量管理体系 要求",
    "ics": ["03", "03.120", "03.120.10"],
    "subjects_en": "Quality",
}


def alike(clause: Clause) -> list[Clause]:
    assert isinstance(clause, AllOf)
    (any_of,) = clause.must
    assert isinstance(any_of, AnyOf)
    return [each.clause if isinstance(each, Boost) else each for each in any_of.clauses]


def test_titles_and_the_finest_class_count() -> None:
    found = alike(similar_record(DOCUMENT, weak={"requirements", "要求"}))
    assert Words(schema.TITLE_EN, "quality management systems", 0.4) in found
    assert Words(schema.TITLE_ZH, "质量 管理体系", 0.4) in found
    assert Term(schema.ICS, ("03.120.10",)) in found


def test_the_record_and_its_other_editions_are_left_out() -> None:
    clause = similar_record(DOCUMENT)
    assert isinstance(clause, AllOf)
    assert Term(schema.KEY, ("standard:1",)) in clause.must_not
    assert Term(schema.UNDATED, ("iso9001",)) in clause.must_not


def test_weak_words_count_where_there_are_no_others() -> None:
    assert alike(similar_record({"key": "a", "title_en": "Requirements"}, weak={"requirements"})) == [
        Words(schema.TITLE_EN, "requirements", 0.4)
    ]


def test_a_french_title_counts_where_there_is_no_other() -> None:
    french = {"key": "a", "title_fr": "Vocabulaire du caoutchouc"}
    assert alike(similar_record(french)) == [Words(schema.TITLE_FR, "vocabulaire du caoutchouc", 0.4)]
    both = alike(similar_record(french | {"title_en": "Rubber vocabulary"}))
    assert both == [Words(schema.TITLE_EN, "rubber vocabulary", 0.4)]


def test_nothing_to_go_by_finds_nothing() -> None:
    nothing = AnyOf(())
    assert similar_record({"key": "a", "title_en": "of the 12"}) == nothing
    assert similar_text(schema.CONTENT_EN, "of the", but=Term(schema.KEY, ("a",))) == nothing


def test_frequent_words_stand_for_a_long_text() -> None:
    words = telling("steel wire of steel for a steel rope " + " ".join(f"word{at}" for at in range(100))).split()
    assert words[0] == "steel"
    assert len(words) == MOST_WORDS
    assert "of" not in words


def test_finest_classes() -> None:
    assert finest(["03", "03.120", "03.120.10", "13"]) == ("03.120.10", "13")
    assert finest(["A", "A00"]) == ("A00",)
    assert finest([]) == ()
