"""The glossary as a synonyms set of Elasticsearch, which its analyzers at search time may name.

The portal's own searches do not need it: the planner expands their words, weighs the names and keeps designations
apart. It is for queries that reach the index another way: SearchQuerySet, raw queries, other clients.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

import orjson

from search.glossary import Entry, Glossary
from search.synonyms.formats import solr_list, solr_term

logger = logging.getLogger(__name__)

MAX_RULES = 10_000
"""Rules that one set takes."""


class Asks(Protocol):
    """A cluster, as far as it is needed here."""

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a request and give the answer's JSON. Raises EngineError."""


def synonyms_set(glossary: Glossary) -> dict[str, Any]:
    """The body of ``PUT _synonyms/NAME``: for each term, one rule with the term and its names.

    Every rule points one way, so that no name is followed on to its own names, just as the planner does it.
    """
    lines = list(dict.fromkeys(_lines(glossary)))
    if len(lines) > MAX_RULES:
        logger.warning("The glossary has %s terms; Elasticsearch takes %s", len(lines), MAX_RULES)
    rules = [{"id": f"term-{number}", "synonyms": line} for number, line in enumerate(lines[:MAX_RULES], 1)]
    return {"synonyms_set": rules}


def _lines(glossary: Glossary) -> Iterator[str]:
    for names, meant in glossary.aliases.written.items():
        yield _line(names, (one.canonical for one in meant))
    entries: tuple[Iterable[Entry], ...] = (
        glossary.mixed.values(),
        glossary.chinese.values(),
        glossary.english.values(),
    )
    for entry in (entry for group in entries for entry in group):
        if entry.english or entry.chinese:
            yield _line(entry.text, (*entry.english, *entry.chinese))


def _line(term: str, names: Iterable[str]) -> str:
    return f"{solr_term(term)} => {solr_list((term, *names))}"


@dataclass(slots=True)
class SynonymSet:
    """One set in one cluster; ``where`` names the cluster, so that another one is known to have nothing yet."""

    cluster: Asks
    name: str
    where: str = ""
    _last: tuple[Glossary, str] | None = field(default=None, repr=False)

    def fingerprint(self, glossary: Glossary) -> str:
        """Of the set's content and of where it is kept."""
        if self._last is None or self._last[0] is not glossary:
            content = orjson.dumps([self.where, self.name, synonyms_set(glossary)])
            self._last = (glossary, hashlib.sha256(content).hexdigest())
        return self._last[1]

    def push(self, glossary: Glossary) -> None:
        """Put the whole set; Elasticsearch then reloads the analyzers that name it, with no index closed or rebuilt.

        Raises EngineError.
        """
        self.cluster.ask("PUT", f"/_synonyms/{quote(self.name, safe='')}", synonyms_set(glossary))
