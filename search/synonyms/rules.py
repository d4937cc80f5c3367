"""A rule: pure values, as the database, a file or a form give them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_TERMS: Final = 20
"""Terms on one side of a rule."""
MAX_LENGTH: Final = 100
"""Characters of a term."""
MAX_TOTAL: Final = 5_000
"""Terms that a query can be matched with, over all rules: with those that are bundled they fit into one synonyms set of
Elasticsearch, which takes 10,000."""
MAX_NAMES: Final = 16
"""Other names in one language that a word is searched under; each costs the engine up to six look-ups."""


class Kind(StrEnum):
    EQUIVALENT = "equivalent"
    """All ``terms`` mean the same; whichever is typed finds the others, and what they are translated to."""
    ONE_WAY = "one_way"
    """Each of ``terms`` also finds ``targets``, and what they are translated to; not the other way round."""
    TRANSLATION = "translation"
    """Chinese ``terms`` and English ``targets``, either of which finds the other."""
    ALIAS = "alias"
    """``terms`` are names that people use for the standards whose designations are ``targets``."""
    BLOCKED = "blocked"
    """Bundled names of ``terms`` that are wrong here: those in ``targets``, or all where there are none."""


TARGETED: Final = frozenset({Kind.ONE_WAY, Kind.TRANSLATION, Kind.ALIAS})
"""Kinds that say nothing without targets."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``number`` is the database's, 0 before it has one."""

    kind: Kind
    terms: tuple[str, ...]
    targets: tuple[str, ...] = ()
    note: str = ""
    enabled: bool = True
    number: int = 0

    def __str__(self) -> str:
        left, right = " · ".join(self.terms), " · ".join(self.targets)
        match self.kind:
            case Kind.EQUIVALENT:
                return " = ".join(self.terms)
            case Kind.TRANSLATION:
                return f"{left} ↔ {right}"
            case Kind.BLOCKED:
                return f"{left} ↛ {right}" if right else f"{left} ↛"
            case _:
                return f"{left} → {right}"
