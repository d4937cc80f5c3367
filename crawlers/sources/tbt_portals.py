"""Chinese TBT platforms: notifications in Chinese, as the platforms of provinces and cities show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from content.tbt import store
from crawlers.errors import StructureChanged
from crawlers.parsers import tbt_notices
from crawlers.portals import is_facts
from crawlers.spider import SourceSpider


class TbtPortalsSpider(SourceSpider):
    name = "tbt_portals"
    upsert = staticmethod(store.upsert)

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_notices)

    def read_notices(self, response: Response) -> Iterator[Any]:
        if not is_facts(response):
            raise StructureChanged(
                f"{response.url} has no list for programs. Read the bundled notices (--recorded), or eping"
            )
        self.session.partial = True  # a sample: what it does not name may well be there
        yield from self.records(response, tbt_notices.parse)
