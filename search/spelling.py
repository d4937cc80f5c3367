"""“Did you mean”: words of a query that no title has, and the words of titles they resemble."""

from __future__ import annotations

import re

from search import schema
from search.analysis import QueryAnalysis, is_chinese
from search.clauses import Words
from search.engines.base import Engine

MIN_LENGTH = 4
"""Letters; shorter words have too many neighbours for a guess."""
MAX_CHECKED = 8
"""Words looked up of one query."""


def corrected(analysis: QueryAnalysis, engine: Engine) -> str:
    """The query with misspelled words replaced; empty where there is nothing to correct.

    Raises EngineError.
    """
    text = analysis.text
    words = [word for word in analysis.words if _may_be_misspelled(word)][:MAX_CHECKED]
    for word in words:
        if engine.count(Words(schema.TITLE_EN, word)) or engine.count(Words(schema.TITLE_FR, word)):
            continue
        near = engine.near(word.casefold(), 1 if len(word) < 6 else 2)
        if near:
            text = re.sub(rf"(?<![\w]){re.escape(word)}(?![\w])", near[0].word, text)
    return text if text != analysis.text else ""


def _may_be_misspelled(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha() and not is_chinese(word)
