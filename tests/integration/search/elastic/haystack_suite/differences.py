"""Where our engine does not do what Haystack's tests of its Elasticsearch 7 backend expect, and why that is meant."""

from __future__ import annotations

DIFFERENCES: dict[str, str] = {}
"""Name of a test → the reason."""
