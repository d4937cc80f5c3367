"""The WTO's forms of notification as PDF, read through the sandboxed child."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from content.tbt.items import Language, NotificationItem
from crawlers.documents import Document, Rejected
from crawlers.parsers.tbt_forms import parse
from crawlers.parsers.tbt_reading import LIMITS
from crawlers.pdf import Extractor
from tests.unit.crawlers.sources import tbt_form_files as files
from tests.unit.crawlers.sources.tbt_form_files import URL
from tests.unit.crawlers.sources.test_tbt_forms import addendum, expected, said


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(LIMITS) as made:
        yield made


@pytest.mark.parametrize("layout", ["rows", "lines", "apart", "bare"])
@pytest.mark.parametrize("language", files.LANGUAGES)
@pytest.mark.parametrize("fact", files.FACTS, ids=lambda fact: fact.symbol.rpartition("/N/")[2])
def test_every_field(extractor: Extractor, fact: files.Fact, language: Language, layout: str) -> None:
    body = files.pdf_form(files.head(fact, language), files.points(fact, language), layout)
    (found,) = parse(Document.of(URL, body), extractor)
    assert isinstance(found, NotificationItem), found
    assert said(found) == expected(fact, language)


@pytest.mark.parametrize("language", files.LANGUAGES)
def test_an_addendum(extractor: Extractor, language: Language) -> None:
    lines = addendum(language, {1: files.ADDENDA[language].months[0], 4: "https://a.example/final.pdf"})
    (found,) = parse(Document.of(URL, files.pdf_form(lines, (), "lines")), extractor)
    assert isinstance(found, NotificationItem), found
    assert [(one.kind, one.date, one.urls) for one in found.events] == [
        ("adopted", "2025-07-18", ()),
        ("final_text", "", ("https://a.example/final.pdf",)),
    ]
    assert found.description == "Add.4 was adopted without changes."


def test_a_damaged_file_is_rejected() -> None:
    (found,) = parse(Document.of(URL, b"%PDF-1.7 nothing"))
    assert isinstance(found, Rejected)
