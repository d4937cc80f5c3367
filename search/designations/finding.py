"""Designations inside longer texts: titles, laws, pages, pasted lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from search.designations import context, ranges, spelling
from search.designations.families import matchers_for
from search.designations.model import Designation
from search.designations.parsing import longest, try_parse


@dataclass(frozen=True, slots=True)
class Found:
    """``text`` is the ``[start:end]`` of what was searched, and names ``designation``.

    Of a range (GB/T 1.1～1.3) the members between the ends share the span of the last; of a list (GB/T
    19001、19011) the further members have the span of their number.
    """

    start: int
    end: int
    text: str
    designation: Designation


_WINDOW: Final = 160  # no designation is longer; bounds the work at each place where one might begin
_WORD: Final = re.compile(r"(?<![A-Z0-9])[A-Z]+|建标(?= ?\d)")
_Y: Final = r"(?:19|20)\d\d(?!\d)"
_LOOSE_SPACE: Final = re.compile(
    rf"(?<=[-:]) {{1,3}}(?={_Y})|(?<=[A-Z0-9]/) {{1,3}}(?=[A-Z])| (?= )"
    rf"| {{1,3}}(?=[-:] {{0,3}}{_Y})| {{1,3}}(?=/ {{0,3}}[A-Z])"
)
_BROKEN_LINE: Final = re.compile(r"(?<=[A-Z/])\n(?=\d{3})")
_SPACED_YEAR: Final = re.compile(r" (?:19|20)\d\d$")
_TILDE_YEAR: Final = re.compile(rf" ?~ ?({_Y})(?![A-Z0-9.年])")
_AND: Final = re.compile(r" ?(?:、|,|/|和|及|与|或|以及|AND) ?")
_NO_COUNT: Final = r"(?![A-Z0-9.]|-\d| ?[年月日家个项条款号万元%人页时次倍米种份])"
_MEMBER: Final = re.compile(r"\d{3,6}(?:[.-]\d{1,4}){0,3}(?:[-:]\d{4})?" + _NO_COUNT)
# the short number of a part, which must be that of the first member: GB/T 1.1、1.2
_SIBLING: Final = re.compile(r"(?P<number>\d{1,2})\.\d{1,4}(?:[-:]\d{4})?" + _NO_COUNT)
_FURTHER_PART: Final = re.compile(r"/(\d{1,3})(?![A-Z0-9.:-])")  # ISO 6892-1/2/3
_DIGIT: Final = re.compile(r"[0-9]")
# Codes that are abbreviations of much else (CR 2032, HD 1080): they need a year to be meant
_WORDS_TOO: Final = frozenset(
    ("AS", "IS", "SS", "DS", "NS", "TS", "MS", "KS", "PN", "NP", "SR", "DD", "PD", "FD", "XP", "CR", "HD", "NF", "I")
)
_LOWER_CASE_IS_ENOUGH: Final = {
    *("ISO", "IEC", "GBT", "GBZ", "RFC", "ITU", "IEEE", "ASTM", "ETSI", "IETF", "NIST", "CEN"),
    *("REC", "RECOMMENDATION", "REPORT"),  # which are read before ITU-T and ITU-R only
}


class _Folded:
    """Text folded for matching, and the way back to the offsets of the original."""

    def __init__(self, text: str) -> None:
        folded = _BROKEN_LINE.sub(" ", spelling.fold_lines(text))
        pieces: list[str] = []
        self._at: list[int] = [0]  # offsets in the squeezed text …
        self._from: list[int] = [0]  # … and where in the original each piece begins
        last = length = 0
        for match in _LOOSE_SPACE.finditer(folded):
            pieces.append(folded[last : match.start()])
            length += match.start() - last
            last = match.end()
            self._at.append(length)
            self._from.append(last)
        pieces.append(folded[last:])
        self.text = "".join(pieces)

    def start(self, offset: int) -> int:
        piece = bisect_right(self._at, offset) - 1
        return self._from[piece] + offset - self._at[piece]

    def end(self, offset: int) -> int:
        return self.start(offset - 1) + 1


def find(text: str) -> list[Found]:
    """Every designation in ``text``, in order; ranges and lists are expanded. Linear in the length of the text."""
    folded = _Folded(text)
    found: list[Found] = []
    pos = 0
    while (word := _WORD.search(folded.text, pos)) is not None:
        start = word.start()
        hit = _at(folded.text, start)
        if hit is None or not _meant(text, folded, word, *hit):
            pos = word.end()
            continue
        designation, pos = hit
        found += _halves(text, folded, start, pos, designation)
        pos = _followers(text, folded, start, pos, designation, found)
    return found


def find_first(text: str) -> Found | None:
    """The designation that ``text`` begins with, read as leniently as ``parse`` reads, or None."""
    folded = _Folded(text)
    hit = _at(folded.text, 0)
    return _found(text, folded, 0, hit[1], hit[0]) if hit else None


def _halves(text: str, folded: _Folded, start: int, end: int, designation: Designation) -> list[Found]:
    """One designation, or the two of a text of two bodies (ITU-T X.680 | ISO/IEC 8824-1)."""
    bar = folded.text.find("|", start, end)
    if bar < 0 or designation.dual is None:
        return [_found(text, folded, start, end, designation)]
    first = start + len(folded.text[start:bar].rstrip())
    second = end - len(folded.text[bar + 1 : end].lstrip())
    return [
        _found(text, folded, start, first, designation),
        _found(text, folded, second, end, designation.dual),
    ]


def _found(text: str, folded: _Folded, start: int, end: int, designation: Designation) -> Found:
    first, last = folded.start(start), folded.end(end)
    return Found(first, last, text[first:last], designation)


def _at(folded: str, start: int) -> tuple[Designation, int] | None:
    if not matchers_for(folded, start) or _DIGIT.search(folded, start, start + _WINDOW) is None:
        return None
    window = folded[start : start + _WINDOW]
    hit = longest(window, 0)
    if hit is not None and _SPACED_YEAR.search(window, 0, hit[1]):
        # "ISO 9001 2015" is a dated reference to one who types it, but not inside a sentence
        hit = longest(window[: hit[1] - 5], 0)
    if hit is None or (hit[1] == len(window) == _WINDOW):
        return None
    return hit[0], start + hit[1]


def _meant(text: str, folded: _Folded, word: re.Match[str], d: Designation, end: int) -> bool:
    """Whether a reader would take it for a designation: "iso 9001" yes, "is 2015", "LD 50" and "T 4" no."""
    code = word.group()
    original = text[folded.start(word.start()) : folded.end(word.end())]
    spelled = folded.text[word.start() : end]
    if original.upper() != original and code not in _LOWER_CASE_IS_ENOUGH and not spelled.startswith(f"{code}/T"):
        return False
    if len(code) == 1:
        # T/CAS and Q/SY, but no "T 4"; "H.264" is a Recommendation where a date follows it
        return spelled[1:2] == "/" or (spelled[1:2] == "." and (d.year is not None or bool(d.edition)))
    if code in _WORDS_TOO and not (d.year or d.adopted):
        return False
    if context.says_otherwise(folded.text, word.start(), end, d):
        return False
    return len(code) > 2 or "/" in spelled or bool(d.year or d.part or d.adopted) or len(d.number) > 2


def _digits(d: Designation) -> str:
    """What a range would count on from."""
    return d.part if d.part.isdecimal() else d.number if d.number.isdecimal() else "0"


def _followers(text: str, folded: _Folded, start: int, pos: int, first: Designation, found: list[Found]) -> int:
    """The rest of a range or list whose members after the first give their number only."""
    prefix = first.family.canonical.removesuffix(first.number)
    previous = first
    dated = _TILDE_YEAR.match(folded.text, pos) if first.year is None else None
    if dated is not None and not 0 < int(dated[1]) - int(_digits(first)) <= ranges.LONGEST:
        found[-1] = _found(text, folded, start, dated.end(), first.with_year(int(dated[1])))
        return dated.end()
    while True:
        ranged = ranges.after(previous, folded.text, pos)
        if ranged is not None:
            if ranged.year and not previous.year and found[-1].designation == previous:
                found[-1] = replace(found[-1], designation=previous.with_year(ranged.year))
            found += [_found(text, folded, ranged.start, ranged.end, d) for d in ranged.members]
            previous, pos = ranged.members[-1], ranged.end
            continue
        part = _FURTHER_PART.match(folded.text, pos) if previous.part.isdecimal() else None
        if part is not None and int(part[1]) > int(previous.part):
            previous, pos = ranges.member(previous, "part", part[1]), part.end()
            found.append(_found(text, folded, part.start(1), pos, previous))
            continue
        joint = _AND.match(folded.text, pos)
        if joint is None:
            return pos
        member = _MEMBER.match(folded.text, joint.end()) or _SIBLING.match(folded.text, joint.end())
        if member is None or (member.re is _SIBLING and member["number"] != first.number):
            return pos
        designation = try_parse(prefix + member.group())
        if designation is None or (designation.year is None and _SPACED_YEAR.match(" " + member.group())):
            return pos
        found.append(_found(text, folded, member.start(), member.end(), designation))
        previous, pos = designation, member.end()
