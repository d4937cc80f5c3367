"""Dates as notifications state them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt.dates import Stated, read
from portal.settings.env import BASE_DIR

RECORDED = Path(BASE_DIR).parent / "shared" / "recorded" / "tbt" / "notices.jsonl"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2018-09-08", "2018-09-08"),
        ("2014/04", "2014-04"),
        ("2015年3月", "2015-03"),
        ("2020年4月6日", "2020-04-06"),
        ("2016/04/28(计划)", "2016-04-28"),
        ("２０２６－０７－０１", "2026-07-01"),
        ("2025", "2025"),
        ("2025-02-30", ""),
        ("2025-13", ""),
        ("0000", ""),
        ("April 2016", "2016-04"),
        ("30 June 2016", "2016-06-30"),
        ("1st July, 2016", "2016-07-01"),
        ("June 30, 2016", "2016-06-30"),
        ("30 June 2016 (proposed)", "2016-06-30"),
        ("in September 2017", "2017-09"),
        ("1er août 2023", "2023-08-01"),
        ("Février 2019", "2019-02"),
        ("12 de septiembre de 2023", "2023-09-12"),
        ("abril de 2016", "2016-04"),
        ("31 June 2016", ""),
        ("30 June 2016 at the earliest", ""),
        ("6 months after adoption", ""),
        ("To be determined", ""),
        ("À déterminer", ""),
        ("No se ha determinado", ""),
        ("待定", ""),
        ("2025-01-01 or later", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_as_far_as_it_is_stated(text: str, on: str) -> None:
    assert read(text) == Stated(on=on)


@pytest.mark.parametrize(
    "text",
    [
        "60 days from notification",
        "60 days after circulation by the WTO Secretariat",
        "60 days from the date of notification",
        "Within 60 days of notification",
        "60 jours à compter de la notification",
        "60 jours après la date de notification",
        "60 días a partir de la notificación",
        "60 días contados a partir de la fecha de la notificación",
        "自分发之日起60天",
        "自通报之日起60天",
        "自通报日期起60天",
    ],
)
def test_days_after_the_circulation(text: str) -> None:
    stated = read(text)
    assert stated == Stated(days=60)
    assert stated.counted_from("2016-02-19") == "2016-04-19"
    assert stated.counted_from("2016-02") == ""
    assert stated.counted_from("9999-12-31") == ""


def test_a_stated_date_is_not_counted() -> None:
    assert read("2018-09-08").counted_from("2018-07-10") == "2018-09-08"
    assert read("99999 days from notification") == Stated()


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_iso_dates_read_back(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert read(text) == Stated(on=text)


@given(st.text(max_size=400))
def test_no_text_is_an_error(text: str) -> None:
    read(text).counted_from(text)


def test_comment_deadlines_of_recorded_notices_are_all_read() -> None:
    rows = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    stated = [read(row["comments"]) for row in rows if "comments" in row]
    assert len(stated) == 9
    assert [one for one in stated if one == Stated()] == []


@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y"]))
def test_every_day_is_read_as_it_is_written(day: date, form: str) -> None:
    assert read(day.strftime(form)) == Stated(on=day.isoformat())


@given(st.text(max_size=60))
def test_nothing_but_a_date_is_a_date(text: str) -> None:
    stated = read(text)
    assert not stated.on or any(char.isdigit() for char in text)
