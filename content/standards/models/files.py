"""Files of a standard and the text of their pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.provenance.models import Source
from content.provenance.stored import StoredFile
from content.provenance.stored import file_storage as file_storage  # the first migration names it here
from content.standards.models.standards import Standard


class File(StoredFile):
    """A file published for a standard (标准文本)."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="files", verbose_name=_("standard"))
    name = models.CharField(_("file name"), max_length=255)
    """Last part of its address: ``/standards/<slug>/files/<name>``."""
    media_type = models.CharField(_("media type"), max_length=100, default="application/pdf")
    language = models.CharField(_("language"), max_length=10, blank=True)
    access = models.CharField(_("access"), max_length=20, choices=Standard.Access.choices)
    url = models.URLField(_("address at the publisher"), max_length=2000, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, verbose_name=_("source"))
    cover_match = models.CharField(_("designation on the cover"), max_length=20, blank=True)
    """``match``, ``mismatch`` or ``absent``: whether the cover names the record's designation."""
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [models.UniqueConstraint(fields=["standard", "name"], name="file_name_once")]

    def __str__(self) -> str:
        return self.name


class FilePage(models.Model):
    """The text of one page, headers and footers left out; what page-level search hits point to."""

    file = models.ForeignKey(File, models.CASCADE, related_name="text_pages", verbose_name=_("file"))
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)
    blocks = models.JSONField(_("blocks"), default=list, blank=True)
    """``[x0, y0, x1, y1, role, text]`` in points from the page's lower left corner, in reading order."""
    scanned = models.BooleanField(_("scanned"), default=False)

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_once")]
        ordering = ["file", "number"]

    def __str__(self) -> str:
        return f"{self.file_id} p. {self.number}"
