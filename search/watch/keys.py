"""Under which keys a changed record is followed: itself, what it replaces, and what it belongs to.

A function for each type of record, in a number of queries that does not depend on how many records there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from content.reach.check.saving import naming
from content.reach.models import ListEntry, Substance
from content.reach.store import RECORD_TYPE as SUBSTANCE
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE as REGULATION
from content.standards.documents import RECORD_TYPE as STANDARD
from content.standards.models import Relation, Standard
from content.tbt.codes import wider_ics
from content.tbt.models import Notification, Product
from content.tbt.store import RECORD_TYPE as NOTIFICATION
from content.tbt.symbols import symbol_of
from search.watch.models import FollowedKey

Key = tuple[str, str]
"""Kind and key of a subscription."""
Keys = dict[int, set[Key]]

_REPLACING = (Relation.Kind.REPLACES, Relation.Kind.PARTLY_REPLACES)


def keys_of(record_type: str, ids: Collection[int]) -> Keys:
    """Keys by record; a type that cannot be followed has none."""
    reader = _READERS.get(record_type)
    return reader(ids) if reader and ids else {}


def _standards(ids: Collection[int]) -> Keys:
    found: Keys = defaultdict(set)
    for pk, slug, undated in Standard.objects.filter(pk__in=ids).values_list("pk", "slug", "undated_slug"):
        found[pk] |= {("standard", slug), ("standard", undated)}
    for pk, slug in replaced(ids):
        found[pk].add(("standard", slug))
    through = Standard.ics.through.objects.filter(standard__in=ids)
    for pk, code in through.values_list("standard_id", "icsclass_id"):
        found[pk] |= {("ics", wider) for wider in wider_ics(code)}
    return found


def replaced(ids: Collection[int]) -> list[tuple[int, str]]:
    """Standards with the slugs of what each replaces. One query."""
    rows = Relation.objects.filter(standard__in=ids, kind__in=_REPLACING).order_by()
    return list(rows.values_list("standard_id", "target_slug"))


def _regulations(ids: Collection[int]) -> Keys:
    rows = Regulation.objects.filter(pk__in=ids).values_list("pk", "slug")
    return {pk: {("regulation", slug)} for pk, slug in rows}


def _notifications(ids: Collection[int]) -> Keys:
    found: Keys = defaultdict(set)
    for pk, base, member in Notification.objects.filter(pk__in=ids).values_list("pk", "base", "member"):
        found[pk] |= {("tbt", symbol_of(base).slug), ("member", member)}
    rows = Product.objects.filter(notification__in=ids).order_by()
    for pk, system, code in rows.values_list("notification_id", "system", "code"):
        found[pk].add((system, code))
    return found


def _substances(ids: Collection[int]) -> Keys:
    found: Keys = defaultdict(set)
    for pk, slug in Substance.objects.filter(pk__in=ids).values_list("pk", "slug"):
        found[pk].add(("substance", slug))
    for pk, name in ListEntry.objects.filter(substance__in=ids).order_by().values_list("substance_id", "list_name"):
        found[pk].add(("list", name))
    members = ListEntry.objects.filter(members__in=ids).order_by()
    for pk, name, group in members.values_list("members", "list_name", "substance__slug"):
        found[pk] |= {("list", name), ("substance", group)}
    _saved_lists(ids, found)
    return found


def _saved_lists(ids: Collection[int], found: Keys) -> None:
    """Bills of materials that name a changed substance, or a member of a group that changed; none is looked for where
    nobody follows one."""
    if not FollowedKey.objects.filter(kind="bill").exists():
        return
    changed: dict[int, set[int]] = defaultdict(set, {pk: {pk} for pk in ids})
    through = ListEntry.members.through.objects.filter(listentry__substance__in=ids)
    for group, member in through.values_list("listentry__substance", "substance"):
        changed[member].add(group)
    for identifier, meant in naming(changed):
        for pk in meant:
            for one in changed[pk]:
                found[one].add(("bill", identifier.saved.key))


_READERS: dict[str, Callable[[Collection[int]], Keys]] = {
    STANDARD: _standards,
    REGULATION: _regulations,
    NOTIFICATION: _notifications,
    SUBSTANCE: _substances,
}
