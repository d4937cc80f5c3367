"""The documents of TBT notifications as the WTO gives them out, DOCX and PDF in English, French and Spanish.

Documents Online answers searches of people by a program that is not documented, so nothing is asked of it:
``manage.py load_notifications`` reads documents from a folder, and ``eping`` asks the interface that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import Request, Response

from content.tbt import store
from crawlers.errors import StructureChanged
from crawlers.parsers import tbt_forms
from crawlers.spider import SourceSpider

ZIP, PDF = b"PK", b"%PDF-"


class WtoDocumentsSpider(SourceSpider):
    name = "wto_documents"
    upsert = staticmethod(store.upsert)

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_document)

    def read_document(self, response: Response) -> Iterator[Any]:
        if not response.body.startswith((ZIP, PDF)):
            raise StructureChanged(
                f"{response.url} has no list for programs. Read documents from a folder: "
                "manage.py load_notifications FOLDER; or the interface: eping"
            )
        self.session.partial = True  # one document: what it does not name may well be there
        yield from self.records(response, tbt_forms.parse)
