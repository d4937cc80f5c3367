"""People who follow things."""

from __future__ import annotations

from django.contrib.auth.models import User

from search.watch.models import FollowedKey, Follower, SavedSearch, Subscription


def person(name: str = "ada", **values: object) -> Follower:
    user = User.objects.create_user(name, f"{name}@example.org", "a-long-passphrase")
    return Follower.objects.create(user=user, **values)


def follow(follower: Follower, kind: str, key: str, **values: object) -> Subscription:
    fields = {"label": f"{kind} {key}"} | values
    subscription = Subscription.objects.create(follower=follower, kind=kind, key=key, **fields)
    FollowedKey.objects.create(subscription=subscription, kind=kind, key=key)
    if kind == "search":
        SavedSearch.objects.get_or_create(query=key)
    return subscription
