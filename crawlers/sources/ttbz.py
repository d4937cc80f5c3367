"""全国团体标准信息平台: association standards (团体标准)."""

from __future__ import annotations

from crawlers.parsers import ttbz
from crawlers.portals import PortalSpider


class TtbzSpider(PortalSpider):
    name = "ttbz"
    page_parameter = "page"
    parse_list = staticmethod(ttbz.parse_list)
    parse_detail = staticmethod(ttbz.parse_detail)
