"""What is marked in texts: the names of what a query looks for, taken apart into the words that the index knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from search.plan import Group
from search.stems import english
from search.text import RUN, QueryWord, fold, has_cjk, query_words

_BETWEEN = r"[\W_]{0,3}"
"""What may stand between the words of a name: a space, a hyphen."""
_CODE = re.compile(r"([a-z]{2,4})([0-9]{1,5})")


@dataclass(frozen=True)
class Needle:
    """One name, marked where all of it stands; failing that, and unless ``whole``, its words where a text has them all.

    ``unfinished``: the name is still being typed, its last word may go on.
    """

    name: str
    words: tuple[QueryWord, ...]
    whole: bool = False
    unfinished: bool = False

    @cached_property
    def cjk(self) -> bool:
        """Written in Chinese, at least partly."""
        return has_cjk(self.name)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """All its words in order, as a name that is not Chinese is looked for."""
        return tuple(part for word in self.words for part in word.parts)

    @cached_property
    def required(self) -> tuple[QueryWord, ...]:
        """The words without which the engine does not find the name. (It does not insist on single characters.)"""
        telling = tuple(word for word in self.words if not word.stop and not (word.cjk and len(word.text) == 1))
        return telling or self.words


def needles(names: Iterable[str], *, whole: bool = False, unfinished: bool = False) -> frozenset[Needle]:
    """What to look for; names without a word are none."""
    found: set[Needle] = set()
    for name in dict.fromkeys(names):
        words = tuple(query_words(name))
        if words:
            found.add(Needle(" ".join(RUN.findall(fold(name))), words, whole, unfinished))
        if len(words) == 1 and (code := _CODE.fullmatch(words[0].text)):
            # The index finds such a code in "TC 176" as well.
            found.add(Needle(f"{code[1]} {code[2]}", (QueryWord(name, (code[1], code[2]), cjk=False),), whole=True))
    return frozenset(found)


def wanted(groups: Iterable[Group]) -> frozenset[Needle]:
    """What to mark for the things that a query names."""
    return frozenset(needle for group in groups for needle in needles(group.names, whole=group.phrase))


@lru_cache(maxsize=1024)
def pattern(name: str) -> re.Pattern[str]:
    """Finds a name written in Chinese, or partly so, in a folded text, also inside other words."""
    return re.compile(_BETWEEN.join(map(re.escape, name.split())))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A folded word as an English text has it in the index; a word too long to be one has no stem there either."""
    stems = english([word]) if word.isascii() else []
    return stems[0] if stems else word


@lru_cache(maxsize=4096)
def stems_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The stem of each: the same words are looked for in every text of a page."""
    return tuple(map(stem, words))
