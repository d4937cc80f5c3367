"""The page of a substance."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.gone import gone_document, gone_page
from content.provenance.models import Change, Claim
from content.reach import documents, wording
from content.reach.duties import of_entry
from content.reach.models import Substance
from content.reach.store import RECORD_TYPE

MAX_CHANGES = 50


@require_safe
def substance(request: HttpRequest, slug: str) -> HttpResponse:
    """What the lists say of a substance, and what follows from it."""
    one = documents.with_all().filter(slug=slug).first()
    if one is None:
        hidden = get_object_or_404(Substance, slug=slug)  # which it is, if it is there
        return gone_page(request, hidden, hidden.title, (reverse("reach:index"), _("All entries")))
    entries = [
        {
            "entry": entry,
            "members": list(entry.members.all())[: documents.MAX_MEMBERS],
            "reasons": wording.reasons(entry.reasons),
            "duties": [wording.duty(each) for each in of_entry(entry.list_name, entry.included, entry.sunset)],
        }
        for entry in one.entries.all()
    ]
    groups = [
        {
            "entry": group,
            "duties": [wording.duty(each) for each in of_entry(group.list_name, group.included, group.sunset)],
        }
        for group in one.groups.all()
        if group.missing_since is None and group.substance.hidden_at is None
    ]
    context = {
        "substance": one,
        "numbers": one.numbers.all(),
        "entries": entries,
        "groups": groups,
        "claims": Claim.objects.filter(record_type=RECORD_TYPE, record_id=one.pk).select_related("source"),
        "changes": [
            (change, wording.change(change.kind, change.field, change.old, change.new))
            for change in Change.objects.filter(record_type=RECORD_TYPE, record_id=one.pk)[:MAX_CHANGES]
        ],
        "trail": [(_("REACH"), reverse("reach:index"))],
        "here": one.title if len(one.title) <= 60 else f"{one.title[:59]}…",
    }
    return render(request, "reach/substance.html", context)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON."""
    one = documents.with_all().filter(slug=slug).first()
    if one is None:
        return gone_document(get_object_or_404(Substance, slug=slug), slug=slug)
    return HttpResponse(orjson.dumps(documents.document(one)), content_type="application/json")
