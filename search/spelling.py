"""“Did you mean”: words of a query that no title has, and the words of titles they resemble."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from search import schema
from search.analysis import QueryAnalysis, is_chinese
from search.clauses import Words
from search.engines.base import Engine
from search.schema import Field

MIN_LENGTH = 4
"""Letters; shorter words have too many neighbours for a guess."""
MAX_CHECKED = 8
"""Words looked up of one query."""


def corrected(analysis: QueryAnalysis, engine: Engine) -> str:
    """The query with misspelled words replaced; empty where there is nothing to correct.

    Raises EngineError.
    """
    text = respelled(analysis.text, analysis.words, engine, (schema.TITLE_EN, schema.TITLE_FR))
    return text if text != analysis.text else ""


def respelled(text: str, words: Iterable[str], engine: Engine, fields: Sequence[Field]) -> str:
    """``text`` with those of its ``words`` that no such field has replaced by words that one has.

    Raises EngineError.
    """
    for word in [word for word in words if _may_be_misspelled(word)][:MAX_CHECKED]:
        if any(engine.count(Words(field, word)) for field in fields):
            continue
        near = engine.near(word.casefold(), 1 if len(word) < 6 else 2)
        if near:
            text = re.sub(rf"(?<![\w]){re.escape(word)}(?![\w])", near[0].word, text)
    return text


def _may_be_misspelled(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha() and not is_chinese(word)
