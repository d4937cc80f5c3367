"""What a query matched in the texts of a result, marked as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from haystack.exceptions import SearchBackendError

from search import highlight
from search.clauses import AllOf, AnyOf, Boost, Clause, Contains, Fuzzy, Phrase, Prefix, Raw, Suffix, Words
from search.engines.base import Document
from search.results import Marked
from search.text import query_words

WHOLE = 300
"""Characters of a text that is given whole; of a longer one, the stretch with the first match."""


@dataclass(frozen=True, slots=True)
class Marking:
    """``fields`` are the names of the texts; all of the content where it is empty."""

    before: str = "<em>"
    after: str = "</em>"
    fields: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: bool | Mapping[str, Any]) -> Marking:
        """From the keyword arguments of ``highlight()``. Raises SearchBackendError for one that is unknown."""
        if isinstance(options, bool):
            return cls()
        if unknown := set(options).difference({"pre_tags", "post_tags", "fields"}):
            raise SearchBackendError(f"highlight() takes no {', '.join(sorted(unknown))}")
        return cls(
            before=_first(options.get("pre_tags", "<em>")),
            after=_first(options.get("post_tags", "</em>")),
            fields=tuple(options.get("fields", ())),
        )


def fragments(document: Document, names: Iterable[str], wanted: frozenset[highlight.Needle], how: Marking) -> list[str]:
    """The texts of ``names`` that have a match, matches marked, all else escaped."""
    found: list[str] = []
    for name in how.fields or names:
        value = document.get(name)
        for text in map(str, value if isinstance(value, list) else [value or ""]):
            short = len(text) <= WHOLE
            marked = highlight.mark(text.strip(), wanted) if short else highlight.snippet(text, wanted)
            if any(matched for _span, matched in marked):
                found.append(_html(marked, how))
    return found


def _html(marked: Marked, how: Marking) -> str:
    return "".join(f"{how.before}{escape(text)}{how.after}" if matched else escape(text) for text, matched in marked)


def sought(clause: Clause) -> Iterator[str]:
    """Words and phrases that a match may have; not those that it must not."""
    match clause:
        case Words():
            yield from (word.text for word in query_words(clause.text))
        case Raw():
            yield from (word.text for word in query_words(clause.query))
        case Phrase():
            yield clause.text
        case Fuzzy():
            yield clause.word
        case Prefix() | Suffix() | Contains():
            yield clause.value
        case Boost():
            yield from sought(clause.clause)
        case AllOf():
            for each in (*clause.must, *clause.should):
                yield from sought(each)
        case AnyOf():
            for each in clause.clauses:
                yield from sought(each)


def _first(tags: Any) -> str:
    """Elasticsearch takes lists of tags."""
    return str(tags if isinstance(tags, str) else next(iter(tags)))
