"""ISO Open Data: the whole catalogue in one file (see ``crawlers.parsers.iso``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from crawlers.parsers.iso import parse_deliverables
from crawlers.spider import SourceSpider


class IsoSpider(SourceSpider):
    """One document."""

    name = "iso"

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_deliverables, spool=True)

    def read_deliverables(self, response: Response) -> Iterator[Any]:
        yield from self.records(response, parse_deliverables)
