"""Two versions of a text, article by article: added, removed, moved, changed with the words that changed.

Units are matched in this order: the same text under the same number; the same text under another number (moved: an
article was put in before it); the same number where enough of the text is the same; any pair that has most of its text
in common. What is left was removed or added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

import rjieba

from content.regulations.text.structure import ARTICLE, HEADINGS, Unit

RowKind = Literal["same", "added", "removed", "moved", "changed"]
Mark = Literal["same", "added", "removed"]
SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
MOVED: Final = "moved"
CHANGED: Final = "changed"

ALIKE_BY_NUMBER: Final = 0.2
"""Share of runs of characters in common from which two units of one number are one that changed."""
ALIKE: Final = 0.4
"""Likewise of units of different numbers."""
_RUN: Final = 4
"""Characters of a run: long enough that few articles share one by chance, short enough to survive small edits."""
_MOST_WORDS: Final = 4_000
"""Beyond, a paragraph is shown as replaced in whole; the time to compare words grows with the square."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in both versions, or in one. ``moved`` and ``changed`` may come together: then the kind is ``changed``."""

    kind: RowKind
    old: Unit | None
    new: Unit | None
    pieces: tuple[Piece, ...] = ()

    @property
    def renumbered(self) -> bool:
        """Whether it has another number than before."""
        return bool(self.old and self.new) and _name(self.old) != _name(self.new)  # type: ignore[arg-type]


def compare(old: Sequence[Unit], new: Sequence[Unit]) -> list[Row]:
    """The units of both texts in the order of the new one; removed ones after what stood before them."""
    before = [unit for unit in old if unit.kind not in HEADINGS]
    after = [unit for unit in new if unit.kind not in HEADINGS]
    partner = _matched(before, after)
    at_old = {at: to for to, at in partner.items()}
    rows: list[Row] = []
    left = _removed_after(before, at_old)
    rows += [Row(REMOVED, before[at], None) for at in left.get(-1, ())]
    for to, unit in enumerate(after):
        if to not in partner:
            rows.append(Row(ADDED, None, unit))
            continue
        rows.append(_row(before[partner[to]], unit))
        rows += [Row(REMOVED, before[gone], None) for gone in left.get(partner[to], ())]
    return rows


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows there are of each kind."""
    found = Counter(row.kind for row in rows)
    return {kind: found[kind] for kind in (ADDED, REMOVED, CHANGED, MOVED, SAME)}


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The new text with what went and what came, word by word, paragraph by paragraph where these are many."""
    if old == new:
        return (Piece(SAME, new),) if new else ()
    a, b = _words(old), _words(new)
    if max(len(a), len(b)) <= _MOST_WORDS:
        return _pieces(a, b)
    lines = _opcodes(old.split("\n"), new.split("\n"))
    found: list[Piece] = []
    for gone, come, same in lines:
        if same:
            found += [Piece(SAME, f"{line}\n") for line in come]
        else:
            found += [Piece(REMOVED, f"{line}\n") for line in gone]
            found += [Piece(ADDED, f"{line}\n") for line in come]
    return _joined(found)


def _name(unit: Unit) -> str:
    """What a unit is called; texts without a number are told apart by their anchors."""
    scope = unit.anchor.partition("-article")[0] if unit.anchor.startswith("annex") else ""
    return f"{scope} {unit.kind} {unit.number}" if unit.number else f"{unit.kind} {unit.anchor}"


def _content(unit: Unit) -> str:
    return f"{unit.heading}\n{unit.text}" if unit.heading else unit.text


def _matched(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """By place in the new text: the place in the old one."""
    partner: dict[int, int] = {}
    free_old = dict.fromkeys(range(len(before)))
    free_new = dict.fromkeys(range(len(after)))

    def take(to: int, at: int) -> None:
        partner[to] = at
        del free_old[at], free_new[to]

    by_name: dict[str, int] = {}
    by_content: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(before):
        by_name.setdefault(_name(unit), at)
        by_content[_content(unit)].append(at)
    for to, unit in enumerate(after):
        named = by_name.get(_name(unit))
        if named is not None and named in free_old and _content(before[named]) == _content(unit):
            take(to, named)
    for to in list(free_new):
        content = _content(after[to])
        same = next((at for at in by_content[content] if at in free_old and before[at].kind == after[to].kind), None)
        if same is not None and content:
            take(to, same)
    old_runs = {at: _runs(_content(before[at])) for at in free_old}
    new_runs = {to: _runs(_content(after[to])) for to in free_new}
    likely = _alike(old_runs, new_runs)
    for share, to, at in likely:  # most of the text in common first, so that a shift of numbers is seen as one
        if to in free_new and at in free_old and share >= ALIKE and before[at].kind == after[to].kind:
            take(to, at)
    shares = {(to, at): share for share, to, at in likely}
    for to in list(free_new):
        named = by_name.get(_name(after[to]))
        if named is None or named not in free_old:
            continue
        if after[to].kind != ARTICLE or shares.get((to, named), 0.0) >= ALIKE_BY_NUMBER:
            take(to, named)
    return partner


def _runs(text: str) -> frozenset[str]:
    if len(text) <= _RUN:
        return frozenset((text,))
    return frozenset(text[at : at + _RUN] for at in range(len(text) - _RUN + 1))


def _alike(old: dict[int, frozenset[str]], new: dict[int, frozenset[str]]) -> list[tuple[float, int, int]]:
    """Pairs with something in common: (share, place in new, place in old), the most alike first.

    Through an index of runs; one that half of the old units share says nothing and is left out.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for at, runs in old.items():
        for run in runs:
            index[run].append(at)
    most = max(20, len(old) // 2)
    found = []
    for to, runs in new.items():
        common: Counter[int] = Counter()
        for run in runs:
            if len(places := index.get(run, ())) <= most:
                common.update(places)
        found += [(2 * count / (len(runs) + len(old[at])), to, at) for at, count in common.items()]
    # Of equals those that lie nearest to each other, so that the order of reading decides nothing.
    return sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2]))


def _removed_after(before: Sequence[Unit], kept: dict[int, int]) -> dict[int, list[int]]:
    """Places of removed units by that of the kept one before them; -1 stands for none."""
    found: dict[int, list[int]] = defaultdict(list)
    last = -1
    for at in range(len(before)):
        if at in kept:
            last = at
        else:
            found[last].append(at)
    return found


def _row(old: Unit, new: Unit) -> Row:
    if _content(old) != _content(new):
        return Row(CHANGED, old, new, words_changed(_content(old), _content(new)))
    return Row(SAME if _name(old) == _name(new) else MOVED, old, new)


def _words(text: str) -> list[str]:
    """Words as rjieba cuts them; line ends are words."""
    found: list[str] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            found.append("\n")
        found += rjieba.cut(line, False)
    return found


def _pieces(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for gone, come, same in _opcodes(old, new):
        if same:
            found.append(Piece(SAME, "".join(come)))
        else:
            found += [Piece(REMOVED, "".join(gone)), Piece(ADDED, "".join(come))]
    return _joined(found)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[Sequence[str], Sequence[str], bool]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[a:b], new[c:d], tag == "equal"


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and neighbours of one mark as one."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].mark == piece.mark:
            found[-1] = Piece(piece.mark, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
