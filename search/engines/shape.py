"""What can be told from a clause before it is run."""

from __future__ import annotations

from collections.abc import Iterator

from search import schema
from search.clauses import (
    AllOf,
    AnyOf,
    Boost,
    Clause,
    Contains,
    Everything,
    Fuzzy,
    Phrase,
    Prefix,
    Range,
    Suffix,
    Term,
    Words,
)

PAGE_FIELDS = (schema.CONTENT_ZH, schema.CONTENT_EN, schema.CODES)
"""What pages are found by."""


def constant_score(clause: Clause) -> float | None:
    """The score that every match gets, if it is one and the same; None where matches may differ."""
    match clause:
        case Everything() | Term() | Prefix() | Suffix() | Contains() | Range():
            return 1.0
        case Boost(constant=True):
            return clause.factor
        case Boost():
            score = constant_score(clause.clause)
            return None if score is None else score * clause.factor
        case AllOf(should=()):
            scores = [constant_score(each) for each in clause.must]
            known = [score for score in scores if score is not None]
            return sum(known) if len(known) == len(scores) else None
        case AnyOf(clauses=(single,)):
            return constant_score(single)
    return None


def page_leaves(clause: Clause) -> Iterator[Clause]:
    """The conditions on the text of pages that count for a match; without any, pages have no part in an answer."""
    match clause:
        case Words() | Phrase() | Fuzzy() | Prefix() | Suffix() | Contains():
            if clause.field in PAGE_FIELDS:
                yield clause
        case Boost():
            yield from page_leaves(clause.clause)
        case AllOf():
            for each in (*clause.must, *clause.should):
                yield from page_leaves(each)
        case AnyOf():
            for each in clause.clauses:
                yield from page_leaves(each)


def exclusions(clause: Clause) -> Iterator[Clause]:
    """What the whole request must not hold; a record found by its pages must not hold it either."""
    match clause:
        case AllOf():
            yield from clause.must_not
            for each in clause.must:
                yield from exclusions(each)
        case Boost():
            yield from exclusions(clause.clause)
