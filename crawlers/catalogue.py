"""Which sources there are."""

from __future__ import annotations

from pathlib import Path

SOURCES = Path(__file__).parent / "sources"


def names() -> list[str]:
    """Names of all sources, each a ``.py`` and a ``.yml`` in ``sources/``."""
    return sorted(path.stem for path in SOURCES.glob("*.yml") if path.with_suffix(".py").is_file())
