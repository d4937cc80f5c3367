"""``sources/<name>.yml``: what a source is, validated."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, ValidationError

from crawlers.errors import ConfigError

SOURCES_DIR = Path(__file__).parent / "sources"

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(Strict):
    zh: Text
    en: Text


class Licence(Strict):
    name: Text
    url: HttpUrl | None = None


class Expected(Strict):
    """Bounds of a whole run; outside them it fails and nothing is marked as missing."""

    items: tuple[int, int]
    """Fewest and most records, rejected ones not counted."""
    rejected_share: Annotated[float, Field(ge=0, le=1)] = 0.01
    missing_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    """Of the records listed before, how many a run may find no longer listed, beyond a few."""
    failed_documents: Annotated[int, Field(ge=0)] = 0
    """Documents that may fail; with any failed one the run succeeds, but marks nothing as missing."""


class SourceConfig(Strict):
    """One source. ``name`` is the file's name."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,49}$")]
    title: Title
    publisher: Text
    licence: Licence
    human_url: HttpUrl
    data_url: HttpUrl
    frequency: Literal["daily", "weekly", "monthly", "once"]
    verification: Literal["recorded", "documented"]
    """Whether the parser has been checked against real recorded documents."""
    authority: tuple[Text, ...] = ()
    """Codes of the bodies whose own word this is: there it wins over other sources."""
    precedence: dict[str, int] = {}
    """Field → rank where sources without authority disagree; the higher wins, a field not named has rank 0."""
    dates: tuple[str, ...] = ()
    """``strptime`` formats found at this source."""
    lookups: dict[str, dict[str, Any]] = {}
    """Tables that turn the source's values, dirty ones included, into ours."""
    expected: Expected
    download_delay: Annotated[float, Field(ge=0, le=60)] = 1.0
    """Seconds between two requests to start with; AutoThrottle may slow down, never speed up beyond it."""
    key_setting: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")] = ""
    """Setting with the key that the publisher gives out; without a value the source is shown as not configured."""
    settings: dict[str, Any] = {}
    """What only this source's spider understands (start URLs, page limits)."""


def names() -> list[str]:
    """All sources, each a ``.py`` and a ``.yml``, in alphabetical order."""
    return sorted(path.stem for path in SOURCES_DIR.glob("*.yml") if path.with_suffix(".py").is_file())


@cache
def load(name: str) -> SourceConfig:
    """The configuration of one source; ConfigError says what is wrong with it."""
    if name not in names():
        raise ConfigError(f"no source {name!r}; there are: {', '.join(names())}")
    path = SOURCES_DIR / f"{name}.yml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return SourceConfig.model_validate({"name": name, **content})
    except (yaml.YAMLError, ValidationError, TypeError) as problem:
        raise ConfigError(f"{path.name}: {problem}") from problem
