"""openstd.samr.gov.cn: every recorded layout, and what the recordings do not show."""

from __future__ import annotations

import pytest

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import openstd
from crawlers.parsers.firewall import Blocked
from crawlers.parsers.markup import PageCutOff
from crawlers.parsers.statement import Adoption, Statement
from tests.unit.crawlers.sources.conftest import Recordings
from tests.unit.crawlers.sources.pages import ADDRESS, LIST_ADDRESS, list_of, page_of

COTTON = "083B48FA72DBD3B9BDE74507BC31736A"
DIRECTIVES = "570A95F33D8D3C7934933A900A78F133"
CIGARETTES = "B32027E7AEF4CB6D1515A02985FC5B40"
AQSIQ_AND_SAC = ("中华人民共和国国家质量监督检验检疫总局", "中国国家标准化管理委员会")


def detail(samr: Recordings, hcno: str, since: str) -> Statement:
    answer = samr.first("newGbInfo", hcno, since=since)
    return openstd.parse_detail(answer.body, answer.url)


def test_layout_of_2019(samr: Recordings) -> None:
    assert detail(samr, CIGARETTES, "2019-08-01") == Statement(
        key=CIGARETTES,
        url=f"https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno={CIGARETTES}",
        designation="GB/T 5606.1-2004",
        status="in_force",
        title_zh="卷烟 第1部分:抽样",
        title_en="Cigarettes--Part 1:Sampling",
        published="2004-12-14",
        effective="2005-03-01",
        ics=("65.160",),
        ccs=("X87",),
        committee_title="全国烟草标准化技术委员会",
        responsible=("国家烟草专卖局",),
        issuers=AQSIQ_AND_SAC,
        replaces=("GB/T 5606.1-1996",),
        reading="online",
        remark="2005-03-01实施,代替GB/T 5606.1-1996",
    )


def test_layout_of_may_2021_says_superseded(samr: Recordings) -> None:
    page = detail(samr, COTTON, "2021-05-01")
    assert (page.designation, page.status, page.reading) == ("GB/T 20223-2006", "superseded", "none")
    assert page.responsible == ("国家质量监督检验检疫总局", "中国纤维检验局")


def test_layout_of_july_2022_names_a_department_for_the_committee(samr: Recordings) -> None:
    page = detail(samr, CIGARETTES, "2022-07-01")
    assert (page.committee_title, page.responsible) == ("", ("国家烟草专卖局",))


def test_layout_of_february_2025_offers_the_download(samr: Recordings) -> None:
    assert detail(samr, CIGARETTES, "2025-02-01").reading == "download"


def test_layout_of_april_2026(samr: Recordings) -> None:
    assert detail(samr, DIRECTIVES, "2026-04-01") == Statement(
        key=DIRECTIVES,
        url=f"https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno={DIRECTIVES}",
        designation="GB/T 1.1-2009",
        status="withdrawn",
        title_zh="标准化工作导则 第1部分：标准的结构和编写",
        title_en="Directives for standardization - Part 1: The structure and drafting of standards",
        published="2009-06-17",
        effective="2010-01-01",
        ics=("01.120",),
        ccs=("A00",),
        responsible=("国家标准委",),
        issuers=AQSIQ_AND_SAC,
        reading="none",
    )


def test_list_of_2019(samr: Recordings) -> None:
    answer = samr.first("std_list", "GB/T%201.1", since="2019-08-01")
    page = openstd.parse_list(answer.body, answer.url)
    assert (page.total, page.page, page.pages, page.rejected) == (2, 1, 1, ())
    assert page.rows[0] == Statement(
        key="847191101089628341120D62AEFC29A1",
        url="https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno=847191101089628341120D62AEFC29A1",
        designation="GB/T 1.1-2000",
        status="withdrawn",
        title_zh="标准化工作导则 第1部分:标准的结构和编写规则",
        published="2000-12-20",
        effective="2001-06-01",
        adopted=True,
        obligation="recommended",
    )


def test_list_of_april_2026_with_a_column_for_languages(samr: Recordings) -> None:
    answer = samr.first("std_list", "GB/T%201.1", since="2026-04-01")
    page = openstd.parse_list(answer.body, answer.url)
    assert [(it.designation, it.status, it.effective, it.adopted) for it in page.rows] == [
        ("GB/T 1.1-2000", "withdrawn", "2001-06-01", True),
        ("GB/T 1.1-2009", "withdrawn", "2010-01-01", False),
        ("GB/T 1.1-2020", "in_force", "2020-10-01", False),
    ]


def test_every_recorded_page_says_the_same_of_what_does_not_change(samr: Recordings) -> None:
    seen: dict[str, set[tuple[object, ...]]] = {}
    answers = samr.of("newGbInfo")
    assert len(answers) == 53
    for answer in answers:
        page = openstd.parse_detail(answer.body, answer.url)
        assert page.problems == ()
        assert page.item().designation == page.designation
        lasting = (page.designation, page.title_zh, page.title_en, page.published, page.effective, page.ics, page.ccs)
        seen.setdefault(page.key, set()).add((*lasting, page.replaces, page.issuers, page.remark))
    assert {key: len(facts) for key, facts in seen.items()} == {COTTON: 1, DIRECTIVES: 1, CIGARETTES: 1}


def test_what_did_change_over_the_years(samr: Recordings) -> None:
    history: list[tuple[str, tuple[str, ...]]] = []
    for answer in samr.of("newGbInfo", COTTON):
        page = openstd.parse_detail(answer.body, answer.url)
        if (page.status, page.responsible) not in history[-1:]:
            history.append((page.status, page.responsible))
    assert history == [
        ("withdrawn", ("国家质量监督检验检疫总局", "中国纤维检验局")),
        ("superseded", ("国家质量监督检验检疫总局", "中国纤维检验局")),
        ("superseded", ("国家市场监督管理总局", "中国纤维检验局")),
        ("superseded", ("国家市场监督管理总局",)),
        ("withdrawn", ("国家市场监督管理总局",)),
        ("withdrawn", ("市场监管总局",)),
    ]


def test_lists_and_pages_agree(samr: Recordings) -> None:
    pages = {}
    for answer in samr.of("newGbInfo"):
        pages[(answer.url.rsplit("=")[1], answer.day)] = openstd.parse_detail(answer.body, answer.url)
    compared = 0
    for answer in samr.of("std_list"):
        try:
            rows = openstd.parse_list(answer.body, answer.url).rows
        except PageCutOff:
            continue
        for row in rows:
            page = pages.get((row.key, answer.day))
            if page:
                compared += 1
                fields = ("designation", "status", "title_zh", "published", "effective", "url")
                assert [getattr(row, name) for name in fields] == [getattr(page, name) for name in fields]
    assert compared >= 30


def test_the_list_that_broke_off_in_june_2024_is_not_an_empty_list(samr: Recordings) -> None:
    broken = [it for it in samr.of("std_list", "2014") if it.day.isoformat() == "2024-06-06"]
    assert len(broken) == 1
    with pytest.raises(PageCutOff):
        openstd.parse_list(broken[0].body, broken[0].url)


def test_a_redirect_is_no_page(samr: Recordings) -> None:
    moved = samr.of("openstd", status=301)
    assert moved
    for answer in moved:
        parse = openstd.parse_list if "std_list" in answer.url else openstd.parse_detail
        with pytest.raises(StructureChanged):
            parse(answer.body, answer.url)


# What no recording shows: markup of our own after the recorded layout (``pages``).


def test_a_withdrawn_mandatory_standard() -> None:
    page = openstd.parse_detail(
        page_of(("实施日期", "2016-06-01"), ("废止日期", "2024-01-01"), status="\n废止\n"), ADDRESS
    )
    assert (page.status, page.effective, page.withdrawn, page.title_zh) == (
        "withdrawn",
        "2016-06-01",
        "2024-01-01",
        "甲 乙",
    )


def test_an_upcoming_standard_that_replaces_several() -> None:
    page = openstd.parse_detail(
        page_of(("备注", "2027-01-01实施，代替GB/T 1.1-2000、1.2-2002，部分代替GB/T 3-1990"), status="即将实施"),
        ADDRESS,
    )
    assert page.status == "upcoming"
    assert page.replaces == ("GB/T 1.1-2000", "GB/T 1.2-2002")
    assert page.partly_replaces == ("GB/T 3-1990",)


def test_an_adopted_standard() -> None:
    page = openstd.parse_detail(
        page_of(
            ("采标号", "ISO 9001:2015"),
            ("采标程度", "IDT"),
            badge='<span class="label label-warning">采</span>',
            buttons='<span class="text-danger">该推荐性标准采用了ISO、IEC等国际国外组织的标准，由于涉及版权保护问题，'
            "本系统暂不提供在线阅读服务。</span>",
            name="GB/T 19001-2016",
        ),
        ADDRESS,
    )
    assert page.designation == "GB/T 19001-2016"
    assert (page.adopted, page.reading) == (True, "copyright")
    assert page.adopts == (Adoption("ISO 9001:2015", "IDT"),)
    assert [(it.kind, it.designation, it.degree) for it in page.item().relations] == [
        ("adopts", "ISO 9001:2015", "IDT")
    ]


def test_an_adopted_mandatory_standard_may_be_read_online() -> None:
    note = (
        '<span class="text-danger">该标准采用了ISO、IEC等国际国外组织的标准，由于涉及版权保护问题，'
        "本系统仅提供在线阅读服务。</span>"
    )
    button = '<button class="btn ck_btn" data-value="x">在线预览</button>'
    page = openstd.parse_detail(page_of(buttons=button + note, badge="\n采", name="GB 24543-2009"), ADDRESS)
    assert (page.designation, page.adopted, page.reading, page.problems) == ("GB 24543-2009", True, "online", ())


def test_a_remark_that_goes_on() -> None:
    remark = (
        "2011-11-01实施,代替GB 13000.1-1993 根据2017年第7号公告和强制性标准整合精简结论，自2017年3月23日起,"
        "该标准转化为推荐性标准，不再强制执行。"
    )
    page = openstd.parse_detail(page_of(("备注", remark)), ADDRESS)
    assert (page.replaces, page.remark) == (("GB 13000.1-1993",), remark)


def test_a_note_nobody_knows_is_told() -> None:
    page = openstd.parse_detail(page_of(buttons='<span class="text-danger">另有说明</span>'), ADDRESS)
    assert (page.reading, page.problems) == ("", ("note on the text '另有说明'",))


def test_an_adoption_told_by_the_badge_alone() -> None:
    badge = '<span class="label label-warning" title="IEC 60335-1:2004,MOD">采</span>'
    page = openstd.parse_detail(page_of(badge=badge), ADDRESS)
    assert (page.adopted, page.adopts) == (True, (Adoption("IEC 60335-1:2004", "MOD"),))


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (page_of(("批准人", "某")), StructureChanged),
        (page_of(status="冻结"), RecordError),
        (page_of(("实施日期", "2016-13-01")), RecordError),
        (page_of(("备注", "甲"), ("备注", "乙")), StructureChanged),
        (page_of().replace("中文标准名称".encode(), b"x"), StructureChanged),
        (page_of()[:-40], PageCutOff),
        (b"", StructureChanged),
        (b"<html><head><title>403 Forbidden</title></head><body>nginx</body></html>", Blocked),
    ],
)
def test_what_cannot_be_read_is_an_error(page: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        openstd.parse_detail(page, ADDRESS)


def test_what_is_unread_is_told() -> None:
    page = openstd.parse_detail(page_of(("国际标准分类号（ICS）", "见附录")), ADDRESS)
    assert page.ics == ()
    assert page.problems == ("ICS '见附录'",)


def test_a_list_of_fifty() -> None:
    page = openstd.parse_list(list_of(50, 2311, page=2, pages=47), LIST_ADDRESS)
    assert (len(page.rows), page.total, page.page, page.pages) == (50, 2311, 2, 47)
    assert {it.obligation for it in page.rows} == {"mandatory"}


def test_an_empty_list_is_empty_when_it_says_so() -> None:
    assert openstd.parse_list(list_of(0, 0, pages=0), LIST_ADDRESS).rows == ()


def test_a_list_that_shows_nothing_but_tells_of_some_is_an_error() -> None:
    with pytest.raises(StructureChanged):
        openstd.parse_list(list_of(0, 7), LIST_ADDRESS)


def test_a_row_with_an_unknown_status_is_set_aside_and_the_others_are_kept() -> None:
    body = list_of(3, 3).replace("现行".encode(), "冻结".encode(), 1)
    page = openstd.parse_list(body, LIST_ADDRESS)
    assert [it.designation for it in page.rows] == ["GB 2-2020", "GB 3-2020"]
    assert [it.reason for it in page.rejected] == ["unknown_status"]


def test_a_new_column_stops_the_run() -> None:
    with pytest.raises(StructureChanged, match="颜色"):
        openstd.parse_list(list_of(1, 1).replace("操作".encode(), "颜色".encode()), LIST_ADDRESS)
