"""Names of substances made comparable. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

_NOISE: Final = re.compile(r"[\W_]+")
_QUOTES: Final = str.maketrans(dict.fromkeys("’‘′´`", "'"))
_PLAIN: Final = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Without case, width, accents, signs and spaces. Digits and Greek letters count: they tell isomers apart."""
    plain = unicodedata.normalize("NFKD", name.translate(_QUOTES)).casefold()
    return _NOISE.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def key(name: str) -> str:
    """A short stand-in for a folded name, which may be a page long."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:32]


def slug(name: str) -> str:
    """For the address of a substance without a number: its beginning, and what tells it from others that begin so."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return f"{_PLAIN.sub('-', ascii_name).strip('-')[:60].strip('-') or 'substance'}-{key(name)[:6]}"
