"""The two classifications a standard is filed under."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Classification(models.Model):
    """A class with its place in the tree; the code is the key."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=500, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    level = models.PositiveSmallIntegerField(_("level"))
    """1 is the widest."""
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("wider class")
    )

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        """The title in the reader's language, else the other one."""
        first, second = (self.title_en, self.title_zh) if get_language() == "en" else (self.title_zh, self.title_en)
        return first or second

    @property
    def title_language(self) -> str:
        """ISO 639-1 code of the language that ``title`` is in."""
        if get_language() == "en":
            return "en" if self.title_en else "zh"
        return "zh" if self.title_zh else "en"


class IcsClass(Classification):
    """International Classification for Standards (国际标准分类号): ``03``, ``03.100``, ``03.100.10``."""

    class Meta(Classification.Meta):
        verbose_name = _("ICS class")
        verbose_name_plural = _("ICS classes")

    def get_absolute_url(self) -> str:
        return reverse("standards:ics", args=[self.code])


class CcsClass(Classification):
    """Chinese Classification for Standards (中国标准文献分类号): ``A``, range ``A00/09``, class ``A00``."""

    class Meta(Classification.Meta):
        verbose_name = _("CCS class")
        verbose_name_plural = _("CCS classes")

    def get_absolute_url(self) -> str:
        return reverse("standards:ccs", args=[self.code])
