"""全国标准信息公共服务平台: national standards with committees, drafting organisations, adoptions and lineage."""

from __future__ import annotations

from crawlers.parsers import listings, sacinfo
from crawlers.portals import PortalSpider


class StdSamrSpider(PortalSpider):
    name = "std_samr"
    page_parameter = "pageNumber"
    parse_list = staticmethod(listings.parse_gb_query)
    parse_detail = staticmethod(sacinfo.parse_national)
