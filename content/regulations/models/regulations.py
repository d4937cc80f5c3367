"""The act: one record for all its versions."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

DAY = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z", _("Enter a date as YYYY-MM-DD."))


class DayField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A day as ``2015-09-15`` (ISO 8601-1), or empty where nobody says; sorts as text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, DAY]


class Kind(models.TextChoices):
    """What an act is, in the terms of 立法法 (2023) and, beyond laws, of 国家法律法规数据库."""

    LAW = "law", pgettext_lazy("kind of regulation", "Law")
    ADMINISTRATIVE = "administrative", pgettext_lazy("kind of regulation", "Administrative regulation")
    DEPARTMENTAL = "departmental", pgettext_lazy("kind of regulation", "Departmental rule")
    LOCAL = "local", pgettext_lazy("kind of regulation", "Local regulation")
    JUDICIAL = "judicial", pgettext_lazy("kind of regulation", "Judicial interpretation")
    ANNOUNCEMENT = "announcement", pgettext_lazy("kind of regulation", "Announcement")
    FOREIGN = "foreign", pgettext_lazy("kind of regulation", "Foreign act")
    OTHER = "other", pgettext_lazy("kind of regulation", "Other document")


class Validity(models.TextChoices):
    """时效性, in the words of 国家法律法规数据库."""

    IN_FORCE = "in_force", pgettext_lazy("validity of a regulation", "In force")
    AMENDED = "amended", pgettext_lazy("validity of a regulation", "Amended")
    UPCOMING = "upcoming", pgettext_lazy("validity of a regulation", "Not yet in force")
    REPEALED = "repealed", pgettext_lazy("validity of a regulation", "Repealed")


class RegulationQuerySet(models.QuerySet["Regulation"]):
    """Regulations as a reader may see them."""

    def public(self) -> RegulationQuerySet:
        """Without those that an editor has withdrawn from public view."""
        return self.filter(hidden_at__isnull=True)


class Regulation(models.Model):
    """A law, regulation or rule (技术法规) with all its versions."""

    class Basis(models.TextChoices):
        SOURCE = "source", _("stated by the source")
        DERIVED = "derived", _("derived from dates and repeals in the texts held here")
        EDITOR = "editor", _("set by an editor")

    slug = models.CharField(_("slug"), max_length=80, unique=True)
    match = models.CharField(_("matched by"), max_length=300, unique=True)
    """Title as titles are matched, or ``celex:…``: what makes two statements mean the same act."""
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    title = models.CharField(_("title"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=500, blank=True)
    """Of acts in other languages; kept by staff."""
    language = models.CharField(_("language"), max_length=5, default="zh")
    number = models.CharField(pgettext_lazy("文号", "number"), max_length=200, blank=True, db_index=True)
    eli = models.CharField("ELI", max_length=300, blank=True)
    body = models.CharField(_("issuing body"), max_length=300, blank=True, db_index=True)
    validity = models.CharField(_("validity"), max_length=20, choices=Validity.choices, db_index=True)
    validity_basis = models.CharField(
        _("basis of the validity"), max_length=10, choices=Basis.choices, default=Basis.DERIVED
    )
    published = DayField(_("first published"), db_index=True)
    effective = DayField(_("first in force"))
    amended = DayField(_("last amended"), db_index=True)
    """Day of the version that is shown, where it is not the first; else that of the first."""
    expired = DayField(_("ceased to be in force"))
    articles = models.PositiveIntegerField(_("articles"), null=True, blank=True)
    url = models.CharField(_("page at the publisher"), max_length=500, blank=True, validators=[URLValidator()])
    locked_fields = models.JSONField(_("fields kept as edited"), default=list, blank=True)
    """Fields an editor has set by hand: sources no longer overwrite them."""
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"), db_index=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["-amended", "title", "pk"]
        indexes = [models.Index(fields=["kind", "-amended"], name="regulation_kind_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("regulations:detail", args=[self.slug])

    @property
    def shown_title(self) -> str:
        """In the reader's language where there is one."""
        return (self.title_en if get_language() == "en" else self.title_zh) or self.title

    @property
    def title_language(self) -> str:
        """ISO 639-1 code of the language that ``shown_title`` is in."""
        if get_language() == "en":
            return "en" if self.title_en else self.language
        return "zh" if self.title_zh else self.language
