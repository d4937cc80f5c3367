"""Why a file that somebody uploaded is not read."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Codes; whoever shows them says in the reader's language what to do."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    """Not one of the kinds of files that are read, whatever its name says."""
    PROTECTED = "protected"
    """Closed by a password, or of the format before 2007, which looks the same from outside."""
    DAMAGED = "damaged"
    BOMB = "bomb"
    """Unpacked it would be far larger than any honest file."""
    TOO_MANY_ROWS = "too_many_rows"
    NO_TEXT = "no_text"
    """Pictures of pages."""


class UploadError(Exception):
    """A file that is not read; ``detail`` is for the log."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else fault)
        self.fault = fault
        self.detail = detail
