"""Single values of a notification: codes, titles, addresses, days and articles."""

from __future__ import annotations

import pytest

from content.tbt.months import MONTHS
from crawlers.parsers import tbt_boxes, tbt_urls, tbt_values
from crawlers.parsers.tbt_dates import first_date
from crawlers.parsers.tbt_text import fold
from tests.unit.crawlers.sources import tbt_form_files as files


@pytest.mark.parametrize(
    ("text", "rest", "hs", "ics"),
    [
        ("Biocides; (HS code(s): 3808); (ICS code(s): 65.100)", "Biocides", ("3808",), ("65.100",)),
        ("Vehicles (HS 87) (ICS 43.040)", "Vehicles", ("87",), ("43.040",)),
        ("Furnaces HS: 8416, 84.17; ICS: 13.020, 97.100", "Furnaces HS: 8416, 84.17", ("8416", "84.17"),
         ("13.020", "97.100")),
        ("Furnaces. HS: 8416 and 8417. ICS: 13.020", "Furnaces.", ("8416", "8417"), ("13.020",)),
        ("HS Chapter 33", "", ("33",), ()),
        ("Juguetes (SA: 9503.00)", "Juguetes", ("9503.00",), ()),
        ("Jouets, SH: 95; ICS: 97.200.50", "Jouets", ("95",), ("97.200.50",)),
        ("Parts of HS 8703 and others", "Parts of HS 8703 and others", ("8703",), ()),
        ("Products of Acme S.A. of Geneva", "Products of Acme S.A. of Geneva", (), ()),
        ("Insecticides (HS code(s): 3808); Pesticides (ICS code(s): 65.100); others",
         "Insecticides; Pesticides; others",
         ("3808",), ("65.100",)),
    ],
)  # fmt: skip
def test_codes_of_products(text: str, rest: str, hs: tuple[str, ...], ics: tuple[str, ...]) -> None:
    found = tbt_values.products(text)
    assert (found.hs, found.ics) == (hs, ics)
    assert found.text == rest


@pytest.mark.parametrize(
    ("text", "named", "pages", "languages"),
    [
        ("Act on toys (13 page(s), in English)", "Act on toys", [13], ["en"]),
        ("Act on toys; (13 pages, in Chinese), (4 pages, in English)", "Act on toys", [13, 4], ["zh", "en"]),
        ("Loi sur les jouets (13 page(s), en anglais et français)", "Loi sur les jouets", [13], ["en", "fr"]),
        ("Ley de juguetes, 13 páginas, en español", "Ley de juguetes", [13], ["es"]),
        ("Loi (8 pages, disponible en anglais et en français)", "Loi", [8], ["en", "fr"]),
        ("Ley (13 página(s), en inglés)", "Ley", [13], ["en"]),
        ("Act A (2 pages); Act B (3 pages, Korean)", "Act A; Act B", [2, 3], ["ko"]),
        ("Act (in English and French)", "Act", [], ["en", "fr"]),
        ("Labelling in English of toys (5 p.)", "Labelling in English of toys", [5], []),
        ("(EU) Regulation 528/2012", "(EU) Regulation 528/2012", [], []),
        ("", "", [], []),
    ],
)
def test_titles_with_pages_and_languages(text: str, named: str, pages: list[int], languages: list[str]) -> None:
    found = tbt_values.title(text)
    assert (found.text, found.pages, found.languages) == (named, pages, languages)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://a.example/x.pdf.", ["https://a.example/x.pdf"]),
        ("https://a.example/24_03857_00\n_e.pdf", ["https://a.example/24_03857_00_e.pdf"]),
        ("https://a.example/final/\n24_03857_00_e.pdf", ["https://a.example/final/24_03857_00_e.pdf"]),
        ("https://a.example/\nMinistry of Trade", ["https://a.example/"]),
        ("(https://a.example/a_(b))", ["https://a.example/a_(b)"]),
        ("HTTPS://a.example/x, https://a.example/y", ["https://a.example/x", "https://a.example/y"]),
        ("https://" + "a." * 400, []),
        ("http://", []),
    ],
)
def test_addresses(text: str, urls: list[str]) -> None:
    assert tbt_urls.urls_of(text) == urls


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 September 2023", "2023-09-12"),
        ("1er août 2025", "2025-08-01"),
        ("1º de agosto de 2025", "2025-08-01"),
        ("12 de septiembre del 2023", "2023-09-12"),
        ("September 12, 2023", "2023-09-12"),
        ("2023-09-12", "2023-09-12"),
        ("septembre 2023", "2023-09"),
        ("31 February 2023", ""),
        ("2023-13-45", ""),
    ],
)
def test_days(text: str, day: str) -> None:
    assert first_date(text)[0] == day


def test_months_are_known_in_all_three_languages() -> None:
    for names in files.MONTHS.values():
        assert [MONTHS[fold(name)] for name in names.split()] == list(range(1, 13))


def test_articles_without_boxes_and_after_the_boxes() -> None:
    assert tbt_boxes.articles("2.9.2 and 5.6.2") == ("2.9.2", "5.6.2")
    assert tbt_boxes.articles("2.9.2 [ ], 5.6.2 [X], Other: Article 10.7") == ("5.6.2", "10.7")
    assert tbt_boxes.articles("[X] 2.9.2 [ ] 5.6.2") == ("2.9.2",)
