"""Lines of a bill of materials judged against the lists, and each article against the threshold.

A fixed number of queries, whatever the number of lines. Nothing is written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from content.reach import names
from content.reach.check.lines import Line
from content.reach.duties import THRESHOLD, Following, of_article, of_entry
from content.reach.models import ListEntry, Number, Substance
from content.reach.numbers import NumberKind, RegistryNumber, read

CHUNK = 900
K = TypeVar("K", int, str)
_LETTER = re.compile(r"[^\W\d_]")
_LIKE_A_NUMBER = re.compile(r"[\W\d_]*\d[\W\d_]*")
"""Digits and signs, no letter."""


class Answer(StrEnum):
    """In the order in which they need looking at."""

    LISTED = "listed"
    AMBIGUOUS = "ambiguous"
    """Its number and its name, or its two numbers, mean different listed substances."""
    BAD_NUMBER = "bad_number"
    """The check digit is wrong: it is not the number of any substance."""
    EMPTY = "empty"
    """Neither number nor name."""
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry that covers the substance; ``group`` where it does so as a member of a group."""

    entry: ListEntry
    group: Substance | None


@dataclass(slots=True)
class Judged:
    """A line with its answer. ``substance`` is the listed substance that was meant."""

    line: Line
    answer: Answer
    substance: Substance | None = None
    listings: tuple[Listing, ...] = ()
    matched_by: str = ""
    """``cas``, ``ec`` or ``name``."""
    bad: tuple[str, ...] = ()
    """Numbers with a wrong check digit, or that are none."""
    retired: tuple[tuple[str, str], ...] = ()
    """Numbers that their registry has deleted, each with what replaces it or nothing."""
    duties: tuple[Following, ...] = ()
    above: bool | None = None
    """Whether its article holds more than 0.1 % of it; None where a concentration is missing or no article named."""


@dataclass(slots=True)
class ArticleTotal:
    """How much of one substance of the Candidate List an article holds, per cent by weight."""

    article: str
    substance: Substance
    per_cent: float = 0.0
    known: bool = True
    lines: list[int] = field(default_factory=list)

    @property
    def above(self) -> bool | None:
        if self.per_cent > THRESHOLD:
            return True
        return False if self.known else None


@dataclass(frozen=True, slots=True)
class Result:
    lines: tuple[Judged, ...]
    articles: tuple[ArticleTotal, ...]

    def count(self, answer: Answer) -> int:
        return sum(one.answer is answer for one in self.lines)


def judge(lines: Sequence[Line]) -> Result:
    """The answer to every line, in order."""
    numbers = {number.value for line in lines for number in _numbers(line)[0]}
    by_number = _by_number(numbers)
    by_name = _by_name({names.key(name) for line in lines if (name := _name(line))})
    substances = {one for found in (*by_number.values(), *by_name.values()) for one in found}
    listings = _listings(substances)
    known = Substance.objects.public().in_bulk(substances)
    retired = dict(Number.objects.filter(retired=True).values_list("value", "replaced_by"))
    judged = [_judge(line, by_number, by_name, listings, known) for line in lines]
    for one in judged if retired else ():
        sound, _bad = _numbers(one.line)
        one.retired = tuple((each.value, retired[each.value]) for each in sound if each.value in retired)
    totals = _totals(judged)
    for one in judged:
        _conclude(one, totals)
    return Result(tuple(judged), tuple(totals.values()))


def _numbers(line: Line) -> tuple[list[RegistryNumber], list[str]]:
    """Sound numbers of a line, and what in their columns is none. A column may hold the other kind, or a name."""
    sound: list[RegistryNumber] = []
    bad: list[str] = []
    for text, kind in ((line.cas, NumberKind.CAS), (line.ec, NumberKind.EC)):
        if text.strip() in ("", "-", "–", "—"):
            continue
        number = read(text) or read(text, kind)
        if number is not None and number.sound:
            sound.append(number)
        elif number is not None or _LIKE_A_NUMBER.fullmatch(text):
            bad.append(text)
    return sound, bad


def identifiers(line: Line) -> Iterator[str]:
    """By what a line means a substance: its sound numbers, and ``name:`` with what stands for its name."""
    for number in _numbers(line)[0]:
        yield number.value
    if name := _name(line):
        yield f"name:{names.key(name)}"


def _name(line: Line) -> str:
    """The name of a line; a name that stands where a number should is one too."""
    return line.name or next((text for text in (line.cas, line.ec) if _LETTER.search(text) and not read(text)), "")


def _judge(
    line: Line,
    by_number: Mapping[str, set[int]],
    by_name: Mapping[str, set[int]],
    listings: Mapping[int, list[Listing]],
    known: Mapping[int, Substance],
) -> Judged:
    sound, bad = _numbers(line)
    name = _name(line)
    if not sound and not bad and not name:
        return Judged(line, Answer.EMPTY)
    named = by_name.get(names.key(name), set()) & known.keys() if name else set()
    meant = [by_number.get(one.value, set()) & known.keys() for one in sound]
    held = [one for one in meant if one]
    candidates = set.intersection(*held) if held else named
    how = sound[meant.index(held[0])].kind.value if held else "name"
    conflict = (held and not candidates) or (held and named and not (candidates & named)) or len(candidates) > 1
    if conflict:
        return Judged(line, Answer.AMBIGUOUS, bad=tuple(bad))
    if not candidates:
        return Judged(line, Answer.BAD_NUMBER if bad else Answer.NOT_LISTED, bad=tuple(bad))
    (pk,) = candidates
    found = tuple(listings.get(pk, ()))
    if not found:
        return Judged(line, Answer.NOT_LISTED, known[pk], bad=tuple(bad))
    return Judged(line, Answer.LISTED, known[pk], found, how, tuple(bad))


def _totals(judged: Sequence[Judged]) -> dict[tuple[str, int], ArticleTotal]:
    """By article and substance: concentrations of one substance in one article add up."""
    totals: dict[tuple[str, int], ArticleTotal] = {}
    for one in judged:
        candidate = any(listing.entry.list_name == ListEntry.List.CANDIDATE for listing in one.listings)
        if not candidate or one.substance is None or not one.line.article:
            continue  # Annex XVII has limits of its own, which its conditions say
        key = one.line.article, one.substance.pk
        total = totals.setdefault(key, ArticleTotal(one.line.article, one.substance))
        total.lines.append(one.line.row)
        if one.line.per_cent is None:
            total.known = False
        else:
            total.per_cent += one.line.per_cent
    return totals


def _conclude(one: Judged, totals: Mapping[tuple[str, int], ArticleTotal]) -> None:
    total = totals.get((one.line.article, one.substance.pk)) if one.substance else None
    one.above = total.above if total else None
    found: dict[str, Following] = {}
    for listing in one.listings:
        entry = listing.entry
        if one.line.article:
            per_cent = 0.0 if total and total.above is False else None
            following = of_article(entry.list_name, entry.included, per_cent)
        else:
            following = of_entry(entry.list_name, entry.included, entry.sunset)
        for duty in following:
            found.setdefault(duty.duty, duty)
    one.duties = tuple(found.values())


# Reading


def _by_number(values: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for chunk in chunks(values):
        for value, pk in Number.objects.filter(value__in=chunk).values_list("value", "substance_id"):
            found[value].add(pk)
    return found


def _by_name(keys: Collection[str]) -> dict[str, set[int]]:
    """By all that the lists call a substance; there are a thousand of them, so they are compared here."""
    found: dict[str, set[int]] = defaultdict(set)
    if keys:
        rows = Substance.objects.public().values_list("pk", "name", "name_zh", "synonyms")
        for pk, name, chinese, synonyms in rows:
            for text in names_of(name, chinese, synonyms):
                if (key := names.key(text)) in keys:
                    found[key].add(pk)
    return found


def names_of(name: str, chinese: str, synonyms: Iterable[str]) -> set[str]:
    """What a line may call a substance."""
    return {name, chinese, *_short_names(name), *synonyms} - {""}


def _short_names(name: str) -> Iterator[str]:
    """``Dibutyl phthalate (DBP)`` is also called ``Dibutyl phthalate``, and ``DBP``."""
    before, opened, rest = name.rpartition(" (")
    if opened and rest.endswith(")"):
        yield before
        if 2 <= len(rest) - 1 <= 12 and rest[:-1].replace("-", "").isalnum():
            yield rest[:-1]


def _listings(substances: Collection[int]) -> dict[int, list[Listing]]:
    found: dict[int, list[Listing]] = defaultdict(list)
    for chunk in chunks(substances):
        entries = ListEntry.objects.filter(missing_since__isnull=True).select_related("substance")
        for entry in entries.filter(substance_id__in=chunk):
            found[entry.substance_id].append(Listing(entry, None))
        pairs = list(
            ListEntry.members.through.objects.filter(
                substance_id__in=chunk, listentry__missing_since__isnull=True
            ).values_list("listentry_id", "substance_id")
        )
        groups = entries.in_bulk({entry for entry, _substance in pairs})
        for entry_id, substance in pairs:
            found[substance].append(Listing(groups[entry_id], groups[entry_id].substance))
    for one in found.values():
        one.sort(key=lambda listing: (listing.entry.list_name, listing.entry.included))
    return found


def chunks(values: Iterable[K]) -> Iterator[list[K]]:
    """As many at a time as one query may name."""
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
