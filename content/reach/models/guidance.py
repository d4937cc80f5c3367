"""Guidance documents on REACH (指南文件): a PDF, and the text of its pages."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.provenance.fields import PartialDateField
from content.provenance.stored import StoredFile
from content.provenance.stored import file_storage as file_storage  # a migration names it here


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    def public(self) -> GuidanceQuerySet:
        """Without those that an editor has withdrawn from public view."""
        return self.filter(hidden_at__isnull=True)


class Guidance(StoredFile):
    """One edition of a guidance document in one language; editors keep it."""

    class Topic(models.TextChoices):
        ARTICLES = "articles", _("Substances in articles")
        AUTHORISATION = "authorisation", _("Authorisation")
        RESTRICTION = "restriction", _("Restrictions")
        SAFETY_DATA = "safety_data", _("Safety data sheets")
        REGISTRATION = "registration", _("Registration")
        CLASSIFICATION = "classification", _("Classification and labelling")
        OTHER = "other", pgettext_lazy("topic", "Other")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    """Part of its address; made of the English title, edition and language."""
    title = models.CharField(_("title"), max_length=300)
    title_zh = models.CharField(_("Chinese title"), max_length=300, blank=True)
    summary_zh = models.TextField(_("Chinese summary"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=100, default="ECHA")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices, default=Topic.OTHER)
    edition = models.CharField(_("edition"), max_length=40, blank=True, help_text=_("Such as “Version 4.0”."))
    published = PartialDateField(_("published"))
    language = models.CharField(_("language"), max_length=10, default="en", help_text=_("Code, such as en or zh."))
    url = models.URLField(_("address at the publisher"), max_length=2000, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"), db_index=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidance document")
        verbose_name_plural = _("guidance documents")
        ordering = ["-published", "title"]

    def __str__(self) -> str:
        return f"{self.title} {self.edition}".strip()

    def get_absolute_url(self) -> str:
        return reverse("reach:guidance", args=[self.slug])

    @property
    def shown_title(self) -> str:
        """In the reader's language where there is one."""
        return self.title if get_language() == "en" else self.title_zh or self.title

    @property
    def title_language(self) -> str:
        return "zh" if self.title_zh and get_language() != "en" else self.language

    @property
    def name(self) -> str:
        """Of its file: the last part of the file's address."""
        return f"{self.slug}.pdf"


class GuidancePage(models.Model):
    """The text of one page; what page-level search hits point to."""

    guidance = models.ForeignKey(Guidance, models.CASCADE, related_name="text_pages", verbose_name=_("guidance"))
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page of a guidance document")
        verbose_name_plural = _("pages of guidance documents")
        constraints = [models.UniqueConstraint(fields=["guidance", "number"], name="guidance_page_once")]
        ordering = ["guidance", "number"]

    def __str__(self) -> str:
        return f"{self.guidance_id} p. {self.number}"
