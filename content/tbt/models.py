"""Notifications under the TBT Agreement, document by document, with their texts and the products that they cover."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.provenance.fields import PartialDateField
from content.tbt import members
from content.tbt.symbols import Symbol, symbol_of

LANGUAGES = ("zh", "en", "fr", "es")
"""Of texts, in the order in which they stand in for each other: the WTO's three, and Chinese."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def public(self) -> NotificationQuerySet:
        """Without those that an editor has withdrawn from public view."""
        return self.filter(hidden_at__isnull=True)


class Notification(models.Model):
    """One document: a notification (通报), or what was issued to it: an addendum, a corrigendum, a revision."""

    class Kind(models.TextChoices):
        BASE = "base", pgettext_lazy("document of the WTO", "Notification")
        ADDENDUM = "addendum", pgettext_lazy("document of the WTO", "Addendum")
        CORRIGENDUM = "corrigendum", pgettext_lazy("document of the WTO", "Corrigendum")
        REVISION = "revision", pgettext_lazy("document of the WTO", "Revision")
        SUPPLEMENT = "supplement", pgettext_lazy("document of the WTO", "Supplement")

    slug = models.CharField(_("slug"), max_length=80, unique=True)
    symbol = models.CharField(pgettext_lazy("of a document", "symbol"), max_length=60, unique=True)
    """``G/TBT/N/EU/1024/Add.1``."""
    base = models.CharField(_("symbol of the thread"), max_length=40, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    member = models.CharField(_("notifying Member"), max_length=4, db_index=True)
    """Code of the WTO, as symbols have it."""
    circulated = PartialDateField(_("circulated"), db_index=True)
    number = models.CharField(_("document number"), max_length=20, blank=True)
    articles = models.JSONField(_("notified under"), default=list, blank=True)
    hs = models.JSONField(_("HS codes"), default=list, blank=True)
    ics = models.JSONField(_("ICS codes"), default=list, blank=True)
    codes_moved = models.JSONField(_("codes stated in the field of the other system"), default=list, blank=True)
    codes_unread = models.JSONField(_("codes of neither system"), default=list, blank=True)
    pages = models.JSONField(_("pages"), default=list, blank=True)
    languages = models.JSONField(_("languages of the text"), default=list, blank=True)
    adoption_stated = models.CharField(_("proposed date of adoption, as stated"), max_length=500, blank=True)
    adoption = PartialDateField(_("proposed date of adoption"))
    entry_stated = models.CharField(_("proposed date of entry into force, as stated"), max_length=500, blank=True)
    entry = PartialDateField(_("proposed date of entry into force"))
    comments_stated = models.CharField(_("final date for comments, as stated"), max_length=500, blank=True)
    comments = PartialDateField(_("final date for comments"))
    deadline = PartialDateField(_("comments on the measure until"), db_index=True)
    """What the whole thread says today: an addendum may have set another day than this document, or have ended it."""
    documents = models.JSONField(_("texts"), default=list, blank=True)
    form = models.CharField(_("notification at the WTO"), max_length=500, blank=True)
    events = models.JSONField(_("events"), default=list, blank=True)
    """What the boxes of an addendum say: ``{"kind", "date", "stated", "urls", "note"}``."""
    edited = models.JSONField(_("Chinese texts of the editors"), default=dict, blank=True)
    """Text of the form → what an editor wrote for it in Chinese, in place of what sources say or where none does."""
    hidden_at = models.DateTimeField(_("hidden since"), null=True, blank=True)
    hidden_reason = models.TextField(_("reason for hiding"), blank=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"), db_index=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("document of the WTO", "notification")
        verbose_name_plural = pgettext_lazy("document of the WTO", "notifications")
        ordering = ["-circulated", "symbol"]
        indexes = [models.Index(fields=["member", "-circulated"], name="tbt_member_newest")]

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        return reverse("tbt:detail", args=[self.slug])

    @property
    def read_symbol(self) -> Symbol:
        """The symbol in its parts."""
        return symbol_of(self.symbol)

    @property
    def member_name(self) -> str:
        """In the reader's language."""
        return members.name(self.member, "en" if get_language() == "en" else "zh")

    def in_order(self) -> list[Wording]:
        """The texts, first those in the reader's language, then as ``LANGUAGES`` has them. Prefetch ``wordings``."""
        first = "en" if get_language() == "en" else "zh"
        return sorted(self.wordings.all(), key=lambda one: (one.language != first, LANGUAGES.index(one.language)))

    @property
    def titled(self) -> Wording | None:
        """The text with the title that the reader is shown; None where no source gives one."""
        return next((one for one in self.in_order() if one.title), None)


class Wording(models.Model):
    """What a notification says, in one language."""

    TEXTS = ("title", "agency", "products", "description", "objective", "relevant", "available")

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="wordings", verbose_name=_("notification")
    )
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=2_000, blank=True)
    agency = models.CharField(_("agency responsible"), max_length=2_000, blank=True)
    products = models.TextField(_("products covered"), blank=True)
    description = models.TextField(_("description of content"), blank=True)
    objective = models.TextField(_("objective and rationale"), blank=True)
    relevant = models.TextField(_("relevant documents"), blank=True)
    available = models.TextField(_("texts available from"), blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a notification", "wording")
        verbose_name_plural = pgettext_lazy("of a notification", "wordings")
        ordering = ["notification_id", "language"]
        constraints = [models.UniqueConstraint(fields=["notification", "language"], name="tbt_wording_once")]

    def __str__(self) -> str:
        return self.title


class Product(models.Model):
    """A product class that a notification covers: each stated code with its wider classes, so that all are counted."""

    class System(models.TextChoices):
        HS = "hs", "HS"
        ICS = "ics", "ICS"

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="products", verbose_name=_("notification")
    )
    system = models.CharField(_("classification"), max_length=3, choices=System.choices)
    code = models.CharField(_("code"), max_length=9)

    class Meta:
        verbose_name = _("product class")
        verbose_name_plural = _("product classes")
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["notification", "system", "code"], name="tbt_product_once")]
        indexes = [models.Index(fields=["system", "code"], name="tbt_product_code")]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"
