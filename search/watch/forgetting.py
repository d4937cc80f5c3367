"""What was sent is forgotten after a time: nobody needs to know for ever what a person was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from search.watch.models import Alert, Delivery, Mail

KEPT = timedelta(days=90)
"""Mails and messages that went out, and those that were given up."""
ALERTS_KEPT = timedelta(days=365)
"""Alerts, which their owner can read on the page of alerts and in the private feed."""
EVERY = 3_600
"""Seconds from one look to the next."""
BATCH = 5_000


def forget(now: datetime) -> None:
    """Once an hour: remove what is older; a few thousand rows at a time, so that nobody waits for the write lock."""
    if not cache.add("watch.forgetting", 1, EVERY):
        return
    for rows in (
        Mail.objects.filter(made_at__lt=now - KEPT),
        Delivery.objects.filter(made_at__lt=now - KEPT),
        Alert.objects.filter(at__lt=now - ALERTS_KEPT, wants_mail=False, wants_hook=False),
    ):
        old = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        rows.model._default_manager.filter(pk__in=old).delete()
