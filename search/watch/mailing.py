"""Alerts as mails: at once, once a day, once a week.

A mail is a row before it is sent. What was not handed over is tried again, later and later, under the same Message-ID,
by which mail programs know a second copy.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.watch.attempts import take
from search.watch.models import Alert, Follower, Mail, Subscription
from search.watch.telling import groups

logger = logging.getLogger(__name__)

HOUR = 7
"""Local hour at which daily and weekly mails are made."""
MAX_ALERTS = 500
"""Alerts in one mail; more come with the next one."""
FAILURES = (OSError, smtplib.SMTPException)
"""What a mail server that is away or refuses raises."""

Frequency = Subscription.Frequency


def make_mails(now: datetime) -> int:
    """Put alerts that wait into mails, as often as each subscription wants it; returns how many mails were made."""
    made = 0
    for frequency in Frequency:
        waiting = Alert.objects.filter(wants_mail=True, subscription__frequency=frequency)
        followers = waiting.order_by().values_list("subscription__follower", flat=True).distinct()
        for pk in list(followers[:1_000]):
            made += _make(pk, frequency, now)
    return made


def due(frequency: str, last: datetime | None, now: datetime) -> bool:
    """Whether it is time for a mail, after the ``last`` one of that frequency."""
    if frequency == Frequency.IMMEDIATE or last is None and frequency == Frequency.DAILY:
        return True
    local = timezone.localtime(now)
    begin = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if begin > local:
        begin -= timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        begin -= timedelta(days=begin.weekday())
    return last is None or last < begin


def _make(follower: int, frequency: str, now: datetime) -> int:
    with transaction.atomic():
        person = Follower.objects.select_related("user").filter(pk=follower).select_for_update(of=("self",)).get()
        alerts = Alert.objects.filter(
            wants_mail=True, subscription__frequency=frequency, subscription__follower=follower
        )
        if person.mails_stopped_at is not None or not person.user.is_active:
            alerts.update(wants_mail=False)
            return 0
        last = Mail.objects.filter(follower=follower, frequency=frequency).values_list("made_at", flat=True).first()
        if not due(frequency, last, now):
            return 0
        chosen = list(alerts.order_by("pk").values_list("pk", flat=True)[:MAX_ALERTS])
        if not chosen:
            return 0
        mail = Mail.objects.create(follower=person, frequency=frequency, made_at=now, next_at=now)
        Alert.objects.filter(pk__in=chosen).update(mail=mail, wants_mail=False)
    return 1


def send_mails(now: datetime, limit: int = 100) -> int:
    """Hand mails that are due to the mail server; returns how many it took."""
    return sum(_send(mail, now) for mail in take(Mail.objects.filter(sent_at=None), now, limit))


def _send(mail: Mail, now: datetime) -> int:
    try:
        message = message_of(mail)
        if message is not None:
            message.send()
    except FAILURES as problem:
        mail.error = str(problem)[:2_000]
        mail.save(update_fields=["error"])
        logger.warning("Mail %s could not be sent: %s", mail.pk, problem)
        return 0
    mail.sent_at, mail.error = now, ""
    mail.save(update_fields=["sent_at", "error"])
    return 1


def message_of(mail: Mail) -> EmailMultiAlternatives | None:
    """The mail in its reader's language, as text and HTML; None where nothing is left to tell."""
    follower = mail.follower
    alerts = list(mail.alerts.select_related("change__source", "subscription").order_by("subscription_id", "pk"))
    if not alerts or not follower.user.email:
        return None
    with translation.override(follower.language):
        told = groups(alerts)
        stop = f"{settings.SITE_URL}{reverse('watch:unsubscribe', args=[follower.token])}"
        context = {
            "groups": told,
            "site_name": settings.SITE_NAME,
            "manage_url": f"{settings.SITE_URL}{reverse('watch:list')}",
            "stop_url": stop,
            "language": translation.get_language(),
        }
        return EmailMultiAlternatives(
            subject=_subject([group.subscription.label for group in told]),
            body=render_to_string("watch/mail.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[follower.user.email],
            headers={
                "Message-ID": f"<watch-{mail.pk}@{urlsplit(settings.SITE_URL).hostname}>",
                # RFC 8058: one click, without a page in between.
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "Precedence": "bulk",
            },
            alternatives=[(render_to_string("watch/mail.html", context), "text/html")],
        )


def _subject(labels: Iterable[str]) -> str:
    first, *more = (" ".join(label.split()) for label in labels)
    first = first if len(first) <= 80 else f"{first[:79]}…"
    if not more:
        return _("Changed: %(label)s") % {"label": first}
    count = len(more)
    text = ngettext("Changed: %(label)s and %(count)d more", "Changed: %(label)s and %(count)d more", count)
    return text % {"label": first, "count": count}
