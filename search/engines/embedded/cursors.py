"""Cursors: where an answer ended, in a text that its reader hands back."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TypeAlias

from search.engines.errors import BadCursor

Value: TypeAlias = float | int | str | None
"""What a document is sorted by; None where it has no value."""

_MAX_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last document that was given out, and how many had been."""

    value: Value
    further: tuple[Value, ...]
    order: str
    served: int

    def encoded(self, name: str) -> str:
        raw = json.dumps(
            [name, self.value, self.further, self.order, self.served], ensure_ascii=False, separators=(",", ":")
        )
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def decoded(cls, text: str, name: str, kinds: tuple[type, ...], further: int) -> Cursor:
        """``kinds`` are the types its value may have, ``further`` the number of further values. Raises BadCursor."""
        try:
            if len(text) > _MAX_CURSOR:
                raise ValueError("too long")
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            of, value, others, order, served = json.loads(raw)
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise BadCursor("This is not a cursor") from error
        valid = type(value) in kinds and isinstance(order, str) and isinstance(served, int) and 0 <= served < 2**40
        if not valid or not isinstance(others, list) or not all(isinstance(each, Value) for each in others):
            raise BadCursor("This is not a cursor")
        if of != name or len(others) != further:
            raise BadCursor("The cursor belongs to results in another order")
        return cls(value, tuple(others), order, served)
