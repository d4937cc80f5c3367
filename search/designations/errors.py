"""Why a text is not a designation."""

from __future__ import annotations

from typing import Final

MAX_LENGTH: Final = 200
"""Longest text that :func:`parse` looks at, in characters. The longest real designation known has 84."""


class DesignationError(ValueError):
    """The text is not a designation of a standard.

    ``code`` is stable and meant for programs and for translated messages:

    ``empty``              nothing but space or punctuation
    ``too-long``           more than ``MAX_LENGTH`` characters
    ``unknown-publisher``  does not begin with the code of a known issuing body
    ``no-number``          a known issuing body, but no number that it could have given
    ``several``            a list or a range: ``find`` reads each of them
    ``trailing``           a designation, followed by ``rest`` which is no part of one
    ``bad-slug``           (``parse_slug`` only) an address that no designation has
    """

    def __init__(self, code: str, text: str, rest: str = "") -> None:
        self.code = code
        self.text = text
        self.rest = rest
        super().__init__(f"{code}: {text[:MAX_LENGTH]!r}" + (f" ({rest[:40]!r} is left over)" if rest else ""))
