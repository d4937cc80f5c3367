"""Addresses in running text, those included that a line end parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MAX_URL: Final = 500
_URL: Final = re.compile(r"https?://[^\s<>\"'«»“”‘’\[\]{}|\\^`（）、，。；]{1,600}", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"[ \n](?=[_/?&=%#])[^\s<>\"]+|\n(?!https?:)[^\s<>\":]+(?=[ \n]|$)", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|html?|zip|aspx?|php)$", re.IGNORECASE)
_CLOSING: Final = ".,;:!?)"


def urls_of(text: str) -> list[str]:
    """Each address once, in order; without what is too long or has no host."""
    return list(dict.fromkeys(url for url, _start, _end in _found(text) if len(url) <= MAX_URL and "." in url))


def without_urls(text: str) -> str:
    """The text around its addresses."""
    parts, past = list[str](), 0
    for _url, start, end in _found(text):
        parts.append(text[past:start])
        past = end
    return " ".join([*parts, text[past:]]) if parts else text


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    past = 0
    for match in _URL.finditer(text):
        if match.start() < past:
            continue
        url, past = match[0], match.end()
        while len(url) <= MAX_URL and (more := _GOES_ON.match(text, past)) and _belongs(url, more[0]):
            url, past = url + more[0][1:], more.end()
        tidied = _tidied(url)
        past -= len(url) - len(tidied)
        if len(tidied) > len("https://"):
            yield tidied[:5].lower() + tidied[5:], match.start(), past


def _belongs(url: str, more: str) -> bool:
    """Whether a word that follows an address after a line end is the rest of it."""
    if _FILE.search(url) or url[-1] in _CLOSING:
        return False
    word = more[1:]
    return word[0] in "_/?&=%#" or (bool(_FILE.search(_tidied(word))) and "@" not in word) or url[-1] in "_=&%-"


def _tidied(url: str) -> str:
    """Without the signs of the sentence around it; a bracket stays where the address has opened it."""
    while url and url[-1] in _CLOSING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url
