"""Whether the search engine can answer."""

from __future__ import annotations

from search.engines import get_engine


def check_index() -> None:
    """Ask the index for its state. Raises EngineError with the reason."""
    get_engine().state()
