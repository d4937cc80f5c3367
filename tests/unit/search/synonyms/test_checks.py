"""Which rules are sound, and what is said of those that are not."""

from __future__ import annotations

import pytest
from django.utils import translation

from search.glossary import bundled
from search.synonyms.checks import problems, tidy
from search.synonyms.rules import MAX_NAMES, Kind, Rule

EQUIVALENT, ONE_WAY, TRANSLATION, ALIAS, BLOCKED = Kind


def told(rule: Rule, *others: Rule) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(one.about, str(one)) for one in problems(tidy(rule), others, bundled())]


@pytest.mark.parametrize(
    "rule",
    [
        Rule(EQUIVALENT, ("单车", "自行车")),
        Rule(EQUIVALENT, ("PVC管", "聚氯乙烯管", "PVC pipes")),
        Rule(EQUIVALENT, ("1,2-dichloroethane", "ethylene dichloride")),
        Rule(ONE_WAY, ("口罩",), ("呼吸防护", "respirators")),
        Rule(TRANSLATION, ("等保", "等级保护"), ("classified protection of cybersecurity",)),
        Rule(ALIAS, ("等保", "等保2.0"), ("gbt22239",)),
        Rule(ALIAS, ("ISO 9000族",), ("ISO 9000", "ISO 9001", "ISO 9004")),
        Rule(BLOCKED, ("含量",), ("determination",)),
        Rule(BLOCKED, ("质量",)),
        Rule(BLOCKED, ("tire",), ("tyre",)),
        Rule(ONE_WAY, ("铅",), ("lead content",)),
    ],
    ids=str,
)
def test_sound_rules(rule: Rule) -> None:
    assert told(rule) == []


@pytest.mark.parametrize(
    ("rule", "about", "message"),
    [
        (Rule(EQUIVALENT, ("单车",)), "terms", "At least two"),
        (Rule(ONE_WAY, (), ("轮胎",)), "terms", "At least one"),
        (Rule(ONE_WAY, ("单车",)), "targets", "needs them"),
        (Rule(EQUIVALENT, ("单车", "自行车"), ("bikes",)), "targets", "leave this one empty"),
        (Rule(EQUIVALENT, tuple(f"word{n}x" for n in range(21))), "terms", "At most 20"),
        (Rule(EQUIVALENT, ("x" * 101, "自行车")), "terms", "longer than 100"),
        (Rule(EQUIVALENT, ("a|b", "自行车")), "terms", "means something else"),
        (Rule(EQUIVALENT, ("“引号”", "自行车")), "terms", "means something else"),
        (Rule(EQUIVALENT, ("-minus", "自行车")), "terms", "means something else"),
        (Rule(EQUIVALENT, ("one two three four five six seven eight nine", "自行车")), "terms", "more than 8 words"),
        (Rule(EQUIVALENT, ("ISO 9001", "质量标准")), "terms", "read as a designation"),
        (Rule(EQUIVALENT, ("19001", "质量标准")), "terms", "number or a class"),
        (Rule(EQUIVALENT, ("M12", "螺栓")), "terms", "number or a class"),
        (Rule(EQUIVALENT, ("+++", "螺栓")), "terms", "number or a class"),
        (Rule(EQUIVALENT, ("x", "螺栓")), "terms", "too short"),
        (Rule(EQUIVALENT, ("标准", "规范")), "terms", "left out of queries"),
        (Rule(EQUIVALENT, ("the standard", "规范")), "terms", "left out of queries"),
        (Rule(EQUIVALENT, ("O-ring", "o Ring", "密封圈")), "terms", "more than once"),
        (Rule(EQUIVALENT, ("tyre", "tyres")), "terms", "more than once"),
        (Rule(ONE_WAY, ("tyre",), ("Tyres",)), "targets", "find itself"),
        (Rule(TRANSLATION, ("tyre",), ("tyres",)), "terms", "not Chinese"),
        (Rule(TRANSLATION, ("轮胎",), ("车胎",)), "targets", "is Chinese"),
        (Rule(ALIAS, ("ISO 9001",), ("ISO 9001",)), "terms", "designation itself"),
        (Rule(ALIAS, ("保",), ("GB/T 22239",)), "terms", "too short"),
        (Rule(ALIAS, ("22239",), ("GB/T 22239",)), "terms", "too short"),
        (Rule(ALIAS, ("等保",), ("网络安全",)), "targets", "not a designation"),
        (Rule(ALIAS, ("某族",), tuple(f"ISO {n}" for n in range(1, 12))), "targets", "At most 10"),
        (Rule(BLOCKED, ("不存在的词",)), "terms", "no bundled name"),
        (Rule(BLOCKED, ("含量",), ("quality",)), "targets", "no bundled name of these"),
        (Rule(BLOCKED, ("???",)), "terms", "no bundled name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(rule: Rule, about: str, message: str) -> None:
    said = told(rule)
    assert [one for one, _text in said] == [about] * len(said)
    assert any(message in text for _one, text in said), said


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        (Rule(EQUIVALENT, ("单车", "自行车")), Rule(EQUIVALENT, ("脚踏车", "自行车", "单车"))),
        (Rule(ONE_WAY, ("Bike",), ("自行车",)), Rule(ONE_WAY, ("bikes",), ("自行车", "单车"))),
        (Rule(TRANSLATION, ("轮胎",), ("tyre",)), Rule(TRANSLATION, ("轮胎",), ("tyres",), enabled=False)),
        (Rule(ALIAS, ("iso9000 族",), ("ISO 9001",)), Rule(ALIAS, ("ISO 9000族",), ("ISO 9000",))),
        (Rule(BLOCKED, ("质量",)), Rule(BLOCKED, ("质量",))),
    ],
    ids=str,
)
def test_what_is_said_already_is_named(rule: Rule, other: Rule) -> None:
    [(about, message)] = told(rule, other)
    assert about == ""
    assert str(other) in message


def test_a_rule_is_no_duplicate_of_itself() -> None:
    held = Rule(EQUIVALENT, ("单车", "自行车"), number=7)
    assert told(Rule(EQUIVALENT, ("单车", "自行车", "脚踏车"), number=7), held) == []


def test_a_word_has_no_more_names_than_are_searched_for() -> None:
    others = [Rule(ONE_WAY, ("口罩",), tuple(f"name{n}{m}" for m in range(8))) for n in range(2)]
    assert told(Rule(ONE_WAY, ("帽",), ("hats",)), *others) == []
    [(about, message)] = told(Rule(ONE_WAY, ("口罩",), ("one too many",)), *others)
    assert (about, str(MAX_NAMES + 1) in message) == ("", True)


def test_all_rules_together_are_bounded() -> None:
    others = [Rule(EQUIVALENT, tuple(f"word{n}x{m}" for m in range(10)), number=n + 1) for n in range(500)]
    [(about, message)] = told(Rule(EQUIVALENT, ("甲机", "乙机")), *others)
    assert (about, "5000" in message) == ("", True)


def test_terms_are_cleaned_and_designations_written_as_they_should_be() -> None:
    rule = tidy(Rule(ALIAS, (" 等\u200b保　2.0 ", ""), ("gbt22239-2019", " "), " a\nnote "))
    assert rule == Rule(ALIAS, ("等保 2.0",), ("GB/T 22239-2019",), "a note")


def test_messages_are_translated() -> None:
    with translation.override("zh-hans"):
        assert "至少" in str(problems(Rule(EQUIVALENT, ("单车",)), (), bundled())[0])
