"""What can be followed, by kind and key: whether there is such a thing, what it is called and where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.provenance.models import Source
from content.reach.models import ListEntry, Substance
from content.regulations.models import Regulation
from content.standards.models import IcsClass, Standard
from content.tbt import codes, harmonized, members
from content.tbt.models import Notification
from content.tbt.symbols import read
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
    key, label, url = found
    return Subject(kind, key, label[:MAX_LABEL], url)


Found = tuple[str, str, str] | None


def _standard(key: str) -> Found:
    held = Standard.objects.public()
    one = held.filter(slug=key).first() or held.filter(undated_slug=key).order_by("-published").first()
    if one is None:
        return None
    url = reverse("standards:detail", args=[key])
    return key, f"{one.designation} {one.title}" if one.slug == key else one.designation.rpartition("-")[0] or key, url


def _regulation(key: str) -> Found:
    one = Regulation.objects.public().filter(slug=key).first()
    return (key, one.shown_title, one.get_absolute_url()) if one else None


def _notification(key: str) -> Found:
    """A thread, by any of its documents."""
    symbol = read(key)
    if symbol is None or not Notification.objects.public().filter(base=symbol.base).exists():
        return None
    base = read(symbol.base) or symbol
    return base.slug, base.canonical, reverse("tbt:detail", args=[symbol.slug])


def _substance(key: str) -> Found:
    one = Substance.objects.public().filter(slug=key).first()
    return (key, one.title, one.get_absolute_url()) if one else None


def _list(key: str) -> Found:
    if key not in ListEntry.List.values:
        return None
    return key, str(ListEntry.List(key).label), f"{reverse('reach:index')}?list={key}"


def _member(key: str) -> Found:
    code = members.read(key)
    if code is None:
        return None
    return code, members.name(code, "en" if get_language() == "en" else "zh"), f"{reverse('tbt:list')}?member={code}"


def _hs(key: str) -> Found:
    code = codes.hs(key)
    heading = harmonized.get(code) if code else None
    if heading is None:
        return None
    title, _language = heading.title("en" if get_language() == "en" else "zh")
    return heading.code, f"HS {heading.code} {title}", reverse("tbt:products", args=["hs", heading.code])


def _ics(key: str) -> Found:
    one = IcsClass.objects.filter(code=key).first()
    return (key, f"ICS {key} {one.title}", one.get_absolute_url()) if one else None


def _source(key: str) -> Found:
    one = Source.objects.filter(pk=key).first()
    if one is None:
        return None
    return key, one.title_en if get_language() == "en" else one.title_zh, reverse("sources:detail", args=[key])


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
    return query, " · ".join(filter(None, named)) or _("Search"), f"{reverse('search:results')}?{query}"


_READERS: dict[str, Callable[[str], Found]] = {
    "standard": _standard,
    "regulation": _regulation,
    "tbt": _notification,
    "substance": _substance,
    "list": _list,
    "member": _member,
    "hs": _hs,
    "ics": _ics,
    "source": _source,
    "search": _search,
}
