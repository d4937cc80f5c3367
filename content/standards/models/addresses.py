"""Addresses that records have had before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.standards.models.standards import Standard


class FormerAddress(models.Model):
    """A slug that a record had until its designation changed (a draft was published, an error was mended)."""

    slug = models.CharField(_("slug"), max_length=140, primary_key=True)
    standard = models.ForeignKey(Standard, models.CASCADE, related_name="former_addresses", verbose_name=_("standard"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
