"""Mangled, truncated and hostile answers: an error of crawlers.errors or a valid item, in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.errors import CrawlError
from crawlers.parsers import listings, markup, openstd, sacinfo, ttbz
from crawlers.parsers.statement import Statement
from tests.unit.crawlers.sources.conftest import Recordings

PAGES: dict[str, tuple[Callable[[bytes, str], object], tuple[str, ...]]] = {
    "openstd list": (openstd.parse_list, ("std_list", "GB/T%201.1")),
    "openstd page": (openstd.parse_detail, ("newGbInfo", "B32027E7")),
    "hbba page": (sacinfo.parse_filed, ("stdDetail",)),
    "hbba list": (listings.parse_query_list, ("stdQueryList",)),
    "ttbz page": (ttbz.parse_detail, ("StandardManage/Detail",)),
}
SNIPPETS = st.sampled_from(
    [
        *(b"", b"\x00", b"<", b">", b"</div>", b"</table>", b"<td>", b"&#0;", b"&#xD800;", b"<!--", b"]]>"),
        *(b"\xff\xfe", b"[" * 2000, b"<b>" * 500, b'"', b"'", b"null", b"-1"),
        *("：".encode(), "标准号：".encode()),
    ]
)


@pytest.mark.parametrize("kind", PAGES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mangled_page_is_an_error_or_valid(kind: str, samr: Recordings, data: st.DataObject) -> None:
    parse, parts = PAGES[kind]
    answer = data.draw(st.sampled_from(samr.of(*parts)))
    body = bytearray(answer.body)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(body)))
        length = data.draw(st.sampled_from([0, 1, 3, 40, 500, len(body)]))
        body[start : start + length] = data.draw(SNIPPETS | st.binary(max_size=8))
    try:
        page = parse(bytes(body), answer.url)
        rows = [page] if isinstance(page, Statement) else page.rows  # type: ignore[attr-defined]
        for row in rows:
            row.item()
    except CrawlError:
        return


@given(st.binary(max_size=400))
def test_noise_is_an_error(body: bytes) -> None:
    for parse, _parts in PAGES.values():
        with pytest.raises(CrawlError):
            parse(body, "https://example.org/stdDetail/" + "0" * 32)


@pytest.mark.parametrize(
    "filling",
    [
        "<div>",
        "<td>标准状态：",
        '<div class="title">发布日期</div>',
        "&amp;",
        "<a href='",
        "：" * 10,
        "GB/T 1-",
        "<h1>标准号：",
    ],
)
def test_a_huge_page_takes_bounded_time(filling: str) -> None:
    count = (markup.MAX_PAGE_BYTES - 100) // len(filling.encode())
    body = b"<html><body>" + (filling * count).encode() + b"</body></html>"
    started = time.process_time()
    for parse, _parts in PAGES.values():
        with pytest.raises(CrawlError):
            parse(body, "https://openstd.samr.gov.cn/stdDetail/" + "0" * 32)
    assert time.process_time() - started < 30


def test_a_page_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(CrawlError, match="bytes"):
        openstd.parse_list(b"<html>" + b" " * markup.MAX_PAGE_BYTES + b"</html>", "https://openstd.samr.gov.cn/")
