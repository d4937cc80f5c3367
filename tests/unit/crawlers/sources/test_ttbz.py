"""ttbz.org.cn as recorded from 2019 to 2022, and its firewall."""

from __future__ import annotations

import pytest

from crawlers.errors import StructureChanged
from crawlers.parsers import firewall, ttbz
from crawlers.parsers.firewall import Blocked
from crawlers.parsers.statement import ListPage, Statement
from tests.unit.crawlers.sources.conftest import Recordings


def test_page(samr: Recordings) -> None:
    answer = samr.first("StandardManage/Detail")
    page = ttbz.parse_detail(answer.body, answer.url)
    assert page.drafters[:2] == ("广州市环境技术中心", "广州环境保护产业协会")
    assert len(page.drafters) == 14
    assert page == Statement(
        key="22746",
        url="https://www.ttbz.org.cn/StandardManage/Detail/22746/",
        designation="T/GZAEPI 001—2018",
        status="in_force",
        title_zh="环保型家用吸油烟机",
        title_en="Environmental protection type household range hood",
        published="2018-05-08",
        effective="2018-07-01",
        ics=("13.020.01", "97.040.99"),  # the second one was written into the field for CCS
        ccs=("Y68",),
        responsible=("广州环境保护产业协会",),
        issuers=("广州环境保护产业协会",),
        drafters=page.drafters,
        reading="online",
        industry="C385 家用电力器具制造",
    )


def test_every_recorded_page_says_the_same(samr: Recordings) -> None:
    answers = samr.of("StandardManage/Detail")
    assert len(answers) == 10
    assert len({ttbz.parse_detail(it.body, it.url) for it in answers}) == 1


def test_every_recorded_list_says_the_same_but_one(samr: Recordings) -> None:
    answers = samr.of("ttbz.org.cn/Home/Standard")
    assert len(answers) == 10
    pages = {it.day.isoformat(): ttbz.parse_list(it.body, it.url) for it in answers}
    assert pages.pop("2022-08-19") == ListPage(total=0, page=1, pages=0, rows=())  # the platform found nothing
    assert len(set(pages.values())) == 1
    page = next(iter(pages.values()))
    assert (page.total, page.page, page.pages, page.rejected) == (1, 1, 1, ())
    assert page.rows == (
        Statement(
            key="22746",
            url="https://www.ttbz.org.cn/StandardManage/Detail/22746/",
            designation="T/GZAEPI 001—2018",
            status="in_force",
            title_zh="环保型家用吸油烟机",
            responsible=("广州环境保护产业协会",),
            recorded_on="2018-05-17",
        ),
    )


@pytest.mark.parametrize(
    "page",
    [
        "<html>\n<head><title>403 Forbidden</title></head>\n<body><h1>403 Forbidden</h1></body>\n</html>",
        "<html><head><title>网站防火墙</title></head><body>您的请求带有不合法参数，已被网站管理员设置拦截！</body></html>",
        '<!doctypehtml><html><meta charset="utf-8"><title>405</title><div id="block_message"></div>'
        '<script src="https://errors.aliyun.com/error.js"></script></html>',
        "<script>document.cookie='__jsl_clearance=1'</script>",
    ],
)
def test_the_firewall_is_recognised(page: str) -> None:
    for parse in (ttbz.parse_list, ttbz.parse_detail):
        with pytest.raises(Blocked):
            parse(page.encode(), "http://www.ttbz.org.cn/StandardManage/Detail/22746")


def test_a_maker_of_firewalls_may_draft_a_standard(samr: Recordings) -> None:
    answer = samr.first("StandardManage/Detail")
    body = answer.body.replace("华帝股份有限公司".encode(), "北京知道创宇信息技术股份有限公司".encode())
    assert "北京知道创宇信息技术股份有限公司" in ttbz.parse_detail(body, answer.url).drafters


@pytest.mark.parametrize("status", [403, 405, 412, 521])
def test_statuses_of_firewalls(status: int) -> None:
    with pytest.raises(Blocked):
        firewall.refuse_block_status(status, "http://www.ttbz.org.cn/")


def test_other_statuses_are_none() -> None:
    for status in (200, 301, 404, 500, 503):
        firewall.refuse_block_status(status, "http://www.ttbz.org.cn/")


def test_an_empty_result(samr: Recordings) -> None:
    answer = samr.first("ttbz.org.cn/Home/Standard")
    start = answer.body.index(b"<tr><td", answer.body.index("购买信息</th>".encode()) - 10)
    end = answer.body.index(b"</table>", start)
    body = answer.body[:start] + answer.body[end:]
    with pytest.raises(StructureChanged):
        ttbz.parse_list(body, answer.url)
    empty = body.replace("共计1条标准".encode(), "共计0条标准".encode())
    assert ttbz.parse_list(empty, answer.url).rows == ()
