"""From changes to alerts: reverse search, whose cost grows with what changed.

Every change is looked at once: the mark that it was and its alerts are committed together, so that a crash loses none
and repeats none. A source that is read again without a change leaves no change, and so no alert.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models import Exists, OuterRef

from content.provenance.models import Change
from search import schema
from search.analysis import analyse
from search.clauses import Term
from search.documents import PROJECTIONS, record_key
from search.engines import get_engine
from search.models import IndexOutbox
from search.outbox import MAX_ATTEMPTS
from search.params import InvalidParams, parse
from search.plan import plan
from search.projecting import batches
from search.synonyms import live
from search.watch.anchors import candidates, renew
from search.watch.keys import Key, keys_of, replaced
from search.watch.models import Alert, FollowedKey, Subscription, Webhook

logger = logging.getLogger(__name__)

BATCH = 1_000
"""Changes looked at in one transaction."""
ALERTS = 2_000
"""Alerts written at a time."""
NAMES = 500
"""Keys asked for in one query."""


def match(limit: int = BATCH) -> int:
    """Look at up to ``limit`` changes; returns how many were looked at. Raises EngineError, with none of them lost."""
    with transaction.atomic():
        changes = _untold(limit)
        if not changes:
            return 0
        if FollowedKey.objects.exists():
            _write(_alerts(changes))
        Change.objects.filter(pk__in=[change.pk for change in changes]).update(told=True)
    return len(changes)


def _untold(limit: int) -> list[Change]:
    """The oldest changes that nobody has looked at. Searches find what is in the index: where some are followed, a
    change waits until its record is there."""
    waiting = Change.objects.filter(told=False).defer("old", "new").order_by("pk")
    if FollowedKey.objects.filter(kind=Subscription.Kind.SEARCH).exists():
        queued = IndexOutbox.objects.filter(
            record_type=OuterRef("record_type"), record_id=OuterRef("record_id"), attempts__lt=MAX_ATTEMPTS
        )
        waiting = waiting.exclude(Exists(queued))
    return list(waiting.select_for_update(skip_locked=True, of=("self",))[:limit])


def _alerts(changes: Sequence[Change]) -> Iterator[Alert]:
    """Each subscription with each change that it is to be told of."""
    of_type: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        of_type[change.record_type].add(change.record_id)
    of_record: dict[tuple[str, int], set[Key]] = {}
    for record_type, ids in of_type.items():
        of_record |= {(record_type, pk): keys for pk, keys in keys_of(record_type, ids).items()}
    _follow_successors(of_type.get("standard", set()), of_record)
    of_key: dict[Key, list[Change]] = defaultdict(list)
    for change in changes:
        for key in of_record.get((change.record_type, change.record_id), ()):
            of_key[key].append(change)
        if change.source_id:
            of_key["source", change.source_id].append(change)
    for key, found in _found_by_searches(changes):
        of_key[key] += found
    told: set[tuple[int, int]] = set()
    for key, subscription, wants_mail, wants_hook in _subscribed(of_key):
        for change in of_key[key]:
            if (subscription, change.pk) not in told:
                told.add((subscription, change.pk))
                yield Alert(
                    subscription_id=subscription,
                    change_id=change.pk,
                    at=change.at,
                    wants_mail=wants_mail,
                    wants_hook=wants_hook,
                )


def _subscribed(keys: Iterable[Key]) -> Iterator[tuple[Key, int, bool, bool]]:
    """Subscriptions that are not paused, by these keys: whether they want mails, and whether there is a webhook."""
    hook = Exists(Webhook.objects.filter(follower=OuterRef("subscription__follower")))
    of_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in keys:
        of_kind[kind].append(key)
    for kind, names in of_kind.items():
        for some in batches(names, NAMES):
            rows = FollowedKey.objects.filter(kind=kind, key__in=some, subscription__paused_at=None).order_by()
            wanted = rows.annotate(hook=hook).values_list("key", "subscription_id", "subscription__mail", "hook")
            for key, subscription, *wants in wanted.iterator(chunk_size=10_000):
                yield (kind, key), subscription, bool(wants[0]), bool(wants[1])


def _write(alerts: Iterable[Alert]) -> None:
    for some in batches(alerts, ALERTS):
        Alert.objects.bulk_create(some, ignore_conflicts=True)


def _follow_successors(ids: set[int], of_record: dict[tuple[str, int], set[Key]]) -> None:
    """Who follows a standard follows what replaces it, and what will replace that."""
    successors: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pk, old in replaced(ids):
        names = [key for key in of_record.get(("standard", pk), ()) if key[0] == "standard"]
        successors[old] += [key for key in names if key[1] != old]
    followed = FollowedKey.objects.filter(kind=Subscription.Kind.STANDARD, key__in=successors).order_by()
    new = [
        FollowedKey(subscription_id=subscription, kind=kind, key=key)
        for old, subscription in followed.values_list("key", "subscription_id")
        for kind, key in successors[old]
    ]
    FollowedKey.objects.bulk_create(new, batch_size=ALERTS, ignore_conflicts=True)


def _found_by_searches(changes: Sequence[Change]) -> Iterator[tuple[Key, list[Change]]]:
    """The saved searches that find changed records, with those changes; each that may is asked once."""
    of_record: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.record_type in PROJECTIONS:
            of_record[record_key(change.record_type, change.record_id)].append(change)
    if not of_record:
        return
    renew()
    of_type: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        of_type[change.record_type].add(change.record_id)
    for query, records in candidates(of_type):
        keys = tuple(sorted(record_key(*record) for record in records))
        found = [change for key in hits(query, keys) for change in of_record[key]]
        if found:
            yield (Subscription.Kind.SEARCH.value, query), found


def hits(query: str, keys: tuple[str, ...]) -> list[str]:
    """Which of these records a saved search finds."""
    try:
        params = parse(parse_qs(query))
    except InvalidParams:
        logger.warning("A saved search is no longer understood: %s", query)
        return []
    glossary = live.glossary()
    request = plan(analyse(params.q, glossary.aliases), params.selection, glossary)
    only = Term(schema.KEY, keys)
    request = replace(
        request, narrow=(*request.narrow, only), facets=(), query_facets=(), offset=0, size=len(keys), after=""
    )
    return [hit.key for hit in get_engine().run(request).hits]
