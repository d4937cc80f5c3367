"""What the lists say of a substance at present: its names and numbers, as the lists restate and take them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from content.provenance.models import Claim
from content.reach import names
from content.reach.items import SubstanceItem
from content.reach.models import ListEntry, Number, Substance
from content.reach.numbers import NumberKind, RegistryNumber, read

RECORD_TYPE = "substance"
_ORDER = {one: place for place, one in enumerate(ListEntry.List.values)}
"""Whose word counts: the Candidate List's before Annex XIV's before Annex XVII's."""
Rank = tuple[bool, int, int, str]
"""Gone from its list, member of a group, place of the list, key of the entry; the least counts first."""


def match(item: SubstanceItem) -> str:
    """What makes two statements mean the same substance: its first sound CAS number, else its first sound EC number,
    else its name."""
    for kind in NumberKind:
        for number in numbers_of(item):
            if number.kind is kind and number.sound:
                return f"{kind.value}:{number.value}"
    return f"name:{names.key(item.name)}"


def numbers_of(item: SubstanceItem) -> Iterator[RegistryNumber]:
    """CAS numbers, then EC numbers, those with a wrong check digit among them."""
    for kind, values in ((NumberKind.CAS, item.cas), (NumberKind.EC, item.ec)):
        for value in values:
            if number := read(value, kind):
                yield number


def statements_of(substances: Collection[Substance]) -> dict[int, list[SubstanceItem]]:
    """What entries that stand say of each of these, the word that counts first; where none stands any more, what the
    last ones said. Four queries."""
    by_key = {one.pk: one for one in substances}
    numbers: dict[int, set[str]] = defaultdict(set)
    for pk, value in Number.objects.filter(substance__in=by_key).values_list("substance", "value"):
        numbers[pk].add(value)
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    of_groups = ListEntry.objects.filter(members__in=by_key).order_by()
    rows = list(of_groups.values_list("list_name", "key", "members", "substance"))
    for list_name, key, member, _group in rows:
        groups[list_name, key].add(member)
    ranked: dict[int, list[tuple[Rank, SubstanceItem]]] = defaultdict(list)
    claims = Claim.objects.filter(record_type=RECORD_TYPE, record_id__in={*by_key, *(row[3] for row in rows)})
    for claim in claims.only("key", "values", "record_id", "missing_since"):
        list_name = claim.values["list_name"]
        gone, place = claim.missing_since is not None, _ORDER[list_name]
        if claim.record_id in by_key:
            item = SubstanceItem.model_validate(claim.values["substance"])
            ranked[claim.record_id].append(((gone, False, place, claim.key), item))
        members = groups.get((list_name, claim.key), set()) - {claim.record_id}
        for pk, item in _told_of(claim.values.get("members", ()), [by_key[one] for one in members], numbers):
            ranked[pk].append(((gone, True, place, claim.key), item))
    found = {}
    for pk, said in ranked.items():
        said.sort(key=lambda pair: pair[0])
        standing = [item for rank, item in said if not rank[0]]
        found[pk] = standing or [item for _rank, item in said]
    return found


def _told_of(
    members: Iterable[dict[str, Any]], wanted: Iterable[Substance], numbers: dict[int, set[str]]
) -> Iterator[tuple[int, SubstanceItem]]:
    """Which of the statements about members mean which substance."""
    by_match = {one.match: one.pk for one in wanted}
    by_number = {value: pk for pk in by_match.values() for value in numbers[pk]}
    for values in members if by_match else ():
        item = SubstanceItem.model_validate(values)
        pk = by_match.get(match(item))
        if pk is None:
            pk = next((by_number[one.value] for one in numbers_of(item) if one.value in by_number), None)
        if pk is not None:
            yield pk, item
