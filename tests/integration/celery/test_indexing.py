"""The index under Celery: each commit is followed by its drain, and none depends on the broker."""

from __future__ import annotations

import signal

from tests.integration.celery.conftest import Portal

DRAINED = "select count(*) = 0 from search_indexoutbox"
EDIT = """
import time
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from tests.factories import make_standard
standard = make_standard("ISO {number}:2015")
client = Client(headers={{"Host": "localhost"}})
client.force_login(User.objects.get_or_create(username="li.si", is_superuser=True)[0])
for attempt in range(3):
    begun = time.monotonic()
    name = "show" if attempt % 2 else "hide"
    answer = client.post(reverse(f"standard:{{name}}", args=[standard.pk]), {{"reason": "withdrawn by mistake"}})
    assert answer.status_code == 302, answer
    assert time.monotonic() - begun < 10
"""
"""Three edits in the admin, as requests of a web process."""


def test_a_commit_is_drained_at_once_without_a_schedule(portal: Portal) -> None:
    portal.worker()
    portal.wait(lambda: "ready." in portal.log)
    portal.script(EDIT.format(number=9001))
    portal.until(DRAINED, patience=60)
    assert portal.log.count("drain_index") >= 2


def test_with_the_broker_away_requests_succeed_and_the_schedule_drains_later(portal: Portal) -> None:
    portal.broker.kill()
    portal.script(EDIT.format(number=9001))
    assert portal.one("select count(*) from search_indexoutbox") == 3
    assert "the broker is away" in portal.log
    portal.broker.start()
    beat = portal.worker("--beat")
    portal.until(DRAINED)
    portal.until("select count(*) >= 4 from django_celery_beat_periodictask")

    portal.broker.pause()
    portal.script(EDIT.format(number=9002))
    assert portal.one("select count(*) from search_indexoutbox") > 0
    portal.broker.resume()
    portal.until(DRAINED)

    beat.send_signal(signal.SIGTERM)
    assert beat.wait(60) == 0
