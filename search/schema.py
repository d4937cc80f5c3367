"""The index schema, declared once; both engines project it.

A field is named for what a query may ask of it. Documents are plain dictionaries of these fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class FieldKind(StrEnum):
    """How a field is analysed and stored."""

    KEYWORD = "keyword"  # exact, filterable, countable; may hold several values
    TEXT_ZH = "text_zh"  # Chinese words, and every pair of neighbouring characters
    TEXT_EN = "text_en"  # folded, stemmed English
    TEXT = "text"  # folded words of any language, not stemmed
    TEXT_MIXED = "text_mixed"  # Chinese and English in one field: as TEXT_ZH and TEXT_EN together
    CODE = "code"  # code-like tokens of a text, kept whole; asked with ``Words`` of a text that holds some
    NGRAM = "ngram"  # words by every stretch of 3 or 4 characters; asked with ``Words``
    EDGE_NGRAM = "edge_ngram"  # words by their beginnings of 2 to 15 characters; asked with ``Words`` of a beginning
    DATE = "date"  # a day
    DATETIME = "datetime"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    STORED = "stored"  # kept for the results, never asked for


WORD_KINDS: frozenset[FieldKind] = frozenset(
    {FieldKind.TEXT_ZH, FieldKind.TEXT_EN, FieldKind.TEXT, FieldKind.TEXT_MIXED, FieldKind.NGRAM, FieldKind.EDGE_NGRAM}
)
"""Analysed into words; several values are one text to them."""
ORDERED_KINDS: frozenset[FieldKind] = frozenset(
    {FieldKind.DATE, FieldKind.DATETIME, FieldKind.INTEGER, FieldKind.FLOAT, FieldKind.BOOLEAN}
)
"""Numbers and what is like them: single values that can be compared."""


@dataclass(frozen=True, slots=True)
class Field:
    """``facet``: values are counted. ``sort``: results can be ordered by it."""

    name: str
    kind: FieldKind
    facet: bool = False
    sort: bool = False


@dataclass(frozen=True)
class Schema:
    """The fields of one index, and what some of them are to an engine.

    Hits of equal rank go by falling ``weight``, then rising ``sort_key``, then ``key``.
    """

    fields: tuple[Field, ...]
    key: Field
    type: Field
    parent: Field
    """The record that a document belongs to; the key itself where every document is a record."""
    content: tuple[Field, ...]
    """What a ``Raw`` query looks into that names no field, and where ``near`` finds its words."""
    weight: Field | None = None
    sort_key: Field | None = None
    checksum: Field | None = None
    page_type: str = ""
    """Type of the documents that are pages of a record; empty where there are none to collapse."""
    keeps: bool = False
    """Whether the engine keeps the documents as they were given (``Hit.stored``), with values of unknown fields in
    them. Where it does not, an unknown field is an error."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Of all fields."""
        return frozenset(field.name for field in self.fields)

    def named(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


# Identity
KEY = Field("key", FieldKind.KEYWORD)
"""``standard:17``, ``page:9:3``: the record type, its key."""
TYPE = Field("type", FieldKind.KEYWORD, facet=True)
PARENT = Field("parent", FieldKind.KEYWORD)
"""The record under which a hit is shown: a page of a PDF collapses under its standard."""
SLUG = Field("slug", FieldKind.KEYWORD)
# Designations, as ``Designation.joined`` forms them
DESIGNATION = Field("designation", FieldKind.KEYWORD)
UNDATED = Field("undated", FieldKind.KEYWORD)
FAMILY = Field("family", FieldKind.KEYWORD)
NUMBER = Field("number", FieldKind.KEYWORD)
"""The bare number, and number with part: found when no publisher is typed (``19001``, ``1.1``)."""
CITED = Field("cited", FieldKind.KEYWORD)
"""Designations this record replaces, adopts or amends: a hit of lesser weight."""
NAMED = Field("named", FieldKind.KEYWORD)
"""Whole names, letters and digits only (``search.text.joined``), of what people call by its whole name: substances,
laws."""
SORT_KEY = Field("sort_key", FieldKind.KEYWORD, sort=True)
# Words
TITLE_ZH = Field("title_zh", FieldKind.TEXT_ZH)
TITLE_EN = Field("title_en", FieldKind.TEXT_EN)
TITLE_FR = Field("title_fr", FieldKind.TEXT)
SUBJECTS_ZH = Field("subjects_zh", FieldKind.TEXT_ZH)
"""Chinese names of the classes, committee and bodies of the record."""
SUBJECTS_EN = Field("subjects_en", FieldKind.TEXT_EN)
CONTENT_ZH = Field("content_zh", FieldKind.TEXT_ZH)
CONTENT_EN = Field("content_en", FieldKind.TEXT_EN)
"""Scope notes, and the text of a page."""
CODES = Field("codes", FieldKind.CODE)
"""Code-like tokens kept whole, as ``search.text.codes`` gives them: ``80-05-7``, ``tc176``, ``pvc-u``."""
# Filters and facets
STATUS = Field("status", FieldKind.KEYWORD, facet=True)
BODY = Field("body", FieldKind.KEYWORD, facet=True)
KIND = Field("kind", FieldKind.KEYWORD, facet=True)
ICS = Field("ics", FieldKind.KEYWORD, facet=True)
"""Each class with its wider classes: ``03``, ``03.120``, ``03.120.10``."""
CCS = Field("ccs", FieldKind.KEYWORD, facet=True)
HS = Field("hs", FieldKind.KEYWORD)
"""Codes of the Harmonized System that a notification covers, each with its wider ones: ``95``, ``9503``, ``950300``."""
MEMBER = Field("member", FieldKind.KEYWORD, facet=True)
"""Code of the WTO Member that notifies."""
YEAR = Field("year", FieldKind.INTEGER, facet=True, sort=True)
LANGUAGE = Field("language", FieldKind.KEYWORD, facet=True)
ACCESS = Field("access", FieldKind.KEYWORD, facet=True)
PUBLISHED = Field("published", FieldKind.DATE, sort=True)
IN_FORCE_FROM = Field("in_force_from", FieldKind.DATE)
IN_FORCE_TO = Field("in_force_to", FieldKind.DATE)
"""The first day on which it is no longer in force; far future while it is."""
DEADLINE = Field("deadline", FieldKind.DATE, sort=True)
"""The last day on which comments on a notified measure are taken."""
UPDATED = Field("updated", FieldKind.DATE, sort=True)
WEIGHT = Field("weight", FieldKind.INTEGER, sort=True)
"""Standing at equal match, 0..100: in force before withdrawn before drafts; a main document before its amendment."""
PAGE = Field("page", FieldKind.INTEGER)
CHECKSUM = Field("checksum", FieldKind.INTEGER)
"""Of the record's documents together, 63 bits: tells whether the index holds what the database says."""

PAGE_TYPE = "page"
"""``type`` of a document that is a page of a file, not a record of its own."""

FIELDS: tuple[Field, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Field))
BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
FACETS: tuple[Field, ...] = tuple(field for field in FIELDS if field.facet)

RECORDS = Schema(
    FIELDS,
    key=KEY,
    type=TYPE,
    parent=PARENT,
    content=(TITLE_ZH, TITLE_EN, TITLE_FR, SUBJECTS_ZH, SUBJECTS_EN, CONTENT_ZH, CONTENT_EN),
    weight=WEIGHT,
    sort_key=SORT_KEY,
    checksum=CHECKSUM,
    page_type=PAGE_TYPE,
)
"""The portal's own index."""
