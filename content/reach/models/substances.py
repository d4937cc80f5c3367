"""Substances and the entries of ECHA's lists that name them (REACH, Regulation (EC) No 1907/2006)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.provenance.fields import PartialDateField


class SubstanceQuerySet(models.QuerySet["Substance"]):
    def public(self) -> SubstanceQuerySet:
        """Without those that an editor has withdrawn from public view."""
        return self.filter(hidden_at__isnull=True)


class Substance(models.Model):
    """A substance or a group of substances, as the lists name it (物质)."""

    slug = models.CharField(_("slug"), max_length=80, unique=True)
    match = models.CharField(_("matched by"), max_length=40, unique=True)
    """``cas:…``, ``ec:…`` or ``name:…``: what makes two sources mean the same."""
    name = models.CharField(_("name"), max_length=2000)
    name_zh = models.CharField(_("Chinese name"), max_length=500, blank=True)
    """Kept by staff; no list has one."""
    summary_zh = models.TextField(_("Chinese summary"), blank=True)
    description = models.TextField(_("description"), blank=True)
    synonyms = models.JSONField(_("synonyms"), default=list, blank=True)
    """Other names, in any language, kept by staff: a list of strings."""
    formula = models.CharField(_("molecular formula"), max_length=200, blank=True)
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"), db_index=True)

    objects = SubstanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("substance")
        verbose_name_plural = _("substances")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reach:substance", args=[self.slug])

    @property
    def title(self) -> str:
        """In the reader's language where there is one."""
        return self.name if get_language() == "en" else self.name_zh or self.name

    @property
    def title_language(self) -> str:
        return "zh" if self.name_zh and get_language() != "en" else "en"


class Number(models.Model):
    """A registry number under which a substance is known."""

    class Kind(models.TextChoices):
        CAS = "cas", "CAS"
        EC = "ec", "EC"

    substance = models.ForeignKey(Substance, models.CASCADE, related_name="numbers", verbose_name=_("substance"))
    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    value = models.CharField(_("number"), max_length=30)
    sound = models.BooleanField(_("check digit right"), default=True)
    by_editor = models.BooleanField(_("added by an editor"), default=False)
    """No list states it; it stays whatever lists say."""
    retired = models.BooleanField(
        _("deleted by its registry"),
        default=False,
        help_text=_("CAS deletes numbers that were given to a substance twice; old papers still carry them."),
    )
    replaced_by = models.CharField(_("replaced by"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("registry number")
        verbose_name_plural = _("registry numbers")
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["substance", "kind", "value"], name="reach_number_once")]
        indexes = [models.Index(fields=["value", "kind"])]

    def __str__(self) -> str:
        return self.value


class ListEntry(models.Model):
    """An entry of a list (清单条目)."""

    class List(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate List")
        AUTHORISATION = "authorisation", _("Authorisation List (Annex XIV)")
        RESTRICTION = "restriction", _("Restrictions (Annex XVII)")

    substance = models.ForeignKey(Substance, models.CASCADE, related_name="entries", verbose_name=_("substance"))
    list_name = models.CharField(_("list"), max_length=20, choices=List.choices)
    key = models.CharField(_("key"), max_length=200)
    number = models.CharField(_("entry number"), max_length=20, blank=True)
    included = PartialDateField(_("date of inclusion"), db_index=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    """Letters of article 57, such as ``57c``."""
    reason_text = models.TextField(_("reason for inclusion"), blank=True)
    latest_application = PartialDateField(_("latest application date"))
    application_note = models.TextField(_("remarks on the latest application date"), blank=True)
    sunset = PartialDateField(_("sunset date"))
    sunset_note = models.TextField(_("remarks on the sunset date"), blank=True)
    conditions_url = models.URLField(_("conditions"), max_length=500, blank=True)
    decision_url = models.URLField(_("decision"), max_length=500, blank=True)
    decisions = models.JSONField(_("decisions"), default=list, blank=True)
    missing_since = models.DateTimeField(_("no longer listed since"), null=True, blank=True)
    members = models.ManyToManyField(Substance, related_name="groups", verbose_name=_("members"), blank=True)
    """Substances that the list itself counts among a group entry."""

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("list entries")
        ordering = ["-included", "key"]
        constraints = [models.UniqueConstraint(fields=["list_name", "key"], name="reach_entry_once")]

    def __str__(self) -> str:
        return f"{self.get_list_name_display()}: {self.substance_id}"
