"""Records as rows of a table."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dumps.flat import flat


def test_nested_values_by_dotted_names() -> None:
    assert flat({"a": 1, "title": {"zh": "标题", "en": "Title"}}) == {"a": "1", "title.zh": "标题", "title.en": "Title"}


def test_lists_nothing_and_moments() -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert flat({"ics": ["03", "03.120"], "none": None, "yes": True, "at": moment, "empty": []}) == {
        "ics": "03; 03.120",
        "none": "",
        "yes": "true",
        "at": "2026-01-02T03:04:00+00:00",
        "empty": "",
    }


def test_records_in_a_record_are_json() -> None:
    entries = [{"list": "candidate", "reasons": ["57a"]}]
    assert orjson.loads(flat({"entries": entries})["entries"]) == entries


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_value_is_a_formula(value: str) -> None:
    assert flat({"title": value})["title"] == f"'{value}"


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()))))
def test_whatever_it_holds_it_is_text(document: dict[str, object]) -> None:
    found = flat(document)
    assert found.keys() == document.keys()
    assert not any(value.startswith(("=", "+", "@")) for value in found.values())
