"""Panels of the form that edits a standard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from content.provenance.models import Claim
from content.standards.documents import RECORD_TYPE, outgoing
from content.standards.forms import StandardForm

SHOWN = 200
"""Rows of each table; nobody reads on, and the lists have their own pages."""


class ConnectionsPanel(Panel):
    """Relations, files and source statements, to look at."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "standards/admin/connections.html"

        @property
        def relations(self) -> list[Any]:
            return list(outgoing(self.instance))[:SHOWN]

        @property
        def files(self) -> list[Any]:
            return list(self.instance.files.order_by("name")[:SHOWN])

        @property
        def claims(self) -> list[Claim]:
            found = Claim.objects.filter(record_type=RECORD_TYPE, record_id=self.instance.pk)
            return list(found.order_by("source", "key")[:SHOWN])


standard_panels = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("named"),
                MultiFieldPanel([FieldPanel("title_zh"), FieldPanel("title_en"), FieldPanel("title_fr")], _("Titles")),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("status"), FieldPanel("status_since"), FieldPanel("stage")]),
                        FieldRowPanel([FieldPanel("published"), FieldPanel("effective"), FieldPanel("withdrawn")]),
                    ],
                    _("Status and dates"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("edition"), FieldPanel("kind"), FieldPanel("obligation")]),
                        FieldRowPanel([FieldPanel("pages"), FieldPanel("price_class"), FieldPanel("access")]),
                        FieldPanel("languages"),
                        FieldPanel("url"),
                    ],
                    _("Edition"),
                ),
                FieldPanel("scope"),
            ],
            heading=_("Record"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("ics"), FieldPanel("ccs")]),
                FieldRowPanel([FieldPanel("committee"), FieldPanel("committee_title")]),
                FieldRowPanel([FieldPanel("responsible"), FieldPanel("drafters")]),
            ],
            heading=_("Classes and organisations"),
        ),
        ObjectList([FieldPanel("release")], heading=_("Kept as edited")),
        ObjectList([ConnectionsPanel()], heading=_("Relations, files and sources")),
    ],
    base_form_class=StandardForm,
)
