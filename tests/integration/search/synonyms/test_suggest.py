"""Suggestions while typing know the names that staff gave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.models import SynonymRule
from search.suggest import suggest
from search.synonyms import history
from search.synonyms.rules import Kind, Rule
from tests.factories import make_standard


@pytest.fixture(autouse=True)
def records(build_index: Callable[[], int]) -> None:
    make_standard("ISO 4210-1:2023", title_en="Safety requirements for bicycles")
    make_standard("GB/T 22239-2019", title_zh="网络安全保护基本要求")
    make_standard("GB/T 28448-2019", title_zh="网络安全等保测评要求")
    build_index()


def suggested(typed: str, size: int = 8) -> list[str]:
    return [one.designation for one in suggest(typed, size)]


def test_the_name_of_a_standard_suggests_it_first() -> None:
    assert suggested("等保") == ["GB/T 28448-2019"]
    history.save(SynonymRule(), Rule(Kind.ALIAS, ("等保",), ("GB/T 22239",)), None)
    assert suggested("等保") == ["GB/T 22239-2019", "GB/T 28448-2019"]
    assert suggested("等保", size=1) == ["GB/T 22239-2019"]


def test_titles_with_another_name_are_suggested() -> None:
    assert suggested("单车") == []
    history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("单车", "自行车")), None)
    assert suggested("单车") == ["ISO 4210-1:2023"]
    [one] = suggest("单车")
    assert one.title.html == "Safety requirements for <mark>bicycles</mark>"
