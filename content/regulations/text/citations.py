"""What a text cites: regulations by 《title》, standards by designation; and what it repeals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from content.regulations.text.structure import Unit
from content.regulations.text.titles import is_act, match_key, tidy_title
from search.designations import find

MAX_PLACES: Final = 20
"""Places kept of one citation; a law that names another two hundred times is found there by reading."""
_SENTENCE: Final = re.compile(r"[^。；\n]*(?:同时废止|即行废止|予以废止|同时失效)")


@dataclass(frozen=True, slots=True)
class Cited:
    """``name``: designation or title as written first. ``places``: anchors of the units that name it, in order."""

    kind: str
    name: str
    key: str
    places: tuple[str, ...]


def titles_in(text: str) -> Iterator[str]:
    """Outermost titles in 《》, in order; a mark that is never closed is none. Linear in the length of the text."""
    for start, end in spans_of_titles(text):
        yield text[start:end]


def spans_of_titles(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost titles stand, without their marks."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char == "《":
            if depth == 0:
                start = at + 1
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                yield start, at
        elif char == "\n":
            depth = 0


def cited(units: Iterable[Unit], own_title: str) -> list[Cited]:
    """Everything that the units cite but the act itself, by first appearance."""
    own = match_key(own_title)
    places: dict[tuple[str, str], list[str]] = {}
    names: dict[tuple[str, str], str] = {}
    for unit in units:
        text = f"{unit.heading}\n{unit.text}"
        for kind, name, key in (*_regulations(text), *_standards(text)):
            if kind == "regulation" and key == own:
                continue
            names.setdefault((kind, key), name)
            held = places.setdefault((kind, key), [])
            if len(held) < MAX_PLACES and unit.anchor not in held:
                held.append(unit.anchor)
    return [Cited(kind, name, key, tuple(places[kind, key])) for (kind, key), name in names.items()]


def repealed(units: Iterable[Unit], own_title: str) -> list[str]:
    """Titles of the acts that end with this one: 《…》同时废止. An earlier act of the same title is no other act."""
    own = match_key(own_title)
    found: dict[str, None] = {}
    for unit in units:
        for sentence in _SENTENCE.findall(unit.text):
            for start, end in spans_of_titles(sentence):
                title = sentence[start:end]
                in_part = sentence[end + 1 : end + 2] == "第"  # 《…》第三条同时废止
                if is_act(title) and match_key(title) != own and not in_part:
                    found.setdefault(tidy_title(title))
    return list(found)


def _regulations(text: str) -> Iterator[tuple[str, str, str]]:
    for title in titles_in(text):
        if is_act(tidied := tidy_title(title)):
            yield "regulation", tidied, match_key(tidied)


def _standards(text: str) -> Iterator[tuple[str, str, str]]:
    if text.isascii() or any(char.isdigit() for char in text):
        for one in find(text):
            yield "standard", one.designation.canonical, one.designation.slug
