"""Browsing by issuing body, ICS and CCS: lists in order of designation or date, bounded in depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from content.paging import paged
from content.standards.figures import class_counts, classes, figures
from content.standards.models import Body, CcsClass, IcsClass, Standard
from content.standards.models.standards import StandardQuerySet

PER_PAGE = 50

SORTS = {
    "designation": (gettext_lazy("Designation"), ("sort_key",)),
    "newest": (gettext_lazy("Newest first"), ("-published", "sort_key")),
    "oldest": (gettext_lazy("Oldest first"), ("published", "sort_key")),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A class with its number of records and, one level down, its narrower classes."""

    node: IcsClass | CcsClass
    count: int
    children: tuple[Branch, ...] = ()


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where browsing begins: bodies, the fields of ICS, the letters of CCS."""
    return render(
        request,
        "standards/index.html",
        {"figures": figures(), "ics": top_classes(IcsClass), "ccs": top_classes(CcsClass), "statuses": Standard.Status},
    )


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """The standards of one body."""
    one = get_object_or_404(Body, pk=code)
    context = {
        "body": one,
        "heading": f"{one.code} {one.name}" if one.name != one.code else one.code,
        "trail": [(_("Browse"), reverse("standards:list"))],
        "here": one.code,
    }
    return _list(request, "standards/body.html", Standard.objects.public().filter(body=one), {"body": code}, context)


@require_safe
def ics(request: HttpRequest, code: str) -> HttpResponse:
    """The standards of one ICS class and its narrower ones."""
    return _class_page(request, IcsClass, code)


@require_safe
def ccs(request: HttpRequest, code: str) -> HttpResponse:
    """The standards of one CCS class and its narrower ones."""
    return _class_page(request, CcsClass, code)


def top_classes(model: type[IcsClass] | type[CcsClass]) -> list[Branch]:
    """The widest classes with their counts."""
    counts = class_counts(model)
    return [Branch(one, counts.get(code, 0)) for code, one in classes(model).items() if one.parent_id is None]


def _class_page(request: HttpRequest, model: type[IcsClass] | type[CcsClass], code: str) -> HttpResponse:
    tree, counts = classes(model), class_counts(model)
    system = "ICS" if model is IcsClass else "CCS"
    if code not in tree:
        raise Http404(code)
    node = tree[code]
    path = [node]
    while path[0].parent_id:
        path.insert(0, tree[path[0].parent_id])
    through = Standard.ics.through if model is IcsClass else Standard.ccs.through
    column = model.__name__.lower()
    links: QuerySet[Any] = through._default_manager.filter(**{f"{column}__in": _subtree(tree, code)})
    return _list(
        request,
        "standards/class.html",
        Standard.objects.public().filter(pk__in=links.values("standard")),
        {system.lower(): code},
        {
            "system": system,
            "trail": [
                (f"{_('Browse')} {system}", f"{reverse('standards:list')}#{system.lower()}"),
                *((f"{one.code} {one.title}", one.get_absolute_url()) for one in path[:-1]),
            ],
            "here": code,
            "children": [Branch(one, counts.get(one.code, 0)) for one in tree.values() if one.parent_id == code],
            "heading": f"{node.code} {node.title}",
        },
    )


def _subtree(tree: dict[str, IcsClass | CcsClass], code: str) -> list[str]:
    """The class and every narrower one, by their parents: in CCS the code does not tell."""
    below: dict[str | None, list[str]] = {}
    for one in tree.values():
        below.setdefault(one.parent_id, []).append(one.code)
    found = [code]
    for parent in found:
        found += below.get(parent, ())
    return found


def _list(
    request: HttpRequest,
    template: str,
    standards: StandardQuerySet | QuerySet[Standard],
    selection: dict[str, str],
    context: dict[str, object],
) -> HttpResponse:
    """A page of ``standards`` with filter, sort and page number from the address.

    ``selection`` is what the API calls the same list.
    """
    status, sort = request.GET.get("status", ""), request.GET.get("sort", "designation")
    if status and status not in Standard.Status.values:
        raise BadRequest(_("A status is one of in_force, upcoming, superseded, withdrawn, draft, unknown."))
    if sort not in SORTS:
        raise BadRequest(_("Sort is one of designation, newest, oldest."))
    if status:
        standards = standards.filter(status=status)
        selection = selection | {"status": status}
    context |= paged(request, standards.order_by(*SORTS[sort][1]), PER_PAGE) | {
        "status": status,
        "sort": sort,
        "sorts": [(code, label) for code, (label, _order) in SORTS.items()],
        "statuses": Standard.Status.choices,
        "json_url": f"{reverse('api:list_standards')}?{urlencode(selection)}",
    }
    return render(request, template, context)
