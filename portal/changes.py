"""What changed lately in all records: the page, the feed, the list in the API, and what the home page takes from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import Field, Query, Router

from content.api import ApiProblem, keyset_page
from content.provenance.api import change_page
from content.provenance.changes import public_changes
from content.provenance.feeds import ENTRIES, Event, EventsFeed, conditional
from content.provenance.models import Change
from content.provenance.schemas import ChangePage, ChangeParams
from content.standards.documents import RECORD_TYPE as STANDARD
from content.standards.figures import figures
from content.standards.models import Standard
from search.changes import MODELS, Told, events
from search.labels import value_labels

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """What the changes are narrowed to; empty means any. ``body`` is of standards only."""

    type: str = ""
    kind: str = ""
    body: str = ""

    @property
    def query(self) -> str:
        """As a query string with its question mark, or empty."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""


def choice_of(request: HttpRequest) -> Choice:
    """Raises BadRequest, which says what may be asked."""
    choice = Choice(*(request.GET.get(name, "") for name in ("type", "kind", "body")))
    if choice.type and choice.type not in MODELS:
        raise BadRequest(_("A type of record is one of %(types)s.") % {"types": ", ".join(MODELS)})
    if choice.kind and choice.kind not in Change.Kind.values:
        raise BadRequest(_("A kind of change is one of created, field, status, hidden, shown."))
    if len(choice.body) > 40 or "\0" in choice.body:
        raise BadRequest(_("A body is the code in its designations, such as ISO or GB/T."))
    return choice


def chosen(choice: Choice) -> QuerySet[Change]:
    """Public changes, with their sources."""
    only = STANDARD if choice.body else choice.type
    changes = public_changes({only: MODELS[only]} if only else MODELS).select_related("source")
    if choice.kind:
        changes = changes.filter(kind=choice.kind)
    if choice.body:
        changes = changes.filter(record_id__in=Standard.objects.filter(body=choice.body).values("pk"))
    return changes


def latest(count: int) -> list[Told]:
    """The latest changes to records that were already there."""
    rows = chosen(Choice()).exclude(kind=Change.Kind.CREATED)
    return events(rows.order_by("-at", "-pk")[: count * 4])[:count]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Latest changes, newest first, by cursor."""
    choice = choice_of(request)
    after = request.GET.get("after", "")
    try:
        rows, cursor = keyset_page(chosen(choice), key="at", after=after, size=PER_PAGE, descending=True)
    except ApiProblem as problem:
        raise BadRequest(problem.detail) from problem
    in_api = Choice(choice.type, choice.kind)
    context = {
        "records": events(rows),
        "cursor": cursor,
        "choice": choice,
        "types": value_labels("type", MODELS).items(),
        "kinds": Change.Kind.choices,
        "bodies": [one.body for one in figures().bodies],
        "json_url": "" if choice.body else f"{reverse('api:list_changes')}{in_api.query}",
    }
    return render(request, "portal/changes.html", context)


class ChangesFeed(EventsFeed):
    """The latest changes as a feed, narrowed as on the page."""

    def get_object(self, request: HttpRequest) -> Choice:
        return choice_of(request)

    def title(self, choice: Choice) -> str:
        labels = value_labels("type", [choice.type] if choice.type else [])
        named = [labels.get(choice.type, ""), str(Change.Kind(choice.kind).label) if choice.kind else "", choice.body]
        title = _("Latest changes")
        narrowed = ", ".join(filter(None, named))
        return f"{title} ({narrowed})" if narrowed else title

    def subtitle(self) -> str:
        return _("Records added, status turned, fields changed, records withdrawn.")

    def link(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('changes')}{choice.query}"

    def feed_url(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('feeds:changes')}{choice.query}"

    def items(self, choice: Choice) -> Iterable[Event]:
        for one in events(chosen(choice).order_by("-at", "-pk")[:ENTRIES]):
            title = f"{one.label} {one.title}".strip()
            yield Event(title, one.path or reverse("changes"), one.at, one.key, one.lines)


router = Router(tags=["provenance"])


class AllChangesParams(ChangeParams):
    """Which changes of all."""

    type: Literal["", "standard", "regulation", "tbt", "substance", "guidance"] = Field(
        default="", description="Type of record.", examples=["substance"]
    )


@router.get("changes/", response=ChangePage, operation_id="listChanges", summary="Latest changes")
def list_changes(request: HttpRequest, response: HttpResponse, params: Query[AllChangesParams]) -> dict[str, Any]:
    """What changed in all records, newest first: records added, status turned, fields changed, records withdrawn."""
    return change_page(request, response, chosen(Choice(params.type)), params)


app_name = "feeds"
urlpatterns = [path("changes.atom", conditional(ChangesFeed, MODELS), name="changes")]
