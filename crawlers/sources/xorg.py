"""X Consortium Standards with their PDF files, from the documentation of the X Window System release X11R7.7."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from content.standards.items import StandardItem
from crawlers.documents import Document
from crawlers.parsers import facts, xorg
from crawlers.portals import is_facts
from crawlers.spider import SourceSpider


class XorgSpider(SourceSpider):
    name = "xorg"

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_listing)

    def read_listing(self, response: Response) -> Iterator[Any]:
        """A directory: specifications, and further directories of the first one."""
        if is_facts(response):
            yield from self.records(response, facts.parse_facts)
            return
        addresses = xorg.parse_listing(response.body, response.url)
        for address in xorg.specifications(addresses):
            yield self.get(address, self.read_title_page)
        if response.url == str(self.config.data_url):
            for address in addresses:
                if address.endswith("/"):
                    yield self.get(address, self.read_listing)

    def read_title_page(self, response: Response) -> Iterator[Any]:
        yield from self.records(response, _standard)


def _standard(document: Document) -> Iterator[StandardItem]:
    item = xorg.parse_title_page(document.read(), document.url)
    if item:
        yield item
