"""What the admin's first page tells, and the page for the first password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem

from content.provenance.models import RejectedItem
from content.standards.figures import figures
from portal.own_password import OwnPasswordView
from search.outbox import backlog


class Figure(SummaryItem):
    """A number and the list behind it, for those who may see that list."""

    template_name = "portal/admin/summary.html"
    icon = ""
    label: str | Promise = ""
    url_name = ""
    permissions: tuple[str, ...] = ()

    def count(self) -> int:
        """The number; asked for only where it is shown."""
        raise NotImplementedError

    def is_shown(self) -> bool:
        return any(self.request.user.has_perm(permission) for permission in self.permissions)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"icon": self.icon, "label": self.label, "url": reverse(self.url_name), "count": self.count()}


class StandardsFigure(Figure):
    """Records in public view."""

    order = 10
    icon = "doc-full"
    label = _("standards")
    url_name = "standard:index"
    permissions = ("standards.view_standard", "standards.change_standard")

    def count(self) -> int:
        return figures().records


class RejectedFigure(Figure):
    """What sources said that could not be taken over and nobody has dealt with yet."""

    order = 20
    icon = "warning"
    label = _("rejected items to look at")
    url_name = "rejecteditem:index"
    permissions = ("provenance.view_rejecteditem",)

    def count(self) -> int:
        return RejectedItem.objects.filter(resolved_at__isnull=True).count()


class WaitingFigure(Figure):
    """How far the index is behind."""

    order = 30
    icon = "rotate"
    label = _("records waiting for the index")
    url_name = "indexoutbox:index"
    permissions = ("search.view_indexoutbox",)

    def count(self) -> int:
        waiting = backlog()
        return waiting.waiting + waiting.given_up


@hooks.register("construct_homepage_summary_items")
def add_figures(request: HttpRequest, items: list[SummaryItem]) -> None:
    items += [StandardsFigure(request), RejectedFigure(request), WaitingFigure(request)]


@hooks.register("register_admin_urls")
def own_password() -> list[URLPattern]:
    return [path("own-password/", OwnPasswordView.as_view(), name="own-password")]
