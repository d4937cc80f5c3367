"""The schema of ``search.schema`` as tantivy keeps it.

Texts reach tantivy already cut into words, so its analyzers only split at spaces and, for English, stem. A Chinese
text takes two tantivy fields: words, and pairs of characters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import version
from typing import Any

import tantivy
from django.core.exceptions import ImproperlyConfigured

from search import schema
from search.engines.base import Document
from search.engines.errors import EngineQueryError
from search.engines.values import order_key
from search.schema import Field, FieldKind
from search.stems import build_analyzer
from search.text import ANALYSIS_VERSION, bigrams, chinese_words, fold, word_tokens

GRAMS = "_grams"
"""Suffix of the field that holds the pairs of characters of a Chinese text."""
ORDER = "order"
"""Standing, designation and key in one text: the order of documents of equal rank. No two documents have the same."""
SPELLING = "spelling"
"""Words of titles as they are written, unstemmed: for spelling help and suggestions."""
SPELLING_SOURCES = (schema.TITLE_EN, schema.TITLE_FR)

_MAPPING_VERSION = 2
"""Raised whenever this module changes what it writes."""


_FILLER = "\ue000"
"""A word of the private use area, which no query's analysis lets through."""
_FILLERS: dict[str, str] = {
    name: " ".join([_FILLER] * length)
    for name, length in (
        (schema.TITLE_ZH.name, 8),
        (schema.TITLE_ZH.name + GRAMS, 12),
        (schema.TITLE_FR.name, 8),
        (schema.CONTENT_ZH.name, 40),
        (schema.CONTENT_ZH.name + GRAMS, 40),
        (schema.CONTENT_EN.name, 40),
    )
}
"""What stands in texts that a document lacks. BM25 divides a text's length by the mean over all documents, also those
without the text: seven Chinese titles among 54,000 English ones looked 4,000 times too long and scored nothing."""


ANALYZERS = {"words": build_analyzer(stemmed=False), "english": build_analyzer(stemmed=True)}
"""tantivy keeps analyzers per open index, not in its files: every opener registers these."""


def build_schema() -> tantivy.Schema:
    """One tantivy schema; keys and order are the only stored values, all else is read from the database."""
    builder = tantivy.SchemaBuilder()
    for field in schema.FIELDS:
        match field.kind:
            case FieldKind.KEYWORD | FieldKind.CODE:
                builder.add_text_field(
                    field.name,
                    stored=field in (schema.KEY, schema.PARENT),
                    fast=field.facet or field.sort or field is schema.PARENT,
                    tokenizer_name="raw",
                    index_option="basic",
                )
            case FieldKind.TEXT_ZH:
                builder.add_text_field(field.name, tokenizer_name="words", index_option="freq")
                builder.add_text_field(field.name + GRAMS, tokenizer_name="words", index_option="position")
            case FieldKind.TEXT_EN:
                builder.add_text_field(field.name, tokenizer_name="english", index_option="position")
            case FieldKind.TEXT:
                builder.add_text_field(field.name, tokenizer_name="words", index_option="position")
            case FieldKind.DATE | FieldKind.INTEGER:
                builder.add_integer_field(field.name, indexed=True, fast=True)
            case _:
                raise ImproperlyConfigured(f"The embedded engine has no {field.kind} fields ({field.name})")
    builder.add_text_field(ORDER, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(SPELLING, tokenizer_name="words", index_option="basic")
    return builder.build()


def fingerprint() -> str:
    """Changes whenever an index written before would be read wrongly now."""
    make = (
        _MAPPING_VERSION,
        ANALYSIS_VERSION,
        version("tantivy"),
        [(f.name, f.kind, f.facet, f.sort) for f in schema.FIELDS],
    )
    return hashlib.sha256(repr(make).encode()).hexdigest()[:16]


def number(field: Field, value: object) -> int:
    """A value of a date or integer field as the column holds it: days since 0001-01-01, or the number."""
    match value:
        case date():
            return value.toordinal()
        case int() if field.kind is FieldKind.INTEGER:
            if not -(2**63) <= value < 2**63:
                raise EngineQueryError(f"{field.name}: number out of range")
            return int(value)
    raise EngineQueryError(f"{field.name} takes no {type(value).__name__}")


_TEXTS: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.TEXT_ZH: chinese_words,
    FieldKind.TEXT_EN: word_tokens,
    FieldKind.TEXT: word_tokens,
}


def _spelled(document: Document) -> Iterable[str]:
    for field in SPELLING_SOURCES:
        if text := document.get(field.name):
            yield from (word for word in word_tokens(text).split() if len(word) > 1 and not word[0].isdigit())


def to_tantivy(document: Document) -> dict[str, Any]:
    """The document as ``tantivy.Document.from_dict`` takes it. Unknown fields are an error of the caller (KeyError)."""
    written: dict[str, Any] = {}
    for name, value in document.items():
        field = schema.BY_NAME[name]
        if value is None or value in ("", []):
            continue
        match field.kind:
            case FieldKind.KEYWORD | FieldKind.CODE:
                written[name] = [value] if isinstance(value, str) else list(value)
            case FieldKind.DATE | FieldKind.INTEGER:
                written[name] = number(field, value)
            case _:
                written[name] = _TEXTS[field.kind](value)
                if field.kind is FieldKind.TEXT_ZH:
                    written[name + GRAMS] = bigrams(value)
    if spelled := " ".join(dict.fromkeys(_spelled(document))):
        written[SPELLING] = spelled
    written[ORDER] = order_key(schema.RECORDS, document)
    return _FILLERS | written


def spelled_prefix(text: str) -> list[str]:
    """Words of an unfinished text as the spelling field holds them."""
    return word_tokens(fold(text)).split()
