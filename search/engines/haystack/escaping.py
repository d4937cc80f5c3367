"""Values inside queries that a programmer writes by hand.

Conditions of a ``SearchQuerySet`` are never written as a query, so nothing in them has to be escaped. What Haystack
calls cleaning is for strings that go into ``raw_search`` and ``narrow``; a value that went through it and then comes as
a condition (``autocomplete`` does that) is taken as it was.
"""

from __future__ import annotations

RESERVED_WORDS = ("AND", "NOT", "OR", "TO")
RESERVED_CHARACTERS = ("\\", "+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]", "^", '"', "~", "*", "?", ":", "/")
"""Of the query syntax of Lucene, which those of the engines follow. The backslash is first, or it would be doubled."""


class Escaped(str):
    """A text as a raw query takes it; ``original`` is the text itself."""

    original: str

    def __new__(cls, escaped: str, original: str) -> Escaped:
        made = super().__new__(cls, escaped)
        made.original = original
        return made

    def __reduce__(self) -> tuple[type[Escaped], tuple[str, str]]:
        return Escaped, (str(self), self.original)


def escaped(text: str) -> Escaped:
    """Words that are operators in lower case, characters that are with a backslash."""
    words = []
    for word in text.split():
        if word in RESERVED_WORDS:
            word = word.lower()
        for character in RESERVED_CHARACTERS:
            word = word.replace(character, f"\\{character}")
        words.append(word)
    return Escaped(" ".join(words), text.original if isinstance(text, Escaped) else text)


def original(value: object) -> object:
    """The value without its escapes."""
    return value.original if isinstance(value, Escaped) else value
