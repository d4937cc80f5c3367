"""Designations in titles, laws, regulations and other running text."""

from __future__ import annotations

import pytest

from search.designations import find


def found(text: str) -> list[str]:
    return [str(f.designation) for f in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《职业健康监护技术规范》（GBZ 188-2014）执行", ["GBZ 188-2014"]),
        ("应符合GB2760的规定，参照ＧＢ／Ｔ　１９００１—２０１６。", ["GB 2760", "GB/T 19001-2016"]),
        ("（GB19299-2015）", ["GB 19299-2015"]),
        ("符合 GB/T 1.1～1.3 的要求", ["GB/T 1.1", "GB/T 1.2", "GB/T 1.3"]),
        ("GB/T 5606.1～5606.3—2004", ["GB/T 5606.1-2004", "GB/T 5606.2-2004", "GB/T 5606.3-2004"]),
        ("GB 3100~3102-93", ["GB 3100-1993", "GB 3101-1993", "GB 3102-1993"]),
        ("GB/T 19001～2016", ["GB/T 19001-2016"]),
        ("GB 150.1～GB 150.3—2011", ["GB 150.1-2011", "GB 150.2-2011", "GB 150.3-2011"]),
        ("GB/T 4857.1-GB/T 4857.3", ["GB/T 4857.1", "GB/T 4857.2", "GB/T 4857.3"]),
        ("ISO 10993-1 to 10993-3", ["ISO 10993-1", "ISO 10993-2", "ISO 10993-3"]),
        ("BS EN ISO 6892-1/2", ["BS EN ISO 6892-1", "BS EN ISO 6892-2"]),
        ("ITU-T Rec. H.222.0 | ISO/IEC 13818-1 amended", ["ITU-T H.222.0", "ISO/IEC 13818-1"]),
        ("en_GB.10646 and CH.646, X.Org versions", []),
        ("ISO 9001 - ISO 14001", ["ISO 9001", "ISO 14001"]),
        ("GB/T 1.1、1.2 和 2.5 倍", ["GB/T 1.1", "GB/T 1.2"]),
        ("见建标104-2008，不见建标[2013]40号", ["建标 104-2008"]),
        ("GB/T 19001、19011 和 19022 的要求", ["GB/T 19001", "GB/T 19011", "GB/T 19022"]),
        ("GB/T 19001-2016、19011-2013", ["GB/T 19001-2016", "GB/T 19011-2013"]),
        ("ISO 9001, 14001 and 45001:2018", ["ISO 9001", "ISO 14001", "ISO 45001:2018"]),
        ("ISO 9001/14001", ["ISO 9001", "ISO 14001"]),
        ("ISO 9001, 2015 was a good year", ["ISO 9001"]),
        ("GB/T 19001、100家企业", ["GB/T 19001"]),
        ("ISO 9001 2015年版", ["ISO 9001"]),
        ("iso 9001  -  2015", ["ISO 9001:2015"]),
        ("见GB/T\n19001和T/CAS 115—2005", ["GB/T 19001", "T/CAS 115-2005"]),
        ("GB/T 5606（所有部分）", ["GB/T 5606(所有部分)"]),
        ("DIN EN ISO 9001:2015-11 und ГОСТ Р ИСО 9001-2015", ["DIN EN ISO 9001:2015-11", "GOST R ISO 9001-2015"]),
        ("RFC 2119 and NIST SP 800-53 Rev. 5, IEEE 802.11.", ["RFC 2119", "NIST SP 800-53r5", "IEEE Std 802.11"]),
        ("GB/T 19001-2016/ISO 9001:2015", ["GB/T 19001-2016"]),
        ("this is 2015, as 1000 of 5GB 1000 people, LD 50, T 4, CR 2032, HD 1080", []),
        ("G/TBT/N/EU/1004 and CCITT G4, IE10, ISO/TC 176", []),
        ("", []),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_spans_are_of_the_text_that_was_searched() -> None:
    text = "依据　ＧＢ／Ｔ　１９００１ — ２０１６ 与 GB/T 1.1～1.2"
    hits = find(text)
    assert [f.text for f in hits] == ["ＧＢ／Ｔ　１９００１ — ２０１６", "GB/T 1.1", "1.2"]
    assert all(text[f.start : f.end] == f.text for f in hits)
    assert all(a.end <= b.start for a, b in zip(hits, hits[1:], strict=False))


def test_a_range_is_not_expanded_without_bounds() -> None:
    assert found("GB/T 1～99999") == ["GB/T 1"] or len(found("GB/T 1～99999")) < 100


@pytest.mark.parametrize(
    "text",
    [
        "500 GB 7200 rpm",
        "硬盘：1000 GB 7200转",
        "2 x 500 GB 5400 RPM, 16 GB 2133 MHz",
        "16 GB 3200 DDR4 内存",
        "shot on ISO 400 film",
        "ISO 100/200/400 film",
        "ISO 400, 1/250 s",
        "f/8, ISO 400",
        "光圈 F2.8，ISO 800",
        "感光度 ISO 3200",
    ],
)
def test_sizes_and_speeds_are_no_standards(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 GB 2760 食品添加剂", "GB 2760"),
        ("第 500 页 GB 7200", "GB 7200"),
        ("500 GB 7200-1987 rpm", "GB 7200-1987"),
        ("films according to ISO 5800", "ISO 5800"),
        ("ISO 1600 plastics", "ISO 1600"),
        ("ISO 400-1:2000 film", "ISO 400-1:2000"),
    ],
)
def test_standards_beside_such_words_are(text: str, expected: str) -> None:
    assert found(text) == [expected]
