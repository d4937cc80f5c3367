"""What operators see of mails and webhooks: what waits, what failed and why. Addresses of people are not shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from content.admin import ReadOnlyViewSet
from search.watch.models import Delivery, Mail


class MailViewSet(ReadOnlyViewSet):
    """Mails to followers."""

    model = Mail
    icon = "mail"
    menu_label = pgettext_lazy("e-mail", "Mails")
    list_display = [
        Column("follower", label=_("Follower"), accessor="follower_id"),
        Column("frequency", label=_("Frequency"), accessor="get_frequency_display"),
        DateColumn("made_at", label=_("Made"), sort_key="made_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
        Column("attempts", label=_("Attempts"), accessor="attempts", sort_key="attempts"),
        Column("error", label=_("Last error"), accessor=lambda one: one.error[:120]),
    ]
    list_filter = {"sent_at": ["isnull"], "frequency": ["exact"]}
    inspect_view_fields = ["frequency", "made_at", "sent_at", "attempts", "next_at", "error"]


class DeliveryViewSet(ReadOnlyViewSet):
    """Messages to webhooks; the address belongs to its owner, so only its number is shown."""

    model = Delivery
    icon = "link-external"
    menu_label = _("Webhook messages")
    list_display = [
        Column("webhook", label=_("Webhook"), accessor="webhook_id"),
        DateColumn("made_at", label=_("Made"), sort_key="made_at"),
        DateColumn("delivered_at", label=_("Delivered"), sort_key="delivered_at"),
        Column("attempts", label=_("Attempts"), accessor="attempts", sort_key="attempts"),
        Column("status", label=_("HTTP status"), accessor="status"),
        Column("error", label=_("Last error"), accessor=lambda one: one.error[:120]),
    ]
    list_filter = {"delivered_at": ["isnull"]}
    inspect_view_fields = ["made_at", "delivered_at", "attempts", "next_at", "status", "error"]


class WatchGroup(ViewSetGroup):
    """What goes out to followers."""

    menu_label = _("Followers")
    menu_icon = "mail"
    menu_order = 160
    items: Any = (MailViewSet, DeliveryViewSet)


@hooks.register("register_admin_viewset")
def register_watch() -> WatchGroup:
    return WatchGroup()
