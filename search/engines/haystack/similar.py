"""What resembles a document, as a clause of its own words: pure, so that every engine is asked the same.

The engine's own weighing of words does the rest: a rare word that two titles share says more than a common one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from search import schema, weights
from search.clauses import AllOf, AnyOf, Boost, Clause, Term, Words
from search.engines.base import Document
from search.engines.haystack.conditions import NOTHING
from search.plan import MAIN_KINDS
from search.schema import Field
from search.text import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS, fold, tokens

MOST_WORDS = 25
"""Words of a long text that stand for it; more make every document resemble every other."""
SHARE = 0.4
"""Of a title's words that must occur: two of "tyres, valves, dimensions"."""
TEXT_SHARE = 0.3
"""Of the words that stand for a long text."""
CLASS = 3.0
"""The same finest class, worth a middling word: it orders like titles, and finds what is named otherwise."""


def telling(text: str, weak: Collection[str] = ()) -> str:
    """The words that stand for a text, the most frequent first, without those that say nothing of it."""
    counts = Counter(
        token.text
        for token in tokens(fold(text))
        if len(token.text) > 1
        and not token.text.isdigit()
        and token.text not in weak
        and token.text not in (CHINESE_STOP_WORDS if token.cjk else ENGLISH_STOP_WORDS)
    )
    return " ".join(word for word, _count in counts.most_common(MOST_WORDS))


def similar_text(field: Field, text: str, *, but: Clause) -> Clause:
    """Documents whose text shares the words of this one, ``but`` for itself."""
    words = telling(text)
    return AllOf(must=(Words(field, words, TEXT_SHARE),), must_not=(but,)) if words else NOTHING


def similar_record(document: Document, weak: Collection[str] = ()) -> Clause:
    """Records with like titles, or of the same finest class.

    Not the record itself, nor its other editions and what supplements them. A French title stands beside an English one
    and says the same; so do the names of classes beside the classes, at five times the cost.
    """
    alike = _titles(document, (schema.TITLE_ZH, schema.TITLE_EN), weak) or _titles(document, (schema.TITLE_FR,), weak)
    for field in (schema.ICS, schema.CCS):
        if classes := finest(document.get(field.name) or ()):
            alike.append(Boost(Term(field, classes), CLASS, constant=True))
    if not alike:
        return NOTHING
    standing = (
        Boost(Term(schema.STATUS, ("in_force",)), weights.IN_FORCE, constant=True),
        Boost(Term(schema.KIND, MAIN_KINDS), weights.MAIN_DOCUMENT, constant=True),
    )
    itself: list[Clause] = [Term(schema.KEY, (document[schema.KEY.name],))]
    if undated := document.get(schema.UNDATED.name):
        itself.append(Term(schema.UNDATED, (undated,)))
    if family := document.get(schema.FAMILY.name):
        itself.append(AllOf(must=(Term(schema.FAMILY, (family,)),), must_not=(Term(schema.KIND, MAIN_KINDS),)))
    return AllOf(must=(AnyOf(tuple(alike)),), should=standing, must_not=tuple(itself))


def _titles(document: Document, fields: Sequence[Field], weak: Collection[str]) -> list[Clause]:
    titles = [(field, str(document.get(field.name) or "")) for field in fields]
    return [Words(field, words, SHARE) for field, title in titles if (words := telling(title, weak) or telling(title))]


def finest(classes: Collection[Any]) -> tuple[str, ...]:
    """Classes with none of their narrower ones among them: of ``03``, ``03.120`` and ``03.120.10`` the last."""
    codes = sorted(map(str, classes))
    wider = {code for code, following in pairwise(codes) if following.startswith(code)}
    return tuple(code for code in codes if code not in wider)
