"""Acts of the European Union, in the layouts that documentation tells of; the texts are made up."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.items import RegulationItem
from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import eurlex_xhtml, formex
from crawlers.parsers.european import Act, Line, item_of

URL = "https://publications.europa.eu/resource/celex/32030R0123"
CELEX = "32030R0123"
PAGES = Path(__file__).parent / "eurlex"
OJ = (PAGES / "journal.html").read_text(encoding="utf-8")
CONSOLIDATED = (PAGES / "consolidated.html").read_text(encoding="utf-8")
ACT = (PAGES / "act.xml").read_text(encoding="utf-8")
ANNEX = (PAGES / "annex.xml").read_text(encoding="utf-8")


def xhtml(body: str, celex: str = CELEX) -> RegulationItem:
    return item_of(eurlex_xhtml.parse(body.encode(), URL), celex)


def packed(*members: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def texts(item: RegulationItem) -> dict[str, str]:
    return {unit.anchor: unit.text for unit in item.units}


@pytest.mark.parametrize("prefix", ["oj-", ""])
def test_an_act_as_the_official_journal_has_it(prefix: str) -> None:
    item = xhtml(OJ.format(prefix))
    assert item.title.endswith("OF THE COUNCIL of 20 February 2030 on the safety of kites")
    assert (item.match, item.number, item.kind, item.language) == ("celex:32030R0123", CELEX, "foreign", "en")
    assert item.eli == "http://data.europa.eu/eli/reg/2030/123/oj"
    assert item.body == "European Parliament, Council of the European Union"
    assert (item.published, item.effective) == ("2030-03-01", "2030-03-21")
    assert item.stages[0].dates == ("2030-02-20", "2030-03-01")
    assert [unit.anchor for unit in item.units] == [
        *("text-1", "recital-1", "chapter-1", "article-1", "article-2", "article-2a", "annex-1"),
    ]
    assert [unit.heading for unit in item.units if unit.heading] == ["General provisions", "Subject matter", "Limits"]
    assert texts(item)["recital-1"] == "Kites fly."
    assert texts(item)["article-1"].split("\n") == [
        "1. This Regulation lays down rules in line with Directive 2001/95/EC.",
        "2. It applies to:",
        "(a) kites as in EN ISO 12100:2010;",
        "(i) with a tail;",
        "(b) lines.",
    ]
    assert texts(item)["article-2"].endswith("Article 9\nQuoted.")
    assert texts(item)["annex-1"] == "Kite | Weight | Line\nA | 1 kg | 10 m"
    assert item.articles == 3
    assert {one.key for one in item.cites} >= {"celex:32001L0095", "celex:32012R1025", "en-iso-12100-2010"}
    assert (item.repeals, item.repeals_from) == (("celex:31990L0001",), "2031-01-01")


def test_a_consolidated_version() -> None:
    item = xhtml(CONSOLIDATED, "02030R0123-20310501")
    assert (item.match, item.key) == ("celex:32030R0123", "02030R0123-20310501")
    assert (item.published, item.effective, item.stages[0].kind) == ("2031-05-01", "2031-05-01", "amended")
    assert item.body == "European Commission"
    assert texts(item) == {"chapter-1": "", "article-1": "1. Rules for kites:\n(a) with a tail;", "annex-1": "1 kg."}
    assert [unit.heading for unit in item.units] == ["General provisions", "Subject matter", "Limits"]


def test_a_page_without_classes_is_read_by_its_words() -> None:
    page = "<html><body><div id='TexteOnly'><p>COUNCIL DIRECTIVE of 1 May 1990 on kites (90/1/EEC)</p>"
    page += "<p>Article 1</p><p>Kites are free.</p><p>Article 2</p><p>See Article 1.</p><p>ANNEX</p><p>A.</p></div>"
    page += "</body></html>"
    item = xhtml(page, "31990L0001")
    assert [unit.anchor for unit in item.units] == ["text-1", "article-1", "article-2", "annex-1"]
    assert (item.title, item.published) == ("COUNCIL DIRECTIVE of 1 May 1990 on kites (90/1/EEC)", "1990-05-01")


@pytest.mark.parametrize(
    "body", [ACT.encode(), packed(("L_a.doc.xml", "<DOC/>"), ("L_a.xml", ACT), ("L_b.xml", ANNEX))]
)
def test_formex(body: bytes) -> None:
    assert formex.is_formex(body)
    item = item_of(formex.parse(body, URL), CELEX)
    assert item.title.startswith(
        "Regulation (EU) 2030/123 of the European Parliament and of the Council of 20 February 2030"
    )
    assert (item.published, item.effective) == ("2030-03-01", "2030-04-01")
    assert texts(item)["article-1"] == "1. This applies to ‘kites’:\n(a) with a tail;"
    assert texts(item)["recital-1"] == "Kites fly."
    assert ("annex-2" in texts(item)) == body.startswith(b"PK")
    if body.startswith(b"PK"):
        assert texts(item)["annex-2"] == "Weight.\nA | 1 kg"


def test_both_formats_of_an_act_make_the_same_articles() -> None:
    body = CONSOLIDATED.replace("Rules for kites:", "This applies to ‘kites’:")
    one, other = xhtml(body), item_of(formex.parse(ACT.encode(), URL), CELEX)
    of = [next(unit for unit in item.units if unit.anchor == "article-1") for item in (one, other)]
    assert all(a == b for a, b in pairwise(of))


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"   ", b"<html><body><p>Maintenance</p></body></html>", b"\xff\xfe\x00", b"PK\x03\x04garbage"),
        *(b"<ACT>", b"<ACT></ACT>", b"<DOC><X/></DOC>", b"{}", packed(("x.xml", "<ACT"))),
        b'<!DOCTYPE ACT [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><ACT>&b;</ACT>',
    ],
)
def test_what_is_no_act_is_refused(body: bytes) -> None:
    with pytest.raises((StructureChanged, RecordError)):
        item_of((formex if formex.is_formex(body) else eurlex_xhtml).parse(body, URL), CELEX)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed(*((f"{number}.xml", " " * (8 << 20)) for number in range(9)))
    assert len(bomb) < 200_000
    with pytest.raises(StructureChanged, match="too large"):
        formex.parse(bomb, URL)


def test_nesting_without_end_is_bounded() -> None:
    page = "<html><body>" + "<div>" * 5_000 + "<p class='oj-ti-art'>Article 1</p>" + "</div>" * 5_000 + "</body></html>"
    with pytest.raises(StructureChanged):
        eurlex_xhtml.parse(page.encode(), URL)


@pytest.mark.parametrize("celex", ["", "32030R0123 or 1=1", "../../etc", "3" * 300])
def test_a_number_that_is_none_is_refused(celex: str) -> None:
    act = Act("A title", lines=[Line("article", "", "Article 1"), Line("text", "A.")])
    with pytest.raises(RecordError):
        item_of(act, celex)


@given(
    st.lists(
        st.builds(
            Line,
            st.sampled_from(["text", "recital", "division", "article", "annex", "subheading"]),
            st.text("Ab ()1.", max_size=10),
            st.sampled_from(
                ["", "Article 1", "Article 2a", "ANNEX", "ANNEX IV", "(1)", "CHAPTER II", "TITLE I", "SECTION 1"]
            ),
        ),
        max_size=30,
    )
)
def test_any_run_of_lines_makes_single_anchors(lines: list[Line]) -> None:
    try:
        item = item_of(Act("A title", "2030-03-01", "", lines), CELEX)
    except RecordError:
        assert not any(line.role == "article" for line in lines)
        return
    anchors = [unit.anchor for unit in item.units]
    assert len(set(anchors)) == len(anchors)
