"""One's own data: taken along, and deleted with the account."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from content.reach.models import SavedList
from search.watch.models import Follower, Subscription, Webhook
from tests.factories import NOW

pytestmark = pytest.mark.django_db

PASSWORD = "korrekte-pferde-batterie"


@pytest.fixture
def person(client: Client) -> User:
    user = User.objects.create_user("ada", "ada@example.org", PASSWORD)
    follower = Follower.objects.create(user=user)
    Subscription.objects.create(follower=follower, kind="member", key="EU", label="European Union")
    Webhook.objects.create(follower=follower, url="https://ada.example/hook")
    counted = {"lines": 1, "listed": 0, "judged_at": NOW, "created_at": NOW}
    SavedList.objects.create(user=user, name="Plugs", rows=[["cas"], ["50-00-0"]], **counted)
    client.force_login(user)
    return user


def test_all_that_is_held_is_given_out(client: Client, person: User) -> None:
    other = Follower.objects.create(user=User.objects.create_user("other"))
    Subscription.objects.create(follower=other, kind="member", key="CHN", label="China")
    answer = client.get("/account/data.json")
    held: dict[str, Any] = answer.json()
    assert held["account"]["email"] == person.email
    assert [one["key"] for one in held["follows"]] == ["EU"]
    assert [one["url"] for one in held["webhooks"]] == ["https://ada.example/hook"]
    assert [one["rows"] for one in held["lists"]] == [[["cas"], ["50-00-0"]]]
    secret = Webhook.objects.get().secret
    assert secret not in answer.content.decode()
    client.logout()
    assert client.get("/account/data.json").status_code == 302


def test_an_account_goes_with_everything_in_it(client: Client, person: User) -> None:
    page = client.post("/en/account/delete/", {"password": "wrong"})
    assert "That is not your password." in page.content.decode()
    assert User.objects.filter(pk=person.pk).exists()
    assert client.post("/account/delete/", {"password": PASSWORD}).status_code == 302
    assert not User.objects.exists()
    for model in (Follower, Subscription, Webhook, SavedList):
        assert not model._default_manager.exists()
    assert client.get("/account/data.json").status_code == 302, "signed out"


def test_staff_are_the_administrators_to_delete(client: Client, person: User) -> None:
    person.groups.add(Group.objects.get(name="Operators"))
    page = client.post("/en/account/delete/", {"password": PASSWORD})
    assert "Accounts of staff are deleted by the administrator" in page.content.decode()
    assert User.objects.filter(pk=person.pk).exists()
