"""Where the data comes from, how fresh it is and what each crawl brought."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.api import with_freshness
from content.provenance.models import Claim, RejectedItem, Run

RUNS_SHOWN = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every source with publisher, licence and freshness."""
    records = dict(Claim.objects.values_list("source").annotate(Count("pk")).order_by())
    sources = [(source, records.get(source.pk, 0)) for source in with_freshness()]
    return render(request, "provenance/sources.html", {"sources": sources})


@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One source with its latest runs and what they turned down, by reason."""
    source = get_object_or_404(with_freshness(), pk=name)
    rejected = (
        RejectedItem.objects.filter(source=source, resolved_at__isnull=True)
        .values_list("reason")
        .annotate(count=Count("pk"))
        .order_by("-count", "reason")
    )
    return render(
        request,
        "provenance/source.html",
        {
            "source": source,
            "records": source.claims.filter(missing_since__isnull=True).count(),
            "runs": Run.objects.filter(source=source)[:RUNS_SHOWN],
            "rejected": rejected,
            "trail": [(_("Sources"), reverse("sources:list"))],
            "here": source.title_en if get_language() == "en" else source.title_zh,
        },
    )
