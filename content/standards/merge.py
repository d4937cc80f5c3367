"""Which source's word counts, field by field.

Order of the words on one field: the publisher's own source (``Source.authority``) first; then the field's rank in
``Source.precedence``; then sources that still list the record; then the newest word. An empty value is no word.
One source may list a designation twice (drafts, doubled rows): of its own words the one that is still listed, at the
highest stage, published last counts, the greater key deciding a tie, so that the order of reading does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FIELDS = (
    "designation",
    "title_zh",
    "title_en",
    "title_fr",
    "scope",
    "edition",
    "kind",
    "published",
    "effective",
    "withdrawn",
    "committee",
    "committee_title",
    "responsible",
    "drafters",
    "languages",
    "pages",
    "price_class",
    "url",
    "ics",
    "ccs",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One source's statement about one record; ``values`` has no empty values."""

    source: str
    authority: bool
    ranks: Mapping[str, int]
    listed: bool
    changed_at: datetime
    key: str
    values: Mapping[str, Any]


def merge(words: Iterable[Word]) -> dict[str, Any]:
    """The values that count: each of FIELDS that someone states, ``status`` with its ``stage``, and ``relations``.

    ``relations`` is a list of ``{"kind", "designation", "degree"?, "source"}``, the union of all sources' lists.
    """
    spoken = _one_per_source(words)
    merged: dict[str, Any] = {}
    for field in FIELDS:
        for word in _in_order(spoken, field):
            if field in word.values:
                merged[field] = word.values[field]
                break
    for word in _in_order(spoken, "status"):
        if word.values.get("status", "unknown") != "unknown":
            merged["status"] = word.values["status"]
            merged["stage"] = word.values.get("stage", "")
            break
    merged["relations"] = [
        {**relation, "source": word.source}
        for word in _in_order(spoken, "relations")
        for relation in word.values.get("relations", ())
    ]
    return merged


def _one_per_source(words: Iterable[Word]) -> list[Word]:
    chosen: dict[str, Word] = {}
    for word in sorted(words, key=_within_source):
        chosen[word.source] = word
    return list(chosen.values())


def _within_source(word: Word) -> tuple[bool, str, str, int, str]:
    values = word.values
    return word.listed, values.get("stage", ""), values.get("published", ""), len(word.key), word.key


def _in_order(words: Sequence[Word], field: str) -> Sequence[Word]:
    if len(words) < 2:
        return words
    return sorted(
        words,
        key=lambda word: (word.authority, word.ranks.get(field, 0), word.listed, word.changed_at, word.source),
        reverse=True,
    )
