"""One turn of what happens behind the pages: changes are matched, mails and webhooks made and sent."""

from __future__ import annotations

from django.utils import timezone

from search.watch.forgetting import forget
from search.watch.mailing import make_mails, send_mails
from search.watch.matching import match
from search.watch.webhooks import deliver, make_deliveries


def turn() -> int:
    """Do what is due once; how much that was. Raises EngineError with nothing lost."""
    now = timezone.now()
    forget(now)
    return match() + make_mails(now) + send_mails(now) + make_deliveries(now) + deliver(now)
