"""One stretch of writing to a tantivy index."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import tantivy

from search import schema
from search.engines.base import Document
from search.engines.embedded.mapping import keyword, to_tantivy
from search.engines.embedded.store import translated
from search.engines.errors import EngineQueryError

_HEAP = 64_000_000
"""Bytes of memory after which tantivy writes a segment."""


class TantivyWriter:
    """Collects writes until ``commit``."""

    def __init__(self, writer: tantivy.IndexWriter, schema_: tantivy.Schema) -> None:
        self._writer = writer
        self._schema = schema_

    def replace(self, keys: Iterable[str], documents: Iterable[Document]) -> None:
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

    def commit(self) -> None:
        with translated("Index commit"):
            self._writer.commit()


@contextlib.contextmanager
def finished(index: tantivy.Index) -> Iterator[TantivyWriter]:
    """A writer whose merges are done when the context ends; what was not committed is dropped."""
    with translated("Index writer"):
        writer = index.writer(heap_size=_HEAP, num_threads=1)
    try:
        yield TantivyWriter(writer, index.schema)
    finally:
        with translated("Index merge"):
            writer.rollback()
            writer.wait_merging_threads()
