"""Keeping bills of materials, and finding those that a change of the lists touches.

A list keeps the identifiers of its lines. So a changed substance finds the lists that name it, and no list is judged
anew for it: the cost grows with what changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from content.reach import names
from content.reach.check.judging import Answer, chunks, identifiers, judge, names_of
from content.reach.check.lines import Line, lines_of
from content.reach.models import Number, SavedIdentifier, SavedList, Substance

MAX_LISTS = 50
"""Of one person."""


class TooManyLists(ValueError):
    """More than ``MAX_LISTS``."""


def save(user: User, name: str, rows: Sequence[Sequence[str]]) -> SavedList:
    """Keeps a list. Raises TooManyLists, TooManyLines."""
    lines = lines_of(rows)
    result = judge(lines)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two at once must not pass the limit together
        if SavedList.objects.filter(user=user).count() >= MAX_LISTS:
            raise TooManyLists(str(MAX_LISTS))
        now = timezone.now()
        saved = SavedList.objects.create(
            user=user,
            name=name,
            rows=[list(row) for row in rows],
            lines=len(lines),
            listed=result.count(Answer.LISTED),
            judged_at=now,
            created_at=now,
        )
        SavedIdentifier.objects.bulk_create(
            SavedIdentifier(saved=saved, value=value, rows=places) for value, places in by_identifier(lines).items()
        )
    return saved


def by_identifier(lines: Iterable[Line]) -> dict[str, list[int]]:
    """The rows that name each identifier. Pure."""
    found: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        for value in dict.fromkeys(identifiers(line)):
            found[value].append(line.row)
    return dict(found)


def take_note(saved: SavedList) -> None:
    """Judges the list as the lists are now, and counts what touches it from now on."""
    saved.judged_at = timezone.now()
    saved.listed = judge(lines_of(saved.rows)).count(Answer.LISTED)
    saved.save(update_fields=["listed", "judged_at"])


def known_by(substances: Collection[int]) -> dict[str, set[int]]:
    """Identifiers by which a line may mean one of these substances, with their keys. Two queries."""
    found: dict[str, set[int]] = defaultdict(set)
    for chunk in chunks(substances):
        for pk, value in Number.objects.filter(substance__in=chunk).values_list("substance", "value"):
            found[value].add(pk)
        for one in Substance.objects.filter(pk__in=chunk).only("name", "name_zh", "synonyms"):
            for name in names_of(one.name, one.name_zh, one.synonyms):
                found[f"name:{names.key(name)}"].add(one.pk)
    return found


def naming(substances: Collection[int], user: User | None = None) -> Iterator[tuple[SavedIdentifier, set[int]]]:
    """Identifiers of saved lists, all or one person's, that mean one of these substances, and which."""
    known = known_by(substances)
    for chunk in chunks(known):
        # Without the tables themselves, each of which may be half a megabyte.
        held = SavedIdentifier.objects.filter(value__in=chunk).select_related("saved").defer("saved__rows")
        for one in held.filter(saved__user=user) if user else held:
            yield one, known[one.value]


def touched_lines(substances: Collection[int], user: User) -> dict[int, list[int]]:
    """Rows of one person's lists that name one of these substances, by the lists' keys."""
    found: dict[int, set[int]] = defaultdict(set)
    for identifier, _meant in naming(substances, user):
        found[identifier.saved_id] |= set(identifier.rows)
    return {pk: sorted(rows) for pk, rows in found.items()}
