"""Guidance documents as pages: the list, each document, its file."""

from __future__ import annotations

import orjson
from django.core.exceptions import BadRequest
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content import serving
from content.provenance.gone import gone_document, gone_page
from content.reach.browse import page_of
from content.reach.keeping import document
from content.reach.models import Guidance

PER_PAGE = 30
MAX_QUERY = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The documents, narrowed by topic and by words of the title."""
    topic, query = request.GET.get("topic", ""), request.GET.get("q", "").strip()[:MAX_QUERY].replace("\x00", "")
    if topic and topic not in Guidance.Topic.values:
        raise BadRequest(_("A topic is one of %(topics)s.") % {"topics": ", ".join(Guidance.Topic.values)})
    context = page_of(request, chosen(topic, query), PER_PAGE) | {
        "topics": Guidance.Topic.choices,
        "topic": topic,
        "query": query,
        "trail": [(_("REACH"), reverse("reach:index"))],
        "here": _("Guidance"),
    }
    return render(request, "reach/guidance_list.html", context)


def chosen(topic: str, query: str) -> QuerySet[Guidance]:
    """Public documents, those in use before those that were replaced."""
    found = Guidance.objects.public().order_by(F("replaced_by").asc(nulls_first=True), "-published", "title")
    if topic:
        found = found.filter(topic=topic)
    for word in query.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(title_zh__icontains=word))
    return found


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One document: what it is, its contents, its file."""
    one = get_object_or_404(Guidance.objects.select_related("replaced_by"), slug=slug)
    if one.hidden_at is not None:
        return gone_page(request, one, one.shown_title, (reverse("reach:guidance-list"), _("All guidance")))
    context = {
        "guidance": one,
        "earlier": one.replaces.filter(hidden_at__isnull=True),
        "trail": [(_("REACH"), reverse("reach:index")), (_("Guidance"), reverse("reach:guidance-list"))],
        "here": one.shown_title if len(one.shown_title) <= 60 else f"{one.shown_title[:59]}…",
    }
    return render(request, "reach/guidance.html", context)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON."""
    one = get_object_or_404(Guidance, slug=slug)
    if one.hidden_at is not None:
        return gone_document(one, slug=slug)
    return HttpResponse(orjson.dumps(document(one)), content_type="application/json")


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The PDF, whole or a range of it."""
    one = get_object_or_404(Guidance.objects.public(), slug=slug)
    return serving.serve(
        request,
        serving.Served(
            one.content,
            "application/pdf",
            one.size,
            one.sha256,
            one.updated_at,
            serving.safe_name(one.publisher, str(one), ".pdf"),
            lambda: Guidance.objects.filter(pk=one.pk).update(downloads=F("downloads") + 1),
        ),
    )
