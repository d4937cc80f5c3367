"""Writes in bulk, sent while the next ones are made.

Every write carries the order in which its record was read (``version``): Elasticsearch refuses one that is older than
what it holds, so that writers may overtake each other, repeat themselves after a crash, and work side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from typing import Any

import orjson

from search.engines.base import Document
from search.engines.elastic.client import WRITE_TIMEOUT, Cluster, Json
from search.engines.elastic.indices import Target
from search.engines.elastic.mapping import to_source
from search.engines.errors import EngineQueryError, EngineUnavailable
from search.schema import Schema

CHUNK_BYTES = 4_000_000
"""Bytes of one request; Elasticsearch advises 5 to 15 MB at most, and memory holds three of them."""
CHUNK_OPERATIONS = 1000
IN_FLIGHT = 2
_ATTEMPTS = 6
_FIRST_PAUSE = 0.5
_BUSY = frozenset({429, 503})


class BulkWriter:
    """Collects operations; ``commit`` waits until all are safe. Used from one thread."""

    def __init__(self, cluster: Cluster, schema: Schema, main: str, targets: Callable[[], Sequence[Target]]) -> None:
        """``targets`` says where to write to, asked anew after every commit; ``main`` is the alias that counts."""
        self._cluster = cluster
        self._main = main
        self._schema = schema
        self._targets = targets
        self._written_to: Sequence[Target] = ()
        self._lines: list[bytes] = []
        self._bytes = self._operations = 0
        self._pool = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="bulk")
        self._sent: list[Future[dict[str, str]]] = []
        self._refused: dict[str, str] = {}

    def replace(self, keys: Iterable[str], documents: Iterable[Document], version: int | None = None) -> None:
        """Put records in, each with its pages, which follow it; take out those of ``keys`` that have no document."""
        if not self._written_to:
            self._written_to = self._targets()
        gone = dict.fromkeys(keys)
        for key, source in sources(self._schema, documents):
            gone.pop(key, None)
            self._add(key, orjson.dumps(source), version)
        for key in gone:
            self._add(key, None, version)

    def commit(self) -> dict[str, str]:
        """Wait for everything sent; gives the records that were refused. Raises EngineUnavailable."""
        self._send()
        sent, self._sent = self._sent, []
        for each in sent:
            self._refused |= each.result()
        refused, self._refused = self._refused, {}
        self._written_to = ()
        return refused

    def records(self) -> int:
        self._cluster.ask("POST", f"/{self._main}/_refresh", timeout=WRITE_TIMEOUT)
        return int(self._cluster.ask("GET", f"/{self._main}/_count")["count"])

    def held(self, keys: Sequence[str]) -> dict[str, int]:
        if self._schema.checksum is None:
            return {}
        name = self._schema.checksum.name
        asked = {
            "query": {"ids": {"values": list(keys)}},
            "size": len(keys),
            "_source": False,
            "docvalue_fields": [name],
        }
        rows = self._cluster.search(self._main, asked)["hits"]["hits"]
        return {row["_id"]: int(row["fields"][name][0]) for row in rows}

    def close(self) -> None:
        """Drop what was not sent."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _add(self, key: str, source: bytes | None, version: int | None) -> None:
        ordered = {} if version is None else {"version": version, "version_type": "external"}
        for target in self._written_to:
            if source is None:
                self._lines.append(orjson.dumps({"delete": {"_index": target.index, "_id": key} | ordered}))
            else:
                into: Json = {"_index": target.alias, "_id": key, "require_alias": True} | ordered
                self._lines += [orjson.dumps({"index": into}), source]
                self._bytes += len(source)
            self._operations += 1
        if self._bytes >= CHUNK_BYTES or self._operations >= CHUNK_OPERATIONS:
            self._send()

    def _send(self) -> None:
        if not self._lines:
            return
        while len(self._sent) > IN_FLIGHT:
            self._refused |= self._sent.pop(0).result()
        self._sent.append(self._pool.submit(send, self._cluster, self._lines))
        self._lines, self._bytes, self._operations = [], 0, 0


def sources(schema: Schema, documents: Iterable[Document]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and source of each record. Raises EngineQueryError for a document the schema does not know."""
    try:
        if not schema.page_type:
            for document in documents:
                yield str(document[schema.key.name]), to_source(schema, document)
            return
        for key, group in groupby(documents, key=lambda document: document[schema.parent.name]):
            record, *pages = group
            yield key, to_source(schema, record, pages)
    except KeyError as error:
        raise EngineQueryError(f"A document holds no or an unknown field: {error}") from error


def send(cluster: Cluster, lines: Sequence[bytes]) -> dict[str, str]:
    """Send operations, those for which the engine has no room again after a while; gives what it refused.

    Raises EngineUnavailable when it has no room for long.
    """
    pause = _FIRST_PAUSE
    for attempt in range(1, _ATTEMPTS + 1):
        operations = _operations(lines)
        refused: dict[str, str] = {}
        again: list[bytes] = []
        for result, operation in zip(cluster.bulk(lines), operations, strict=True):
            if result["status"] in _BUSY:
                again += operation
            elif _failed(result):
                refused[result["_id"]] = _reason(result)
        if not again:
            return refused
        if attempt < _ATTEMPTS:
            time.sleep(pause)
            pause *= 2
        lines = again
        if refused:
            return refused | send(cluster, lines)
    raise EngineUnavailable(f"Elasticsearch has had no room for {len(lines)} writes for a while")


def _operations(lines: Sequence[bytes]) -> list[list[bytes]]:
    """Lines by operation: an ``index`` has two, a ``delete`` one."""
    found: list[list[bytes]] = []
    for line in lines:
        if found and len(found[-1]) == 1 and found[-1][0].startswith(b'{"index":'):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _failed(result: Mapping[str, Any]) -> bool:
    """A newer version is there, or nothing was there to delete, or the index being built has just been taken over."""
    status, error = result["status"], result.get("error", {})
    if status == 404 and not error:
        return False
    if status == 409:
        return False
    return bool(error) and not str(result["_index"]).endswith("-building")


def _reason(result: Mapping[str, Any]) -> str:
    error = result["error"]
    cause = error.get("caused_by", {})
    return f"{error.get('type')}: {error.get('reason')} {cause.get('reason', '')}".strip()
