"""What the sources of ECHA's lists have in common: one document, the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from scrapy.http import Request, Response

from content.reach import store
from content.reach.items import EntryItem, ListName
from crawlers.documents import Document, Rejected
from crawlers.parsers import echa, facts
from crawlers.portals import is_facts
from crawlers.spider import SourceSpider

ZIP = b"PK"


class EchaSpider(SourceSpider):
    """A list of ECHA, from an export as text or XLSX."""

    upsert = staticmethod(store.upsert)
    list_name: ClassVar[ListName]

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_export)

    def read_export(self, response: Response) -> Iterator[Any]:
        if is_facts(response):
            yield from self.records(response, _facts)
        else:
            yield from self.records(response, self._export)

    def _export(self, document: Document) -> Iterable[EntryItem | Rejected]:
        if self.list_name == "candidate" and not document.read().startswith(ZIP):
            return echa.parse_candidate_export(document)
        return echa.parse_xlsx(self.list_name, document)


def _facts(document: Document) -> Iterator[EntryItem]:
    return facts.parse_facts_as(EntryItem, document)
