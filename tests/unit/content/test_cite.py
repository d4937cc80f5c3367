"""References in four styles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.standards import cite

ISO = cite.Reference(
    key="iso-9001-2015",
    designation="ISO 9001:2015",
    title="Quality management systems — Requirements",
    authors=("International Organization for Standardization",),
    publisher="International Organization for Standardization",
    place="Geneva",
    published="2015-09",
    edition="5",
    language="en",
    url="https://example.org/en/standards/iso-9001-2015/",
    viewed=date(2026, 11, 24),
)
GB = cite.Reference(
    key="gb-t-25100-2010",
    designation="GB/T 25100-2010",
    title="信息与文献 都柏林核心元数据元素集",
    authors=("全国信息与文献标准化技术委员会",),
    publisher="",
    place="",
    published="2010-09-02",
    edition="",
    language="zh",
    url="https://example.org/standards/gb-t-25100-2010/",
    viewed=date(2026, 11, 24),
)


def test_gb7714_names_place_publisher_and_both_dates() -> None:
    assert cite.gb7714(ISO) == (
        "International Organization for Standardization. Quality management systems — Requirements: ISO 9001:2015"
        "[S/OL]. Geneva: International Organization for Standardization, 2015(2015-09)[2026-11-24]. "
        "https://example.org/en/standards/iso-9001-2015/."
    )


def test_gb7714_leaves_out_what_is_not_known() -> None:
    assert cite.gb7714(GB) == (
        "全国信息与文献标准化技术委员会. 信息与文献 都柏林核心元数据元素集: GB/T 25100-2010[S/OL]. "
        "2010(2010-09-02)[2026-11-24]. https://example.org/standards/gb-t-25100-2010/."
    )
    bare = replace(GB, title="", authors=(), published="")
    assert cite.gb7714(bare) == ("GB/T 25100-2010[S/OL]. [2026-11-24]. https://example.org/standards/gb-t-25100-2010/.")


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        (("甲", "乙", "丙"), "甲, 乙, 丙. "),
        (("甲", "乙", "丙", "丁"), "甲, 乙, 丙, 等. "),
        (("A", "B", "C", "D"), "A, B, C, et al. "),
    ],
)
def test_gb7714_names_three_bodies_at_most(authors: tuple[str, ...], shown: str) -> None:
    assert cite.gb7714(replace(ISO, authors=authors)).startswith(shown)


def test_iso690() -> None:
    assert cite.iso690(ISO) == (
        "INTERNATIONAL ORGANIZATION FOR STANDARDIZATION. ISO 9001:2015, Quality management systems — Requirements "
        "[online]. 5th ed. Geneva: International Organization for Standardization, 2015-09 [viewed 2026-11-24]. "
        "Available from: https://example.org/en/standards/iso-9001-2015/"
    )
    assert "  " not in cite.iso690(replace(ISO, authors=(), publisher="", place="", published="", edition=""))


@pytest.mark.parametrize(
    ("edition", "ordinal"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("12", "12th"), ("21", "21st"),
     ("112", "112th"), ("2.0", "2.0"), ("²", "²")],
)  # fmt: skip
def test_ordinals(edition: str, ordinal: str) -> None:
    assert cite.ordinal(edition) == ordinal


def test_bibtex() -> None:
    entry = cite.bibtex(replace(ISO, title="50 % of {A} & B_c #1 \\ ~ ^ $"))
    assert entry.startswith("@techreport{iso-9001-2015,\n  type = {Standard},\n  number = {ISO 9001:2015},\n")
    assert r"title = {{50 \% of \{A\} \& B\_c \#1 \textbackslash{} \textasciitilde{} \textasciicircum{} \$}}," in entry
    assert "  author = {{International Organization for Standardization}},\n" in entry
    assert "  year = {2015},\n  month = {9},\n" in entry
    assert entry.endswith("}\n")


@given(st.text(max_size=80))
def test_bibtex_braces_always_balance(title: str) -> None:
    entry = cite.bibtex(replace(ISO, title=title)).replace("\\{", "").replace("\\}", "")
    assert entry.count("{") == entry.count("}")


def test_ris() -> None:
    assert cite.ris(ISO) == (
        "TY  - STAND\r\nID  - iso-9001-2015\r\nAU  - International Organization for Standardization,\r\n"
        "TI  - Quality management systems — Requirements\r\nSN  - ISO 9001:2015\r\nET  - 5\r\nCY  - Geneva\r\n"
        "PB  - International Organization for Standardization\r\nPY  - 2015\r\nDA  - 2015/09//\r\nLA  - en\r\n"
        "UR  - https://example.org/en/standards/iso-9001-2015/\r\nY2  - 2026/11/24/\r\nER  - \r\n"
    )
    assert "DA  -" not in cite.ris(replace(ISO, published="2015"))
    assert "PY  -" not in cite.ris(replace(ISO, published=""))


@given(st.text(max_size=80))
def test_no_value_opens_a_field_of_its_own(title: str) -> None:
    lines = cite.ris(replace(ISO, title=title)).removesuffix("\r\n").split("\r\n")
    assert [line[:6] for line in lines if not line.startswith("TI")] == [
        "TY  - ", "ID  - ", "AU  - ", "SN  - ", "ET  - ", "CY  - ", "PB  - ", "PY  - ", "DA  - ", "LA  - ", "UR  - ",
        "Y2  - ", "ER  - ",
    ]  # fmt: skip
    assert "\n" not in cite.gb7714(replace(ISO, title=title))
