"""Answers that come from a site's firewall or load balancer and not from the site.

They must never be read as an empty list. Getting round them is not for a public body: the run ends, the operator is
told, and may ask the publisher for access.
"""

from __future__ import annotations

import re

from crawlers.errors import StructureChanged

BLOCK_STATUSES = frozenset({403, 405, 412, 418, 429, 468, 493, 521})
"""HTTP statuses with which the firewalls in front of Chinese government sites refuse: 403 and 405 (Aliyun), 412
(Ruishu), 418 and 493 (hosting providers), 468 (Tencent), 521 (Jiasule)."""

_MAX_BLOCK_PAGE = 100_000
"""Block pages are small."""

_PORTAL_WORDS = re.compile("标准号|标准编号|标准名称|发布日期|C_STD_CODE|chName".encode())
"""On every page of the portals, on no block page. Makers of firewalls draft standards: their names tell nothing."""

_SIGNS = re.compile(
    "|".join(
        (
            r"<title>\s*(?:40[35]|412|429)\b",
            r"<title>[^<]{0,60}(?:Forbidden|Access Denied|Blocked|网站防火墙|安全验证)",
            r"<title>[^<]{0,60}(?:访问被拦截|访问禁止|禁止访问|拒绝访问)",
            r"<h1>\s*(?:40[35] Forbidden|403)",
            r"您的(?:访问)?请求(?:可能)?(?:对网站造成安全威胁|存在(?:威胁|风险)|带有不合法)",
            r"(?:请求|访问|操作)(?:已)?被(?:[^<]{0,12})(?:拦截|阻断|阻止)",
            r"当前访问(?:疑似|存在)(?:黑客|攻击|异常)",
            r"由于您访问的(?:URL|页面)有可能对网站造成安全威胁",
            r"errors\.aliyun\.com|aliyun_waf|acw_sc__v2|_waf_is_mobile|WAF/2\.0|waf-block|yunsuo_session",
            r"__jsl_clearance|jiasule|yunaq\.com|创宇盾|云防御|安全狗|safedog|知道创宇|云盾|360网站卫士|wangzhan\.360\.",
            r"Attention Required!|cf-error-details|cf-chl-",
            r"\$_ts\s*=\s*window\[",
        )
    ).encode(),
    re.IGNORECASE,
)


class Blocked(StructureChanged):
    """The site refuses to answer this crawler: stop asking, tell the operator."""


def refuse_block_page(body: bytes, url: str) -> None:
    """Raise Blocked if ``body`` is a firewall's page."""
    if len(body) > _MAX_BLOCK_PAGE:
        return
    plain = _plain(body)
    found = _SIGNS.search(plain)
    if found and not _PORTAL_WORDS.search(plain):
        sign = found[0][:60].decode("utf-8", "replace")
        raise Blocked(f"{url}: refused by the site's firewall ({sign!r})")


def refuse_block_status(status: int, url: str) -> None:
    """Raise Blocked for an HTTP status with which firewalls refuse."""
    if status in BLOCK_STATUSES:
        raise Blocked(f"{url}: refused with HTTP {status}")


def _plain(body: bytes) -> bytes:
    try:
        body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace").encode()
    return body
