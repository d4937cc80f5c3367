"""What is handed to others, mails and messages: tried, and tried again, later and later.

An attempt is written down before it is made, outside of any transaction: a server that answers slowly holds no lock,
and one worker never takes what another has just taken. After a crash the next attempt comes when it is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from search.watch.models import Delivery, Mail

Attempted = TypeVar("Attempted", Mail, Delivery)

MAX_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)


def take(waiting: QuerySet[Attempted], now: datetime, limit: int) -> Iterator[Attempted]:
    """Of these rows those that are due, each with its attempt written down, at most ``limit``."""
    due = waiting.filter(next_at__lte=now, attempts__lt=MAX_ATTEMPTS).order_by("next_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            one = due.filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()
            if one is not None:
                one.attempts += 1
                one.next_at = now + FIRST_PAUSE * 2 ** (one.attempts - 1)
                one.save(update_fields=["attempts", "next_at"])
        if one is not None:
            yield one
