"""Haystack on top of any engine: what it asks becomes clauses, what the engine answers becomes its results."""

from __future__ import annotations

from search.engines.haystack.backend import EngineBackend
from search.engines.haystack.query import EngineSearchQuery

__all__ = ["EngineBackend", "EngineSearchQuery"]
