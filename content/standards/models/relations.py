"""How one standard bears on another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.provenance.models import Source
from content.standards.models.standards import Standard


class Relation(models.Model):
    """``standard KIND target`` (关联关系); the target keeps its designation even where it is not held."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("replaces")
        REPLACED_BY = "replaced_by", _("replaced by")
        PARTLY_REPLACES = "partly_replaces", _("partly replaces")
        """部分代替: the target stays in force with what is left of it."""
        PARTLY_REPLACED_BY = "partly_replaced_by", _("partly replaced by")
        AMENDS = "amends", _("amends")
        CORRECTS = "corrects", _("corrects")
        CONSOLIDATES = "consolidates", _("consolidates")
        ADOPTS = "adopts", _("adopts")
        REFERENCES = "references", _("normatively references")
        PART_OF = "part_of", _("part of")

    class Degree(models.TextChoices):
        """Degree of correspondence of an adoption (一致性程度; GB/T 20000.2, ISO/IEC Guide 21-1)."""

        IDT = "IDT", _("identical")
        MOD = "MOD", _("modified")
        NEQ = "NEQ", _("not equivalent")

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="relations", verbose_name=_("standard"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    degree = models.CharField(_("degree of correspondence"), max_length=10, choices=Degree.choices, blank=True)
    target_designation = models.CharField(_("target's designation"), max_length=200)
    target_slug = models.CharField(_("target's slug"), max_length=140, db_index=True)
    target = models.ForeignKey(
        Standard, models.SET_NULL, null=True, blank=True, related_name="incoming", verbose_name=_("target")
    )
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, verbose_name=_("source"))

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["standard", "kind", "target_slug"], name="relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.kind} {self.target_designation}"
