"""The standard: one record per edition."""

from __future__ import annotations

from functools import lru_cache

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.provenance.fields import PartialDateField as PartialDateField  # migrations name it here
from content.standards.models.bodies import Body
from content.standards.models.classification import CcsClass, IcsClass


class StandardQuerySet(models.QuerySet["Standard"]):
    """Standards as a reader may see them."""

    def public(self) -> StandardQuerySet:
        """Without the records that an editor has withdrawn from public view."""
        return self.filter(hidden_at__isnull=True)


class Standard(models.Model):
    """One edition of a standard, amendment or other deliverable (标准), with its own dates."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("In development")
        UPCOMING = "upcoming", _("Published, not yet in force")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        UNKNOWN = "unknown", _("Unknown")

    class Access(models.TextChoices):
        FULL_TEXT = "full_text", _("Full text")
        PREVIEW = "preview", _("Preview")
        RECORD_ONLY = "record_only", _("Record only")

    designation = models.CharField(_("designation"), max_length=120, unique=True)
    """Canonical form (标准号) as ``search.designations`` prints it."""
    designation_published = models.CharField(_("designation as published"), max_length=200)
    slug = models.CharField(_("slug"), max_length=140, unique=True)
    undated_slug = models.CharField(_("slug without year"), max_length=140, db_index=True)
    family_slug = models.CharField(_("slug without part and year"), max_length=140, db_index=True)
    sort_key = models.CharField(_("sort key"), max_length=200, db_index=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="standards", verbose_name=_("issuing body"))
    number = models.CharField(_("number"), max_length=60)
    part = models.CharField(_("part"), max_length=30, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    edition = models.CharField(_("edition"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    obligation = models.CharField(_("obligation"), max_length=20, blank=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=1000, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=1000, blank=True)
    title_fr = models.CharField(_("title (French)"), max_length=1000, blank=True)
    scope = models.TextField(_("scope note"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, db_index=True)
    status_since = PartialDateField(_("status since"))
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    """As the publisher codes it, e.g. ISO harmonized stage code ``60.60``."""
    published = PartialDateField(_("published"), db_index=True)
    effective = PartialDateField(_("effective"))
    withdrawn = PartialDateField(_("withdrawn"))
    ics = models.ManyToManyField(IcsClass, blank=True, related_name="standards", verbose_name="ICS")
    ccs = models.ManyToManyField(CcsClass, blank=True, related_name="standards", verbose_name="CCS")
    committee = models.CharField(_("committee"), max_length=200, blank=True)
    committee_title = models.CharField(_("committee name"), max_length=300, blank=True)
    responsible = models.JSONField(_("responsible organisations"), default=list, blank=True)
    """Names of the organisations in charge (主管部门, 归口单位)."""
    drafters = models.JSONField(_("drafting organisations"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    """ISO 639-1 codes."""
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    price_class = models.CharField(_("price class"), max_length=20, blank=True)
    access = models.CharField(_("access"), max_length=20, choices=Access.choices, default=Access.RECORD_ONLY)
    url = models.URLField(_("page at the publisher"), max_length=500, blank=True)
    locked_fields = models.JSONField(_("fields kept as edited"), default=list, blank=True)
    """Fields an editor has set by hand: sources no longer overwrite them."""
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"), db_index=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["body", "sort_key"]),
            models.Index(fields=["body", "-published", "sort_key"], name="standard_body_newest"),
            models.Index(fields=["status", "effective"]),
            models.Index(fields=["status", "-published", "sort_key"], name="standard_status_newest"),
            # Few records are hidden, and every public list of changes asks which.
            models.Index(fields=["hidden_at"], condition=models.Q(hidden_at__isnull=False), name="standard_hidden"),
        ]

    def __str__(self) -> str:
        return self.designation

    def get_absolute_url(self) -> str:
        before, after = around_slug(get_language() or "", get_script_prefix())
        return f"{before}{self.slug}{after}"

    @property
    def title(self) -> str:
        """The title in the reader's language, else in the first other language that has one."""
        return str(getattr(self, f"title_{self.title_language}"))

    @property
    def title_language(self) -> str:
        """ISO 639-1 code of the language that ``title`` is in."""
        order = title_languages()
        return next((code for code in order if getattr(self, f"title_{code}")), order[0])


def title_languages() -> tuple[str, ...]:
    """Languages of titles (ISO 639-1) in the order in which the reader wants them."""
    return ("en", "zh", "fr") if get_language() == "en" else ("zh", "en", "fr")


@lru_cache(maxsize=16)
def around_slug(language: str, script_prefix: str) -> tuple[str, str]:
    """What stands before and after the slug in the address of a record: a list of records has one for each line."""
    before, _mark, after = reverse("standards:detail", args=["0-0-0"]).partition("0-0-0")
    return before, after
