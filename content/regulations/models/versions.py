"""A version of an act, and its text."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.regulations.models.regulations import DayField, Regulation, Validity


class Version(models.Model):
    """The act as it was from one day to the next (版本); ``has_text`` where its text is held, else its facts are."""

    class Kind(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        APPROVED = "approved", _("approved")
        PROMULGATED = "promulgated", _("promulgated")
        REVISED = "revised", pgettext_lazy("修订", "revised")
        AMENDED = "amended", pgettext_lazy("修正", "amended")
        OTHER = "other", pgettext_lazy("how a version came about", "version")

    UNDATED = "undated"
    """Stands for the day in the address of a version whose day nobody says."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="versions", verbose_name=_("regulation"))
    date = DayField(_("day"))
    """When it was made public, else approved, else adopted. Names the version."""
    dates = models.JSONField(_("days"), default=list, blank=True)
    """All days by which somebody may name it."""
    start = DayField(_("in force from"), db_index=True)
    """``effective``, else ``date``: what decides which version was in force on a day."""
    kind = models.CharField(_("how it came about"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    effective = DayField(_("effective"))
    expired = DayField(_("ceased to be in force"))
    number = models.CharField(pgettext_lazy("文号", "number"), max_length=200, blank=True)
    by = models.CharField(_("amended by"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    body = models.CharField(_("issuing body"), max_length=300, blank=True)
    eli = models.CharField("ELI", max_length=300, blank=True)
    url = models.URLField(_("page at the publisher"), max_length=500, blank=True)
    stated = models.CharField(_("validity that the source states"), max_length=20, blank=True)
    validity = models.CharField(_("validity"), max_length=20, choices=Validity.choices, db_index=True)
    articles = models.PositiveIntegerField(_("articles"), null=True, blank=True)
    oddities = models.JSONField(_("oddities of the text"), default=list, blank=True)
    note = models.TextField(_("note of adoption"), blank=True)
    has_text = models.BooleanField(_("text held"), default=False)
    text_digest = models.CharField(_("hash of the text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("version of a regulation")
        verbose_name_plural = _("versions of regulations")
        ordering = ["regulation", "-date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["regulation", "date"], name="regulation_version_once")]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.date}"

    @property
    def day(self) -> str:
        """The day as the address has it."""
        return self.date or self.UNDATED

    def address(self, slug: str) -> str:
        """The page of the version; ``slug`` is its act's."""
        return reverse("regulations:version", args=[slug, self.day])


class Provision(models.Model):
    """A part of the text of a version: a heading, an article (条), an annex (see ``content.regulations.text``)."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="provisions", verbose_name=_("version"))
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20)
    anchor = models.CharField(_("anchor"), max_length=120)
    number = models.CharField(_("number of the unit"), max_length=20, blank=True)
    label = models.CharField(_("label"), max_length=100, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    text = models.TextField(_("text"), blank=True)
    """One paragraph a line."""

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="provision_position"),
            models.UniqueConstraint(fields=["version", "anchor"], name="provision_anchor"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip() or self.anchor
