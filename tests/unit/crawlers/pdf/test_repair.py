from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawlers.pdf.repair import gbk, text_string

WESTERN = "Größe, façade, naïveté, señor, Übermaß, ÉCOLE, çà et là, Ångström, 20 °C ± 2 µm «entre» §3"


def test_gbk_bytes_are_known() -> None:
    assert gbk("中华人民共和国国家标准 GB/T 1.1".encode("gbk")) == "中华人民共和国国家标准 GB/T 1.1"


def test_western_text_is_not_taken_for_chinese() -> None:
    assert gbk(WESTERN.encode("cp1252")) is None
    assert gbk(b"plain ASCII") is None
    assert gbk("é".encode("latin-1") * 3) is None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, codec="gbk"), min_size=1))
def test_a_repair_is_lossless(text: str) -> None:
    data = text.encode("gbk")
    repaired = gbk(data)
    assert repaired is None or repaired.encode("gbk") == data


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_string(data: bytes) -> None:
    assert isinstance(text_string(data), str)


def test_text_strings() -> None:
    assert text_string(b"\xfe\xff" + "标准".encode("utf-16be")) == "标准"
    assert text_string("标准化导则".encode("gbk")) == "标准化导则"
    assert text_string("标准化导则".encode()) == "标准化导则"
    assert text_string(b"\xef\xbb\xbfabc\xc3\xa9") == "abcé"
    assert text_string("Größe".encode("latin-1")) == "Größe"
