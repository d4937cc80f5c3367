"""Counts shown on pages. They are counted at most once in ``FRESH`` seconds; nobody needs them to the second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Case, Count, F, Model, Value, When

from content.standards.models import Body, CcsClass, File, IcsClass, Standard

FRESH = 60
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """How many records a body has: all of them, and by status."""

    body: Body
    total: int
    by_status: dict[str, int]

    @property
    def in_force(self) -> int:
        return self.by_status.get(Standard.Status.IN_FORCE, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The portal in numbers; bodies by falling number of records."""

    records: int
    in_force: int
    files: int
    bodies: tuple[BodyFigures, ...]


def figures() -> Figures:
    """Public records by body and status, and files that can be read."""
    return _fresh("figures:standards", _count_figures)


def class_counts(model: type[IcsClass] | type[CcsClass]) -> dict[str, int]:
    """Public records of each class, those of its narrower classes included and each record counted once."""
    return _fresh(f"figures:{model.__name__}", lambda: _count_classes(model))


def classes(model: type[IcsClass] | type[CcsClass]) -> dict[str, IcsClass | CcsClass]:
    """The whole classification by code, in its order; 1,400 and 1,900 classes.

    They are kept in the process: unpickling them would cost a third of the home page. The cache only says for how long.
    """
    key = f"classes:{model.__name__}"
    mark = cache.get(key)
    held = _held.get(key)
    if held is None or mark is None or held[0] != mark:
        mark = cache.get_or_set(key, uuid4().hex, FRESH)
        held = _held[key] = mark, {one.code: one for one in model.objects.order_by("code")}
    return held[1]


_held: dict[str, tuple[str | None, dict[str, IcsClass | CcsClass]]] = {}


def _fresh(key: str, count: Callable[[], Counted]) -> Counted:
    value = cache.get(key)
    if value is None:
        value = count()
        cache.set(key, value, FRESH)
    return cast("Counted", value)


def _count_figures() -> Figures:
    rows = Standard.objects.public().values_list("body", "status").annotate(Count("pk")).order_by()
    counts: dict[str, dict[str, int]] = {}
    for body, status, count in rows:
        counts.setdefault(body, {})[status] = count
    bodies = [
        BodyFigures(body, sum(counts[body.pk].values()), counts[body.pk]) for body in Body.objects.filter(pk__in=counts)
    ]
    bodies.sort(key=lambda one: (-one.total, one.body.pk))
    files = File.objects.filter(standard__hidden_at__isnull=True, access=Standard.Access.FULL_TEXT).count()
    return Figures(
        records=sum(one.total for one in bodies),
        in_force=sum(one.in_force for one in bodies),
        files=files,
        bodies=tuple(bodies),
    )


def _count_classes(model: type[IcsClass] | type[CcsClass]) -> dict[str, int]:
    through: type[Model] = getattr(Standard, "ics" if model is IcsClass else "ccs").through
    one = model.__name__.lower()
    counts: dict[str, int] = {}
    for level in (1, 2, 3):
        # The ancestor of the class at this level; deeper than three neither classification goes.
        ancestor = Case(
            When(**{f"{one}__level": level}, then=F(one)),
            When(**{f"{one}__level": level + 1}, then=F(f"{one}__parent")),
            When(**{f"{one}__level": level + 2}, then=F(f"{one}__parent__parent")),
            default=Value(None),
        )
        rows = (
            through._default_manager.filter(standard__hidden_at__isnull=True)
            .values_list(ancestor)
            .annotate(Count("standard", distinct=True))
            .order_by()
        )
        counts.update({code: count for code, count in rows if code})
    return counts
