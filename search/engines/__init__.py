"""Search engines behind one interface.

Ask the engine of the site with ``get_engine().run(Request(...))``; that is how the portal's own searches go. Haystack
is the interface for everything else (``SearchQuerySet``, ``update_index``, third-party apps): its backend holds the
same engine, so ``HAYSTACK_CONNECTIONS`` alone says which one it is.
"""

from __future__ import annotations

from haystack import connections

from search.engines.base import Engine


def get_engine(alias: str = "default") -> Engine:
    """The engine of a Haystack connection."""
    engine: Engine = connections[alias].get_backend().engine
    return engine
