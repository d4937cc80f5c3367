"""Bills of materials that people keep (保存的物料清单), and by what their lines name substances."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Stands in the address; tells nothing and cannot be guessed."""
    return secrets.token_hex(12)


class SavedList(models.Model):
    """A bill of materials that its owner chose to keep; nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reach_lists")
    key = models.CharField(_("key"), max_length=24, unique=True, default=new_key)
    name = models.CharField(_("name"), max_length=100)
    rows = models.JSONField(_("rows"))
    """The table as it was handed in: a list of lists of cells."""
    lines = models.PositiveIntegerField(_("lines"))
    listed = models.PositiveIntegerField(_("lines on a list"))
    judged_at = models.DateTimeField(_("last judged"))
    created_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("saved bill of materials")
        verbose_name_plural = _("saved bills of materials")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reach:saved", args=[self.key])


class SavedIdentifier(models.Model):
    """A number or a name by which lines of a list mean a substance, listed or not."""

    saved = models.ForeignKey(SavedList, models.CASCADE, related_name="identifiers")
    value = models.CharField(_("identifier"), max_length=40, db_index=True)
    """A CAS or EC number, or ``name:`` and what stands for the folded name."""
    rows = models.JSONField(_("rows"))
    """Numbers of the lines."""

    class Meta:
        verbose_name = _("identifier of a saved list")
        verbose_name_plural = _("identifiers of saved lists")
        constraints = [models.UniqueConstraint(fields=["saved", "value"], name="reach_identifier_once")]

    def __str__(self) -> str:
        return self.value
