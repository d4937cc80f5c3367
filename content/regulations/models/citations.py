"""What a version names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.regulations.models.regulations import DayField
from content.regulations.models.versions import Version


class Citation(models.Model):
    """A standard or an act that a version cites or repeals (引用), whether it is held or not."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("standard")
        REGULATION = "regulation", _("regulation")

    version = models.ForeignKey(Version, models.CASCADE, related_name="citations", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    repeals = models.BooleanField(_("repeals"), default=False)
    since = DayField(_("repealed from"))
    name = models.CharField(_("name"), max_length=500)
    key = models.CharField(_("key"), max_length=500, db_index=True)
    """Slug of a designation, with its year or without; or the ``match`` of an act."""
    places = models.JSONField(_("places"), default=list, blank=True)
    """Anchors of the provisions that name it."""
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "repeals", "key"], name="regulation_citation_once")
        ]

    def __str__(self) -> str:
        return self.name
