"""What is no notification, and text and bytes that are made to break the parser or to keep it busy."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.tbt.items import NotificationItem
from crawlers.documents import Document, Rejected
from crawlers.parsers.tbt_forms import MAX_SYMBOLS, of_lines, parse
from crawlers.parsers.tbt_text import MAX_TEXT
from tests.unit.crawlers.sources import tbt_form_files as files
from tests.unit.crawlers.sources.tbt_form_files import FACTS, URL, Point, item


def rejected(lines: list[str]) -> Rejected:
    (found,) = of_lines(lines, URL)
    assert isinstance(found, Rejected)
    return found


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "no_symbol"),
        (["Description of content: see G/TBT/N/EU/1"], "no_symbol"),
        (["G/SPS/N/EU/381", "Notifying Member: EU"], "other_agreement"),
        (["G/TBT/N/EU/1004", "某通报"], "no_language"),
        (["G/TBT/N/EU/1004", "Original: English"], "no_points"),
    ],
)
def test_what_is_no_notification_is_rejected(lines: list[str], reason: str) -> None:
    found = rejected(lines)
    assert (found.reason, found.url) == (reason, URL)
    assert found.detail


@pytest.mark.parametrize(
    "body", [b"", b"<html>no form</html>", b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_file_of_another_kind_is_rejected(body: bytes) -> None:
    (found,) = parse(Document.of(URL, body))
    assert isinstance(found, Rejected)


def test_an_address_that_no_item_can_have_is_rejected() -> None:
    (found,) = of_lines(["G/TBT/N/EU/1", "Teneur: x"], "file:///form.docx")
    assert isinstance(found, Rejected)
    assert found.reason == "invalid"


def test_values_that_are_too_long_end_in_an_ellipsis() -> None:
    fact = FACTS[0]
    made: list[Point] = [(number, label, f"{value} " + "word " * 6_000) for number, label, value in
                         files.points(fact, "en") if label.startswith(("Desc", "Agency", "Final"))]  # fmt: skip
    found = item(files.lines(files.head(fact, "en"), made))
    assert [len(one) <= most and one.endswith("…") for one, most in (
        (found.description, 20_000), (found.agency, 2_000), (found.comments, 500))] == [True] * 3  # fmt: skip


WORDS = st.sampled_from(
    ["G/TBT/N/EU/1", "[X]", "[ ]", "\n", "\t", ":", "Title:", "Teneur:", "Other:", "https://", "https://a.b/c\n_d",
     "HS",
     "ICS", "(", ")", "3808", "65.100", "13 page(s)", "in English", "2.9.2", "12 May 2023", "\x00", "\ud800", "é", "1.",
     "Comment period changed - date:", "Reason for Addendum:", "Notified under Article", "Texts available from:",
     "National enquiry point [X]", "Products covered", "Motif de l'addendum:", "Proposed date of adoption:"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=30), max_size=60), st.text(max_size=50))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_an_item_or_a_rejection(words: list[str], url: str) -> None:
    for address in (URL, url):
        for found in of_lines(["G/TBT/N/EU/1 Original: English", " ".join(words)], address):
            assert isinstance(found, NotificationItem | Rejected)
    assert list(of_lines([" ".join(words)], URL))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_rejection(body: bytes) -> None:
    if b"%PDF-" not in body:
        (found,) = parse(Document.of(URL, body))
        assert isinstance(found, Rejected)


@pytest.mark.parametrize(
    "unit",
    ["Title:", "\nTitle\n", "[X]", "[ ] Other: ", "https://a.b/", "https://(((())))", ")", "HS 1,", "HS (", "1,",
     "ICS codes ",
     "13 pages ", "in English ", "1.", "2.9.2 ", "Products covered (", "where applicable ", "12 May 2023 ",
     "G/TBT/N/EU/",
     "G/TBT/N/EU/1,", "\n1.", "[ ] Comment period changed - date:\n", "National enquiry point [X] or ", "-", " ", "\n",
     "a", "Proposed date of adoption: ", "and ", "name and address (", "\0"],
)  # fmt: skip
@pytest.mark.parametrize(
    "point", ["", "Title: ", "Products covered: ", "Reason for Addendum:\n", "Texts available from: "]
)
def test_the_time_is_bounded(unit: str, point: str) -> None:
    text = unit * (2 * MAX_TEXT // len(unit))
    began = time.process_time()
    list(of_lines(["G/TBT/N/EU/1", "Original: English", f"{point}{text}"], URL))
    assert time.process_time() - began < 5


def test_many_symbols_cost_no_more_than_one() -> None:
    head = ", ".join(f"G/TBT/N/EU/{number}" for number in range(1, 200))
    began = time.process_time()
    found = list(of_lines([head[:1_900], "Original: English", "Title: " + "[X]" * MAX_TEXT], URL))
    assert time.process_time() - began < 5
    assert len(found) == MAX_SYMBOLS
