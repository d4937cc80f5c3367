from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.psparser import LIT

from crawlers.pdf.content import operations

ALL = {b"Tj", b"TJ", b"Tf", b"Td", b"'", b"EI", b"q"}


def parse(data: bytes) -> list[tuple[bytes, list[Any]]]:
    operands: list[Any] = []
    return [(name, list(operands)) for name in operations(data, ALL, operands)]


def test_operators_and_operands() -> None:
    content = b"/F1 12 Tf 1 -.5 Td (a) Tj [(b) -120.5 <63 64>] TJ q% comment (x) Tj\n(d)'"
    assert parse(content) == [
        (b"Tf", [LIT("F1"), 12.0]),
        (b"Td", [1.0, -0.5]),
        (b"Tj", [b"a"]),
        (b"TJ", [[b"b", -120.5, b"cd"]]),
        (b"q", []),
        (b"'", [b"d"]),
    ]


def test_operators_that_are_not_wanted_take_their_operands_along() -> None:
    assert parse(b"1 0 0 RG 5 w /GS0 gs << /MCID 3 >> BDC 7 8 Td") == [(b"Td", [7.0, 8.0])]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"(plain)", b"plain"),
        (rb"(a(b)c)", b"a(b)c"),
        (rb"(a\(b)", b"a(b"),
        (rb"(\\)", b"\\"),
        (rb"(\101\60\0601)", b"A001"),
        (rb"(\n\r\t\b\f)", b"\n\r\t\b\f"),
        (b"(one\\\ntwo\\\r\nthree)", b"onetwothree"),
        (rb"(\777)", b"\xff"),
        (rb"(\x)", b"x"),
        (b"(open", b"open"),
        (b"(a(b)", b"a(b)"),
        (b"<4142>", b"AB"),
        (b"<41 4\n2>", b"AB"),
        (b"<414>", b"A@"),
        (b"<>", b""),
    ],
)
def test_strings(written: bytes, read: bytes) -> None:
    operands: list[Any] = []
    list(operations(written, ALL, operands))
    assert operands == [read]


@pytest.mark.parametrize(
    ("written", "read"),
    [(b"--5", 5), (b"1.2.3", 1.2), (b"0.-7", 0), (b"-", 0), (b"+3", 3), (b"4.", 4), (b".5", 0.5), (b"..", 0)],
)
def test_numbers_as_they_are_found_in_the_wild(written: bytes, read: float) -> None:
    assert parse(written + b" 0 Td") == [(b"Td", [read, 0.0])]


def test_names() -> None:
    assert parse(b"/A#20B 1 Tf /#e6 1 Tf") == [(b"Tf", [LIT("A B"), 1.0]), (b"Tf", [LIT(b"\xe6"), 1.0])]


def test_inline_images_are_skipped_whatever_is_in_them() -> None:
    image = b"BI /W 4 /H 1 /BPC 8 ID \x00 EI \xff(\x80[<\nEI\nq"
    entries = [LIT("W"), 4.0, LIT("H"), 1.0, LIT("BPC"), 8.0]
    assert parse(image) == [(b"EI", entries), (b"q", [])]
    assert parse(b"BI ID \x00\x01 never ends") == [(b"EI", [])]


def test_open_brackets_end_with_the_operator() -> None:
    assert parse(b"[(a) 1 TJ (b) Tj ] ] >> q") == [(b"TJ", [[b"a", 1.0]]), (b"Tj", [b"b"]), (b"q", [])]


@given(st.binary(max_size=500))
def test_any_bytes_are_read_to_the_end(data: bytes) -> None:
    for name, _ in parse(data):
        assert name in ALL


@pytest.mark.parametrize("piece", [b"(", b"((a)", b"\\", b"<4", b"[", b"1", b"/a#", b"%", b"<<", b"(\\", b"BI ID EI "])
def test_repetition_costs_no_more_than_its_length(piece: bytes) -> None:
    """Quadratic work would take minutes here."""
    list(parse(piece * 200_000))
