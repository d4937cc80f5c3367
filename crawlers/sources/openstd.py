"""国家标准全文公开系统: all national standards, their lists and pages."""

from __future__ import annotations

from crawlers.parsers import openstd
from crawlers.portals import PortalSpider


class OpenstdSpider(PortalSpider):
    name = "openstd"
    page_parameter = "page"
    parse_list = staticmethod(openstd.parse_list)
    parse_detail = staticmethod(openstd.parse_detail)
