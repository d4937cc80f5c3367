"""Which saved searches may find a changed record: those that have all their anchors in it.

An anchor is the beginning of something that a search cannot do without: of one of its words, under every name that the
glossary knows for it. Whatever a search finds has an anchor of each of its words, so that of a hundred thousand
searches only those are asked that are likely to find something, among these records alone. Searches that are more than
words (numbers, classes, filters alone) have none, and are always asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from search import schema
from search.analysis import analyse
from search.documents import PROJECTIONS, record_of
from search.glossary import Glossary
from search.params import InvalidParams, parse
from search.plan import PUBLISHERS, Group, word_groups
from search.projecting import batches
from search.schema import FIELDS, WORD_KINDS
from search.stems import english
from search.synonyms import live
from search.text import RUN, bigrams, fold, has_cjk, query_words
from search.watch.models import SavedSearch, SearchAnchor

ALWAYS = ""
"""Anchor of a search that is asked about every change."""
BATCH = 500
RECORDS = 200
"""Records whose words are in memory at a time; a law has thousands of different ones."""
_WORDY = tuple(field.name for field in FIELDS if field.kind in WORD_KINDS)


def needs(query: str, glossary: Glossary) -> list[frozenset[str]]:
    """Of a saved search, as a query string: whatever it finds has one anchor of each set; none: always asked."""
    try:
        params = parse(parse_qs(query))
    except InvalidParams:
        return []
    analysis = analyse(params.q, glossary.aliases)
    if analysis.identified:
        return []
    return [found for group in word_groups(analysis, glossary) if (found := _of_group(group))]


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


Record = tuple[str, int]
"""Type and key."""


def candidates(changed: Mapping[str, Collection[int]]) -> Iterator[tuple[str, set[Record]]]:
    """Saved searches with those of these records (type → keys) that each may find; a search may come several times."""
    always = list(SavedSearch.objects.filter(anchors__token=ALWAYS).values_list("query", flat=True))
    for record_type, ids in changed.items():
        if (projection := PROJECTIONS.get(record_type)) is None:
            continue
        for some in batches(sorted(ids), RECORDS):
            records = {(record_type, pk) for pk in some}
            yield from ((query, records) for query in always)
            having: dict[str, set[Record]] = defaultdict(set)
            for document in projection.documents(some):
                record = record_of(document[schema.PARENT.name])
                for token in tokens([document]):
                    having[token].add(record)
            yield from _anchored_in(having)


def _anchored_in(having: Mapping[str, set[Record]]) -> Iterator[tuple[str, set[Record]]]:
    """The searches that have all their anchors in one record; ``having``: the records of each token."""
    seen: set[int] = set()
    for some in batches(sorted(having), BATCH):
        rows = SearchAnchor.objects.filter(token__in=some).order_by()
        found = rows.values_list("search_id", "search__query", "search__needs")
        for pk, query, wanted in found.iterator(chunk_size=5_000):
            if pk in seen:
                continue
            seen.add(pk)
            sets = [set().union(*(having.get(token, ()) for token in tokens_of)) for tokens_of in wanted]
            if records := set.intersection(*sets):
                yield query, records


def renew() -> int:
    """Anchor what is new, and all again after the rules of the glossary changed; returns how many that were."""
    stamp = live.stamp()
    glossary = live.glossary()
    renewed = 0
    while stale := list(SavedSearch.objects.exclude(anchored=stamp or "-").order_by("pk")[:BATCH]):
        rows: list[SearchAnchor] = []
        for one in stale:
            found = needs(one.query, glossary)
            one.needs = [sorted(tokens_of) for tokens_of in found]
            one.anchored = stamp or "-"
            # By those of which there are fewest: the others are looked at where one of these is.
            first = min(found, key=len, default=frozenset((ALWAYS,)))
            rows += [SearchAnchor(search=one, token=token) for token in first]
        SearchAnchor.objects.filter(search__in=stale).delete()
        SearchAnchor.objects.bulk_create(rows, batch_size=2_000)
        SavedSearch.objects.bulk_update(stale, ["needs", "anchored"])
        renewed += len(stale)
    return renewed
