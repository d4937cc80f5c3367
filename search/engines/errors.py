"""What can go wrong with a search engine.

::

    EngineError
    ├── EngineUnavailable      it can't answer now; the same request may succeed later
    │   ├── IndexMissing       no index has been built yet, or only one of an older make
    │   └── IndexBusy          another process writes to the index
    ├── BuildFailed            a new index does not agree with the database and was not taken
    └── EngineQueryError       the request itself can't be answered, however often it is asked
        └── BadCursor          a cursor that no answer gave out
"""

from __future__ import annotations


class EngineError(Exception):
    """Any failure of a search engine; never shown to readers as an empty result."""


class EngineUnavailable(EngineError):
    """The engine or its index can't be reached or read."""


class IndexMissing(EngineUnavailable):
    """There is no index of the present make; the outbox drain builds it."""


class IndexBusy(EngineUnavailable):
    """Another process holds the index for writing."""


class BuildFailed(EngineError):
    """A new index was built, but does not hold what the database says."""


class EngineQueryError(EngineError):
    """The request asks what the engine can't do."""


class BadCursor(EngineQueryError):
    """The cursor is malformed, or belongs to a request of another order."""
