"""The rows of Celery's beat: made, brought to date, and left alone where an operator has had a hand in them."""

from __future__ import annotations

from typing import Any

from tests.integration.celery.conftest import Portal

ROWS = """select p.name, p.enabled, p.args,
    concat_ws(' ', c.minute, c.hour, c.day_of_month, c.day_of_week),
    coalesce(i.every::text || ' ' || i.period, '') from django_celery_beat_periodictask p
    left join django_celery_beat_crontabschedule c on c.id = p.crontab_id
    left join django_celery_beat_intervalschedule i on i.id = p.interval_id"""


def rows(portal: Portal) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(values) for name, *values in portal.ask(ROWS)}


def test_an_operators_word_stays_and_the_rest_follows_the_sources(portal: Portal) -> None:
    portal.run("manage", "schedule")
    first = rows(portal)
    assert first["crawl iso"] == (True, '["iso"]', "9 2 * *", "")
    assert first["bring the index up to date"] == (True, "[]", "", "10 seconds")
    assert {name for name in first if name.startswith("crawl ")} == {
        f"crawl {name}" for (name,) in portal.ask("select name from provenance_source where frequency <> 'once'")
    }

    portal.ask("update django_celery_beat_periodictask set enabled = false where name = 'crawl hbba' returning 1")
    portal.ask(
        """with own as
        (insert into django_celery_beat_intervalschedule (every, period) values (3, 'hours') returning id)
        update django_celery_beat_periodictask set crontab_id = null, interval_id = own.id from own
        where name = 'crawl openstd' returning 1"""
    )
    portal.ask(
        """insert into django_celery_beat_periodictask
        (name, task, args, kwargs, headers, enabled, one_off, total_run_count, date_changed, description, interval_id)
        values ('crawl gone', 't', '[]', '{}', '{}', true, false, 0, now(), 'manage.py schedule: every 1 days',
        (select min(id) from django_celery_beat_intervalschedule)) returning 1"""
    )
    changes = ("iso", "hbba", "openstd")
    portal.sources |= {name: {"frequency": "monthly"} for name in changes}
    said = portal.run("manage", "schedule")
    assert "crawl gone: removed" in said
    second = rows(portal)
    assert "crawl gone" not in second
    assert second["crawl iso"] != first["crawl iso"]
    assert second["crawl hbba"][0] is False
    assert second["crawl hbba"][2] != first["crawl hbba"][2]
    assert second["crawl openstd"] == (True, '["openstd"]', "", "3 hours")

    before = portal.log
    assert portal.run("manage", "schedule") == before
    assert rows(portal) == second


ADMIN = """
from django.test.utils import override_settings
from django.conf import settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django_celery_beat.models import PeriodicTask
from portal import schedule
schedule.write()
row = PeriodicTask.objects.get(name="crawl iso")
client = Client(headers={"Host": "localhost"})
user = User.objects.create_user("wang.wu", password="-")
user.groups.add(Group.objects.get(name="Operators"))
client.force_login(user)
assert "crawl iso" in client.get(reverse("periodictask:index")).content.decode()
edit = reverse("periodictask:edit", args=[row.pk])
assert 'value="9 2 * * *"' in client.get(edit).content.decode()
for wrong in ("", "every day", "every 0 hours", "every 99999999999999999999 days", "9 25 * * *", "a b c d e", "* * *"):
    assert client.post(edit, {"enabled": "on", "when": wrong}).status_code == 200, wrong
assert client.post(edit, {"when": " every  3  hours "}).status_code == 302
row.refresh_from_db()
assert (schedule.when_of(row), row.enabled) == ("every 3 hours", False)
assert client.post(edit, {"enabled": "on", "when": "30 4 * * 1-5"}).status_code == 302
row.refresh_from_db()
assert (schedule.when_of(row), row.enabled) == ("30 4 * * 1-5", True)
assert schedule.write() == []
user.groups.clear()
assert client.post(edit, {"when": "every 1 days"}).status_code in (302, 403)
row.refresh_from_db()
assert schedule.when_of(row) == "30 4 * * 1-5"
"""


def test_an_operator_changes_it_in_the_admin(portal: Portal) -> None:
    portal.script(ADMIN)
