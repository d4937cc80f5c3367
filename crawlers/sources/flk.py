"""国家法律法规数据库: laws, administrative regulations, rules and judicial interpretations of China.

The site gives its texts to a browser by a program that is not documented, so nothing is asked of it: the bundle has the
facts, and ``manage.py load_laws`` reads the texts from a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from content.regulations import store
from content.regulations.items import RegulationItem
from crawlers.documents import Document
from crawlers.errors import StructureChanged
from crawlers.parsers import facts
from crawlers.portals import is_facts
from crawlers.spider import SourceSpider


class FlkSpider(SourceSpider):
    name = "flk"
    upsert = staticmethod(store.upsert)

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_facts)

    def read_facts(self, response: Response) -> Iterator[Any]:
        if not is_facts(response):
            raise StructureChanged(
                f"{response.url} has no list for programs. Read the bundled facts (--recorded), or texts from a "
                "folder: manage.py load_laws FOLDER"
            )
        self.session.partial = True  # a sample: what it does not name may well be there
        yield from self.records(response, _facts)


def _facts(document: Document) -> Iterator[RegulationItem]:
    return facts.parse_facts_as(RegulationItem, document)
