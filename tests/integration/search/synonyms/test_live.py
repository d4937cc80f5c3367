"""Rules as every process has them, at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from search.glossary import bundled
from search.models import SynonymRule, SynonymState
from search.synonyms import history, live
from search.synonyms.rules import Kind, Rule

pytestmark = pytest.mark.django_db

BIKES = Rule(Kind.EQUIVALENT, ("单车", "自行车"))


def add(rule: Rule = BIKES) -> SynonymRule:
    return history.save(SynonymRule(), rule, None)


def other_names(term: str = "单车") -> tuple[str, ...]:
    return live.glossary().entry(term).chinese


def test_without_rules_it_is_the_bundled_glossary() -> None:
    assert live.glossary() is bundled()


def test_a_rule_counts_from_the_next_search_on() -> None:
    row = add()
    assert other_names() == ("自行车",)
    history.save(row, Rule(Kind.EQUIVALENT, ("单车", "脚踏车")), None)
    assert other_names() == ("脚踏车",)
    history.switch(row, None)
    assert other_names() == ()
    history.switch(row, None)
    assert other_names() == ("脚踏车",)
    history.remove(row, None)
    assert other_names() == ()


def test_rules_added_together_count_too() -> None:
    assert history.add_all([BIKES, Rule(Kind.ALIAS, ("等保",), ("GB/T 22239",))], None) == 2
    assert other_names() == ("自行车",)
    assert live.glossary().aliases.find("等保")


def test_deleting_many_at_once_counts_too() -> None:
    add()
    assert other_names() == ("自行车",)
    SynonymRule.objects.all().delete()
    assert other_names() == ()


def test_what_is_rolled_back_never_counts() -> None:
    add()
    before = other_names()
    with pytest.raises(RuntimeError), transaction.atomic():
        add(Rule(Kind.ONE_WAY, ("单车",), ("滑板车",)))
        assert other_names() == ("自行车", "滑板车")
        raise RuntimeError
    assert other_names() == before


def test_asking_costs_one_query_and_no_work(django_assert_num_queries: Any) -> None:
    add()
    first = live.glossary()
    with django_assert_num_queries(1):
        assert live.glossary() is first
    add(Rule(Kind.ONE_WAY, ("口罩",), ("面罩",)))
    with django_assert_num_queries(2):
        assert live.glossary() is not first


def test_the_row_that_is_asked_is_the_one_that_is_written() -> None:
    add()
    assert live.stamp() == SynonymState.objects.get().stamp != ""
