"""Numbers of orders in the ways in which they are written and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text.orders import order_key, take_orders
from search.analysis import IdentifierKind, analyse


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("中华人民共和国国务院令第617号", "国务院令617"),
        ("国务院令第617号", "国务院令617"),
        ("国务院令 第 617 号", "国务院令617"),
        ("国务院令617号", "国务院令617"),
        ("国务院令第６１７号", "国务院令617"),
        ("农业部令第1号", "农业部令1"),
        ("台州市第四届人民代表大会常务委员会公告第37号", "台州市第四届人民代表大会常务委员会公告37"),
        ("国务院第617号", ""),
        ("32006R1907", ""),
        ("", ""),
        ("根据国务院令第617号的规定", ""),
    ],
)
def test_keys(text: str, key: str) -> None:
    assert order_key(text) == key


def test_a_query_names_an_order_among_words() -> None:
    analysis = analyse("校车 国务院令第617号")
    assert [(one.kind, one.text) for one in analysis.identifiers] == [(IdentifierKind.ORDER, "国务院令617")]
    assert analysis.words == ("校车",)


@given(st.text("令公告第号国务院 0123456789，", max_size=200))
def test_any_text(text: str) -> None:
    keys, rest = take_orders(text)
    assert len(rest) <= len(text)
    assert all(key[-1].isdigit() for key in keys)
