"""``python -m …haystack_suite.runner``: Haystack's tests of its Elasticsearch 7 backend, run against our engine.

Where they look past the backend at the server itself, with a client of version 7, they get what the engine holds.
Prints one JSON object: name of the test → what went wrong, empty where nothing did.
"""

from __future__ import annotations

import importlib
import json
import sys
import unittest
from types import SimpleNamespace
from typing import Any

MODULES = ("test_backend", "test_inputs", "test_query")


class Indices:
    """``raw_es.indices``, as far as the tests ask for it."""

    def delete(self, index: str) -> None:
        """Those of every schema: one test leaves its index to the next, which has another."""
        engine = _engine()
        for name in engine.cluster.ask("GET", f"/{index}-*", filter_path="*.aliases"):
            engine.cluster.ask("DELETE", f"/{name}")

    def get_mapping(self, index: str) -> dict[str, Any]:
        engine = _engine()
        answer = engine.cluster.ask("GET", f"/{engine.indices.live}/_mapping")
        found: dict[str, Any] = next(iter(answer.values()))["mappings"]["properties"]
        return found

    def refresh(self) -> None:
        """The engine has done so after each write."""


class RawClient:
    """``elasticsearch.Elasticsearch`` of version 7, as far as the tests ask for it."""

    def __init__(self, *_args: object, **_options: object) -> None:
        self.indices = Indices()

    def search(self, q: str, index: str) -> dict[str, Any]:
        engine = _engine()
        asked = {"query": {"query_string": {"query": q}}, "size": 100, "_source": {"excludes": ["order"]}}
        found: dict[str, Any] = engine.cluster.search(engine.indices.live, asked)
        return found


def _engine() -> Any:
    from haystack import connections

    return connections["elasticsearch"].get_backend().engine


class Result(unittest.TextTestResult):
    """Keeps what became of each test."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.outcomes: dict[str, str] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.outcomes[_name(test)] = ""

    def addError(self, test: Any, err: Any) -> None:
        super().addError(test, err)
        self.outcomes[_name(test)] = f"{err[0].__name__}: {err[1]}"[:400]

    def addFailure(self, test: Any, err: Any) -> None:
        super().addFailure(test, err)
        self.outcomes[_name(test)] = f"{err[0].__name__}: {err[1]}"[:400]

    def addSkip(self, test: Any, reason: str) -> None:
        super().addSkip(test, reason)
        self.outcomes[_name(test)] = f"skipped: {reason}"


def _name(test: Any) -> str:
    return str(test.id()).removeprefix("test_haystack.elasticsearch7_tests.")


def main() -> int:
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    suite = unittest.TestSuite()
    for name in MODULES:
        module = importlib.import_module(f"test_haystack.elasticsearch7_tests.{name}")
        if hasattr(module, "elasticsearch"):
            vars(module)["elasticsearch"] = SimpleNamespace(Elasticsearch=RawClient, TransportError=OSError)
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        runner = unittest.TextTestRunner(stream=sys.stderr, resultclass=Result)
        result: Any = runner.run(suite)
    finally:
        teardown_databases(databases, verbosity=0)
    sys.stdout.write(json.dumps(result.outcomes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
