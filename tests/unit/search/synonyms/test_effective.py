"""The glossary that bundled data and rules make together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import analyse
from search.glossary import Glossary, bundled
from search.plan import word_groups
from search.synonyms.effective import effective
from search.synonyms.rules import MAX_NAMES, Kind, Rule

EQUIVALENT, ONE_WAY, TRANSLATION, ALIAS, BLOCKED = Kind


def with_rules(*rules: Rule) -> Glossary:
    return effective(bundled(), rules)


def names(glossary: Glossary, query: str) -> list[tuple[str, ...]]:
    """What each thing of a query is looked for under."""
    return [group.names for group in word_groups(analyse(query, glossary.aliases), glossary)]


def test_without_rules_it_is_the_bundled_one() -> None:
    glossary = with_rules()
    assert (glossary.chinese, glossary.english, glossary.mixed) == (
        bundled().chinese,
        bundled().english,
        bundled().mixed,
    )


def test_equal_terms_find_each_other_and_each_other_s_translations() -> None:
    glossary = with_rules(Rule(EQUIVALENT, ("单车", "自行车")))
    assert names(glossary, "单车") == [("单车", "cycles", "bicycles", "自行车")]
    assert names(glossary, "自行车") == [("自行车", "cycles", "bicycles", "单车")]


def test_one_way_works_one_way_and_brings_translations() -> None:
    glossary = with_rules(Rule(ONE_WAY, ("单车", "bike"), ("自行车",)))
    assert names(glossary, "单车") == [("单车", "cycles", "bicycles", "自行车")]
    assert names(glossary, "bikes") == [("bikes", "cycles", "bicycles", "自行车")]
    assert names(glossary, "自行车") == names(bundled(), "自行车")


def test_translations_work_both_ways_and_come_before_the_bundled_ones() -> None:
    glossary = with_rules(Rule(TRANSLATION, ("轮胎", "外胎"), ("outer cover",)))
    assert names(glossary, "外胎") == [("外胎", "outer cover")]
    assert names(glossary, "轮胎")[0][:2] == ("轮胎", "outer cover")
    assert "tyres" in names(glossary, "轮胎")[0]
    assert names(glossary, "Outer-covers") == [("Outer-covers", "轮胎", "外胎")]


def test_equal_terms_share_translations_that_staff_gave() -> None:
    glossary = with_rules(Rule(EQUIVALENT, ("甲机", "乙机")), Rule(TRANSLATION, ("乙机",), ("flurb",)))
    assert names(glossary, "甲机") == [("甲机", "flurb", "乙机")]


def test_rules_are_not_followed_from_one_to_the_next() -> None:
    glossary = with_rules(Rule(ONE_WAY, ("alpha",), ("bravo",)), Rule(ONE_WAY, ("bravo",), ("charlie", "alpha")))
    assert names(glossary, "alpha") == [("alpha", "bravo")]
    assert names(glossary, "bravo") == [("bravo", "charlie", "alpha")]


def test_terms_of_both_scripts() -> None:
    glossary = with_rules(Rule(EQUIVALENT, ("5G基站", "5G base station")))
    assert names(glossary, "我要5g 基站建设")[0] == ("5G基站", "5G base station")
    assert names(glossary, "5G 基站建设")[-1][0] == "建设"
    assert names(glossary, "5G base stations")[0] == ("5G base stations", "5G基站")
    assert names(glossary, "5G网络") != names(glossary, "5G基站")


def test_stop_words_inside_a_term_need_not_be_typed() -> None:
    glossary = with_rules(Rule(EQUIVALENT, ("bill of materials", "BOM")))
    assert names(glossary, "bill of materials") == [("bill of materials", "BOM")]
    assert names(glossary, "materials bill")[0] != ("materials bill", "BOM")
    assert names(glossary, "the bom")[0] == ("bom", "bill of materials")


def test_a_term_of_staff_counts_inside_a_run_only_as_a_word() -> None:
    glossary = with_rules(Rule(EQUIVALENT, ("等保", "等级保护")))
    assert names(glossary, "初等保健") == names(bundled(), "初等保健")
    assert names(glossary, "等保测评")[0] == ("等保", "等级保护")


def test_a_blocked_name_is_gone_both_ways() -> None:
    before = names(bundled(), "含量")[0]
    assert "determination" in before
    glossary = with_rules(Rule(BLOCKED, ("含量",), ("Determination",)))
    assert names(glossary, "含量") == [tuple(name for name in before if name != "determination")]
    assert "含量" not in names(glossary, "determination")[0]
    assert "测定" in names(glossary, "determination")[0]


def test_a_term_can_be_blocked_whole() -> None:
    glossary = with_rules(Rule(BLOCKED, ("质量",)))
    assert "质量" not in glossary.chinese
    assert names(glossary, "quality") == [("quality",)]
    assert names(glossary, "质量管理体系") == names(bundled(), "质量管理体系")


def test_what_staff_add_is_not_blocked() -> None:
    glossary = with_rules(Rule(BLOCKED, ("质量",)), Rule(TRANSLATION, ("质量",), ("mass",)))
    assert names(glossary, "质量") == [("质量", "mass")]


def test_a_rule_that_is_switched_off_does_nothing() -> None:
    glossary = with_rules(
        Rule(EQUIVALENT, ("单车", "自行车"), enabled=False), Rule(ALIAS, ("等保",), ("GB/T 22239",), enabled=False)
    )
    assert names(glossary, "单车") == names(bundled(), "单车")
    assert not glossary.aliases.written


def test_an_alias_is_also_looked_for_under_its_other_names() -> None:
    glossary = with_rules(Rule(ALIAS, ("等保",), ("GB/T 22239",)), Rule(TRANSLATION, ("等保",), ("MLPS",)))
    assert names(glossary, "等保") == [("等保", "MLPS")]


TERMS = st.lists(
    st.one_of(st.sampled_from(["质量", "quality", "轮胎", "tyres", "甲", "乙", "foo", "bar", "X射线", "含量"]),
              st.text(alphabet="甲乙丙ab c", min_size=1, max_size=5).filter(str.strip)),
    min_size=1, max_size=20,
).map(tuple)  # fmt: skip
KINDS = st.sampled_from([EQUIVALENT, ONE_WAY, TRANSLATION, BLOCKED])
RULES = st.lists(st.builds(Rule, KINDS, TERMS, TERMS), max_size=12)


@settings(max_examples=60, deadline=None)
@given(RULES)
def test_however_rules_point_at_each_other_a_word_has_bounded_names(rules: list[Rule]) -> None:
    glossary = with_rules(*rules)
    for entry in (*glossary.chinese.values(), *glossary.english.values(), *glossary.mixed.values()):
        assert len(entry.english) <= MAX_NAMES
        assert len(entry.chinese) <= MAX_NAMES
        assert len(set(entry.names)) == len(entry.names)
    for rule in rules:
        for term in rule.terms:
            word_groups(analyse(term), glossary)
