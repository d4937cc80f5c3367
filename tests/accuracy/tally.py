"""Counts of right and wrong values per field, and their table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Field:
    """``extra`` are values where the truth says that there is none."""

    truth: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0


@dataclass(slots=True)
class Tally:
    """One source against its truth."""

    source: str
    records: int = 0
    fields: dict[str, Field] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)

    def compare(self, truth: Mapping[str, Any], read: object) -> None:
        """Count one record; only the fields that the truth names are judged."""
        self.records += 1
        for name, wanted in truth.items():
            got = getattr(read, name)
            got = list(got) if isinstance(got, tuple) else got
            count = self.fields.setdefault(name, Field())
            count.truth += bool(wanted)
            count.right += bool(wanted) and got == wanted
            count.missing += bool(wanted) and not got
            count.wrong += bool(wanted and got) and got != wanted
            count.extra += not wanted and bool(got)

    def reject(self, reason: str) -> None:
        """Count one record that was turned down."""
        self.rejected[reason] = self.rejected.get(reason, 0) + 1


def table(tallies: Iterable[Tally]) -> str:
    """The tallies as Markdown."""
    lines = ["| Source | Records | Field | Truth | Right | Wrong | Missing | Extra |", f"|{'---|' * 8}"]
    rejected = ["| Source | Reason | Rejected |", "|---|---|---|"]
    for one in tallies:
        for name, it in one.fields.items():
            cells: Sequence[object] = (it.truth, it.right, it.wrong, it.missing, it.extra)
            lines.append(f"| {one.source} | {one.records} | {name} | {' | '.join(map(str, cells))} |")
        rejected += [f"| {one.source} | `{reason}` | {count} |" for reason, count in sorted(one.rejected.items())]
    return "\n".join([*lines, "", *rejected, ""])
