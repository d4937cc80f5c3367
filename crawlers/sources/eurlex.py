"""EUR-Lex: acts of the European Union by their CELEX numbers, from Cellar, the repository of the Publications Office.

https://op.europa.eu/en/web/cellar: an address by CELEX number answers with the format that ``Accept`` asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from content.regulations import store
from content.regulations.items import RegulationItem
from crawlers.documents import Document
from crawlers.parsers import eurlex_xhtml, formex
from crawlers.parsers.european import item_of
from crawlers.spider import SourceSpider

ACCEPT = {"Accept": "application/xhtml+xml, application/zip;mtype=fmx4;q=0.5", "Accept-Language": "eng"}


class EurlexSpider(SourceSpider):
    name = "eurlex"
    upsert = staticmethod(store.upsert)

    def first_requests(self) -> Iterable[Request]:
        for celex in self.config.settings["celex"]:
            url = f"{str(self.config.data_url).rstrip('/')}/{celex}"
            yield self.get(url, self.read_act, headers=ACCEPT, cb_kwargs={"celex": celex})

    def read_act(self, response: Response, celex: str) -> Iterator[Any]:
        def parse(document: Document) -> Iterator[RegulationItem]:
            body = document.read()
            reader = formex.parse if formex.is_formex(body) else eurlex_xhtml.parse
            yield item_of(reader(body, document.url), celex)

        yield from self.records(response, parse)
