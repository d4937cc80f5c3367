"""One stretch of writing to a tantivy index."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence

import tantivy
from tantivy import Query

from search import schema
from search.engines.base import Document
from search.engines.embedded.mapping import to_tantivy
from search.engines.embedded.queries import filtered
from search.engines.embedded.store import matched, translated
from search.engines.errors import EngineQueryError
from search.engines.values import keyword

_HEAP = 64_000_000
"""Bytes of memory after which tantivy writes a segment."""


class TantivyWriter:
    """Collects writes until ``commit``."""

    def __init__(self, writer: tantivy.IndexWriter, index: tantivy.Index) -> None:
        self._writer = writer
        self._index = index
        self._schema = index.schema

    def replace(self, keys: Iterable[str], documents: Iterable[Document], version: int | None = None) -> None:
        """There is but one writer at a time, so nothing can be overtaken and ``version`` tells nothing."""
        with translated("Index write"):
            for key in keys:
                self._writer.delete_documents_by_term(schema.PARENT.name, keyword(key))
        for document in documents:
            try:
                written = to_tantivy(document)
            except KeyError as error:
                raise EngineQueryError(f"A document holds no or an unknown field: {error}") from error
            with translated("Index write"):
                self._writer.add_document(tantivy.Document.from_dict(written, self._schema))

    def commit(self) -> dict[str, str]:
        with translated("Index commit"):
            self._writer.commit()
        return {}

    def records(self) -> int:
        searcher = self._searcher()
        pages = Query.term_query(self._schema, schema.TYPE.name, schema.PAGE_TYPE)
        records = filtered(Query.all_query(), (), [pages])
        return matched(searcher.search(records, limit=1))

    def held(self, keys: Sequence[str]) -> dict[str, int]:
        searcher = self._searcher()
        wanted = Query.term_set_query(self._schema, schema.KEY.name, [keyword(key) for key in keys])
        found: dict[str, int] = {}
        with translated("Checksums"):
            addresses = [address for _score, address in searcher.search(wanted, limit=max(len(keys), 1)).hits]
            sums = searcher.fast_field_values(schema.CHECKSUM.name, addresses)
            for address, checksum in zip(addresses, sums, strict=True):
                found[str(searcher.doc(address).get_first(schema.KEY.name))] = int(checksum or 0)
        return found

    def _searcher(self) -> tantivy.Searcher:
        with translated("Index read"):
            self._index.reload()
            return self._index.searcher()


@contextlib.contextmanager
def finished(index: tantivy.Index) -> Iterator[TantivyWriter]:
    """A writer whose merges are done when the context ends; what was not committed is dropped."""
    with translated("Index writer"):
        writer = index.writer(heap_size=_HEAP, num_threads=1)
    try:
        yield TantivyWriter(writer, index)
    finally:
        with translated("Index merge"):
            writer.rollback()
            writer.wait_merging_threads()
