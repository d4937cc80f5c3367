"""Alerts in words: what happened to which record, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from content.provenance.models import Change
from search.changes import Told, lines_of, told
from search.watch.models import Alert, Subscription


@dataclass(frozen=True, slots=True)
class Group:
    """What happened under one subscription."""

    subscription: Subscription
    records: tuple[Told, ...]


def groups(alerts: Iterable[Alert]) -> list[Group]:
    """Alerts by subscription and record, in the order given; they come with their ``change`` and ``subscription``.

    A few queries for each type of record.
    """
    of_subscription: dict[int, dict[tuple[str, int], list[Change]]] = defaultdict(lambda: defaultdict(list))
    subscriptions: dict[int, Subscription] = {}
    alerts = list(alerts)
    held = lines_of(alert.change for alert in alerts)
    for alert in alerts:
        change = alert.change
        subscriptions[alert.subscription_id] = alert.subscription
        of_subscription[alert.subscription_id][change.record_type, change.record_id].append(change)
    return [
        Group(
            subscriptions[pk],
            tuple(told(changes, held.get(record)) for record, changes in of_record.items()),
        )
        for pk, of_record in of_subscription.items()
    ]
