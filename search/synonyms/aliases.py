"""Names that people use for standards (等保, ISO 9000族), found in a query wherever they are typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.designations import Designation, Found
from search.edges import edges
from search.text import CJK, RUN, has_cjk

_PART = re.compile(rf"[{CJK}]|(?:(?![{CJK}])[^\W\d_])+|\d+")
_GAP = re.compile(r"[\s\-‐-―/_.·]{0,3}")
"""What may stand between the parts of a name, whichever of them it is written with."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as it was typed, where, and the standards meant."""

    text: str
    start: int
    end: int
    designations: tuple[Designation, ...]

    def lies_in(self, found: Found) -> bool:
        """Whether it is only a part of a designation: ``GB`` in ``GB/T 19001``."""
        apart = found.end <= self.start or self.end <= found.start
        return not apart and (found.start < self.start or self.end < found.end)


@dataclass(frozen=True)
class Aliases:
    """``written``: name → the standards that it stands for."""

    written: Mapping[str, tuple[Designation, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[Key, tuple[Designation, ...]]:
        """The same by what must be typed of a name."""
        return {key_of(name): meant for name, meant in self.written.items()}

    def find(self, text: str) -> list[Alias]:
        """The longest names from the left, as whole words; ``text`` is a cleaned query."""
        if not self.names:
            return []
        found: list[Alias] = []
        parts = list(_parts(text))
        runs = [match.span() for match in RUN.finditer(text)]
        at = 0
        while at < len(parts):
            alias, past = self._at(text, parts, runs, at)
            if alias:
                found.append(alias)
            at = past
        return found

    def _at(
        self, text: str, parts: list[tuple[str, int, int]], runs: list[tuple[int, int]], at: int
    ) -> tuple[Alias | None, int]:
        for key in self._by_first.get(parts[at][0], ()):
            past = at + len(key)
            stretch = parts[at:past]
            if tuple(part for part, _start, _end in stretch) != key:
                continue
            start, end = stretch[0][1], stretch[-1][2]
            near = all(_GAP.fullmatch(text, one[2], two[1]) for one, two in zip(stretch, stretch[1:], strict=False))
            if near and _begins_word(text, start, runs) and _ends_word(text, end, runs):
                return Alias(text[start:end], start, end, self.names[key]), past
        return None, at + 1

    @cached_property
    def _by_first(self) -> dict[str, list[Key]]:
        """Names by their first part, longest first."""
        found: dict[str, list[Key]] = {}
        for key in sorted(self.names, key=len, reverse=True):
            found.setdefault(key[0], []).append(key)
        return found


def key_of(name: str) -> Key:
    """What of a name must be typed: its letters, figures and characters, in whatever case and however spaced."""
    return tuple(part for part, _start, _end in _parts(name))


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Words, numbers and single Chinese characters with their places."""
    for match in _PART.finditer(text):
        yield match[0].casefold(), match.start(), match.end()


def _run_at(at: int, runs: list[tuple[int, int]]) -> tuple[int, int]:
    return runs[bisect_right(runs, (at, 1 << 30)) - 1]


def _begins_word(text: str, at: int, runs: list[tuple[int, int]]) -> bool:
    low, high = _run_at(at, runs)
    return at == low or (has_cjk(text[at]) and at - low in edges(text[low:high]).starts)


def _ends_word(text: str, at: int, runs: list[tuple[int, int]]) -> bool:
    low, high = _run_at(at - 1, runs)
    return at == high or (has_cjk(text[at - 1]) and at - low in edges(text[low:high]).ends)
