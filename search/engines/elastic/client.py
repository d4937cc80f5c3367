"""The one module that talks to Elasticsearch: connections, and its failures as ours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import elasticsearch
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from search.engines.errors import EngineQueryError, EngineUnavailable, IndexBusy, IndexMissing

Json: TypeAlias = dict[str, Any]

READ_TIMEOUT = 15.0
"""Seconds that a reader's request may take; a page that takes longer is not waited for."""
WRITE_TIMEOUT = 120.0
_HEADERS = {"accept": "application/json", "content-type": "application/json"}
_LINES = {"accept": "application/json", "content-type": "application/x-ndjson"}


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the cluster is and who asks: node addresses, with an API key or a name and password in the address."""

    urls: tuple[str, ...]
    api_key: str = ""
    ca_certs: str = ""


class Cluster:
    """Requests to one cluster. Safe for threads; each process opens its own connections.

    Every method raises EngineUnavailable, IndexMissing or EngineQueryError.
    """

    def __init__(self, connection: Connection) -> None:
        self.where = ",".join(connection.urls)
        options: dict[str, Any] = {}
        if connection.api_key:
            options["api_key"] = connection.api_key
        if connection.ca_certs:
            options["ca_certs"] = connection.ca_certs
        self._client = Elasticsearch(
            list(connection.urls),
            serializer=OrjsonSerializer(),
            request_timeout=READ_TIMEOUT,
            # Another node may answer what this one could not; every request here may be sent twice.
            max_retries=3,
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
            **options,
        )

    def ask(
        self, method: str, path: str, body: Json | None = None, *, timeout: float = READ_TIMEOUT, **params: Any
    ) -> Json:
        """Send a request and give the answer's JSON."""
        with _translated(path):
            client = self._client if timeout == READ_TIMEOUT else self._client.options(request_timeout=timeout)
            answer = client.perform_request(method, path, params=params, headers=_HEADERS, body=body)
            found: Json = answer.body if isinstance(answer.body, dict) else {}
            return found

    def exists(self, path: str) -> bool:
        """Whether a thing is there (HEAD)."""
        with _translated(path):
            return bool(self._client.options(ignore_status=404).perform_request("HEAD", path).meta.status == 200)

    def delete(self, path: str, *, timeout: float = READ_TIMEOUT) -> None:
        """Delete what may be gone already."""
        with contextlib.suppress(IndexMissing):
            self.ask("DELETE", path, timeout=timeout)

    def search(self, index: str, body: Json, **params: Any) -> Json:
        """All shards must answer: what some of them hold back looks like fewer results."""
        answer = self.ask("POST", f"/{index}/_search", body, allow_partial_search_results="false", **params)
        if answer.get("timed_out"):
            raise EngineUnavailable("Elasticsearch ran out of time")
        return answer

    def searches(self, index: str, bodies: Sequence[Json]) -> list[Json]:
        """Several searches in one request."""
        lines: list[Json] = []
        for body in bodies:
            lines += [{"allow_partial_search_results": False}, body]
        with _translated(f"/{index}/_msearch"):
            found = self._client.perform_request("POST", f"/{index}/_msearch", headers=_LINES, body=lines)
            answers: list[Json] = found.body["responses"]
        for answer in answers:
            if "error" in answer:
                _fail(int(answer.get("status", 500)), f"/{index}/_msearch: {_reason(answer)}")
        return answers

    def bulk(self, lines: Sequence[bytes]) -> list[Json]:
        """Send operations that are serialised already; gives the result of each, failed ones with ``error``."""
        with _translated("/_bulk"):
            client = self._client.options(request_timeout=WRITE_TIMEOUT)
            found = client.perform_request("POST", "/_bulk", headers=_LINES, body=list(lines))
            items: list[Json] = found.body["items"]
        return [result for item in items for result in item.values()]


@contextlib.contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except elasticsearch.ApiError as error:
        _fail(error.status_code, f"{doing}: {_reason(error.body)}", error)
    except elasticsearch.TransportError as error:
        raise EngineUnavailable(f"Elasticsearch does not answer; {doing}: {error.message}") from error


def _fail(status: int, said: str, error: Exception | None = None) -> None:
    if status == 404:
        raise IndexMissing(said) from error
    if status in (401, 403):
        raise EngineUnavailable(f"Elasticsearch refuses our name or key; {said}") from error
    if status == 400 and "resource_already_exists_exception" in said:
        raise IndexBusy(said) from error
    if 400 <= status < 500 and status not in (408, 429):
        raise EngineQueryError(said) from error
    raise EngineUnavailable(f"Elasticsearch answered {status}; {said}") from error


def _reason(body: object) -> str:
    """What the answer says is wrong, in one line."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return str(error or body)[:500]
    causes = error.get("root_cause") or [error]
    return "; ".join(f"{cause.get('type')}: {cause.get('reason')}" for cause in causes[:3])[:1000]


_clusters: dict[Connection, Cluster] = {}


def cluster_at(connection: Connection) -> Cluster:
    """The one cluster object of a connection in this process."""
    return (
        _clusters.setdefault(connection, Cluster(connection)) if connection not in _clusters else _clusters[connection]
    )


# A child must not talk through its parent's sockets.
os.register_at_fork(after_in_child=_clusters.clear)
