"""Notifications by the products that they cover: the trees of HS and ICS."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.standards.models import IcsClass
from content.tbt import codes, harmonized, wording
from content.tbt.models import Product


@dataclass(frozen=True, slots=True)
class Class:
    """A product class with the number of notifications that cover it or anything in it."""

    system: str
    code: str
    title: str
    language: str
    count: int

    @property
    def url(self) -> str:
        return reverse("tbt:products", args=[self.system, self.code])


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the HS with its chapters; the classes of the ICS are one group without a title."""

    title: str
    classes: tuple[Class, ...]


@require_safe
def top(request: HttpRequest) -> HttpResponse:
    """Both classifications from their top."""
    return render(
        request,
        "tbt/products.html",
        {
            "hs": _sections(),
            "ics": [Group("", tuple(_ics_below("")))],
            "trail": _trail(),
            "here": _("By product"),
        },
    )


@require_safe
def tree(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """A class: what contains it, and what lies right below it. Raises Http404 for a code that there is not."""
    path = path_of(system, code)
    if not path or path[-1].code != code:
        raise Http404(code)
    return render(
        request,
        "tbt/product_class.html",
        {
            "system": system.upper(),
            "path": path[:-1],
            "one": path[-1],
            "below": _hs_below(code) if system == "hs" else _ics_below(code),
            "trail": [*_trail(), (_("By product"), reverse("tbt:all-products"))],
            "here": f"{system.upper()} {code}",
        },
    )


def path_of(system: str, code: str) -> list[Class]:
    """A class with what contains it, the widest first; classes that the bundled tables do not have are left out."""
    if system == "hs":
        read = codes.hs(code)
        wider = codes.wider_hs(read) if read else ()
        counts = _counts("hs", wider)
        return [_hs_class(found, counts.get(each, 0)) for each in wider if (found := harmonized.get(each))]
    wider = codes.wider_ics(code) if codes.ics(code) else ()
    counts = _counts("ics", wider)
    held = IcsClass.objects.in_bulk(wider)
    return [_ics_class(held[each], counts.get(each, 0)) for each in wider if each in held]


def named(system: str, stated: list[str]) -> list[Class]:
    """The stated classes with their titles; a code without an entry has none. One query at most."""
    if system == "hs":
        return [_hs_class(one) if (one := harmonized.get(code)) else Class("hs", code, "", "en", 0) for code in stated]
    held = IcsClass.objects.in_bulk(stated) if stated else {}
    return [_ics_class(held[code]) if code in held else Class("ics", code, "", "en", 0) for code in stated]


def _trail() -> list[tuple[str, str]]:
    return [(_("TBT notifications"), reverse("tbt:list"))]


def _counts(system: str, wanted: tuple[str, ...]) -> dict[str, int]:
    """Public notifications by class. One query."""
    rows = Product.objects.filter(system=system, code__in=wanted, notification__hidden_at__isnull=True)
    return dict(rows.order_by().values_list("code").annotate(count=Count("pk")))


def _sections() -> list[Group]:
    chapters = _hs_below("")
    language = wording.reader()
    return [
        Group(
            f"{one.number} {one.title(language)}",
            tuple(each for each in chapters if one.first <= each.code <= one.last),
        )
        for one in harmonized.sections()
    ]


def _hs_below(code: str) -> list[Class]:
    below = harmonized.children(code)
    counts = _counts("hs", tuple(one.code for one in below))
    return [_hs_class(one, counts.get(one.code, 0)) for one in below]


def _ics_below(code: str) -> list[Class]:
    below = list(IcsClass.objects.filter(parent=code or None).order_by("code"))
    counts = _counts("ics", tuple(one.code for one in below))
    return [_ics_class(one, counts.get(one.code, 0)) for one in below]


def _hs_class(one: harmonized.Heading, count: int = 0) -> Class:
    title, language = one.title(wording.reader())
    return Class("hs", one.code, title, language, count)


def _ics_class(one: IcsClass, count: int = 0) -> Class:
    return Class("ics", one.code, one.title, one.title_language, count)
