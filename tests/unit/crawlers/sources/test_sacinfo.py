"""Pages of the sacinfo platform: hbba as recorded, std.samr.gov.cn after its documentation; and their JSON lists."""

from __future__ import annotations

import json

import pytest

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import listings, sacinfo
from crawlers.parsers.firewall import Blocked
from crawlers.parsers.statement import Adoption, Statement
from tests.unit.crawlers.sources.conftest import Recordings

PK = "733d6a7744529f70673a12c464998ffc"
CLAMP = Statement(
    key=PK,
    url=f"https://hbba.sacinfo.org.cn/stdDetail/{PK}",
    designation="JB/T 13368-2018",
    status="in_force",
    title_zh="叉车属具 软包夹",
    published="2018-02-09",
    effective="2018-10-01",
    ics=("53.060",),
    ccs=("J83",),
    responsible=("工业和信息化部",),
    issuers=("工业和信息化部",),
    obligation="recommended",
    record_number="61715-2018",
    industry="制造业",
)


def test_page_of_2019(samr: Recordings) -> None:
    answer = samr.first("stdDetail")
    assert sacinfo.parse_filed(answer.body, answer.url) == CLAMP


def test_every_recorded_page_says_the_same(samr: Recordings) -> None:
    pages = [sacinfo.parse_filed(it.body, it.url) for it in samr.of("stdDetail")]
    assert len(pages) == 5
    items = {page.item() for page in pages}
    assert items == {CLAMP.item()}
    assert {page.recorded_on for page in pages} == {"", "2018-02-26"}  # 备案日期 is shown since 2026


def test_list_of_2019(samr: Recordings) -> None:
    answer = samr.first("stdQueryList")
    listing = listings.parse_query_list(answer.body, answer.url)
    assert (listing.total, listing.page, listing.pages, listing.rejected) == (1, 1, 1, ())
    assert listing.rows == (
        Statement(
            key=PK,
            url=f"https://hbba.sacinfo.org.cn/stdDetail/{PK}",
            designation="JB/T 13368-2018",
            status="in_force",
            title_zh="叉车属具 软包夹",
            published="2018-02-09",
            effective="2018-10-01",
            responsible=("工业和信息化部",),
            record_number="61715-2018",
            recorded_on="2018-02-26",
            industry="机械",
        ),
    )


def test_list_of_2021_says_the_same(samr: Recordings) -> None:
    first, second = (listings.parse_query_list(it.body, it.url) for it in samr.of("stdQueryList"))
    assert first == second


def test_the_redirect_of_2022_is_no_list(samr: Recordings) -> None:
    for answer in samr.of("stdQueryList", status=301):
        with pytest.raises(StructureChanged):
            listings.parse_query_list(answer.body, answer.url)


NATIONAL = "https://std.samr.gov.cn/gb/search/gbDetailed?id=71F772D7AA78D3A7E05397BE0A0AB82A"


def national(*sections: tuple[str, str], basic: str = "", badges: str = "", script: str = "") -> bytes:
    more = "".join(f'<div class="para-title"><h2 class="title-text">{name}</h2></div>{html}' for name, html in sections)
    return f"""<html><head><meta charset="utf-8"></head><body><div class="page-header"><h4>甲乙丙</h4><h5>Abc</h5>
      <div><span class="s-status label label-info">国家标准</span>
      <span class="s-status label label-success">推荐性</span>{badges}</div></div>
      <p>国家标准《甲乙丙》由<a>TC28</a>（全国信息技术标准化技术委员会）归口，主管部门为<a>国家标准委</a>。</p>
      <div class="para-title"><h2 class="title-text">标准状态</h2></div><div class="timeline"><ol>
      <li><a>发布<span>于&nbsp;2006-03-10</span></a></li><li><a>实施<span>于&nbsp;2006-09-01</span></a></li>
      <li><a>废止<span>于&nbsp;2018-05-01</span></a></li></ol></div>
      <div class="para-title"><h2 class="title-text">基础信息</h2></div>
      <div class="basic-info"><dl><dt>标准号</dt><dd>GB/T 12345-2006</dd>
      <dt>发布日期</dt><dd>2006-03-10</dd><dt>国际标准分类号</dt>
      <dd><span>59.060.10</span><div class="icsInfoPop"><table><tr><td>59 纺织</td></tr></table></div></dd>
      <dt>归口单位</dt><dd><a>全国信息技术标准化技术委员会</a></dd><dt>主管部门</dt><dd><a>国家标准委</a></dd>{basic}</dl></div>
      {more}<div class="footer-body"></div><script>var STATE='{script}';</script></body></html>""".encode()


WITHDRAWN = '<span class="s-status label label-danger">废止</span>'


def test_a_national_standard_with_everything() -> None:
    page = sacinfo.parse_national(
        national(
            ("代替以下标准", "<p>全部代替 <a>GB/T 12345-1990</a></p><p>部分代替 <a>GB/T 222-1991</a></p>"),
            ("采标情况", "<p>本标准等同采用ISO国际标准：ISO 4589-2:2017。</p><p>采标中文名称：甲乙丙。</p>"),
            ("起草单位", "<div><dl><dd><a>甲研究院</a></dd><dd><a>乙有限公司</a></dd></dl></div>"),
            ("起草人", "<div><dl><dd>张三</dd></dl></div>"),
            ("相近标准(计划)", "<div><dl><dd>GB/T 1-1990</dd></dl></div>"),
            badges=WITHDRAWN,
        ),
        NATIONAL,
    )
    assert page == Statement(
        key="71F772D7AA78D3A7E05397BE0A0AB82A",
        url=NATIONAL,
        designation="GB/T 12345-2006",
        status="withdrawn",
        title_zh="甲乙丙",
        title_en="Abc",
        published="2006-03-10",
        effective="2006-09-01",
        withdrawn="2018-05-01",
        ics=("59.060.10",),
        committee="SAC/TC 28",
        committee_title="全国信息技术标准化技术委员会",
        responsible=("国家标准委",),
        drafters=("甲研究院", "乙有限公司"),
        replaces=("GB/T 12345-1990",),
        partly_replaces=("GB/T 222-1991",),
        adopts=(Adoption("ISO 4589-2:2017", "IDT"),),
        adopted=True,
        obligation="recommended",
    )


@pytest.mark.parametrize(
    ("section", "content"),
    [
        ("被以下标准代替", "<p>被 <a>GB/T 1-2020</a> 代替，部分被代替：<a>GB/T 2-2020</a></p>"),
        ("被以下标准代替", "<p>全部代替标准：GB/T 1-2020</p><p>部分代替标准：GB/T 2-2020</p>"),
        ("被以下标准代替", "<p>GB/T 1-2020，GB/T 2-2020（部分代替）</p>"),
    ],
)
def test_what_replaced_it_in_whole_and_in_part(section: str, content: str) -> None:
    page = sacinfo.parse_national(national((section, content), badges=WITHDRAWN), NATIONAL)
    assert (page.replaced_by, page.partly_replaced_by) == (("GB/T 1-2020",), ("GB/T 2-2020",))
    relations = {(it.kind, it.designation) for it in page.item().relations}
    assert relations == {("replaced_by", "GB/T 1-2020"), ("partly_replaced_by", "GB/T 2-2020")}


def test_a_section_of_its_own_says_in_part() -> None:
    page = sacinfo.parse_national(
        national(
            ("被以下标准部分代替", "<p><a>GB/T 2-2020</a></p>"),
            ("部分代替以下标准", "<p><a>GB/T 3-1990</a></p>"),
            badges='<span class="s-status label">现行</span>',
        ),
        NATIONAL,
    )
    assert (page.partly_replaced_by, page.partly_replaces, page.replaced_by) == (("GB/T 2-2020",), ("GB/T 3-1990",), ())


def test_the_status_may_stand_in_the_script_alone() -> None:
    assert sacinfo.parse_national(national(script="即将实施"), NATIONAL).status == "upcoming"


def test_a_section_nobody_knows_is_told() -> None:
    page = sacinfo.parse_national(national(("获奖情况", "<p>甲</p>"), badges=WITHDRAWN), NATIONAL)
    assert page.problems == ("section '获奖情况'",)


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (national(badges=WITHDRAWN, basic="<dt>颜色</dt><dd>红</dd>"), StructureChanged),
        (national(badges=WITHDRAWN + '<span class="s-status">现行</span>'), RecordError),
        (national(script="冻结"), RecordError),
        (national(), StructureChanged),
        (national(badges=WITHDRAWN, basic="<dt>实施日期</dt><dd>某日</dd>"), RecordError),
    ],
)
def test_what_cannot_be_read_is_an_error(page: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        sacinfo.parse_national(page, NATIONAL)


GB_QUERY = "https://std.samr.gov.cn/gb/search/gbQueryPage?searchText=GB&pageNumber=1&pageSize=50"


def test_list_of_national_standards() -> None:
    row = {
        "id": "71F772D7AA78D3A7E05397BE0A0AB82A",
        "C_STD_CODE": "<sacinfo>GB</sacinfo> 3100-1993",
        "C_C_NAME": "国际单位制及其应用",
        "STD_NATURE": "强制性",
        "ISSUE_DATE": "1993-12-27",
        "ACT_DATE": "1994-07-01 00:00:00.0",
        "STATE": "现行",
    }
    listing = listings.parse_gb_query(json.dumps({"total": 2, "pageNumber": 1, "rows": [row, {}]}).encode(), GB_QUERY)
    assert [(it.designation, it.title_zh, it.effective, it.obligation, it.url) for it in listing.rows] == [
        ("GB 3100-1993", "国际单位制及其应用", "1994-07-01", "mandatory", NATIONAL)
    ]
    assert [it.reason for it in listing.rejected] == ["missing_value"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"total": "x", "rows": []}',
        b'{"total": 5, "pageNumber": 1, "rows": []}',
        b'{"total": 0, "rows": [1]}',
        b"[" * 100_000,
    ],
)
def test_a_malformed_list_is_an_error(body: bytes) -> None:
    with pytest.raises(StructureChanged):
        listings.parse_gb_query(body, GB_QUERY)


def test_a_block_page_is_never_an_empty_list() -> None:
    body = "<html><title>访问被拦截</title><body>您的请求存在威胁，已被拦截</body></html>".encode("gb18030")
    with pytest.raises(Blocked):
        listings.parse_query_list(body, "https://hbba.sacinfo.org.cn/stdQueryList")
