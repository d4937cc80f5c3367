"""A search request through Django against the bare engine and against a bare view, in one run.

`python -m tests.benchmarks.http`, over the records and the index in `DATA_DIR`. All go through the WSGI handler in this
process: no socket, no test client, all middleware.

Empty view: a constant body. Bare view: the same 20 records, named by their keys, read through the ORM with their body
and classes and sent as JSON, with no search. Bare tantivy: the compiled query of the same request on a plain searcher,
20 documents, no facets. Engine: what the request spends in its engine, counts and facets included. Rounds alternate, so
that other work on the machine hits all alike; medians are compared.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.test import RequestFactory
from django.urls import path

from search.clauses import Answer, Request

QUERIES = (
    "ISO 9001",
    "质量管理体系",
    "quality management",
    "ISO 9001:2015",
    "medical devices sterilization",
    "钢结构",
)
ROUNDS = 25
SIZE = 20


def empty_view(request: HttpRequest) -> HttpResponse:
    """What Django itself costs here."""
    return HttpResponse(b"{}", content_type="application/json")


def bare_view(request: HttpRequest) -> HttpResponse:
    """What it costs to show records that need not be found."""
    from content.standards.documents import standard_summary
    from content.standards.models import Standard

    keys = request.GET["ids"].split(",")
    records = Standard.objects.public().select_related("body").prefetch_related("ics", "ccs").in_bulk(keys)
    return JsonResponse({"results": [standard_summary(record) for record in records.values()]})


def asked(query: str) -> dict[str, list[str]]:
    """The parameters of a search."""
    return {"q": [query], "size": [str(SIZE)]}


class Stopwatch:
    """Milliseconds spent in the engine of this thread since it was last read."""

    def __init__(self) -> None:
        from search.engines import get_engine

        self.engine = get_engine()
        self.answer = self.engine.run
        self.spent = 0.0
        self.engine.run = self.run  # type: ignore[method-assign]

    def run(self, request: Request) -> Answer:
        began = time.perf_counter()
        answer = self.answer(request)
        self.spent += (time.perf_counter() - began) * 1000
        return answer

    def read(self) -> float:
        spent, self.spent = self.spent, 0.0
        return spent


def call(handler: Callable[..., HttpResponseBase], address: str) -> Callable[[], None]:
    environ = RequestFactory(HTTP_HOST="localhost").get(address).environ

    def send() -> None:
        response = handler(dict(environ), lambda status, headers, error=None: None)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
        response.close()

    return send


def bare_engine(query: str) -> Callable[[], None]:
    """The same query on tantivy alone."""
    from search.analysis import analyse
    from search.engines import get_engine
    from search.glossary import bundled
    from search.params import parse
    from search.plan import plan

    engine = get_engine()
    request = plan(analyse(query), parse(asked(query)).selection, bundled())
    compiled = engine._compiler.compile(request.query)  # type: ignore[attr-defined]
    searcher = engine._store.searcher()  # type: ignore[attr-defined]

    def ask() -> None:
        for _score, address in searcher.search(compiled, limit=SIZE).hits:
            searcher.doc(address)

    return ask


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from portal import urls
    from search import service
    from search.params import parse

    urls.urlpatterns[:0] = [path("empty", empty_view), path("bare", bare_view)]
    settings.API_RATE_LIMITS = {"default": (10**9, 60), "batch": (10**9, 60)}
    handler = get_wsgi_application()
    stopwatch = Stopwatch()
    spent: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for query in arguments or QUERIES:
        parameters = urlencode(asked(query), doseq=True)
        found = [result.id for result in service.search(parse(asked(query))).results]
        if not found:
            sys.stdout.write(f"http {query!r}: nothing found in this data\n")
            continue
        work = {
            "empty view": call(handler, "/empty"),
            "bare view": call(handler, f"/bare?ids={','.join(map(str, found))}"),
            "bare tantivy": bare_engine(query),
            "API": call(handler, f"/api/v1/search/?{parameters}"),
            "page": call(handler, f"/search/?{parameters}"),
        }
        for round_number in range(ROUNDS + 2):
            for name, do in work.items():
                stopwatch.read()
                began = time.perf_counter()
                do()
                took = (time.perf_counter() - began) * 1000
                if round_number > 1:  # the first two warm what a process keeps: templates, names, the index
                    spent[query][name].append(took)
                    if name == "API":
                        spent[query]["engine"].append(stopwatch.read())
    for query, times in spent.items():
        median = {name: statistics.median(values) for name, values in times.items()}
        aim = 3 * median["bare view"] + median["engine"]
        told = ", ".join(f"{name} {median[name]:.1f} ms" for name in (*work, "engine"))
        sys.stdout.write(
            f"http {query!r}: {told}; API / bare tantivy {median['API'] / median['bare tantivy']:.1f}; "
            f"API / (3 x bare view + engine) {median['API'] / aim:.2f} (aim: at most 1)\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
