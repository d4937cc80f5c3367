"""HTTP byte ranges (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``first`` to ``last``, both included, of ``size``."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


class Unsatisfiable(ValueError):
    """The range lies beyond the end (416)."""


def parse(header: str, size: int) -> ByteRange | None:
    """The range asked for, or None where the whole is to be sent.

    The whole is sent for an absent, malformed or foreign header, as the standard has it, and for several ranges at
    once: a server may ignore those, and no PDF viewer needs them. Raises Unsatisfiable.
    """
    match = _ONE.fullmatch(header)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        length = int(match[2])
        if not length or not size:
            raise Unsatisfiable(header)
        return ByteRange(max(size - length, 0), size - 1, size)
    first, last = int(match[1]), int(match[2] or size - 1)
    if match[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable(header)
    return ByteRange(first, min(last, size - 1), size)
