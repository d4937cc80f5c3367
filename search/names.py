"""Bodies and classes, held in memory: every page of results names dozens of them, and they hardly ever change."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field

from django.core.cache import cache

from content.standards.models import Body, CcsClass, IcsClass

KEY = "search:names"
LIFETIME = 60
"""Seconds after which they are read anew at the latest; an edit in this portal tells all processes at once."""


@dataclass(frozen=True, slots=True)
class Names:
    """By code, as of one moment."""

    stamp: str = ""
    bodies: dict[str, Body] = field(default_factory=dict)
    ics: dict[str, IcsClass] = field(default_factory=dict)
    ccs: dict[str, CcsClass] = field(default_factory=dict)


_held = Names()
_lock = threading.Lock()


def names() -> Names:
    """The present ones; shared between requests, so that nobody may change them."""
    global _held
    stamp = str(cache.get_or_set(KEY, lambda: uuid.uuid4().hex, LIFETIME))
    if _held.stamp != stamp:
        with _lock:
            if _held.stamp != stamp:
                _held = Names(
                    stamp,
                    {one.code: one for one in Body.objects.all()},
                    {one.code: one for one in IcsClass.objects.all()},
                    {one.code: one for one in CcsClass.objects.all()},
                )
    return _held


def forget(**_signal: object) -> None:
    """Receiver of changes to bodies and classes."""
    cache.delete(KEY)
