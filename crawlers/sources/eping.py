"""ePing: the WTO's interface to notifications under the TBT Agreement.

What is asked for are the notifications of the last days; the whole of the past only by the first run that succeeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from scrapy.http import Request, Response

from content.provenance.models import Run
from content.tbt import store
from crawlers.parsers import eping
from crawlers.spider import SourceSpider

PAGE_SIZE = 100
MAX_PAGES = 2_000
TBT_DOMAIN = "1"
ENGLISH = "1"


class EpingSpider(SourceSpider):
    name = "eping"
    upsert = staticmethod(store.upsert)

    def first_requests(self) -> Iterable[Request]:
        self.session.partial = True  # a stretch of the list: what it does not name is there all the same
        yield self._page(1)

    def read_page(self, response: Response, page: int) -> Iterator[Any]:
        yield from self.records(response, eping.parse)
        document = self.document(response)
        full = len(eping.records_of(document)) >= PAGE_SIZE
        total = eping.total_of(document)
        more = full if total is None else page * PAGE_SIZE < total
        if more and page < MAX_PAGES and not self.session.over:
            yield self._page(page + 1)

    def _page(self, page: int) -> Request:
        asked = {
            "language": ENGLISH,
            "domainIds": TBT_DOMAIN,
            "distributionDateFrom": self._since(),
            "page": page,
            "pageSize": PAGE_SIZE,
        }
        return self.get(
            f"{self.config.data_url}?{urlencode(asked)}",
            self.read_page,
            headers={"Ocp-Apim-Subscription-Key": settings.WTO_API_KEY, "Accept": "application/json"},
            cb_kwargs={"page": page},
        )

    def _since(self) -> str:
        read = Run.objects.filter(source=self.session.source, backend=Run.Backend.LIVE, state=Run.State.SUCCEEDED)
        if not read.exists():
            return str(self.config.settings["first_from"])
        return (timezone.localdate() - timedelta(days=self.config.settings["days"])).isoformat()
