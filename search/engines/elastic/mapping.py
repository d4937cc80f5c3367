"""A schema as Elasticsearch keeps it, and documents as they are sent.

A record is one document; the pages of its files are nested in it, so that records alone are counted, filtered and
ordered, and one request finds a record by itself or by a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from search import schema as portal_schema
from search.buckets import bucket_of, low
from search.engines.base import Document
from search.engines.elastic import analysis
from search.engines.elastic.analysis import (
    CHINESE_GRAMS,
    CHINESE_PAIRS,
    CHINESE_WORDS,
    EDGE_NGRAMS,
    ENGLISH,
    FOLDED,
    NGRAMS,
)
from search.engines.shape import PAGE_FIELDS
from search.engines.values import order_key
from search.schema import Field, FieldKind, Schema

MAPPING_VERSION = 2
"""Raised whenever this module changes what it writes."""

GRAMS = "grams"
"""Sub-field with the pairs of characters of a Chinese text."""
CHINESE = "chinese"
"""Sub-field with the Chinese words of a mixed text."""
ORDER = "order"
"""Standing, sort key and key in one: the order of hits of equal rank. No two documents have the same."""
WRITTEN = "written"
"""Sub-field with the words of a text as they are written, folded and not stemmed."""
SPELLING = "spelling"
"""Words of titles as they are written, unstemmed: for spelling help and suggestions."""
BUCKET = "bucket"
CHECKSUM_LOW = "checksum_low"
PAGES = "pages"
PAGE_KEY = "key"

FILLER = "\ua66e"
"""A letter that no text here has (ꙮ, multiocular O)."""
_TYPICAL_LENGTHS = {
    portal_schema.TITLE_ZH: 8,
    portal_schema.TITLE_FR: 8,
    portal_schema.CONTENT_ZH: 40,
    portal_schema.CONTENT_EN: 40,
}
_PLAIN_TYPES = frozenset({str, int, list})
_FILLERS = {field.name: " ".join([FILLER] * length) for field, length in _TYPICAL_LENGTHS.items()}
"""What stands in texts that a record lacks. BM25 weighs a word by how rare it is among the documents that have the
field at all: among seven Chinese titles beside 54,000 English ones hardly any word is rare."""


def settings(schema: Schema, *, shards: int = 1, replicas: int = 0, synonyms: str = "") -> dict[str, Any]:
    """Index settings; ``synonyms`` names a set of the synonyms API."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "1s",
        "mapping.nested_objects.limit": 100_000,
        # A late write of a worker that was stopped must still meet the mark of a later deletion.
        "gc_deletes": "15m",
        "analysis": analysis.analysis({field.kind for field in schema.fields}, synonyms),
    }


def mappings(schema: Schema) -> dict[str, Any]:
    """Index mappings; what the schema does not name is refused, or only kept where the schema keeps documents."""
    properties: dict[str, Any] = {field.name: _property(schema, field) for field in schema.fields}
    properties[ORDER] = {"type": "keyword"}
    properties[SPELLING] = {"type": "text", "analyzer": FOLDED, "norms": False}
    if schema.checksum:
        properties[BUCKET] = {"type": "short"}
        properties[CHECKSUM_LOW] = {"type": "long", "index": False}
    if schema.page_type:
        properties[PAGES] = {
            "type": "nested",
            "properties": {
                PAGE_KEY: {"type": "keyword", "index": False},
                **{field.name: _property(schema, field) for field in PAGE_FIELDS},
            },
        }
    kept: dict[str, Any] = {} if schema.keeps else {"_source": {"excludes": [PAGES]}}
    return {"dynamic": False if schema.keeps else "strict", "properties": properties, **kept}


def fingerprint(schema: Schema) -> str:
    """Changes whenever an index written before would be read wrongly now."""
    make = (MAPPING_VERSION, analysis.ANALYSIS_VERSION, schema.page_type, schema.keeps, _plain(schema))
    return hashlib.sha256(repr(make).encode()).hexdigest()[:8]


def _plain(schema: Schema) -> list[tuple[Any, ...]]:
    return [(field.name, field.kind.value, field.facet, field.sort) for field in schema.fields]


def spelling_sources(schema: Schema) -> tuple[Field, ...]:
    """Fields whose words are good spelling: of the portal's records their titles."""
    if schema.page_type:
        return (portal_schema.TITLE_EN, portal_schema.TITLE_FR)
    words = (FieldKind.TEXT, FieldKind.TEXT_EN, FieldKind.TEXT_MIXED)
    return tuple(field for field in schema.content if field.kind in words)


def _property(schema: Schema, field: Field) -> dict[str, Any]:
    copied = {"copy_to": SPELLING} if field in spelling_sources(schema) else {}
    written = {"type": "text", "analyzer": FOLDED, "norms": False}
    grams = {"type": "text", "analyzer": CHINESE_GRAMS, "search_analyzer": CHINESE_PAIRS}
    match field.kind:
        case FieldKind.KEYWORD | FieldKind.CODE:
            return {"type": "keyword", "ignore_above": 8000}
        case FieldKind.TEXT_ZH:
            return {"type": "text", "analyzer": CHINESE_WORDS, "fields": {GRAMS: grams}}
        case FieldKind.TEXT_EN:
            return {"type": "text", "analyzer": ENGLISH, **({"fields": {WRITTEN: written}} if copied else {}), **copied}
        case FieldKind.TEXT:
            return {"type": "text", "analyzer": FOLDED, **copied}
        case FieldKind.TEXT_MIXED:
            chinese = {"type": "text", "analyzer": CHINESE_WORDS}
            return {
                "type": "text",
                "analyzer": ENGLISH,
                "fields": {GRAMS: grams, CHINESE: chinese, WRITTEN: written},
                **copied,
            }
        case FieldKind.NGRAM:
            return {"type": "text", "analyzer": NGRAMS, "search_analyzer": NGRAMS}
        case FieldKind.EDGE_NGRAM:
            return {"type": "text", "analyzer": EDGE_NGRAMS, "search_analyzer": FOLDED}
        case FieldKind.DATE:
            return {"type": "date", "format": "strict_date"}
        case FieldKind.DATETIME:
            return {"type": "date", "format": "strict_date_optional_time"}
        case FieldKind.INTEGER:
            return {"type": "long"}
        case FieldKind.FLOAT:
            return {"type": "double"}
        case FieldKind.BOOLEAN:
            return {"type": "boolean"}
        case FieldKind.STORED:
            return {"type": "object", "enabled": False}


def to_source(schema: Schema, record: Document, pages: Iterable[Document] = ()) -> dict[str, Any]:
    """A record with its pages as it is sent. Unknown fields are an error of the caller (KeyError), unless kept."""
    source: dict[str, Any] = dict(_FILLERS) if schema.page_type else {}
    if not schema.keeps and (unknown := record.keys() - schema.names):
        raise KeyError(min(unknown))
    for name, value in record.items():
        if value is None or value == "" or value == []:
            continue
        source[name] = value if type(value) in _PLAIN_TYPES else stored(value)
    source[ORDER] = order_key(schema, record)
    if schema.checksum:
        source[BUCKET] = bucket_of(str(record[schema.key.name]))
        source[CHECKSUM_LOW] = low(int(record.get(schema.checksum.name) or 0))
    nested = [_page(schema, page) for page in pages]
    if nested:
        source[PAGES] = nested
    return source


def _page(schema: Schema, page: Document) -> dict[str, Any]:
    shown = {field.name: page[field.name] for field in PAGE_FIELDS if page.get(field.name)}
    return {PAGE_KEY: page[schema.key.name], **shown}


def stored(value: Any) -> Any:
    """A value as JSON has it. Elasticsearch counts years from 0000; a day is ``2015-09-15``."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
