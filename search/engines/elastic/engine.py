"""Elasticsearch 9 as the search engine."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from search import schema as portal_schema
from search import text
from search.buckets import BUCKETS, Sums
from search.clauses import Answer, Clause, Hit, Phrase, Prefix, Request
from search.engines.base import Document, Engine, IndexState, NearWord
from search.engines.elastic import aggregations, paging
from search.engines.elastic.client import WRITE_TIMEOUT, Cluster
from search.engines.elastic.indices import SIGN_OF_LIFE, Indices
from search.engines.elastic.mapping import BUCKET, CHECKSUM_LOW, ORDER, PAGE_KEY, PAGES, SPELLING
from search.engines.elastic.queries import Compiler, Query, any_of, constant, filtered
from search.engines.elastic.synonyms import SynonymSet
from search.engines.elastic.writing import BulkWriter
from search.engines.errors import EngineQueryError
from search.engines.shape import exclusions, page_leaves
from search.engines.values import distance_within
from search.schema import Schema

WINDOW = 10_000
_NEAR_AT_MOST = 20
_READ_AT_ONCE = 10_000


class ElasticEngine(Engine):
    """The index of a schema in a cluster."""

    window = WINDOW

    def __init__(self, cluster: Cluster, name: str, schema: Schema, *, shards: int = 1, replicas: int = 0) -> None:
        self.schema = schema
        self.cluster = cluster
        # The glossary is of the portal's records; another project's indexes have words of their own.
        self.synonyms = SynonymSet(cluster, f"{name}-names", cluster.where) if schema.page_type else None
        names = self.synonyms.name if self.synonyms else ""
        self.indices = Indices(cluster, name, schema, shards, replicas, names)
        self._compiler = Compiler(schema, near=self._near_words)
        self._pages = Compiler(schema, inside=True)

    # Reading

    def run(self, request: Request) -> Answer:
        started = time.perf_counter()
        body = self.body(request)
        found = self.cluster.search(self.indices.live, body, preference=_preference(body["query"]))
        return self._answer(request, found, started)

    def body(self, request: Request) -> dict[str, Any]:
        """The request as Elasticsearch takes it. Raises BadCursor, EngineQueryError."""
        if request.size < 0 or request.offset < 0 or request.size > WINDOW:
            raise EngineQueryError(f"From {request.offset}, {request.size} results: out of range")
        filters = aggregations.filters_of(self._compiler, request)
        query = filtered(self._record_query(request), map(self._compiler.compile, request.narrow))
        body: dict[str, Any] = {
            "query": query,
            "size": request.size,
            "sort": paging.sort_of(request),
            "track_total_hits": True,
            "_source": request.stored and self.schema.keeps,
        }
        if request.order.field is None:
            body["track_scores"] = True
        if request.after:
            body["search_after"], _served = paging.decoded(request)
        elif request.offset + request.size > WINDOW:
            raise EngineQueryError(f"Results beyond {WINDOW} are reached by cursor")
        else:
            body["from"] = request.offset
        asked = aggregations.aggregations(self._compiler, request, filters)
        if asked:
            body["aggs"] = asked
            if filters:
                body["post_filter"] = {"bool": {"filter": list(filters.values())}}
        elif filters:
            body["query"] = filtered(query, filters.values())
        return body

    def _record_query(self, request: Request) -> Query:
        """Records that match, by themselves or by a page, whichever scores higher."""
        by_record = self._compiler.compile(request.query)
        by_page = self._page_query(request.query)
        if by_page is None:
            return by_record
        nested: Query = {"path": PAGES, "query": by_page, "score_mode": "max"}
        if request.size and request.pages_per_hit:
            nested["inner_hits"] = {
                "size": request.pages_per_hit,
                "_source": False,
                "docvalue_fields": [f"{PAGES}.{PAGE_KEY}"],
            }
        either = any_of([by_record, {"nested": nested}], best=True)
        excluded = [self._compiler.compile(clause) for clause in exclusions(request.query)]
        return {"bool": {"must": [either], "must_not": excluded}} if excluded else either

    def _page_query(self, clause: Clause) -> Query | None:
        """Pages that match by their text; None where pages have no part in the request."""
        if not self.schema.page_type:
            return None
        leaves = tuple(page_leaves(clause))
        if not leaves:
            return None
        by_text = any_of([self._pages.compile(leaf) for leaf in leaves])
        return filtered(self._pages.compile(clause), [by_text])

    def _answer(self, request: Request, found: dict[str, Any], started: float) -> Answer:
        total = int(found["hits"]["total"]["value"])
        rows = found["hits"]["hits"]
        served = (paging.decoded(request)[1] if request.after else request.offset) + len(rows)
        following = ""
        if rows and served < total:
            following = paging.encoded(request, rows[-1]["sort"], served)
        counted = found.get("aggregations", {})
        return Answer(
            total,
            tuple(_hit(row) for row in rows),
            aggregations.read_facets(request, counted),
            (time.perf_counter() - started) * 1000,
            following,
            aggregations.read_stats(request, counted),
            aggregations.read_dates(request, counted),
            aggregations.read_queries(request, counted),
        )

    def count(self, clause: Clause) -> int:
        query = self._record_query(Request(clause, size=0))
        return int(self.cluster.ask("POST", f"/{self.indices.live}/_count", {"query": query})["count"])

    def suggest(self, prefix: str, size: int = 10) -> tuple[str, ...]:
        prefix = prefix[:200]
        queries = [query for query in (self._designation_query(prefix), self._title_query(prefix)) if query]
        if not queries or size < 1:
            return ()
        shown = {"size": size, "sort": [{ORDER: "asc"}], "_source": False, "track_total_hits": False}
        answers = self.cluster.searches(self.indices.live, [{"query": query, **shown} for query in queries])
        keys = (row["_id"] for answer in answers for row in answer["hits"]["hits"])
        return tuple(dict.fromkeys(keys))[:size]

    def _designation_query(self, typed: str) -> Query | None:
        joined = text.joined(typed)
        if not joined or not self.schema.page_type:
            return None
        names = (portal_schema.DESIGNATION, portal_schema.NUMBER)
        return constant(any_of([self._compiler.compile(Prefix(name, joined)) for name in names]), 1.0)

    def _title_query(self, typed: str) -> Query | None:
        """Words typed so far, all of them; the last one may go on."""
        if text.has_cjk(typed):
            words = [word.text for word in text.query_words(typed)]
            if not words or not self.schema.page_type:
                return None
            found = [self._compiler.compile(Phrase(portal_schema.TITLE_ZH, word)) for word in words]
            return {"bool": {"filter": found}}
        words = text.word_tokens(text.fold(typed)).split()
        if not words or len(words) > text.MAX_QUERY_WORDS:
            return None
        *whole, last = words
        conditions: list[Query] = [{"term": {SPELLING: word}} for word in whole]
        return {"bool": {"filter": [*conditions, {"prefix": {SPELLING: {"value": last[: text.MAX_WORD]}}}]}}

    def near(self, word: str, distance: int = 2) -> tuple[NearWord, ...]:
        word = text.fold(word)
        distance = min(max(distance, 0), 2)
        if not word or len(word) > text.MAX_WORD or not distance:
            return ()
        asked = {
            "field": SPELLING,
            "suggest_mode": "always",
            "max_edits": distance,
            "prefix_length": 0,
            "min_word_length": 1,
            "size": 4 * _NEAR_AT_MOST,
            "shard_size": 500,
            "string_distance": "damerau_levenshtein",
        }
        body = {"size": 0, "suggest": {"near": {"text": word, "term": asked}}}
        entries = self.cluster.search(self.indices.live, body)["suggest"]["near"]
        options = entries[0]["options"] if len(entries) == 1 else []
        found = []
        for option in options:
            other = option["text"]
            away = distance_within(word, other, distance)
            # Few typing errors fall on the first letter.
            if away and (away == 1 or other[0] == word[0]):
                found.append(NearWord(other, int(option["freq"]), away))
        return tuple(sorted(found, key=lambda each: (each.distance, -each.count, each.word))[:_NEAR_AT_MOST])

    def _near_words(self, word: str, distance: int) -> list[str]:
        return [near.word for near in self.near(word, distance)]

    def bucket_sums(self) -> Sums:
        figures = {"sum": {"sum": {"field": CHECKSUM_LOW}}}
        by_bucket = {"terms": {"field": BUCKET, "size": BUCKETS}, "aggs": figures}
        found = self.cluster.search(self.indices.live, {"size": 0, "aggs": {"buckets": by_bucket}})
        buckets = found["aggregations"]["buckets"]["buckets"]
        return {int(each["key"]): (int(each["doc_count"]), int(each["sum"]["value"])) for each in buckets}

    def checksums(self, buckets: Collection[int]) -> Iterator[tuple[str, int]]:
        if self.schema.checksum is None:
            return
        name = self.schema.checksum.name
        body: dict[str, Any] = {
            "query": {"terms": {BUCKET: sorted(buckets)}},
            "size": _READ_AT_ONCE,
            "_source": False,
            "docvalue_fields": [name],
        }
        for row in self._all(body):
            yield row["_id"], int(row["fields"][name][0])

    def _all(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every record, as of one moment, in no order."""
        pit = self.cluster.ask("POST", f"/{self.indices.live}/_pit", keep_alive="2m")["id"]
        try:
            after: list[Any] | None = None
            while True:
                asked = body | {
                    "pit": {"id": pit, "keep_alive": "2m"},
                    "sort": ["_shard_doc"],
                    "track_total_hits": False,
                }
                if after is not None:
                    asked["search_after"] = after
                answer = self.cluster.ask("POST", "/_search", asked, timeout=60.0, allow_partial_search_results="false")
                rows = answer["hits"]["hits"]
                yield from rows
                if len(rows) < body["size"]:
                    return
                after, pit = rows[-1]["sort"], answer["pit_id"]
        finally:
            with contextlib.suppress(Exception):
                self.cluster.ask("DELETE", "/_pit", {"id": pit})

    def state(self) -> IndexState:
        current = self.indices.current()
        records = int(self.cluster.ask("GET", f"/{self.indices.live}/_count")["count"])
        stats = self.cluster.ask("GET", f"/{self.indices.live}/_stats/docs,store", level="cluster")["_all"]["primaries"]
        return IndexState(records, int(stats["docs"]["count"]), int(stats["store"]["size_in_bytes"]), current.built)

    # Writing

    def update(self, documents: Iterable[Document]) -> int:
        written = 0

        def counted() -> Iterator[Document]:
            nonlocal written
            for document in documents:
                written += 1
                yield document

        self._make_sure_there_is_one()
        with self.writing() as writer:
            writer.replace((), counted())
            _all_taken(writer.commit())
        return written

    def remove(self, keys: Iterable[str]) -> None:
        if self.schema.keeps and self.indices.slot(self.indices.live) is None:
            return  # as Haystack's own backends have it
        with self.writing() as writer:
            writer.replace(keys, ())
            _all_taken(writer.commit())

    def clear(self) -> None:
        with self.rebuilding():
            pass

    def _make_sure_there_is_one(self) -> None:
        if self.indices.slot(self.indices.live) is None:
            self.clear()

    @contextlib.contextmanager
    def writing(self, timeout: float = 0) -> Iterator[BulkWriter]:
        written = ",".join(target.index for target in self.indices.targets())
        writer = BulkWriter(self.cluster, self.schema, self.indices.live, self.indices.targets)
        try:
            yield writer
            self.cluster.ask("POST", f"/{written}/_refresh", timeout=WRITE_TIMEOUT, ignore_unavailable="true")
        finally:
            writer.close()

    @contextlib.contextmanager
    def helping_to_build(self) -> Iterator[BulkWriter]:
        building = self.indices.building
        writer = BulkWriter(self.cluster, self.schema, building, lambda: self.indices.targets(building))
        try:
            yield writer
        finally:
            writer.close()

    def roll_back(self) -> None:
        self.indices.roll_back()

    def sweep(self) -> list[str]:
        return self.indices.sweep()

    @contextlib.contextmanager
    def rebuilding(self, timeout: float = 0) -> Iterator[BulkWriter]:
        begun = datetime.now(UTC)
        index = self.indices.create()
        done = threading.Event()
        alive = threading.Thread(target=self._give_signs_of_life, args=(index, begun, done), daemon=True)
        alive.start()
        building = self.indices.building
        writer = BulkWriter(self.cluster, self.schema, building, lambda: self.indices.targets(building))
        try:
            yield writer
            _all_taken(writer.commit())
            self.indices.adopt(index)
        except BaseException:
            writer.close()
            self.indices.discard(index)
            raise
        finally:
            done.set()
            writer.close()

    def _give_signs_of_life(self, index: str, begun: datetime, done: threading.Event) -> None:
        while not done.wait(SIGN_OF_LIFE):
            with contextlib.suppress(Exception):
                self.indices.still_building(index, begun)


def _all_taken(refused: dict[str, str]) -> None:
    if refused:
        key, reason = next(iter(refused.items()))
        raise EngineQueryError(f"{len(refused)} documents were refused, among them {key}: {reason}")


def _hit(row: dict[str, Any]) -> Hit:
    places = []
    for inner in row.get("inner_hits", {}).get(PAGES, {}).get("hits", {}).get("hits", []):
        key = inner["fields"][f"{PAGES}.{PAGE_KEY}"][0]
        _type, file, number = str(key).split(":")
        places.append((int(number), file, float(inner["_score"])))
    stored = row.get("_source")
    if stored is not None:
        stored = {name: value for name, value in stored.items() if name != ORDER}
    return Hit(row["_id"], float(row["_score"] or 0.0), tuple(places), stored)


def _preference(query: Query) -> str:
    """The same copies of the shards answer the same query, so that its pages follow each other."""
    return hashlib.blake2b(orjson.dumps(query), digest_size=8).hexdigest()
