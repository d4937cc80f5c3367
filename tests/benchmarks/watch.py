"""Matching changes with what people follow: 1,000 changes against more and more subscriptions, in one run.

``python -m tests.benchmarks.watch``, over the records in ``DATA_DIR``; nothing of it stays.
"""

from __future__ import annotations

import itertools
import os
import random
import resource
import sys
import time
from collections.abc import Iterator

import django

SIZES = (1_000, 10_000, 100_000)
CHANGES = 1_000
PER_FOLLOWER = 100
SEARCHES = 0.2
"""Share of the subscriptions that are searches, each in other words."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import transaction

    from search.watch.anchors import renew
    from search.watch.matching import match

    try:
        with transaction.atomic():
            changes = _changes()
            held = 0
            for size in SIZES:
                _subscribe(size, held)
                held = size
                begun = time.perf_counter()
                anchored = renew()
                anchoring = time.perf_counter() - begun
                before = _memory()
                alerts, seconds = _measure(changes, match)
                sys.stdout.write(
                    f"watch: {size:>7,} subscriptions, {len(changes):,} changes: {alerts:,} alerts in {seconds:.1f} s "
                    f"(aim: at most 30 at 100,000), memory +{max(0, _memory() - before)} MiB; "
                    f"{anchored:,} new searches anchored in {anchoring:.1f} s\n"
                )
            raise _Undone
    except _Undone:
        return 0


class _Undone(Exception):
    """Rolls everything back."""


def _measure(changes: list[int], match: object) -> tuple[int, float]:
    from content.provenance.models import Change
    from search.watch.models import Alert

    Alert.objects.all().delete()
    Change.objects.filter(pk__in=changes).update(told=False)
    begun = time.perf_counter()
    while match():  # type: ignore[operator]
        pass
    return Alert.objects.count(), time.perf_counter() - begun


def _changes() -> list[int]:
    """Of records from all over the list; nothing else waits to be told."""
    from django.utils import timezone

    from content.provenance.models import Change
    from content.standards.models import Standard

    Change.objects.filter(told=False).update(told=True)
    total = Standard.objects.count()
    step = max(1, total // CHANGES)
    ids = list(Standard.objects.order_by("pk").values_list("pk", flat=True))[::step][:CHANGES]
    made = Change.objects.bulk_create(
        Change(
            record_type="standard",
            record_id=pk,
            label=str(pk),
            kind=Change.Kind.FIELD,
            cause=Change.Cause.SOURCE,
            field="title_en",
            old="a",
            new="b",
            at=timezone.now(),
            told=True,
        )
        for pk in ids
    )
    return [one.pk for one in made]


def _subscribe(size: int, held: int) -> None:
    from django.contrib.auth.models import User

    from search.watch.models import FollowedKey, Follower, SavedSearch, Subscription

    users = User.objects.bulk_create(
        User(username=f"bench-{number}") for number in range(held // PER_FOLLOWER, size // PER_FOLLOWER)
    )
    followers = Follower.objects.bulk_create(Follower(user=user) for user in users)
    wanted = itertools.islice(_wanted(size), held, size)
    named: dict[tuple[int, str, str], Subscription] = {}  # nobody follows the same thing twice
    for at, (kind, key) in enumerate(wanted):
        follower = followers[at // PER_FOLLOWER]
        named[follower.pk, kind, key] = Subscription(follower=follower, kind=kind, key=key, label=key[:300])
    rows = list(named.values())
    Subscription.objects.bulk_create(rows, batch_size=5_000)
    FollowedKey.objects.bulk_create(
        (FollowedKey(subscription=row, kind=row.kind, key=row.key) for row in rows), batch_size=5_000
    )
    queries = {row.key for row in rows if row.kind == "search"}
    SavedSearch.objects.bulk_create(
        (SavedSearch(query=query) for query in sorted(queries)), batch_size=5_000, ignore_conflicts=True
    )


def _wanted(size: int) -> Iterator[tuple[str, str]]:
    """Standards, classes and searches in words of titles; the same beginning for every size."""
    from urllib.parse import urlencode

    from content.standards.models import IcsClass, Standard

    chance = random.Random(4)  # noqa: S311 -- the same every time
    titled = Standard.objects.exclude(title_en="").order_by("pk").values_list("slug", "title_en")
    slugs, titles = zip(*titled, strict=True)
    classes = list(IcsClass.objects.order_by("pk").values_list("pk", flat=True))
    for at in range(size):
        if chance.random() < SEARCHES:
            words = [word for word in chance.choice(titles).split() if word.isalpha() and len(word) > 3]
            some = chance.sample(words, min(2, len(words))) or ["quality"]
            yield "search", urlencode({"q": " ".join([*some, chance.choice(titles).split()[0]])})
        elif at % 4:
            yield "standard", chance.choice(slugs)
        else:
            yield "ics", chance.choice(classes)


def _memory() -> int:
    """Greatest resident set so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
