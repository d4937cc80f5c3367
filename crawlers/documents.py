"""A fetched document as a parser sees it: bytes and an address, nothing of HTTP or Django."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any

from crawlers.errors import StructureChanged

MAX_LINE = 1 << 20
"""Longest line of a line-oriented document, in bytes; ISO's longest has 9 kB."""


@dataclass(frozen=True, slots=True)
class Document:
    """``open`` gives the bytes from their start, each time anew."""

    url: str
    open: Callable[[], IO[bytes]]

    @classmethod
    def of(cls, url: str, body: bytes) -> Document:
        """A document held in memory."""
        return cls(url, lambda: BytesIO(body))

    def read(self) -> bytes:
        """The whole body; for documents that are small by nature (HTML pages)."""
        with self.open() as stream:
            return stream.read()

    def lines(self) -> Iterator[bytes]:
        """Line by line, whatever the length of the document. StructureChanged for a line beyond ``MAX_LINE``."""
        with self.open() as stream:
            while line := stream.readline(MAX_LINE + 1):
                if len(line) > MAX_LINE:
                    raise StructureChanged(f"{self.url} has a line of more than {MAX_LINE} bytes")
                yield line


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record of a document that could not be read: what a parser yields in place of an item."""

    key: str
    url: str
    reason: str
    detail: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
