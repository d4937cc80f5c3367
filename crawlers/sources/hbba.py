"""行业标准备案信息公示平台: industry standards (行业标准) as filed with SAC."""

from __future__ import annotations

from crawlers.parsers import listings, sacinfo
from crawlers.portals import PortalSpider


class HbbaSpider(PortalSpider):
    name = "hbba"
    page_parameter = "current"
    # The platform's own page posts its form; the parameters stand in the address so that each page has one of its own.
    method = "POST"
    parse_list = staticmethod(listings.parse_query_list)
    parse_detail = staticmethod(sacinfo.parse_filed)
