from __future__ import annotations

from crawlers.pdf.columns import order_rows
from crawlers.pdf.rows import Piece, Row


def rows_of(*pieces: tuple[float, float, float, str]) -> list[Row]:
    """Rows of pieces given, in the order they are drawn in, as (left, right, baseline, text)."""
    by_height: dict[float, list[Piece]] = {}
    for order, (u0, u1, v, text) in enumerate(pieces):
        by_height.setdefault(v, []).append(Piece(u0, u1, v, 10, text, order))
    return [
        Row(v - 2, v + 8, sorted(by_height[v], key=lambda piece: piece.u0)) for v in sorted(by_height, reverse=True)
    ]


def read(rows: list[Row]) -> list[str]:
    return [piece.text for region in order_rows(rows) for row in region for piece in row.pieces]


def column(left: float, right: float, top: float, name: str, lines: int = 10) -> list[tuple[float, float, float, str]]:
    return [(left, right - 7 * (i % 3), top - 12 * i, f"{name}{i}") for i in range(lines)]


def names(*columns: tuple[str, int]) -> list[str]:
    return [f"{name}{i}" for name, lines in columns for i in range(lines)]


def test_two_columns_one_after_the_other() -> None:
    rows = rows_of(*column(72, 290, 700, "a"), *column(310, 530, 700, "b"))
    assert read(rows) == names(("a", 10), ("b", 10))


def test_two_columns_whose_lines_are_not_level() -> None:
    rows = rows_of(*column(72, 290, 700, "a"), *column(310, 530, 694, "b"))
    assert read(rows) == names(("a", 10), ("b", 10))


def test_columns_of_prose_though_drawn_row_by_row() -> None:
    pairs = zip(column(72, 290, 700, "a"), column(310, 530, 700, "b"), strict=True)
    assert read(rows_of(*(piece for pair in pairs for piece in pair))) == names(("a", 10), ("b", 10))


def test_title_and_footnote_of_full_width_go_before_and_after_the_columns() -> None:
    title, note = (150.0, 450.0, 740.0, "title"), (72.0, 530.0, 500.0, "note")
    rows = rows_of(title, *column(72, 290, 700, "a"), *column(310, 530, 700, "b"), note)
    assert read(rows) == ["title", *names(("a", 10), ("b", 10)), "note"]


def test_a_figure_of_full_width_parts_the_columns() -> None:
    figure = (100.0, 500.0, 600.0, "figure")
    rows = rows_of(
        *column(72, 290, 700, "a", 6), *column(310, 530, 700, "b", 6), figure,
        *column(72, 290, 580, "c", 6), *column(310, 530, 580, "d", 6),
    )  # fmt: skip
    assert read(rows) == [*names(("a", 6), ("b", 6)), "figure", *names(("c", 6), ("d", 6))]


def test_three_columns() -> None:
    rows = rows_of(*column(40, 200, 700, "a"), *column(215, 375, 700, "b"), *column(390, 550, 700, "c"))
    assert read(rows) == names(("a", 10), ("b", 10), ("c", 10))


def test_a_table_is_read_row_by_row() -> None:
    places = (("a", 72), ("b", 220), ("c", 400))
    cells = [(x, x + 60, 700 - 14 * i, f"{name}{i}") for i in range(12) for name, x in places]
    assert read(rows_of(*cells)) == [f"{name}{i}" for i in range(12) for name in "abc"]


def test_a_table_of_contents_is_read_row_by_row() -> None:
    titles = [(72.0, 250.0 + 10 * (i % 4), 700.0 - 14 * i, f"t{i}") for i in range(12)]
    numbers = [(520.0, 530.0, 700.0 - 14 * i, f"n{i}") for i in range(12)]
    assert read(rows_of(*titles, *numbers)) == [text for i in range(12) for text in (f"t{i}", f"n{i}")]


def test_terms_beside_their_definitions_are_read_row_by_row() -> None:
    cells = [
        piece for i in range(10)
        for piece in ((72.0, 120.0 + i, 700.0 - 14 * i, f"t{i}"), (200.0, 520.0, 700.0 - 14 * i, f"d{i}"))
    ]  # fmt: skip
    assert read(rows_of(*cells)) == [text for i in range(10) for text in (f"t{i}", f"d{i}")]


def test_a_figure_beside_a_column_of_text_is_not_mixed_with_it() -> None:
    labels = [(80.0 + 25 * (i % 5), 100.0 + 25 * (i % 5), 697.0 - 17 * i, f"f{i}") for i in range(9)]
    rows = rows_of((80, 300, 720, "figure"), *labels, *column(320, 540, 700, "t", 12))
    assert read(rows) == ["figure", *names(("f", 9), ("t", 12))]


def test_a_table_with_a_column_of_prose_stays_a_table() -> None:
    numbers = [(80.0, 95.0, 700.0 - 14 * i, f"n{i}") for i in range(10)]
    words = [(320.0, 530.0 - i % 3, 700.0 - 14 * i, f"w{i}") for i in range(10)]
    assert read(rows_of(*numbers, *words)) == [text for i in range(10) for text in (f"n{i}", f"w{i}")]


def test_nothing_gives_nothing() -> None:
    assert order_rows([]) == []
