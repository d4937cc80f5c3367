"""Every way a designation is typed or printed, and what it is."""

from __future__ import annotations

import pytest

from search.designations import parse

SAME = {
    "GB/T 19001-2016": [
        "GB/T 19001-2016", "GB/T19001-2016", "GBT19001-2016", "GBT 19001-2016", "GB T 19001-2016", "gb/t 19001-2016",
        "gbt19001-2016", "GB/T 19001—2016", "GB/T 19001–2016", "GB/T 19001－2016", "GB/T 19001:2016",
        "GB/T 19001 - 2016",
        "ＧＢ／Ｔ　１９００１—２０１６", "GB/T\u00a019001\u20112016", "GB／T 19001－2016",
        "《GB/T 19001-2016》", "GB/T 19001 2016",
        "gb-t-19001-2016", "GB/T 19001~2016", "GB/T 19001ー2016", "GB/T 19001-2016/ISO 9001:2015",
        "\ufeffGB/T\u200b 19001-2016",
    ],
    "GB/T 19001": ["GB/T 19001", "gbt19001", "GB T 19001", "GBT-19001"],
    "GB 4208-1993": ["GB 4208-93", "GB4208-1993", "gb 4208—93"],
    "GB/T 1.1-2020/XG1-2021": ["GB/T 1.1-2020/XG1-2021", "GB/T 1.1-2020 XG 1-2021"],
    "GB 7718-2011/XG1": ["GB 7718-2011第1号修改单", "GB 7718-2011《第1号修改单》",
        "GB 7718-2011国家标准第一号修改单", "GB 7718-2011/XG1"],
    "GB/T 5606(所有部分)": ["GB/T 5606（所有部分）", "GB/T 5606 (所有部分)", "GB/T 5606(all parts)",
        "gb-t-5606-all-parts"],
    "GB 50016-2014(2018年版)": ["GB 50016-2014（2018年版）", "GB50016-2014(2018版)"],
    "GBn 1-1977": ["GBn 1-77", "GBN1-1977"],
    "GBJ 16-1987": ["GBJ 16-87", "GBJ16-87"],
    "GBZ 2.1-2019": ["GBZ 2.1-2019", "gbz2.1-2019"],
    "GBZ/T 300.1-2017": ["GBZ/T 300.1-2017", "GBZT300.1-2017"],
    "GB/Z 19579-2012": ["GB/Z 19579-2012", "GBZ 19579-2012", "GB Z 19579-2012"],
    "SN 0169-1992": ["SN 0169-92", "SN0169-92"],
    "SN/T 0001-2016": ["SN/T 0001-2016", "SNT 0001-2016"],
    "HJ/T 2.3-1993": ["HJ/T 2.3-93", "HJT2.3-93"],
    "HG 2-123-1965": ["HG 2-123-65"],
    "YB(T) 52-1986": ["YB(T) 52-86", "YB（T）52-86"],
    "NB/SH/T 0164-2019": ["NB/SH/T 0164-2019"],
    "JTG/T D65-2014": ["JTG/T D65-2014", "JTG/TD65-2014"],
    "ZB E34001-1988": ["ZB E34001-88"],
    "GJBz 20215-1994": ["GJBz 20215-94"],
    "JJF 1059.1-2012": ["JJF 1059.1-2012", "jjf1059.1—2012"],
    "JJG(交通) 001-2008": ["JJG（交通）001-2008"],
    "TSG ZB001-2008": ["TSG ZB001-2008"],
    "CECS 123:2001": ["CECS 123:2001", "CECS 123-2001"],
    "HAD 102/01-2019": ["HAD 102/01-2019"],
    "DB44/T 1234-2013": ["DB44/T 1234-2013", "DB44T1234-2013", "DB 44/T 1234—2013"],
    "DB44/26-2001": ["DB44/26-2001", "DB44/ 26-2001", "DB 44/ 26-2001"],
    "DB4401/T 10-2018": ["DB4401/T 10-2018"],
    "DB440300/T 1-2006": ["DB440300/T 1-2006"],
    "DBS44/006-2016": ["DBS44/ 006-2016", "DBS 44/006-2016"],
    "DBJ/T 15-60-2019": ["DBJ/T 15-60-2019", "DBJ/T15-60-2019"],
    "SZDB/Z 123-2015": ["SZDB/Z 123-2015"],
    "T/GZAEPI 001-2018": ["T/GZAEPI 001—2018", "t/gzaepi 001-2018", "T GZAEPI 001-2018",
        "Ｔ／ＧＺＡＥＰＩ ００１—２０１８"],
    "T/31SCTA 01-2018": ["T/31SCTA 01-2018"],
    "Q/SY 1234-2010": ["Q/SY 1234-2010", "Q SY 1234-2010", "Q／SY 1234—2010"],
    "Q/ABC 0001S-2020": ["Q/ABC 0001S-2020"],
    "ISO 9001:2015": ["ISO 9001:2015", "iso9001:2015", "ISO 9001-2015", "ISO-9001-2015", "ISO 9001 : 2015",
        "ISO 9001 2015", "ISO 9001:2015(E)", "ISO 9001:15"],
    "ISO 9001:2015/Amd 1:2024": ["ISO 9001:2015/Amd 1:2024", "ISO 9001:2015/AMD1:2024",
        "ISO 9001:2015 Amd.1:2024", "iso-9001-2015-amd-1-2024"],
    "ISO/IEC TR 24028:2020": ["ISO/IEC TR 24028:2020", "ISO/IEC/TR 24028:2020", "ISO/IEC TR24028:2020"],
    "ISO/IEC Guide 98-3:2008/Suppl 1:2008/Cor 1:2009": ["ISO/IEC GUIDE 98-3:2008/Suppl 1:2008/Cor 1:2009"],
    "ISO 10062:2022/DAM 1": ["ISO 10062:2022/DAM 1", "ISO 10062:2022/DAmd 1"],
    "ISO 14245:2021/FDAM 1": ["ISO 14245:2021/FDAmd 1", "ISO 14245:2021/FDAM 1"],
    "ISO/CD 1099.2": ["ISO/CD 1099.2", "ISO CD 1099.2"],
    "CD IWA 45": ["CD IWA 45", "cd-iwa-45"],
    "IWA 14-1:2013": ["IWA 14-1:2013", "ISO/IWA 14-1:2013", "ISO IWA 14-1:2013"],
    "ISO/IEC/IEEE 8802-1Q:2020/DAM 35": ["ISO/IEC/IEEE 8802-1Q:2020/DAM 35", "iso/iec/ieee 8802-1q:2020/dam 35"],
    "ISO 105-E02:2013": ["ISO 105-E02:2013", "iso-105-e02-2013"],
    "ISO 13849-1": ["ISO 13849 Part 1", "ISO 13849, Part 1", "ISO 13849-1"],
    "ISO 9606-1:2012/Cor 2:2013": ["ISO 9606-1:2012/Cor.2:2013(F)", "ISO 9606-1:2012/Cor 2:2013(fr)"],
    "ISO/WD 10360-2": ["WD/ISO 10360-2", "ISO/WD 10360-2"],
    "IEC TR 62366-2:2016": ["IEC/TR 62366-2:2016", "IEC TR 62366-2:2016"],
    "IEC 60061-1:1969/AMD32:2003": ["IEC 60061-1:1969/AMD32:2003", "IEC 60061-1:1969/Amd 32:2003"],
    "IEC 61000-3-2:2000+AMD1:2001+AMD2:2004 CSV": ["IEC 61000-3-2:2000+AMD1:2001+AMD2:2004 CSV"],
    "ITU-T K.21 (11/1988)": ["ITU-T K.21 (11/1988)", "ITU-T Rec. K.21 (11/1988)", "CCITT K.21 (11/1988)",
        "K.21 (11/1988)"],
    "ITU-T X.680 (1994) Amd. 1 Technical Cor. 1 (12/1997)": ["X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)"],
    "ITU-R BT.601-7": ["ITU-R BT.601-7", "ITU-R Rec. BT.601-7", "BT.601-7"],
    "ITU-R 241-3/5": ["ITU-R 241-3/5:"],
    "EN 71-1:2014+A1:2018": ["EN 71-1:2014+A1:2018", "EN71-1:2014 + A1:2018"],
    "BS EN ISO 9001:2015": ["BS EN ISO 9001:2015", "bs-en-iso-9001-2015"],
    "DIN EN ISO 9001:2015-11": ["DIN EN ISO 9001:2015-11"],
    "UNE-EN ISO 9001:2015": ["UNE-EN ISO 9001:2015", "UNE EN ISO 9001:2015"],
    "ÖNORM EN ISO 9001:2015": ["ÖNORM EN ISO 9001:2015", "OENORM EN ISO 9001:2015", "onorm en iso 9001:2015"],
    "SN EN ISO 9001:2015": ["SN EN ISO 9001:2015"],
    "AS/NZS IEC 60079.10.1:2009": ["AS/NZS IEC 60079.10.1:2009"],
    "GOST R ISO/IEC 27001-2021": ["ГОСТ Р ИСО/МЭК 27001-2021", "GOST R ISO/IEC 27001—2021"],
    "GOST 2.105-1995": ["ГОСТ 2.105-95", "GOST 2.105-95"],
    "JIS X 0902-1:2019": ["JIS X 0902-1:2019", "JISX0902-1:2019", "JIS　X　0902ｰ1：2019"],
    "JIS B 0060 (all parts)": ["JIS B 0060（規格群）"],
    "KS Q ISO 9001:2015": ["KS Q ISO 9001:2015"],
    "CXS 192-1995": ["CXS 192-1995", "CODEX STAN 192-1995", "Codex Stan 192-1995"],
    "CXC 1-1969": ["CAC/RCP 1-1969", "CXC 1-1969"],
    "RFC 2119": ["RFC 2119", "rfc2119", "IETF RFC 2119", "RFC-2119", "RFC2119"],
    "RFC 791": ["RFC0791", "RFC 791"],
    "draft-ietf-quic-http-34": ["draft-ietf-quic-http-34", "I-D.draft-ietf-quic-http-34", "I-D.ietf-quic-http-34"],
    "NIST SP 800-53r5": ["NIST SP 800-53 Rev. 5", "NIST SP 800-53r5", "SP 800-53 Revision 5", "NIST.SP.800-53r5"],
    "NIST SP 800-57pt1r5": ["NIST SP 800-57 Part 1 Rev. 5", "NIST SP 800-57pt1r5"],
    "NIST FIPS 140-3": ["FIPS 140-3", "FIPS PUB 140-3", "NIST FIPS 140-3"],
    "NIST IR 8105": ["NISTIR 8105", "NIST IR 8105"],
    "IEEE Std 802.11ac-2013": ["IEEE Std 802.11ac-2013", "IEEE 802.11AC-2013", "IEEE-802.11ac-2013"],
    "IEEE Std 802.1Qbv-2015": ["IEEE 802.1Qbv-2015", "ieee 802.1qbv-2015"],
    "IEEE P802.3bt/D3.0": ["IEEE P802.3bt/D3.0"],
    "ETSI EN 300 328 V2.2.2 (2019-07)": ["ETSI EN 300 328 V2.2.2 (2019-07)", "ETSI EN 300328 v2.2.2 (2019-07)"],
    "ETSI GR mWT 028 V1.1.1 (2023-04)": ["ETSI GR mWT 028 V1.1.1 (2023-04)"],
    "ETSI ETS 300 092-1/A1/C1 ed.1 (1994-04)": ["ETSI ETS 300 092-1/A1/C1 ed.1 (1994-04)"],
    "ASTM D638-14": ["ASTM D638-14", "ASTM D638 - 14", "ASTM D 638-14"],
    "ASTM D1238-13(2018)": ["ASTM D1238-13(2018)", "ASTM D1238-13 (Reapproved 2018)"],
    "ASTM E8/E8M-16ae1": ["ASTM E8/E8M-16ae1"],
    "ANSI/ASHRAE 62.1-2019": ["ANSI/ASHRAE 62.1-2019", "ANSI/ASHRAE Standard 62.1-2019"],
    "CSA C22.2 No. 60601-1:14": ["CSA C22.2 No. 60601-1:14"],
    "OIML R 76-1:2006": ["OIML R 76-1:2006 (E)", "OIML R76-1:2006"],
}  # fmt: skip


@pytest.mark.parametrize(("canonical", "spelling"), [(c, s) for c, spellings in SAME.items() for s in spellings])
def test_spelling(canonical: str, spelling: str) -> None:
    assert parse(spelling).canonical == canonical


@pytest.mark.parametrize("canonical", SAME)
def test_the_printed_form_is_itself_a_spelling(canonical: str) -> None:
    assert parse(canonical).canonical == canonical


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("GB 19300", "GB/T 19300"),
        ("GBZ 1-2010", "GB/Z 1-2010"),
        ("GB/T 1.1", "GB/T 11"),
        ("ISO 9001", "ISO/DIS 9001"),
        ("EN 71-1:2014+A1:2018", "EN 71-1:2014/A1:2018"),
        ("SN/T 1234-2010", "SN EN 1234:2010"),
        ("BS 9001", "BS EN 9001"),
        ("IEEE 802.1Q", "IEEE 802.1Qbv"),
        ("ISO 10303 part 2001", "ISO 10303:2001"),
    ],
)
def test_what_is_not_the_same(a: str, b: str) -> None:
    assert parse(a) != parse(b)
    assert parse(a).slug != parse(b).slug
