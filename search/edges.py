"""Where words begin and end in a run of Chinese, as the index cuts it.

A term that starts or stops inside another word is a chance meeting of characters: 和服 in 产品和服务.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import rjieba

_SHORT = 60
"""Characters of a run that is worth remembering: titles come again, pages do not."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Positions in a run at which words begin, and at which words end."""

    starts: frozenset[int]
    ends: frozenset[int]

    def hold(self, low: int, high: int) -> bool:
        """Whether that stretch is made of whole words."""
        return low in self.starts and high in self.ends


def edges(run: str) -> Edges:
    """Edges of the words of a run, and of the words inside longer ones: 管理体系 has 管理 and 体系.

    Where the inner words make up the longer one from end to end, only those are words: 产品质量 has 产品 and 质量, not
    品质.
    """
    return _edges_of_short(run) if len(run) <= _SHORT else _edges(run)


def _edges(run: str) -> Edges:
    starts: set[int] = set()
    ends: set[int] = set()
    for word, low, high in rjieba.tokenize(run, "default"):
        starts.add(low)
        ends.add(high)
        if len(word) > 2:
            for start, end in _inner(word):
                starts.add(low + start)
                ends.add(low + end)
    return Edges(frozenset(starts), frozenset(ends))


_edges_of_short = lru_cache(maxsize=4096)(_edges)


@lru_cache(maxsize=8192)
def _inner(word: str) -> tuple[tuple[int, int], ...]:
    """Places of the words inside a longer one."""
    found = [(low, high) for part, low, high in rjieba.tokenize(word, "search") if 1 < len(part) < len(word)]
    chain, at = [], 0
    shortest = dict(sorted(found, reverse=True))
    while at in shortest:
        chain.append((at, shortest[at]))
        at = shortest[at]
    return tuple(chain if at == len(word) else found)
