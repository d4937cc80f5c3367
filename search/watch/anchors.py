"""Which saved searches may find a changed record: those of which it has an anchor.

An anchor is the beginning of something that a search cannot do without: of one of its words, under every name that the
glossary knows for it. Whatever a search finds has one of its anchors, so that of a hundred thousand searches only those
are asked that have one in common with what changed. Searches that are more than words (numbers, classes, filters
alone) have none, and are always asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import parse_qs

from search.analysis import analyse
from search.documents import PROJECTIONS
from search.glossary import Glossary
from search.params import InvalidParams, parse
from search.plan import PUBLISHERS, Group, word_groups
from search.schema import FIELDS, WORD_KINDS
from search.stems import english
from search.synonyms import live
from search.text import RUN, bigrams, fold, has_cjk, query_words
from search.watch.models import SavedSearch, SearchAnchor

ALWAYS = ""
"""Anchor of a search that is asked about every change."""
BATCH = 500
_WORDY = tuple(field.name for field in FIELDS if field.kind in WORD_KINDS)


def anchors(query: str, glossary: Glossary) -> frozenset[str]:
    """Of a saved search, as a query string. One of them is in every record that the search finds."""
    try:
        params = parse(parse_qs(query))
    except InvalidParams:
        return frozenset((ALWAYS,))
    analysis = analyse(params.q, glossary.aliases)
    if analysis.identified:
        return frozenset((ALWAYS,))
    choices = [found for group in word_groups(analysis, glossary) if (found := _of_group(group))]
    return min(choices, key=len, default=frozenset((ALWAYS,)))


def _of_group(group: Group) -> frozenset[str] | None:
    """None for a group that need not be in the text: an optional one, a number, the code of a publisher."""
    if group.optional or fold(group.text) in PUBLISHERS:
        return None
    found: set[str] = set()
    for name in group.names:
        word = next((one for one in query_words(name) if not one.stop), None)
        if word is None or any(char.isdigit() for char in name):
            return None
        first = word.parts[0]
        found.add(first[:2] if word.cjk else english([first])[0])
    return frozenset(found)


def tokens(documents: Iterable[dict[str, Any]]) -> set[str]:
    """All that an anchor can be of these documents: stems of Latin words, Chinese characters and their pairs."""
    found: set[str] = set()
    for document in documents:
        text = "\n".join(str(document[name]) for name in _WORDY if document.get(name))
        latin = [run for run in RUN.findall(fold(text)) if not has_cjk(run)]
        found.update(english(latin))
        if has_cjk(text):
            pairs = [one for one in bigrams(text).split(" ") if has_cjk(one)]
            found.update(pairs)
            found.update(char for pair in pairs for char in pair)
    return found


def candidates(changed: Mapping[str, Collection[int]]) -> Iterator[str]:
    """Saved searches that may find one of these records (type → keys), each once; and all that have no anchor."""
    held: set[str] = {ALWAYS}
    for record_type, ids in changed.items():
        if (projection := PROJECTIONS.get(record_type)) is not None:
            for some in _batched(sorted(ids), BATCH):
                held |= tokens(projection.documents(some))
    asked: set[int] = set()
    for words in _batched(sorted(held), BATCH):
        rows = SearchAnchor.objects.filter(token__in=words).order_by()
        for pk, query in rows.values_list("search_id", "search__query").iterator(chunk_size=5_000):
            if pk not in asked:
                asked.add(pk)
                yield query


def renew() -> int:
    """Anchor what is new, and all again after the rules of the glossary changed; returns how many that were."""
    stamp = live.stamp()
    glossary = live.glossary()
    renewed = 0
    while stale := list(SavedSearch.objects.exclude(anchored=stamp or "-").order_by("pk")[:BATCH]):
        SearchAnchor.objects.filter(search__in=stale).delete()
        rows = [SearchAnchor(search=one, token=token) for one in stale for token in anchors(one.query, glossary)]
        SearchAnchor.objects.bulk_create(rows, batch_size=2_000)
        SavedSearch.objects.filter(pk__in=[one.pk for one in stale]).update(anchored=stamp or "-")
        renewed += len(stale)
    return renewed


def _batched(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(things)
    while some := list(islice(iterator, size)):
        yield some
