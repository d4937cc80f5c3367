"""The pages of the lists' updates."""

from __future__ import annotations

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.changes import public_changes
from content.reach import documents, wording
from content.reach.acts import amending
from content.reach.duties import of_entry
from content.reach.feeds import events, list_of
from content.reach.models import ListEntry, Substance
from content.reach.statements import RECORD_TYPE
from content.reach.updates import Update, updates


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every update of one list or of all, the newest first."""
    name = list_of(request)
    context = {
        "updates": updates(name),
        "list_name": name,
        "lists": ListEntry.List.choices,
        "acts": amending(name),
        "latest": events(public_changes({RECORD_TYPE: Substance}).order_by("-at", "-pk")[:20]),
        "trail": [(_("REACH"), reverse("reach:index"))],
        "here": _("Updates of the lists"),
    }
    return render(request, "reach/updates.html", context)


@require_safe
def detail(request: HttpRequest, list_name: str, day: str) -> HttpResponse:
    """What came in or was decided anew on one day, and what follows."""
    update = find(list_name, day)
    listed = [entry.pk for entry in (*update.added, *update.amended)]
    members = ListEntry.objects.filter(pk__in=listed).prefetch_related("members__numbers").in_bulk()
    context = {
        "update": update,
        "rows": [
            (entry, list(members[entry.pk].members.all())[: documents.MAX_MEMBERS], wording.reasons(entry.reasons), new)
            for new, entries in ((True, update.added), (False, update.amended))
            for entry in entries
        ],
        "duties": [wording.duty(one) for one in of_entry(list_name, day, "")] if update.added else [],
        "trail": [(_("REACH"), reverse("reach:index")), (_("Updates of the lists"), reverse("reach:updates"))],
        "here": f"{update.label} {day}",
    }
    return render(request, "reach/update.html", context)


@require_safe
def data(request: HttpRequest, list_name: str, day: str) -> HttpResponse:
    """The same as JSON."""
    return HttpResponse(orjson.dumps(update_document(find(list_name, day))), content_type="application/json")


def find(list_name: str, day: str) -> Update:
    """Raises Http404."""
    held = updates(list_name) if list_name in ListEntry.List.values else []
    found = next((one for one in held if one.day == day), None)
    if found is None:
        raise Http404(day)
    return found


def update_document(update: Update) -> dict[str, object]:
    """An update as the API describes it."""
    return {
        "list": update.list_name,
        "day": update.day,
        "url": reverse("reach:update", args=[update.list_name, update.day]),
        "total": update.total,
        "added": [documents.reference(entry.substance) for entry in update.added],
        "amended": [documents.reference(entry.substance) for entry in update.amended],
    }
