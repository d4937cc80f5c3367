"""The admin's page of a source's crawls: asked for, watched, stopped, by those who may."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from content.provenance import runs
from content.provenance.models import CrawlRequest, Run, Source
from content.provenance.signals import crawl_wanted
from tests.factories import make_run, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return make_source()


@pytest.fixture
def operator(client: Client) -> User:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    read_in("en", user)
    client.force_login(user)
    return user


def read_in(language: str, user: User) -> None:
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def address(name: str) -> str:
    return reverse(f"source:{name}", args=["registry"])


def begin(source: Source, **values: Any) -> Run:
    """A run of this very process, as it would be after a minute."""
    run = runs.begin(source, Run.Backend.LIVE)
    Run.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(minutes=1), **values)
    run.refresh_from_db()
    return run


def test_a_crawl_is_asked_for_once(client: Client, operator: User, source: Source) -> None:
    told: list[CrawlRequest] = []
    crawl_wanted.connect(receiver := lambda request, **kwargs: told.append(request), weak=False)
    try:
        assert b"Crawl now" in client.get(address("crawl")).content
        assert client.get(address("start")).status_code == 200
        assert CrawlRequest.objects.count() == 0
        assert client.post(address("start")).headers["Location"] == address("crawl")
        assert client.post(address("start")).headers["Location"] == address("crawl")
    finally:
        crawl_wanted.disconnect(receiver)
    request = CrawlRequest.objects.get()
    assert (request.source, request.asked_by, request.attempts) == (source, operator, 0)
    assert told == [request]
    text = client.get(address("crawl")).content.decode()
    assert "begins as soon as a worker is free" in text
    assert "Asked for by wang.wu" in text


def test_a_running_crawl_tells_how_far_it_is(client: Client, operator: User, source: Source) -> None:
    make_run(source, backend=Run.Backend.LIVE, items=1000)
    begin(source, items=300, created=250, unchanged=50)
    facts = client.get(address("crawl"), {"facts": ""}).content.decode()
    assert 'data-state="running"' in facts
    for text in ("300 / 1000", "250 new", "30 %", "5.0 records per second", "2 min", "s ago"):
        assert text in facts
    assert "<html" not in facts
    page = client.get(address("crawl")).content.decode()
    assert address("stop") in page
    assert address("start") not in page


def test_a_running_crawl_is_stopped_and_its_request_taken_back(client: Client, operator: User, source: Source) -> None:
    run = begin(source)
    CrawlRequest.objects.create(source=source, asked_at=timezone.now())
    assert client.post(address("stop")).status_code == 302
    with pytest.raises(runs.RunCancelled):
        runs.beat(run)
    assert not CrawlRequest.objects.exists()
    assert "asked to stop" in client.get(address("crawl")).content.decode()


def test_nothing_to_stop_is_no_error(client: Client, operator: User, source: Source) -> None:
    text = client.post(address("stop"), follow=True).content.decode()
    assert "No crawl of registry is going on." in text


def test_a_dead_run_is_called_dead_and_can_be_started_anew(client: Client, operator: User, source: Source) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    run = begin(source)
    Run.objects.update(worker=run.worker.replace(f" {os.getpid()} ", f" {gone.pid} "))
    assert 'data-state="dead"' in client.get(address("crawl")).content.decode()
    client.post(address("start"))
    assert CrawlRequest.objects.filter(source=source).exists()


def test_the_history_gives_reasons_and_leads_to_the_runs(client: Client, operator: User, source: Source) -> None:
    run = make_run(source, state=Run.State.FAILED, reason="layout <b>changed</b>")
    text = client.get(address("crawl")).content.decode()
    assert "layout &lt;b&gt;changed&lt;/b&gt;" in text
    assert reverse("run:inspect", args=[run.pk]) in text


def test_the_list_of_sources_tells_what_goes_on_in_a_fixed_number_of_queries(
    client: Client, operator: User, source: Source, django_assert_max_num_queries: Any
) -> None:
    begin(source, items=42)
    for number in range(20):
        other = make_source(f"other-{number}")
        CrawlRequest.objects.create(source=other, asked_at=timezone.now())
        make_run(other)
    client.get(reverse("source:index"))
    with django_assert_max_num_queries(12):
        text = client.get(reverse("source:index")).content.decode()
    assert "running, 42 records" in text
    assert text.count("waiting") >= 20
    assert address("crawl") in text


def test_the_page_is_chinese_for_chinese_readers(client: Client, operator: User, source: Source) -> None:
    read_in("zh-hans", operator)
    assert "立即采集" in client.get(address("crawl")).content.decode()


def test_who_may_only_look_gets_no_buttons(client: Client, source: Source) -> None:
    user = User.objects.create_user("zhao.liu", password="-")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_source"]))
    client.force_login(user)
    text = client.get(address("crawl")).content.decode()
    assert address("start") not in text
    for name in ("start", "stop"):
        assert client.post(address(name)).headers["Location"] == reverse("wagtailadmin_home")
    assert not CrawlRequest.objects.exists()


def test_editors_do_not_crawl(client: Client, source: Source) -> None:
    user = User.objects.create_user("zhang.san", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    assert client.get(address("crawl")).headers["Location"] == reverse("wagtailadmin_home")
    assert client.post(address("start")).headers["Location"] == reverse("wagtailadmin_home")
    assert not CrawlRequest.objects.exists()
