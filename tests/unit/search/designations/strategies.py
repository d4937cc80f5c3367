"""Designations of every family, and the ways people mistype them."""

from __future__ import annotations

from hypothesis import strategies as st

from search.designations import Designation, Supplement

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
