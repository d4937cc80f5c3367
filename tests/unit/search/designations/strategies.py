"""Designations of every family, and the ways people mistype them."""

from __future__ import annotations

from hypothesis import strategies as st

from search.designations import Designation, Publisher, Supplement

YEARS = st.integers(1951, 2035)
NUMBERS = st.integers(1, 99_999).map(str)
PARTS = st.lists(st.integers(1, 999), max_size=2).map(lambda parts: "-".join(map(str, parts)))


def supplements(
    kinds: tuple[str, ...], *, included: st.SearchStrategy[bool] | None = None
) -> st.SearchStrategy[Supplement]:
    return st.builds(
        Supplement,
        kind=st.sampled_from(kinds),
        number=st.integers(1, 40).map(str),
        year=YEARS,
        included=st.just(False) if included is None else included,
    )


ISO = st.builds(
    Designation,
    publisher=st.sampled_from(["ISO", "ISO/IEC", "ISO/IEC/IEEE", "ISO/ASTM", "ISO/CIE"]),
    number=NUMBERS,
    doctype=st.sampled_from(["", "TS", "TR", "PAS", "Guide"]),
    part=PARTS,
    year=YEARS,
    supplements=st.lists(supplements(("Amd", "Cor")), max_size=2).map(tuple),
)
DRAFTS = st.builds(
    Designation,
    publisher=st.sampled_from(["ISO", "ISO/IEC", "IEC"]),
    number=NUMBERS,
    part=PARTS,
    stage=st.sampled_from(["DIS", "FDIS", "CD", "AWI", "WD", "PRF"]),
    iteration=st.none() | st.integers(2, 9),
)
IEC = st.builds(
    Designation,
    publisher=st.sampled_from(["IEC", "CISPR"]),
    number=NUMBERS,
    doctype=st.sampled_from(["", "TS", "TR"]),
    part=PARTS,
    year=YEARS,
    supplements=st.lists(supplements(("Amd", "Cor"), included=st.booleans()), max_size=2).map(tuple),
    variant=st.sampled_from(["", "CSV", "RLV", "EXV"]),
)
CHINESE_PARTS = st.lists(st.integers(1, 999), max_size=2).map(lambda parts: ".".join(map(str, parts)))
CHINESE = st.builds(
    Designation,
    publisher=st.sampled_from(
        ["GB", "SN", "QB", "HJ", "YY", "JB", "NY", "DL", "GM", "DB44", "DB4401", "DB11", "GJB", "JTG"]
    ),
    number=NUMBERS,
    doctype=st.sampled_from(["", "T", "Z"]),
    part=CHINESE_PARTS,
    year=st.none() | YEARS,
    supplements=st.lists(st.builds(Supplement, st.just("XG"), st.integers(1, 9).map(str), YEARS), max_size=1).map(
        tuple
    ),
    all_parts=st.booleans(),
)
GROUPS = st.builds(
    Designation,
    publisher=st.builds(
        "{}/{}".format, st.sampled_from("TQ"), st.text("ABCDEFGHIJKLMNOPRSTUVWXYZ", min_size=2, max_size=8)
    ),
    number=st.integers(1, 99_999).map("{:03d}".format),
    part=CHINESE_PARTS,
    year=st.none() | YEARS,
)
EUROPEAN = st.builds(
    Designation,
    publisher=st.just("EN"),
    number=NUMBERS,
    part=PARTS,
    year=YEARS,
    supplements=st.lists(supplements(("Amd", "Cor"), included=st.booleans()), max_size=2).map(tuple),
)
ITU = st.builds(
    Designation,
    publisher=st.just("ITU-T"),
    number=st.builds("{}.{}".format, st.sampled_from("GHKQXY"), st.integers(1, 9999)),
    year=YEARS,
    month=st.none() | st.integers(1, 12),
    supplements=st.lists(
        st.builds(
            Supplement,
            st.sampled_from(["Amd", "Cor", "Err"]),
            st.integers(1, 9).map(str),
            YEARS,
            month=st.integers(1, 12),
        ),
        max_size=1,
    ).map(tuple),
)
RADIO = st.builds(
    Designation,
    publisher=st.just("ITU-R"),
    number=st.builds("{}.{}".format, st.sampled_from(["BT", "BS", "M", "SM", "RA"]), st.integers(1, 2999)),
    edition=st.integers(0, 15).map(str),
)
ETSI = st.builds(
    Designation,
    publisher=st.just("ETSI"),
    number=st.builds("{} {}".format, st.integers(100, 399), st.integers(1, 999).map("{:03d}".format)),
    doctype=st.sampled_from(["EN", "TS", "TR", "ES"]),
    part=st.sampled_from(["", "1", "2-3"]),
    edition=st.builds("V{}.{}.1".format, st.integers(1, 18), st.integers(0, 9)),
    year=YEARS,
    month=st.integers(1, 12),
)
RFCS = st.builds(
    Designation,
    publisher=st.just("IETF"),
    number=NUMBERS,
    doctype=st.sampled_from(["RFC", "BCP", "STD", "FYI"]),
)
NIST = st.builds(
    Designation,
    publisher=st.just("NIST"),
    number=st.builds(
        "{}-{}{}".format, st.sampled_from([500, 800, 1800]), st.integers(1, 299), st.sampled_from(["", "A", "B"])
    ),
    doctype=st.sampled_from(["SP", "IR", "TN"]),
    part=st.sampled_from(["", "pt1", "v2"]),
    edition=st.sampled_from(["", "r1", "r5"]),
)
ASTM = st.builds(
    Designation,
    publisher=st.just("ASTM"),
    number=st.builds("{}{}".format, st.sampled_from("ABCDEF"), st.integers(1, 9999)),
    year=st.integers(1951, 2035),
    edition=st.sampled_from(["", "a", "b", "e1", "ae1"]),
    reaffirmed=st.none() | st.integers(1990, 2035),
)
IEEE = st.builds(
    Designation,
    publisher=st.just("IEEE"),
    number=st.sampled_from(["802.3", "1588", "802.11ac", "802.1Qbv", "C57.12.00", "1003.1b"]) | NUMBERS,
    year=YEARS,
    reaffirmed=st.none() | st.integers(1990, 2035),
)
GOST = st.builds(
    Designation,
    publisher=st.sampled_from(["GOST", "GOST R"]),
    number=st.builds("{}.{}".format, st.integers(1, 99), st.integers(1, 999)) | NUMBERS,
    year=YEARS,
)
JAPANESE = st.builds(
    Designation,
    publisher=st.sampled_from(["JIS", "KS"]),
    number=st.builds("{} {:04d}".format, st.sampled_from("ABCQXZ"), st.integers(1, 9999)),
    part=st.sampled_from(["", "1", "2-3"]),
    year=YEARS,
)
CODEX = st.builds(
    Designation, publisher=st.sampled_from(["CXS", "CXC", "CXG"]), number=st.integers(1, 400).map(str), year=YEARS
)


@st.composite
def adoptions(draw: st.DrawFn) -> Designation:
    """BS EN ISO 9001:2015 and its like: every layer has the number, the part and the year."""
    number, part, year = draw(NUMBERS), draw(PARTS), draw(YEARS)
    outer = draw(st.sampled_from(["BS", "DIN", "NF", "UNE", "UNI", "GOST R"]))
    chain = draw(st.sampled_from([("ISO",), ("EN", "ISO"), ("EN", "IEC"), ("EN",), ("EN", "ISO/IEC"), ("ISO/IEC",)]))
    if outer == "GOST R":
        chain = ("ISO",)
    inner: Designation | None = None
    for publisher in reversed(chain):
        inner = Designation(publisher, number, part=part, year=year, adopted=inner)
    month = draw(st.integers(1, 12)) if outer in {"DIN", "NF"} else None
    return Designation(outer, number, part=part, year=year, month=month, adopted=inner)


CHINESE_SERIES = st.one_of(
    st.builds(
        Designation,
        publisher=st.sampled_from(["TSG", "JTG"]),
        number=st.builds("{}{:04d}".format, st.sampled_from("DRG"), st.integers(1, 9999)),
        year=st.none() | YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.sampled_from(["DBJ", "DG", "DGJ"]),
        number=st.builds("{:02d}-{}".format, st.integers(1, 65), st.integers(1, 999)),
        doctype=st.sampled_from(["T", "TJ"]),
        year=YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.sampled_from(["DBS44", "DB440300", "DBJ33", "SZDB"]),
        number=st.integers(1, 9999).map("{:03d}".format),
        doctype=st.sampled_from(["T", "Z"]),
        year=st.none() | YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.builds("{}({})".format, st.sampled_from(["JJG", "JJF"]), st.sampled_from(["交通", "浙", "纺织"])),
        number=st.integers(1, 9999).map("{:03d}".format),
        year=st.none() | YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.sampled_from(["CNCA", "CNAS"]),
        number=st.builds("{}-{:02d}".format, st.sampled_from(["C09", "01C", "TS", "CL01"]), st.integers(1, 99)),
        year=st.none() | YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.sampled_from(["建标", "CECS"]),
        number=st.integers(1, 999).map(str),
        year=st.none() | YEARS,
    ),
    st.builds(
        Designation,
        publisher=st.sampled_from(["GB", "CJJ"]),
        number=NUMBERS,
        year=YEARS,
        edition=st.integers(1990, 2030).map(str),
    ),
    st.builds(Designation, publisher=st.just("NB/SH"), number=NUMBERS, doctype=st.just("T"), year=st.none() | YEARS),
)
CENELEC = st.builds(
    Designation,
    publisher=st.sampled_from(["CEN", "CLC", "CEN/CLC"]),
    number=NUMBERS,
    doctype=st.sampled_from(["TS", "TR", "Guide"]),
    part=PARTS,
    year=YEARS,
)
NATIONAL_ANNEXES = st.builds(
    lambda publisher, number, part, year: Designation(
        publisher,
        number,
        part=part,
        supplements=(Supplement("NA", "", year),),
        adopted=Designation("EN", number, part=part, supplements=(Supplement("NA", "", year),)),
    ),
    st.sampled_from(["DIN", "BS", "NF"]),
    st.integers(1990, 1999).map(str),
    st.sampled_from(["1-1", "2"]),
    YEARS,
)
THREE_GPP = st.builds(
    Designation,
    publisher=st.just("3GPP"),
    number=st.builds("{}.{}".format, st.integers(21, 55), st.integers(100, 999)),
    doctype=st.sampled_from(["TS", "TR"]),
    edition=st.builds("V{}.{}.0".format, st.integers(3, 18), st.integers(0, 20)),
)
DRAFTS_OF_IETF = st.builds(
    Designation,
    publisher=st.just("IETF"),
    number=st.sampled_from(["ietf-quic-http", "ietf-tls-rfc8446bis", "smith-xyz"]),
    doctype=st.just("I-D"),
    edition=st.sampled_from(["", "00", "34"]),
)
PROJECTS_OF_IEEE = st.builds(
    Designation,
    publisher=st.just("IEEE"),
    number=st.sampled_from(["802.3bt", "1588", "C37.118.1"]),
    stage=st.just("P"),
    edition=st.sampled_from(["", "D3.0"]),
)
CHANGES_OF_IEEE = st.builds(
    Designation,
    publisher=st.just("IEEE"),
    number=st.sampled_from(["802.3", "1588"]),
    year=YEARS,
    supplements=st.builds(Supplement, st.sampled_from(["Cor", "Amd"]), st.integers(1, 9).map(str), YEARS).map(
        lambda one: (one,)
    ),
)
SOCIETIES = st.builds(
    Designation,
    publisher=st.sampled_from(["ANSI", "ASME", "UL", "NFPA", "ANSI/ASHRAE", "ANSI/ESD", "ANSI/INCITS", "SAE", "TIA"]),
    number=st.builds("{}{}".format, st.sampled_from("BSXJ"), st.integers(1, 999))
    | st.builds("{}.{}".format, st.integers(1, 99), st.integers(1, 99)),
    year=YEARS,
    reaffirmed=st.none() | st.integers(1990, 2035),
)
XORG = st.builds(
    Designation, publisher=st.just("X.Org"), number=st.sampled_from(["ICCCM", "XLFD", "CTEXT"]), edition=st.just("2.0")
)


@st.composite
def divided(draw: st.DrawFn) -> Designation:
    """KS Q ISO 9001:2015: the division before what is adopted."""
    number, part, year = draw(NUMBERS), draw(PARTS), draw(YEARS)
    inner = Designation(draw(st.sampled_from(["ISO", "IEC", "ISO/IEC"])), number, part=part, year=year)
    return Designation("KS", number, doctype=draw(st.sampled_from("ABCQX")), part=part, year=year, adopted=inner)


def of_publisher(publisher: Publisher) -> st.SearchStrategy[Designation]:
    """Plain designations of one publisher of the registry, in the manner of its style."""
    number, part = NUMBERS, PARTS
    year: st.SearchStrategy[int | None] = YEARS
    month: st.SearchStrategy[int | None] = st.none()
    edition: st.SearchStrategy[str] = st.just("")
    doctype: st.SearchStrategy[str] = st.just("")
    match publisher.style:
        case "cn":
            part = CHINESE_PARTS
            if publisher.code in {"CNCA", "CNAS"}:
                number, part = st.just("CL01"), st.just("")
            elif publisher.code == "建标":
                number, part = st.integers(1, 999).map(str), st.just("")
            elif publisher.code in {"DBJ", "DGJ"}:
                number, part = st.integers(1, 99).map("15-{}".format), st.just("")
            elif publisher.code == "DB":
                doctype = st.just("T")
            elif publisher.code == "GBZ":
                number = st.integers(1, 999).map(str)
        case "month":
            month = st.none() | st.integers(1, 12)
        case "jis":
            number = st.builds("{} {:04d}".format, st.sampled_from("ABCQXZ"), st.integers(1, 9999))
        case "gost":
            part = st.just("")
        case "csa":
            part = st.just("")
        case "itu":
            prefix = "G" if publisher.code == "ITU-T" else "BT"
            number, part = st.integers(1, 9999).map(f"{prefix}.{{}}".format), st.just("")
        case "etsi":
            part = st.just("")
            doctype = st.sampled_from(["TS", "TR"])
            number = st.just("38.331") if publisher.code == "3GPP" else st.just("300 328")
            edition = st.builds("V{}.{}.1".format, st.integers(1, 18), st.integers(0, 9))
        case "ietf":
            doctype, part, year = st.sampled_from(["RFC", "BCP"]), st.just(""), st.none()
        case "nist":
            doctype, part, year = st.sampled_from(["SP", "TN"]), st.just(""), st.none()
            number = st.integers(100, 999).map("{}-12".format)
        case "astm":
            number, part = st.builds("{}{}".format, st.sampled_from("ABCDEF"), st.integers(1, 9999)), st.just("")
        case "ieee" | "us" | "codex":
            number, part = st.integers(1, 999).map(str), st.just("")
        case "versioned":
            number, part, year, edition = st.just("ICCCM"), st.just(""), st.none(), st.sampled_from(["", "2.0"])
    return st.builds(
        Designation,
        publisher=st.just(publisher.code),
        number=number,
        doctype=doctype,
        part=part,
        year=year,
        month=month,
        edition=edition,
    )


DESIGNATIONS = st.one_of(
    ISO,
    DRAFTS,
    IEC,
    CHINESE,
    GROUPS,
    EUROPEAN,
    adoptions(),
    ITU,
    RADIO,
    ETSI,
    RFCS,
    NIST,
    ASTM,
    IEEE,
    GOST,
    JAPANESE,
    CODEX,
    CHINESE_SERIES,
    CENELEC,
    NATIONAL_ANNEXES,
    THREE_GPP,
    DRAFTS_OF_IETF,
    PROJECTS_OF_IEEE,
    CHANGES_OF_IEEE,
    SOCIETIES,
    XORG,
    divided(),
)

_FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F)} | {0x20: 0x3000}
_DASHES = "-‐‑–—−－"
_SPACES = " \u00a0\u3000\u2009"


@st.composite
def mangled(draw: st.DrawFn, text: str) -> str:
    """``text`` as somebody might type or paste it."""
    text = text.replace("-", draw(st.sampled_from(_DASHES)))
    text = text.replace(" ", draw(st.sampled_from(_SPACES)) * draw(st.integers(1, 3)))
    if draw(st.booleans()):
        text = text.lower()
    if draw(st.booleans()):
        text = text.translate(_FULL_WIDTH)
    around = draw(st.sampled_from([("", ""), (" ", " "), ("《", "》"), ("“", "”"), ("\t", "\n"), ("\ufeff", "")]))
    return around[0] + text + around[1]
