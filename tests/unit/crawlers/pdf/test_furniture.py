from __future__ import annotations

from crawlers.pdf.blocks import Line, RawBlock
from crawlers.pdf.furniture import mark_running_lines
from crawlers.pdf.records import Role
from crawlers.pdf.wire import RawPage

HEADER_AT, FOOTER_AT = 800.0, 30.0


def page(number: int, *placed: tuple[float, str]) -> RawPage:
    """A page of lines given as (y, text)."""
    lines = [Line(72, y, 300, y + 10, 10, text) for y, text in placed]
    return RawPage(number, 595, 842, 0, 100, 0, 0.0, [RawBlock(0, False, 500, [line]) for line in lines], None)


def running(pages: list[RawPage]) -> list[dict[str, Role]]:
    """Of each page, the running lines and their roles."""
    found = []
    for raw, roles in mark_running_lines(pages):
        lines = [line for block in raw.blocks for line in block.lines]
        found.append({line.text: roles[id(line)] for line in lines if id(line) in roles})
    return found


def body(number: int) -> tuple[float, str]:
    words = ("apples", "bridges", "cables", "doors", "engines", "fans", "gears", "hinges", "irons", "joints", "keys")
    return 500, f"On {words[number % 11]} and {words[number * 5 % 11]}"


def test_repeated_header_and_page_number() -> None:
    pages = [page(n, (HEADER_AT, "GB/T 1.1—2020"), body(n), (FOOTER_AT, str(n))) for n in range(1, 21)]
    for number, roles in enumerate(running(pages), 1):
        assert roles == {"GB/T 1.1—2020": Role.HEADER, str(number): Role.FOOTER}


def test_headers_that_alternate_between_odd_and_even_pages() -> None:
    pages = [page(n, (HEADER_AT, "Company name" if n % 2 else "Title of the book"), body(n)) for n in range(1, 13)]
    assert all(len(roles) == 1 for roles in running(pages))


def test_header_that_changes_with_the_chapter_even_for_a_single_page() -> None:
    titles = ["Scope"] * 4 + ["Terms"] * 4 + ["Symbols"] + ["Requirements"] * 5
    pages = [page(n, (HEADER_AT, title), body(n)) for n, title in enumerate(titles, 1)]
    assert [list(roles) for roles in running(pages)] == [[title] for title in titles]


def test_roman_page_numbers() -> None:
    numbers = ["i", "ii", "iii", "iv", "v"]
    pages = [page(n, body(n), (FOOTER_AT, text)) for n, text in enumerate(numbers, 1)]
    assert [list(roles) for roles in running(pages)] == [[text] for text in numbers]


def test_a_single_page_keeps_its_first_and_last_line() -> None:
    assert running([page(1, (HEADER_AT, "Title of a leaflet"), body(1), (FOOTER_AT, "Printed in Beijing"))]) == [{}]


def test_a_single_page_loses_what_can_only_be_a_page_number() -> None:
    assert running([page(1, body(1), (FOOTER_AT, "第 1 页 共 1 页"))]) == [{"第 1 页 共 1 页": Role.FOOTER}]


def test_body_lines_that_come_back_further_down_stay() -> None:
    pages = [page(n, (HEADER_AT, "ISO 9001"), (760, f"Clause about {body(n)[1]}"), (740, "NOTE")) for n in range(1, 9)]
    assert all("NOTE" not in roles for roles in running(pages))


def test_first_lines_that_differ_stay() -> None:
    pages = [page(n, (HEADER_AT - 3 * n, f"{body(n)[1]} in general")) for n in range(1, 9)]
    assert running(pages) == [{}] * 8


def test_a_title_of_larger_type_is_no_running_title() -> None:
    title = page(1, body(1))
    title.blocks.append(RawBlock(0, False, 500, [Line(72, HEADER_AT, 300, HEADER_AT + 10, 16, "Quality of water")]))
    pages = [title, *(page(n, (HEADER_AT, "Quality of water"), body(n)) for n in range(2, 9))]
    assert running(pages) == [{}, *([{"Quality of water": Role.HEADER}] * 7)]


def test_pages_come_in_order_and_none_is_lost() -> None:
    pages = [page(n, body(n)) for n in range(1, 40)]
    assert [raw.number for raw, _ in mark_running_lines(pages)] == list(range(1, 40))
    assert list(mark_running_lines([])) == []
