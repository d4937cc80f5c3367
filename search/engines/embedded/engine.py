"""The embedded engine: tantivy in this very process."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from tantivy import Query

from search import schema, text
from search.buckets import Sums, add_up, bucket_of
from search.clauses import AllOf, Answer, Clause, Hit, Phrase, Prefix, Request
from search.engines.base import Document, Engine, IndexState, NearWord
from search.engines.embedded.collapsing import best_pages, page_matches, record_query
from search.engines.embedded.cursors import Cursor
from search.engines.embedded.facets import count_facets, filter_queries
from search.engines.embedded.figures import count_dates, count_queries, measure
from search.engines.embedded.lookups import IndexLexicon
from search.engines.embedded.mapping import ORDER, SPELLING, spelled_prefix
from search.engines.embedded.parts import prefix_query
from search.engines.embedded.queries import Compiler, any_of, constant, filtered
from search.engines.embedded.ranking import Ranking
from search.engines.embedded.spelling import Vocabulary
from search.engines.embedded.store import matched, store_at, translated
from search.engines.embedded.writing import TantivyWriter, finished
from search.engines.errors import EngineQueryError, IndexMissing
from search.engines.shape import constant_score

_SIZE_AT_MOST = 10_000
_BATCH = 1000


class TantivyEngine(Engine):
    """The index under ``path``. Cheap to make: everything open belongs to the process and is shared."""

    schema = schema.RECORDS
    window = sys.maxsize

    def __init__(self, path: Path) -> None:
        self._store = store_at(path)
        self._vocabulary = Vocabulary()

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(self._store.schema, IndexLexicon(self._store, self._vocabulary))

    # Reading

    def run(self, request: Request) -> Answer:
        started = time.perf_counter()
        if request.size < 0 or request.offset < 0 or request.size > _SIZE_AT_MOST:
            raise EngineQueryError(f"From {request.offset}, {request.size} results: out of range")
        constant_of = constant_score(request.query)
        searcher = self._store.searcher()
        with translated("Search"):
            pages = page_matches(self._compiler, searcher, request) if request.collapse else None
            if request.collapse:
                query = record_query(self._compiler, request, pages)
            else:
                query = self._compiler.compile(request.query)
            query = filtered(query, [self._compiler.compile(clause) for clause in request.narrow])
            filters = filter_queries(self._compiler, request)
            ranking = Ranking.of(request.order, request.then, constant=constant_of is not None and pages is None)
            narrowed = filtered(query, filters.values())
            if request.after:
                cursor = ranking.cursor(request.after)
                total, ranked = ranking.after(searcher, narrowed, cursor, request.size)
                served = cursor.served
            else:
                total, ranked = ranking.page(searcher, narrowed, request.offset, request.size)
                served = request.offset
            served += len(ranked)
            places = {}
            if pages and ranked and request.pages_per_hit:
                places = best_pages(
                    self._compiler, searcher, pages, [each.key for each in ranked], request.pages_per_hit
                )
            facets = count_facets(searcher, query, filters, request.facets, request.facet_size)
            dates = count_dates(searcher, narrowed, request.date_facets)
            queries = count_queries(searcher, self._compiler, narrowed, request.query_facets)
            stats = measure(searcher, narrowed, request.stats, request.stats_by, total) if request.stats else {}
        by_score = not ranking.field
        hits = tuple(
            Hit(
                each.key,
                float(each.value) if by_score and isinstance(each.value, float | int) else constant_of or 0.0,
                places.get(each.key, ()),
            )
            for each in ranked
        )
        following = ""
        if ranked and served < total:
            last = ranked[-1]
            following = Cursor(last.value, last.further, last.order, served).encoded(ranking.name)
        took = (time.perf_counter() - started) * 1000
        return Answer(total, hits, facets, took, following, stats, dates, queries)

    def count(self, clause: Clause) -> int:
        searcher = self._store.searcher()
        with translated("Count"):
            return matched(searcher.search(self._compiler.compile(clause), limit=1))

    def suggest(self, prefix: str, size: int = 10) -> tuple[str, ...]:
        prefix = prefix[:200]
        queries = [self._designation_query(prefix), self._title_query(prefix)]
        searcher = self._store.searcher()
        keys: dict[str, None] = {}
        with translated("Suggest"):
            for query in queries:
                if query is None or len(keys) >= size:
                    continue
                # A record may be found both ways, so that ``size`` of the second way may give fewer new ones.
                _total, found = Ranking("order", ORDER, descending=False).page(searcher, query, 0, size)
                keys.update(dict.fromkeys(each.key for each in found))
        return tuple(keys)[:size]

    def _designation_query(self, typed: str) -> Query | None:
        joined = text.joined(typed)
        if not joined:
            return None
        clause = self._compiler.compile(Prefix(schema.DESIGNATION, joined))
        by_number = self._compiler.compile(Prefix(schema.NUMBER, joined))
        return self._records(any_of([clause, by_number], best=True))

    def _title_query(self, typed: str) -> Query | None:
        """Words typed so far, all of them; the last one may go on."""
        if text.has_cjk(typed):
            words = text.query_words(typed)
            clauses = tuple(Phrase(schema.TITLE_ZH, word.text) for word in words)
            return self._records(self._compiler.compile(AllOf(must=clauses))) if clauses else None
        words_typed = spelled_prefix(typed)
        if not words_typed or len(words_typed) > text.MAX_QUERY_WORDS:
            return None
        *whole, last = words_typed
        queries = [Query.term_query(self._store.schema, SPELLING, word) for word in whole]
        return self._records(filtered(prefix_query(self._store.schema, SPELLING, last), queries))

    def _records(self, query: Query) -> Query:
        pages = Query.term_query(self._store.schema, schema.TYPE.name, schema.PAGE_TYPE)
        return constant(filtered(query, (), [pages]), 1.0)

    def near(self, word: str, distance: int = 2) -> tuple[NearWord, ...]:
        word = text.fold(word)
        if not word or len(word) > text.MAX_WORD:
            return ()
        searcher = self._store.searcher()
        with translated("Spelling"):
            return self._vocabulary.near(searcher, word, min(max(distance, 0), 2))

    def bucket_sums(self) -> Sums:
        return add_up(self._checksums())

    def checksums(self, buckets: Collection[int]) -> Iterator[tuple[str, int]]:
        wanted = frozenset(buckets)
        return ((key, checksum) for key, checksum in self._checksums() if bucket_of(key) in wanted)

    def sweep(self) -> list[str]:
        """Every writer sweeps when it begins."""
        return []

    def helping_to_build(self) -> contextlib.AbstractContextManager[TantivyWriter]:
        raise EngineQueryError("The embedded engine is written by one process alone; build it with one worker")

    def roll_back(self) -> None:
        raise EngineQueryError("The embedded engine keeps no earlier index; build it anew")

    def _checksums(self) -> Iterator[tuple[str, int]]:
        searcher = self._store.searcher()
        with translated("Checksums"):
            records = self._records(Query.all_query())
            hits = searcher.search(records, limit=max(searcher.num_docs, 1), count=False).hits
            addresses = [address for _score, address in hits]
            sums = searcher.fast_field_values(schema.CHECKSUM.name, addresses)
            for address, checksum in zip(addresses, sums, strict=True):
                yield str(searcher.doc(address).get_first(schema.KEY.name)), int(checksum or 0)

    def state(self) -> IndexState:
        searcher = self._store.searcher()
        with translated("State"):
            records = matched(searcher.search(self._records(Query.all_query()), limit=1))
            current = self._store.current()
            return IndexState(records, searcher.num_docs, self._store.bytes(), current.built)

    # Writing

    def update(self, documents: Iterable[Document]) -> int:
        written = 0
        batch: list[Document] = []
        self._make()
        with self.writing(timeout=30) as writer:
            for document in documents:
                # All documents of one record go into one batch, whatever its size.
                if len(batch) >= _BATCH and document[schema.PARENT.name] != batch[-1][schema.PARENT.name]:
                    writer.replace({each[schema.PARENT.name] for each in batch}, batch)
                    written += len(batch)
                    batch = []
                batch.append(document)
            writer.replace({each[schema.PARENT.name] for each in batch}, batch)
            writer.commit()
        return written + len(batch)

    def _make(self) -> None:
        """An empty index where there is none."""
        with self._store.locked(timeout=30):
            try:
                self._store.current()
            except IndexMissing:
                self._store.adopt(self._store.create()[0])

    def remove(self, keys: Iterable[str]) -> None:
        with self.writing(timeout=30) as writer:
            writer.replace(keys, ())
            writer.commit()

    def clear(self) -> None:
        with self.rebuilding(timeout=30):
            pass

    @contextlib.contextmanager
    def writing(self, timeout: float = 0) -> Iterator[TantivyWriter]:
        with self._store.locked(timeout):
            index = self._store.open_for_writing()
            with finished(index) as writer:
                yield writer

    @contextlib.contextmanager
    def rebuilding(self, timeout: float = 0) -> Iterator[TantivyWriter]:
        with self._store.locked(timeout):
            folder, index = self._store.create()
            with finished(index) as writer:
                yield writer
                writer.commit()
            self._store.adopt(folder)
