"""References to other standards in free text, and the portals' vocabulary."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import RecordError
from crawlers.parsers import references, vocabulary
from crawlers.parsers.references import References
from crawlers.parsers.statement import Adoption


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", References()),
        ("2006-09-01实施", References()),
        ("2005-03-01实施,代替GB/T 5606.1-1996", References(replaces=("GB/T 5606.1-1996",))),
        ("代替GB/T 1.1-2000，GB/T 1.2-2002", References(replaces=("GB/T 1.1-2000", "GB/T 1.2-2002"))),
        ("代替标准：GB 1495—1979、GB 1496—1979；", References(replaces=("GB 1495—1979", "GB 1496—1979"))),
        ("代替GB 3100～3102-86", References(replaces=("GB 3100-1986", "GB 3101-1986", "GB 3102-1986"))),
        ("部分代替GB 4706.1-1998", References(partly_replaces=("GB 4706.1-1998",))),
        ("被GB/T 1-2000部分代替", References(partly_replaced_by=("GB/T 1-2000",))),
        ("部分被GB/T 1-2000代替", References(partly_replaced_by=("GB/T 1-2000",))),
        ("被部分代替：GB/T 1-2000、GB/T 2-2001", References(partly_replaced_by=("GB/T 1-2000", "GB/T 2-2001"))),
        ("代替GB/T 1-1990，部分代替GB/T 2-1990", References(("GB/T 1-1990",), ("GB/T 2-1990",))),
        ("被GB/T 20223-2018代替", References(replaced_by=("GB/T 20223-2018",))),
        ("2018-05-01废止，被GB/T 20223-2018全部代替", References(replaced_by=("GB/T 20223-2018",))),
        ("被以下标准代替：GB/T 20223-2018", References(replaced_by=("GB/T 20223-2018",))),
        ("全部代替GB/T 3-1990和GB/T 4-1990", References(replaces=("GB/T 3-1990", "GB/T 4-1990"))),
        ("调整为推荐性国家标准", References()),
        ("原标准号GB 5606.1-1996", References()),
        ("代替有关规定,2001-01-01实施,GB/T 9-1990", References()),
    ],
)
def test_remarks(text: str, said: References) -> None:
    assert references.remark(text) == said


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("GB/T 1-1990, GB/T 2-1991", ("GB/T 1-1990", "GB/T 2-1991"), ()),
        ("GB/T 1-1990, GB/T 2-1991（部分代替）", ("GB/T 1-1990",), ("GB/T 2-1991",)),
        ("GB/T 2-1991（部分）；GB/T 1-1990", ("GB/T 1-1990",), ("GB/T 2-1991",)),
        ("全部代替标准：GB/T 1-1990 部分代替标准：GB/T 2-1991", ("GB/T 1-1990",), ("GB/T 2-1991",)),
        ("部分代替 GB/T 2-1991 全部代替 GB/T 1-1990", ("GB/T 1-1990",), ("GB/T 2-1991",)),
        ("被以下标准部分代替：GB/T 2-1991", (), ("GB/T 2-1991",)),
        ("", (), ()),
    ],
)
def test_lists_of_what_is_replaced_in_whole_and_in_part(
    text: str, whole: tuple[str, ...], part: tuple[str, ...]
) -> None:
    assert references.whole_and_part(text) == (whole, part)
    assert references.whole_and_part("GB/T 3-1990", partly=True) == ((), ("GB/T 3-1990",))


@pytest.mark.parametrize(
    ("text", "degree", "adopted"),
    [
        ("ISO 9001:2015, IDT", "", (Adoption("ISO 9001:2015", "IDT"),)),
        ("ISO 9001:2015", "等同采用", (Adoption("ISO 9001:2015", "IDT"),)),
        ("idt ISO 9001:1994", "", (Adoption("ISO 9001:1994", "IDT"),)),
        ("eqv IEC 60335-1:1991", "", (Adoption("IEC 60335-1:1991"),)),
        ("ISO/IEC 27001:2013,IDT；ISO/IEC 27002:2013,MOD", "", (
            Adoption("ISO/IEC 27001:2013", "IDT"), Adoption("ISO/IEC 27002:2013", "MOD"))),
        ("本标准修改采用IEC国际标准：IEC 60335-1:2004（Ed 4.1）。采标中文名称：甲。", "", (
            Adoption("IEC 60335-1:2004(Ed 4.1)", "MOD"),)),
        ("本标准非等效采用ISO国际标准：ISO 2859-1:1999。", "", (Adoption("ISO 2859-1:1999", "NEQ"),)),
        ("ISO 9001:2015 Quality management systems", "IDT", (Adoption("ISO 9001:2015", "IDT"),)),
        ("未采标", "", ()),
    ],
)  # fmt: skip
def test_adoptions(text: str, degree: str, adopted: tuple[Adoption, ...]) -> None:
    assert references.adoptions(text, degree) == adopted


@given(st.text(max_size=300), st.text(max_size=20))
def test_free_text_never_breaks_the_reading(text: str, degree: str) -> None:
    references.remark(text)
    references.designations(text)
    for adoption in references.adoptions(text, degree):
        assert adoption.degree in ("", "IDT", "MOD", "NEQ")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2009-06-17", "2009-06-17"),
        ("2009-06-17 00:00:00.0", "2009-06-17"),
        ("2018年05月08日", "2018-05-08"),
        ("2018/5/17 17:13:18", "2018-05-17"),
        ("２０１８-０５-０８", "2018-05-08"),
        ("2018-05-07T16:00:00.000+0000", "2018-05-08"),
        ("—", ""),
        ("", ""),
    ],
)
def test_days(text: str, iso: str) -> None:
    assert vocabulary.day(text, "x") == iso


@pytest.mark.parametrize("text", ["2018-02-30", "2018", "昨日", "0000-00-00", "2018-05-08至2018-06-01"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(RecordError):
        vocabulary.day(text, "x")


@given(st.integers() | st.text(max_size=30) | st.booleans() | st.floats() | st.none())
def test_time_stamps_give_a_day_or_an_error(value: object) -> None:
    with contextlib.suppress(RecordError):
        assert len(vocabulary.day_of_milliseconds(value, "x")) in (0, 10)


def test_the_day_of_a_time_stamp_is_the_one_in_beijing() -> None:
    assert vocabulary.day_of_milliseconds(1538323200000, "actDate") == "2018-10-01"
    assert vocabulary.day_of_milliseconds("1538323200000", "actDate") == "2018-10-01"
    assert vocabulary.day_of_milliseconds(31_507_200_000, "actDate") == "1971-01-01"
    assert vocabulary.day_of_milliseconds(-28_800_000, "actDate") == "1970-01-01"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("59.060.10", ("59.060.10",)),
        ("53.06", ("53.060",)),
        ("1.12", ("01.120",)),
        ("13.020.01  环境和环境保护综合", ("13.020.01",)),
        ("13.040.20；13.040.40", ("13.040.20", "13.040.40")),
        ("ICS 35.040", ("35.040",)),
        ("03", ("03",)),
        ("无", ()),
    ],
)
def test_ics(text: str, codes: tuple[str, ...]) -> None:
    assert vocabulary.ics(text) == (codes, ())


@pytest.mark.parametrize(
    ("text", "codes", "beside"),
    [
        ("X87", ("X87",), ()),
        ("Y68       ICS 97.040.99", ("Y68",), ("97.040.99",)),
        ("A 00/09", ("A00/09",), ()),
        ("L 80;L 81", ("L80", "L81"), ()),
        ("Ａ００", ("A00",), ()),
        ("-", (), ()),
    ],
)
def test_ccs(text: str, codes: tuple[str, ...], beside: tuple[str, ...]) -> None:
    assert vocabulary.ccs(text) == (codes, beside, ())


def test_organisations_and_committees() -> None:
    assert vocabulary.organisations("甲局、 乙委员会，丙公司。") == ("甲局", "乙委员会", "丙公司")
    assert vocabulary.committee_or_office("全国烟草标准化技术委员会") == ("全国烟草标准化技术委员会", ())
    assert vocabulary.committee_or_office("中国纤维检验局") == ("", ("中国纤维检验局",))
    assert vocabulary.committee_code("TC28SC1") == "SAC/TC 28/SC 1"
    assert vocabulary.committee_code("424-fibre") == ""


@pytest.mark.parametrize("value", [1_538_323_200, 20190101, 1538323200_000_000, True, 1.5])
def test_seconds_and_written_dates_are_no_milliseconds(value: object) -> None:
    with pytest.raises(RecordError):
        vocabulary.day_of_milliseconds(value, "actDate")
