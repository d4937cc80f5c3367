"""Chinese laws: the parser against the recorded corpus, and the bundle of facts against the parser."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.identity import match_of
from content.regulations.items import RegulationItem
from crawlers.documents import Document
from crawlers.errors import RecordError
from crawlers.parsers import facts, flk
from tests.unit.crawlers.sources import laws_bundle

TEXT = """# 中华人民共和国风筝法

2001年2月3日 第九届全国人民代表大会常务委员会第二十次会议通过

<!-- INFO END -->

## 第一章　总　则

第一条 根据《中华人民共和国宪法》和GB/T 1.1，制定本法。

第二条 本法自2001年5月1日起施行。《风筝管理办法》同时废止。
"""


@pytest.fixture(scope="module")
def items(recorded: Path) -> dict[str, RegulationItem]:
    assert (recorded / "laws").is_dir()
    return {one.key: one for one in laws_bundle.items()}


def test_every_text_of_the_corpus_is_read(items: dict[str, RegulationItem]) -> None:
    assert len(items) == len(laws_bundle.paths()) == 457
    assert Counter(one.kind for one in items.values()) == {
        "local": 239,
        "administrative": 108,
        "judicial": 57,
        "law": 40,
        "departmental": 11,
        "other": 2,
    }


def test_numbers_of_articles_have_no_gap_that_is_not_the_sources_own(items: dict[str, RegulationItem]) -> None:
    odd = {one.title: one.oddities for one in items.values() if one.oddities}
    assert odd == {
        "山东省高速公路交通安全条例": ("gap 第四十五条",),
        "河南省安全生产条例": ("the name says 2010-07-30, the note 2019-05-31",),
        "惩罚性赔偿不以造成人身损害为前提": ("start 第十条",),
        "中华人民共和国民法典 物权编": ("start 第二百零五条",),
    }
    assert sum(one.articles or 0 for one in items.values()) == 21_356


def test_no_word_of_the_corpus_is_lost(recorded: Path, items: dict[str, RegulationItem]) -> None:
    unseen = str.maketrans("", "", "#\u200b\ufeff \t\r\n\u3000\u2002\u2003\xa0")
    for path in laws_bundle.paths():
        item = items[str(path.relative_to(laws_bundle.CORPUS).with_suffix(""))]
        text = path.read_text(encoding="utf-8").partition(flk.END_OF_NOTE)[2]
        said = "".join(f"{unit.label}{'、' * (unit.kind == 'item')}{unit.heading}{unit.text}" for unit in item.units)
        wanted, held = text.translate(unseen), said.translate(unseen)
        # The colon behind 附件1 is the only mark that is left out.
        assert wanted.replace("：", "").replace(":", "") == held.replace("：", "").replace(":", ""), path.name


def test_days_bodies_and_versions(items: dict[str, RegulationItem]) -> None:
    sea = items["行政法/海洋环境保护法(2023-10-24)"]
    assert (sea.title, sea.body) == ("中华人民共和国海洋环境保护法", "全国人民代表大会常务委员会")
    assert (sea.published, sea.effective, sea.articles) == ("2023-10-24", "2024-01-01", 124)
    assert [one.date for one in sea.stages] == [
        *("1982-08-23", "1999-12-25", "2013-12-28", "2016-11-07", "2017-11-04", "2023-10-24"),
    ]
    order = items["行政法规/特种设备安全监察条例(2009-01-24)"]
    # The note tells of the order of 2003 only; the file's name knows of the version of 2009.
    assert [(one.kind, one.date) for one in order.stages] == [("promulgated", "2003-03-11"), ("amended", "2009-01-24")]
    assert order.stages[0].number == "中华人民共和国国务院令第373号"
    code = items["民法典/物权编"]
    assert (code.title, code.articles) == ("中华人民共和国民法典 物权编", 258)
    assert all(one.effective >= one.stages[-1].dates[0] for one in items.values() if one.effective and one.stages)
    undated = [one.title for one in items.values() if not one.published]
    assert len(undated) == 8


def test_versions_of_one_act_are_told_as_one(items: dict[str, RegulationItem]) -> None:
    acts = Counter(match_of(one) for one in items.values())
    assert len(acts) == 444
    assert {act for act, count in acts.items() if count > 1} >= {"海洋环境保护法", "生物安全法", "认证认可条例"}


def test_the_bundle_is_what_the_parser_reads(items: dict[str, RegulationItem]) -> None:
    packed = (laws_bundle.RECORDED / "facts.jsonl.xz").read_bytes()
    assert lzma.decompress(packed).decode() == laws_bundle.text()


def test_the_bundle_holds_facts_and_no_text() -> None:
    body = lzma.decompress((laws_bundle.RECORDED / "facts.jsonl.xz").read_bytes())
    held = list(facts.parse_facts_as(RegulationItem, Document.of("https://flk.npc.gov.cn/", body)))
    assert len(held) == 457
    assert not any(one.units or one.note for one in held)


def test_a_text() -> None:
    item = flk.parse_markdown(TEXT.encode(), "行政法/风筝法(2001-02-03).md")
    assert (item.kind, item.published, item.effective) == ("law", "2001-02-03", "2001-05-01")
    assert (item.repeals, item.repeals_from) == (("风筝管理办法",), "2001-05-01")
    assert {one.key for one in item.cites} == {"宪法", "gb-t-1.1", "风筝管理办法"}
    facts_only = flk.without_text(item)
    assert (facts_only.units, facts_only.note, facts_only.articles) == ((), "", 2)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "missing_value"),
        (b"---\nbookCollapseSection: true\n---", "missing_value"),
        (b"no heading", "missing_value"),
        (b"# " + b"a" * (flk.MAX_BYTES + 1), "too_long"),
        (f"# {'长' * 600}".encode(), "invalid"),
    ],
)
def test_what_is_no_text_of_an_act_is_set_aside(body: bytes, reason: str) -> None:
    with pytest.raises(RecordError) as problem:
        flk.parse_markdown(body, "x.md")
    assert problem.value.reason == reason


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_are_a_text_or_set_aside(body: bytes, name: str) -> None:
    try:
        item = flk.parse_markdown(b"# \xe6\xb3\x95\n" + body, name or "x")
    except RecordError:
        return
    assert item.title
