"""What was sent is forgotten after a time, and operators see what was not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.watch.forgetting import KEPT, forget
from search.watch.models import Delivery, Follower, Mail, Webhook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails() -> None:
    cache.delete("watch.forgetting")
    follower = Follower.objects.create(user=User.objects.create_user("ada", "ada@example.org"))
    hook = Webhook.objects.create(follower=follower, url="https://ada.example/hook")
    for age in (timedelta(days=1), KEPT + timedelta(days=1)):
        at = timezone.now() - age
        Mail.objects.create(follower=follower, frequency="daily", made_at=at, next_at=at, error="refused")
        Delivery.objects.create(webhook=hook, body="{}", made_at=at, next_at=at, error="no route")


def test_what_is_old_goes_once_an_hour() -> None:
    forget(timezone.now())
    assert (Mail.objects.count(), Delivery.objects.count()) == (1, 1)
    later = timezone.now() + KEPT
    forget(later)
    assert Mail.objects.count() == 1, "it was looked at just now"
    cache.delete("watch.forgetting")
    forget(later)
    assert (Mail.objects.count(), Delivery.objects.count()) == (0, 0)


def test_operators_see_what_failed_and_nobodys_address(client: Client) -> None:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    for name, said in (("mail", "refused"), ("delivery", "no route")):
        listed = client.get(reverse(f"{name}:index")).content.decode()
        assert said in listed
        assert "ada@example" not in listed
        assert "ada.example" not in listed
        one = (Mail if name == "mail" else Delivery).objects.latest("pk")
        shown = client.get(reverse(f"{name}:inspect", args=[one.pk])).content.decode()
        assert said in shown
        assert "ada@example" not in shown
        assert "ada.example" not in shown
    assert client.get(f"{reverse('mail:index')}?sent_at__isnull=true").status_code == 200
