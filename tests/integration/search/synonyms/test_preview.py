"""What a rule would change, on an index of a few records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search.engines import get_engine
from search.engines.errors import EngineError
from search.evaluation import Judgements, Known, Topic
from search.glossary import bundled
from search.synonyms.effective import effective
from search.synonyms.preview import Preview, preview, understood
from search.synonyms.rules import Kind, Rule
from tests.factories import make_standard

JUDGED = Judgements(
    known=(Known(q="ISO 4210-1", **{"is": "ISO 4210-1:2023"}),),
    topics=(
        Topic(q="单车", want={"ISO 4210-1:2023": 3}),
        Topic(q="轮胎", want={"ISO 4000-1:2021": 3}),
        Topic(q="单车标准", want={"ISO 4210-1:2023": 3}, held_out=True),
    ),
)
BIKES = Rule(Kind.EQUIVALENT, ("单车", "自行车"))


@pytest.fixture(autouse=True)
def records(build_index: Callable[[], int]) -> None:
    make_standard("ISO 4210-1:2023", title_en="Cycles - Safety requirements for bicycles")
    make_standard("ISO 4000-1:2021", title_en="Passenger car tyres and rims")
    make_standard("GB/T 39786-2021", title_zh="信息系统密码应用基本要求")
    build_index()


def seen(*rules: Rule, queries: tuple[str, ...] = (), **options: Any) -> Preview:
    return preview(get_engine(), bundled(), effective(bundled(), rules), JUDGED, queries, **options)


def test_only_queries_that_are_understood_otherwise_can_move() -> None:
    found = seen(BIKES)
    assert (found.judged, found.touched, found.complete) == (4, 2, True)
    [moved] = found.moved
    assert moved.query == "单车"
    assert (moved.before.designations, moved.after.designations) == ((), ("ISO 4210-1:2023",))
    assert moved.scores is not None
    assert moved.scores[0].ndcg < moved.scores[1].ndcg == 1


def test_held_out_queries_are_counted_but_not_shown() -> None:
    found = seen(BIKES)
    assert found.moved_unseen == 1
    assert "单车标准" not in [one.query for one in found.moved]


def test_figures_are_over_all_judged_queries() -> None:
    figures = seen(BIKES).figures
    assert figures.queries == 4
    assert figures.ndcg[0] < figures.ndcg[1] == 1
    assert figures.mrr[0] < figures.mrr[1] == 1


def test_a_rule_that_touches_nothing_moves_nothing() -> None:
    found = seen(Rule(Kind.EQUIVALENT, ("口罩", "面罩")))
    assert (found.touched, found.moved, found.moved_unseen) == (0, (), 0)
    assert found.figures.ndcg[0] == found.figures.ndcg[1]


def test_an_editor_tries_queries_of_any_kind() -> None:
    alias = Rule(Kind.ALIAS, ("密评",), ("GB/T 39786",))
    one, other = seen(alias, queries=("密评", "tyres")).tried
    assert (one.before.total, one.before.rows) == (0, ())
    assert one.after.rows[0] == ("GB/T 39786-2021", "信息系统密码应用基本要求")
    assert one.moved
    assert one.sides[0] == (("", "", ""), ("GB/T 39786-2021", "信息系统密码应用基本要求", "new"))
    assert not other.moved
    assert other.scores is None


def test_what_there_was_no_time_for_is_said_and_made_up_for() -> None:
    late = seen(BIKES, seconds=-1.0, stamp="a")
    assert (late.complete, late.figures.queries, late.touched, late.moved) == (False, 0, 2, ())
    assert seen(BIKES, stamp="a").complete
    # The scores that the first one kept are enough for the second, but for what is touched.
    assert seen(Rule(Kind.EQUIVALENT, ("口罩", "面罩")), seconds=-1.0, stamp="a").figures.queries == 2


def test_an_engine_that_fails_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise EngineError("away")

    monkeypatch.setattr(type(get_engine()), "run", fail)
    with pytest.raises(EngineError):
        seen(BIKES)


def test_blocked_and_switched_off_rules_have_their_effect_on_what_is_understood() -> None:
    before = understood("轮胎", bundled())
    assert understood("轮胎", effective(bundled(), [Rule(Kind.BLOCKED, ("轮胎",))])) != before
    assert understood("轮胎", effective(bundled(), [Rule(Kind.BLOCKED, ("轮胎",), enabled=False)])) == before
