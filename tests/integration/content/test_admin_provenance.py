"""The operators' desk: sources on and off, runs, rejected items, snapshots, changes, the index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from content.provenance.models import RejectedItem, Snapshot
from search.models import IndexOutbox, QueryCount
from tests.factories import NOW, make_change, make_run, make_source, make_standard

pytestmark = pytest.mark.django_db

READ_ONLY = ("run", "change", "snapshot", "indexoutbox", "querycount", "rejecteditem")


@pytest.fixture
def operator(client: Client) -> User:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    return user


@pytest.fixture
def records() -> dict[str, Any]:
    """One row of everything."""
    source = make_source()
    run = make_run(source, reason="layout changed", created=7)
    snapshot = Snapshot.objects.create(
        run=run, url="https://registry.example/1", fetched_at=NOW, status=200, headers={"Server": "x"}, sha256="b" * 64,
        size=10,
    )  # fmt: skip
    rejected = RejectedItem.objects.create(
        run=run, source=source, key="42", reason="designation", raw={"title": "<script>alert(1)</script>"}, at=NOW
    )
    return {
        "source": source,
        "run": run,
        "snapshot": snapshot,
        "rejecteditem": rejected,
        "change": make_change(make_standard("ISO 9001:2015"), old={"a": 1}, new=None),
        "indexoutbox": IndexOutbox.objects.create(record_type="standard", record_id=1, error="engine down"),
        "querycount": QueryCount.objects.create(day=NOW.date(), query="质量", count=3),
    }


def test_a_source_is_switched_off(client: Client, operator: User, records: dict[str, Any]) -> None:
    url = reverse("source:edit", args=["registry"])
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 302
    records["source"].refresh_from_db()
    assert not records["source"].enabled


def test_the_list_of_sources_tells_freshness(client: Client, operator: User, records: dict[str, Any]) -> None:
    response = client.get(reverse("source:index"))
    assert response.context["object_list"][0].last_success == NOW


def test_a_rejected_item_is_read_and_resolved(client: Client, operator: User, records: dict[str, Any]) -> None:
    item = records["rejecteditem"]
    page = client.get(reverse("rejecteditem:inspect", args=[item.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    url = reverse("rejecteditem:resolve", args=[item.pk])
    assert client.get(url).status_code == 200
    for resolved in (True, False):
        assert client.post(url).status_code == 302
        item.refresh_from_db()
        assert (item.resolved_at is not None) is resolved


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("resolved", 1), ("", 2)])
def test_open_items_are_told_from_resolved_ones(
    client: Client, operator: User, records: dict[str, Any], state: str, count: int
) -> None:
    RejectedItem.objects.create(run=records["run"], source=records["source"], reason="x", at=NOW, resolved_at=NOW)
    response = client.get(reverse("rejecteditem:index"), {"state": state})
    assert response.context["paginator"].count == count


@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_lists_and_details(client: Client, operator: User, records: dict[str, Any], name: str) -> None:
    index = client.get(reverse(f"{name}:index"))
    assert index.status_code == 200
    assert client.get(reverse(f"{name}:index_results"), {"q": "x", "p": "99"}).status_code == 200
    assert client.get(reverse(f"{name}:inspect", args=[records[name].pk])).status_code == 200


@pytest.mark.parametrize("name", READ_ONLY)
def test_not_even_a_superuser_edits_them(client: Client, operator: User, records: dict[str, Any], name: str) -> None:
    operator.is_superuser = True
    operator.save()
    pk = records[name].pk
    for path in ("new", f"edit/{pk}", f"delete/{pk}", f"copy/{pk}"):
        assert client.post(f"/admin/{name}/{path}/").status_code == 404
    text = client.get(reverse(f"{name}:index")).content.decode()
    assert f"/admin/{name}/new/" not in text
    assert f"/admin/{name}/edit/" not in text


def test_a_run_tells_its_counters_and_reason(client: Client, operator: User, records: dict[str, Any]) -> None:
    text = client.get(reverse("run:inspect", args=[records["run"].pk])).content.decode()
    assert "layout changed" in text


@pytest.mark.parametrize("name", ["run", "change", "snapshot", "rejecteditem"])
def test_lists_cost_the_same_for_any_length(
    client: Client, operator: User, records: dict[str, Any], name: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        run = make_run(records["source"], started_at=NOW + timedelta(hours=number))
        Snapshot.objects.create(
            run=run, url=f"https://registry.example/{number}", fetched_at=NOW, status=200, sha256="c" * 64, size=1
        )
        RejectedItem.objects.create(run=run, source=records["source"], reason="x", at=NOW)
        make_change(make_standard(f"ISO {number + 1}:2002"), editor=operator)
    client.get(reverse(f"{name}:index"))
    with django_assert_max_num_queries(12):
        client.get(reverse(f"{name}:index"))


def test_editors_do_not_run_the_crawlers(client: Client, records: dict[str, Any]) -> None:
    user = User.objects.create_user("zhang.san", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    assert client.get(reverse("source:edit", args=["registry"]))["Location"] == reverse("wagtailadmin_home")
    assert client.get(reverse("change:index")).status_code == 200


def test_the_menu_shows_what_a_group_may_see(client: Client, operator: User, records: dict[str, Any]) -> None:
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("run:index") in text
    assert reverse("relation:index") not in text
