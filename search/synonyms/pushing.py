"""The glossary on its way to an engine that keeps synonyms of its own, for queries that do not go through the planner.

What the engine has is known by a fingerprint in the database, so that whatever it missed, a change, a new release of
the bundled glossary, another cluster, is made up for by the next push.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from django.utils import timezone

from search.engines import get_engine
from search.engines.errors import EngineError
from search.glossary import Glossary
from search.models import SynonymState

_ERROR_LENGTH = 2000


@runtime_checkable
class SynonymKeeper(Protocol):
    """Where an engine keeps synonyms: attribute ``synonyms`` of an engine that does."""

    def fingerprint(self, glossary: Glossary) -> str:
        """Names this glossary in this very place."""

    def push(self, glossary: Glossary) -> None:
        """Put it there in place of what is there. Raises EngineError."""


def keeper() -> SynonymKeeper | None:
    """The one of the site's engine; None where the planner alone knows synonyms, as with the embedded engine."""
    found = getattr(get_engine(), "synonyms", None)
    return found if isinstance(found, SynonymKeeper) else None


def push(glossary: Glossary, *, force: bool = False) -> bool:
    """Push what the engine has not, or in any case; True if something was pushed. One query where nothing is to do.

    Raises EngineError, which is also noted for the admin.
    """
    place = keeper()
    if place is None:
        return False
    state = SynonymState.objects.filter(pk=SynonymState.ONLY).first()
    wanted = place.fingerprint(glossary)
    if state and state.pushed == wanted and not force:
        return False
    try:
        place.push(glossary)
    except EngineError as error:
        _note(push_error=str(error)[:_ERROR_LENGTH])
        raise
    _note(pushed=wanted, pushed_at=timezone.now(), push_error="")
    return True


def _note(**values: object) -> None:
    """Only what is known of the push: the stamp is somebody else's to change."""
    if not SynonymState.objects.filter(pk=SynonymState.ONLY).update(**values):
        SynonymState.objects.get_or_create(pk=SynonymState.ONLY, defaults=values)
