"""What a designation is taken apart into, and what is known of it."""

from __future__ import annotations

import pytest

from search.designations import Designation, DesignationError, Kind, Supplement, parse, parse_slug, try_parse


def test_national_standard_of_china() -> None:
    d = parse("GB/T 1.1-2020")
    assert (d.publisher, d.doctype, d.number, d.part, d.year) == ("GB", "T", "1", "1", 2020)
    assert (d.body, d.jurisdiction, d.obligation, d.kind) == ("SAC", "national", "recommended", Kind.STANDARD)
    assert (d.slug, d.undated_slug, d.family_slug, d.joined) == ("gb-t-1.1-2020", "gb-t-1.1", "gb-t-1", "gbt112020")


def test_amendment_knows_what_it_amends() -> None:
    d = parse("ISO/IEC 8632-1:1992/Amd 1:1994/Cor 1:1997")
    assert d.supplements == (Supplement("Amd", "1", 1994), Supplement("Cor", "1", 1997))
    assert d.base == parse("ISO/IEC 8632-1:1992")
    assert d.parent == parse("ISO/IEC 8632-1:1992/Amd 1:1994")
    assert d.undated == parse("ISO/IEC 8632-1/Amd 1/Cor 1")
    assert d.kind is Kind.CORRIGENDUM


def test_adoption_holds_what_it_adopts() -> None:
    d = parse("BS EN ISO 9001:2015")
    assert (d.publisher, d.number, d.year) == ("BS", "9001", 2015)
    assert d.adopted == parse("EN ISO 9001:2015")
    assert d.adopted and d.adopted.adopted == parse("ISO 9001:2015")
    assert parse("DIN EN ISO 9001:2015-11").month == 11
    assert parse("DIN EN ISO 9001:2015-11").adopted == parse("EN ISO 9001:2015")


def test_dual_number_is_the_chinese_standard_and_remembers_the_other_half() -> None:
    d = parse("GB/T 7939-2008/ISO 6605:2002")
    assert d == parse("GB/T 7939-2008")
    assert d.dual == parse("ISO 6605:2002")
    assert d.slug == "gb-t-7939-2008"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("ISO 707|IDF 50:2008", "ISO 707:2008", "IDF 50:2008"),
        ("ISO 8968-1:2014 | IDF 20-1:2014", "ISO 8968-1:2014", "IDF 20-1:2014"),
        ("ISO 13366-1:2008 [IDF 148-1:2008]", "ISO 13366-1:2008", "IDF 148-1:2008"),
        ("ISO 707 (IDF 50:2008", "ISO 707:2008", "IDF 50:2008"),
        ("Rec. ITU-T X.680 (2015) | ISO/IEC 8824-1:2015", "ITU-T X.680 (2015)", "ISO/IEC 8824-1:2015"),
    ],
)
def test_a_text_of_two_bodies_has_two_numbers(text: str, first: str, second: str) -> None:
    d = parse(text)
    assert d == parse(first)
    assert d.dual == parse(second)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("DBJ15-51-2020", "CN-44"),
        ("DBJ/T 15-60-2019", "CN-44"),
        ("DBJ 13-204-2014", "CN-35"),
        ("DG/TJ 08-2040-2008", "CN-31"),
        ("DGJ32/J 71-2014", "CN-32"),
    ],
)
def test_building_standards_count_provinces_their_own_way(text: str, body: str) -> None:
    assert parse(text).body == body


@pytest.mark.parametrize(
    ("text", "stage", "iteration", "kind"),
    [
        ("ISO/DIS 13504.2", "DIS", 2, Kind.DRAFT),
        ("ISO/IEC CD TS 27008.3", "CD", 3, Kind.DRAFT),
        ("ISO/DTS 1999", "DTS", None, Kind.DRAFT),
        ("ISO/PRF 15597", "PRF", None, Kind.DRAFT),
        ("prEN 71-1", "pr", None, Kind.DRAFT),
        ("IEEE P802.3bt/D3.0", "P", None, Kind.DRAFT),
        ("NIST CSWP 27 ipd", "ipd", None, Kind.DRAFT),
    ],
)
def test_stages(text: str, stage: str, iteration: int | None, kind: Kind) -> None:
    d = parse(text)
    assert (d.stage, d.iteration, d.kind, d.draft) == (stage, iteration, kind, True)


def test_the_stage_of_a_supplement_is_its_own() -> None:
    d = parse("ISO 10087:2022/CD Amd 1")
    assert (d.stage, d.supplements[0].stage, d.kind, d.draft) == ("", "CD", Kind.AMENDMENT, True)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("NIST SP 800-53 Rev. 5", "edition", "r5"),
        ("ETSI EN 300 328 V2.2.2", "edition", "V2.2.2"),
        ("ITU-R BT.601-7", "edition", "7"),
        ("ASTM D638-22a", "edition", "a"),
        ("ASTM D638-22a", "year", 2022),
        ("ASTM D1238-13(2018)", "reaffirmed", 2018),
        ("ANSI X3.4-1986 (R1992)", "reaffirmed", 1992),
        ("IEC 60529:1989+AMD1:1999 CSV", "variant", "CSV"),
        ("GB 50016-2014(2018年版)", "edition", "2018"),
        ("ITU-T K.21 (11/1988)", "month", 11),
        ("ISO 10303 (all parts)", "all_parts", True),
        ("ISO/R 828:1968", "doctype", "R"),
        ("ISO 105-E02:2013", "part", "E02"),
        ("IEC 60601-1-2:2014", "part", "1-2"),
        ("GB/T 9706.202-2021", "part", "202"),
        ("GOST 12.1.004-91", "number", "12.1.004"),
        ("JIS B 0001:2019", "number", "B 0001"),
    ],
)
def test_field(text: str, field: str, value: object) -> None:
    assert getattr(parse(text), field) == value


@pytest.mark.parametrize(
    ("text", "jurisdiction", "body", "obligation"),
    [
        ("GB 2760-2014", "national", "SAC", "mandatory"),
        ("GB/Z 19579-2012", "national", "SAC", "guidance"),
        ("GBZ 2.1-2019", "national", "CN-NHC", "mandatory"),
        ("SN/T 0001-2016", "industry", "CN-GACC", "recommended"),
        ("HJ 1131-2020", "industry", "CN-MEE", "mandatory"),
        ("DB/T 1-2000", "industry", "CN-CEA", "recommended"),
        ("DB44/T 1234-2013", "local", "CN-44", "recommended"),
        ("DB4401/T 10-2018", "local", "CN-4401", "recommended"),
        ("DB440300/T 1-2006", "local", "CN-4403", "recommended"),
        ("DBS44/006-2016", "local", "CN-44", "mandatory"),
        ("T/CAS 115-2005", "association", "T/CAS", ""),
        ("Q/SY 1234-2010", "enterprise", "Q/SY", ""),
        ("JJG 99-2006", "national", "CN-SAMR", ""),
        ("ISO 9001", "international", "ISO", ""),
        ("ISO/IEC 27001", "international", "ISO/IEC", ""),
        ("EN 71-1", "regional", "CEN", ""),
        ("DIN EN ISO 9001", "national", "DIN", ""),
        ("RFC 2119", "international", "IETF", ""),
    ],
)
def test_who_issues_it(text: str, jurisdiction: str, body: str, obligation: str) -> None:
    d = parse(text)
    assert (d.jurisdiction, d.body, d.obligation) == (jurisdiction, body, obligation)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ISO/TS 9002:2016", Kind.SPECIFICATION),
        ("ISO/IEC TR 24028:2020", Kind.REPORT),
        ("ISO/PAS 22720:2005", Kind.PUBLICLY_AVAILABLE),
        ("IWA 16:2015", Kind.WORKSHOP_AGREEMENT),
        ("ISO Guide 34:2009", Kind.GUIDE),
        ("ISO/R 828:1968", Kind.RECOMMENDATION),
        ("ITU-T X.509", Kind.RECOMMENDATION),
        ("RFC 2119", Kind.PUBLICATION),
        ("JJF 1059.1-2012", Kind.REGULATION),
        ("CXC 1-1969", Kind.CODE_OF_PRACTICE),
        ("GB 7718-2011/XG1", Kind.AMENDMENT),
        ("EN 71-1:2014+A1:2018", Kind.STANDARD),
        ("EN 71-1:2014/A1:2018", Kind.AMENDMENT),
        ("CISPR 15:2005/ISH2:2013", Kind.INTERPRETATION),
        ("PD ISO/TR 24971:2020", Kind.REPORT),
    ],
)
def test_kind(text: str, kind: Kind) -> None:
    assert parse(text).kind is kind


def test_natural_order() -> None:
    ordered = [
        "GB 1", "GB/T 1", "GB/T 1.2", "GB/T 1.10", "GB/T 2", "ISO/DIS 9001", "ISO 9001", "ISO 9001:2008",
        "ISO 9001:2015", "ISO 9001:2015/Amd 1:2024", "ISO 10001", "RFC 9", "RFC 10", "RFC 791",
    ]  # fmt: skip
    by_publisher = sorted((parse(t) for t in reversed(ordered)), key=lambda d: d.sort_key)
    position = {d.canonical: i for i, d in enumerate(by_publisher)}
    for a, b in zip(ordered, ordered[1:], strict=False):
        if parse(a).publisher == parse(b).publisher:
            assert position[a] < position[b], (a, b)


def test_another_edition_of_the_same() -> None:
    assert parse("BS EN ISO 9001:2008").with_year(2015) == parse("BS EN ISO 9001:2015")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" 《》 ", "empty"),
        ("x" * 201, "too-long"),
        ("GB/T 1.1-2020" + " " * 200, "too-long"),
        ("XYZ 123", "unknown-publisher"),
        ("标准", "unknown-publisher"),
        ("ISO", "no-number"),
        ("GB/T", "no-number"),
        ("ISO/TC 176", "no-number"),
        ("DB 44", "no-number"),
        ("ISO 9001 Quality management", "trailing"),
        ("GB/T 19001-2016 质量管理体系 要求", "trailing"),
        ("GB/T 19001-2016-2018", "trailing"),
        ("GB/T 2423.1～2423.10", "several"),
        ("ISO 10993-1 to ISO 10993-5", "several"),
        ("GB 2760、GB 7718", "several"),
    ],
)
def test_why_it_is_none(text: str, code: str) -> None:
    with pytest.raises(DesignationError) as caught:
        parse(text)
    assert caught.value.code == code
    assert caught.value.text in text
    assert try_parse(text) is None


def test_what_is_left_over_is_told() -> None:
    with pytest.raises(DesignationError) as caught:
        parse("ISO 9001:2015 Quality")
    assert caught.value.rest == "QUALITY"


@pytest.mark.parametrize(
    "slug", ["", "GB-T-1", "gbt19001", "iso_9001", "iso--9001", "../etc", "iso-9001--!", "iso-9001--mzxw6", "a" * 900]
)
def test_only_the_very_address_is_one(slug: str) -> None:
    with pytest.raises(DesignationError) as caught:
        parse_slug(slug)
    assert caught.value.code in {"bad-slug", "unknown-publisher", "no-number", "trailing", "too-long", "empty"}


def test_it_is_a_value() -> None:
    d = parse("ISO 9001:2015")
    assert d == Designation("ISO", "9001", year=2015)
    assert hash(d) == hash(parse("iso 9001-2015"))
    assert str(d) == "ISO 9001:2015"
