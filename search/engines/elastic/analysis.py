"""How texts become words in Elasticsearch: the analyzers of the index settings.

They cut as ``search.text`` does for the embedded engine: Latin words at everything that is no letter or digit, folded;
Chinese once into words (smartcn) and once into pairs of characters, so that a word is found wherever its characters
stand and ranks higher where it is a word.

Only what the stock distribution has with its official plugin analysis-smartcn.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from search.schema import FieldKind

ANALYSIS_VERSION = 2
"""Raised whenever the same text would give other words than before: the index is then built anew."""

_CJK = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\x{20000}-\x{323af}"
    r"\u3041-\u30ff\u31f0-\u31ff\uac00-\ud7af"
)
_FOLDED = ["cjk_width", "lowercase", "asciifolding"]

CHINESE_WORDS = "chinese_words"
CHINESE_GRAMS = "chinese_grams"
"""Pairs and single characters, for the index."""
CHINESE_PAIRS = "chinese_pairs"
"""Pairs alone, for queries."""
ENGLISH = "english_stems"
FOLDED = "folded_words"
ENGLISH_NAMES = "english_names"
CHINESE_NAMES = "chinese_names"
"""For queries that do not go through the planner: words and the names that the synonyms set gives them."""
NGRAMS = "word_ngrams"
EDGE_NGRAMS = "word_beginnings"


def analysis(kinds: Collection[FieldKind], synonyms: str = "") -> dict[str, Any]:
    """The ``analysis`` part of index settings, for an index with fields of these kinds.

    ``synonyms`` names a set of the synonyms API, which may come later and may change at any time.
    """
    found = _basic()
    if synonyms:
        # A rule that the analysis leaves nothing of (a stop word) must not keep out the others.
        found["filter"]["names"] = {
            "type": "synonym_graph",
            "synonyms_set": synonyms,
            "updateable": True,
            "lenient": True,
        }
        for name, words in ((ENGLISH_NAMES, ENGLISH), (CHINESE_NAMES, CHINESE_WORDS)):
            base = found["analyzer"][words]
            found["analyzer"][name] = {**base, "filter": [*base["filter"], "names"]}
    if FieldKind.NGRAM in kinds:
        found["filter"]["ngrams"] = {"type": "ngram", "min_gram": 3, "max_gram": 4}
        found["analyzer"][NGRAMS] = _analyzer("standard", [*_FOLDED, "ngrams"])
    if FieldKind.EDGE_NGRAM in kinds:
        found["filter"]["beginnings"] = {"type": "edge_ngram", "min_gram": 2, "max_gram": 15}
        found["analyzer"][EDGE_NGRAMS] = _analyzer("standard", [*_FOLDED, "beginnings"])
    return found


def _basic() -> dict[str, Any]:
    return {
        "char_filter": {
            # Titles are set with and without white space between characters, PDF lines break anywhere.
            "gaps": {"type": "pattern_replace", "pattern": rf"(?<=[{_CJK}])\s+(?=[{_CJK}])", "replacement": ""},
            "signs": {"type": "pattern_replace", "pattern": r"[^\p{L}\p{N}\p{M}]+", "replacement": " "},
        },
        "filter": {
            "pairs": {"type": "cjk_bigram", "output_unigrams": False},
            "pairs_and_single": {"type": "cjk_bigram", "output_unigrams": True},
            "stems": {"type": "snowball", "language": "English"},
        },
        "analyzer": {
            CHINESE_WORDS: _analyzer("smartcn_tokenizer", [*_FOLDED, "smartcn_stop"], gaps=True, signs=False),
            CHINESE_GRAMS: _analyzer("standard", [*_FOLDED, "pairs_and_single"], gaps=True),
            CHINESE_PAIRS: _analyzer("standard", [*_FOLDED, "pairs"], gaps=True),
            ENGLISH: _analyzer("standard", [*_FOLDED, "stems"]),
            FOLDED: _analyzer("standard", _FOLDED),
        },
    }


def _analyzer(tokenizer: str, filters: list[str], *, gaps: bool = False, signs: bool = True) -> dict[str, Any]:
    before = [name for name, wanted in (("gaps", gaps), ("signs", signs)) if wanted]
    return {"type": "custom", "char_filter": before, "tokenizer": tokenizer, "filter": filters}
