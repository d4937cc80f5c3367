"""Who issues standards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Body(models.Model):
    """A body that issues standards (标准发布机构), by the code in its designations: ``ISO``, ``GB``."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    jurisdiction = models.CharField(_("level"), max_length=20, blank=True)
    """international, regional, national, industry, local, association, enterprise (see ``search.designations``)."""
    homepage = models.URLField(_("home page"), blank=True)

    class Meta:
        verbose_name = _("standards body")
        verbose_name_plural = _("standards bodies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the reader's language, else the other one, else the code."""
        first, second = (self.name_en, self.name_zh) if get_language() == "en" else (self.name_zh, self.name_en)
        return first or second or self.code
