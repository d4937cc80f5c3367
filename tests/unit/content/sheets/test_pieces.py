"""Places of text in what was handed in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from content.sheets.pieces import MAX_TEXT, Piece, Place, Unit, bounded, letters, of_text


@given(st.integers(min_value=0, max_value=100_000))
def test_letters_of_columns_count_as_sheets_do(column: int) -> None:
    if column < 18_278:
        assert letters(column) == get_column_letter(column + 1)


def test_a_pasted_text_knows_the_line_of_every_character() -> None:
    (piece,) = of_text("one\r\ntwo\rthree")
    assert [piece.place_of(at).at for at in (0, 3, 4, 8)] == ["1", "1", "2", "3"]


def test_more_text_than_is_read_is_cut() -> None:
    page = Place(Unit.PAGE, "1")
    assert [len(one.text) for one in bounded([Piece("a" * MAX_TEXT, page), Piece("b", page)])] == [MAX_TEXT, 0]
