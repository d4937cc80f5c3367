"""The words of the glossary on their way to a cluster that keeps a copy, for whatever works behind the pages."""

from __future__ import annotations

import logging

from portal.resting import Rests
from search.engines.errors import EngineError
from search.synonyms.live import push_if_behind

logger = logging.getLogger(__name__)

_rests = Rests(first=60.0, longest=600.0)


def push_names() -> None:
    """Bring the copy up to date. A cluster that refuses it is asked again later, and has its records all the same."""
    if _rests.left:
        return
    try:
        push_if_behind()
    except EngineError as problem:
        logger.warning("The synonyms are not pushed for %.0f s: %s", _rests.begin(), problem)
    else:
        _rests.end()
