"""What can be followed, by kind and key: whether there is such a thing, what it is called and where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.provenance.models import Source
from content.reach.models import ListEntry, SavedList, Substance
from content.regulations.models import Regulation
from content.standards.models import IcsClass, Standard
from content.tbt import codes, harmonized, members, wording
from content.tbt.models import Notification
from content.tbt.symbols import read, symbol_of
from search.params import InvalidParams, parse
from search.watch.models import Subscription

MAX_LABEL = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to follow. ``key`` in the one form that it is kept in."""

    kind: str
    key: str
    label: str
    url: str

    @property
    def kind_label(self) -> str:
        return str(Subscription.Kind(self.kind).label)


def subject_of(kind: str, key: str) -> Subject | None:
    """The thing; None where there is none, or none that the public may see. Two queries at most."""
    reader = _READERS.get(kind)
    if reader is None or not key or len(key) > 500 or "\0" in key:
        return None
    found = reader(key)
    if found is None:
        return None
    key, label, *place = found
    return Subject(kind, key, label[:MAX_LABEL], _PLACES[kind](place[0] if place else key))


def addresses(followed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Addresses of the things by kind and key, of those that the public may see. One query for each kind."""
    of_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key in followed:
        of_kind[kind].add(key)
    return {(kind, key): _PLACES[kind](key) for kind, keys in of_kind.items() for key in _held(kind, keys) & keys}


Found = tuple[str, str] | tuple[str, str, str] | None
"""The one form of the key, the label, and what the address is made of where that is not the key."""


def _standard(key: str) -> Found:
    held = Standard.objects.public()
    one = held.filter(slug=key).first() or held.filter(undated_slug=key).order_by("-published").first()
    if one is None:
        return None
    return key, f"{one.designation} {one.title}" if one.slug == key else one.designation.rpartition("-")[0] or key


def _regulation(key: str) -> Found:
    one = Regulation.objects.public().filter(slug=key).first()
    return (key, one.shown_title) if one else None


def _notification(key: str) -> Found:
    """A thread, by any of its documents."""
    symbol = read(key)
    if symbol is None or not Notification.objects.public().filter(base=symbol.base).exists():
        return None
    return symbol_of(symbol.base).slug, symbol.base, symbol.slug


def _substance(key: str) -> Found:
    one = Substance.objects.public().filter(slug=key).first()
    return (key, one.title) if one else None


def _list(key: str) -> Found:
    return (key, str(ListEntry.List(key).label)) if key in ListEntry.List.values else None


def _bill(key: str) -> Found:
    """A list that somebody keeps; its key is known to its owner alone."""
    one = SavedList.objects.filter(key=key).first()
    return (key, one.name) if one else None


def _member(key: str) -> Found:
    code = members.read(key)
    return (code, members.name(code, wording.reader())) if code else None


def _hs(key: str) -> Found:
    code = codes.hs(key)
    heading = harmonized.get(code) if code else None
    return (heading.code, f"HS {heading.code} {heading.title(wording.reader())[0]}") if heading else None


def _ics(key: str) -> Found:
    one = IcsClass.objects.filter(code=key).first()
    return (key, f"ICS {key} {one.title}") if one else None


def _source(key: str) -> Found:
    one = Source.objects.filter(pk=key).first()
    return (key, one.title_en if get_language() == "en" else one.title_zh) if one else None


def _search(key: str) -> Found:
    """A search as its query string; without anything to look for it would tell of every change there is."""
    try:
        params = parse(parse_qs(key))
    except InvalidParams:
        return None
    query = params.without().model_copy(update={"size": 20, "sort": "relevance"}).query()
    if not query:
        return None
    named = [params.q, *(str(value) for values in params.filters.values() for value in values)]
    return query, " · ".join(filter(None, named)) or _("Search")


_READERS: dict[str, Callable[[str], Found]] = {
    "standard": _standard,
    "regulation": _regulation,
    "tbt": _notification,
    "substance": _substance,
    "list": _list,
    "bill": _bill,
    "member": _member,
    "hs": _hs,
    "ics": _ics,
    "source": _source,
    "search": _search,
}

_PLACES: dict[str, Callable[[str], str]] = {
    "standard": lambda key: reverse("standards:detail", args=[key]),
    "regulation": lambda key: reverse("regulations:detail", args=[key]),
    "tbt": lambda key: reverse("tbt:detail", args=[key]),
    "substance": lambda key: reverse("reach:substance", args=[key]),
    "list": lambda key: f"{reverse('reach:index')}?list={key}",
    "bill": lambda key: reverse("reach:saved", args=[key]),
    "member": lambda key: f"{reverse('tbt:list')}?member={key}",
    "hs": lambda key: reverse("tbt:products", args=["hs", key]),
    "ics": lambda key: reverse("standards:ics", args=[key]),
    "source": lambda key: reverse("sources:detail", args=[key]),
    "search": lambda key: f"{reverse('search:results')}?{key}",
}
"""Where a thing is, by its kind and the one form of its key."""


def _held(kind: str, keys: Collection[str]) -> set[str]:
    """Those of these keys whose thing the public may see. One query at most."""
    match kind:
        case "standard":
            rows = Standard.objects.public().filter(Q(slug__in=keys) | Q(undated_slug__in=keys))
            return {key for pair in rows.values_list("slug", "undated_slug") for key in pair}
        case "regulation":
            return set(Regulation.objects.public().filter(slug__in=keys).values_list("slug", flat=True))
        case "tbt":
            bases = {symbol_of(key).base: key for key in keys}
            held = Notification.objects.public().filter(base__in=bases).values_list("base", flat=True)
            return {bases[base] for base in held}
        case "substance":
            return set(Substance.objects.public().filter(slug__in=keys).values_list("slug", flat=True))
        case "ics":
            return set(IcsClass.objects.filter(code__in=keys).values_list("code", flat=True))
        case "bill":
            return set(SavedList.objects.filter(key__in=keys).values_list("key", flat=True))
        case "source":
            return set(Source.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return {key for key in keys if _READERS[kind](key)}
