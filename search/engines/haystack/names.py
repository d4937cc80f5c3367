"""What the names in a query of Haystack's stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from search.clauses import Clause
from search.engines.errors import EngineQueryError
from search.schema import Field


@dataclass(frozen=True, slots=True)
class Name:
    """A field of a ``SearchIndex``.

    ``twin`` holds the same values whole, to be counted, compared and sorted by; the field itself where it can do that.
    """

    field: Field
    weight: float = 1.0
    twin: Field | None = None
    spellings: Callable[[str], tuple[str, ...]] | None = None
    """The forms in which the index holds a value, where it does not hold it as people write it."""

    @property
    def whole(self) -> Field:
        return self.twin or self.field


class Names(Protocol):
    """The names of one connection."""

    def name(self, name: str) -> Name | None:
        """None for the content: all that is searched where no field is named. Raises EngineQueryError."""

    @property
    def content(self) -> tuple[Name, ...]:
        """The fields of the content."""

    def words(self, text: str) -> Clause | None:
        """The content has the words of a plain text; None where any translation of them will do."""

    def asked(self, text: str) -> Clause | None:
        """What a person means who types ``text`` into a search box; None likewise."""


def unknown(name: str) -> EngineQueryError:
    return EngineQueryError(f"There is no field {name!r}")
