"""What every engine holds true of the values that its fields hold and are asked for."""

from __future__ import annotations

from search.engines.base import Document
from search.engines.errors import EngineQueryError
from search.schema import Field, FieldKind, Schema


def require(field: Field, *kinds: FieldKind) -> None:
    """Raises EngineQueryError unless the field is of one of these kinds."""
    if field.kind not in kinds:
        raise EngineQueryError(f"{field.name} is a {field.kind} field and can't be asked so")


def keyword(value: object) -> str:
    """A value that a keyword field is asked for; code points which no UTF-8 text can hold match nothing they should
    not."""
    return str(value).encode("utf-8", "replace").decode()


def order_key(schema: Schema, document: Document) -> str:
    """``032 ISO … standard:17``: falling weight, then the sort key, then the key itself."""
    key = str(document[schema.key.name])
    weight = int(document.get(schema.weight.name) or 0) if schema.weight else 0
    sort_key = str(document.get(schema.sort_key.name) or "") if schema.sort_key else ""
    return f"{999 - weight:03d} {sort_key} {key}"


def distance_within(first: str, second: str, limit: int) -> int | None:
    """Edit distance with swaps of neighbours (optimal string alignment), or None beyond ``limit``."""
    if abs(len(first) - len(second)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        above, row, before_above = row, [i], before
        for j, other in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before_above[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
