"""Alerts to programs of followers: signed, tried again, kept to be sent again.

Messages are signed as Standard Webhooks sets out (https://www.standardwebhooks.com/): ``webhook-id``,
``webhook-timestamp`` and ``webhook-signature``, an HMAC with SHA-256 over the three of id, time and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.utils import translation

from content.provenance.documents import change_document
from search.changes import lines_of
from search.watch.attempts import take
from search.watch.models import Alert, Delivery, Follower
from search.watch.posting import NotSent, post

logger = logging.getLogger(__name__)

MAX_ALERTS = 100
"""Alerts in one message."""
MAX_WEBHOOKS = 5
"""Of one person."""
PREFIX = "whsec_"


def secret_of(token: str) -> str:
    """The secret as programs take it: ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(token.encode()).decode()


def signature(token: str, message_id: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC in base64."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(token.encode(), signed, hashlib.sha256).digest()).decode()


def make_deliveries(now: datetime) -> int:
    """Put alerts that wait into messages, one for each webhook; returns how many messages were made."""
    waiting = Alert.objects.filter(wants_hook=True).order_by()
    made = 0
    for pk in list(waiting.values_list("subscription__follower", flat=True).distinct()[:1_000]):
        made += _make(pk, now)
    return made


@transaction.atomic
def _make(follower: int, now: datetime) -> int:
    person = Follower.objects.filter(pk=follower).select_for_update().get()
    alerts = Alert.objects.filter(wants_hook=True, subscription__follower=follower)
    chosen = list(alerts.select_related("change", "subscription").order_by("pk")[:MAX_ALERTS])
    if not chosen:
        return 0
    hooks = list(person.webhooks.all())
    with translation.override(person.language):
        body = orjson.dumps({"type": "alerts", "timestamp": now, "data": _documents(chosen)}).decode()
    Delivery.objects.bulk_create(Delivery(webhook=hook, body=body, made_at=now, next_at=now) for hook in hooks)
    Alert.objects.filter(pk__in=[alert.pk for alert in chosen]).update(wants_hook=False)
    return len(hooks)


def _documents(alerts: list[Alert]) -> list[dict[str, Any]]:
    """What happened, as the API says it, with the record's address where it is public."""
    held = lines_of(alert.change for alert in alerts)
    found = []
    for alert in alerts:
        line = held.get((alert.change.record_type, alert.change.record_id))
        one = alert.subscription
        found.append(
            {
                "id": alert.pk,
                "subscription": {"kind": one.kind, "key": one.key, "label": one.label},
                "change": change_document(alert.change),
                "url": f"{settings.SITE_URL}{line.url}" if line else None,
            }
        )
    return found


def deliver(now: datetime, limit: int = 50) -> int:
    """Send messages that are due; returns how many were taken."""
    waiting = Delivery.objects.filter(delivered_at=None).select_related("webhook")
    return sum(_deliver(one, now) for one in take(waiting, now, limit))


def _deliver(one: Delivery, now: datetime) -> int:
    body = one.body.encode()
    message_id, timestamp = f"msg_{one.pk}", int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(one.webhook.secret, message_id, timestamp, body),
    }
    one.status, one.error = None, ""
    try:
        one.status = post(one.webhook.url, body, headers)
    except NotSent as problem:
        one.error = str(problem)
    if one.status is not None and 200 <= one.status < 300:
        one.delivered_at = now
    else:
        logger.info("Message %s to a webhook was not taken: %s", one.pk, one.error or one.status)
    one.save(update_fields=["status", "error", "delivered_at"])
    return int(one.delivered_at is not None)


def replay(one: Delivery, now: datetime) -> None:
    """Send a message again, whether it was taken or not; programs know it by its id."""
    one.delivered_at, one.attempts, one.next_at = None, 0, now
    one.save(update_fields=["delivered_at", "attempts", "next_at"])
