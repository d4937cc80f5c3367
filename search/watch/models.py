"""What people follow, and what they are told.

A subscription is found by its keys: short names of what a changed record is and belongs to (``search.watch.keys``). So
matching looks up what changed and never goes through the subscriptions.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.provenance.models import Change


def new_token() -> str:
    """A secret of 192 bits that stands in an address."""
    return secrets.token_urlsafe(24)


class Follower(models.Model):
    """A person with an account who follows something."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follower")
    token = models.CharField(_("secret of the private feeds"), max_length=40, unique=True, default=new_token)
    language = models.CharField(_("language of mails"), max_length=7, default="zh-hans")
    mails_stopped_at = models.DateTimeField(_("mails stopped"), null=True, blank=True)
    """Since when no mail is wanted (RFC 8058); feeds and the list of alerts go on."""
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")

    def __str__(self) -> str:
        return str(self.user)


class Subscription(models.Model):
    """Something that one person follows (订阅)."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("Standard, with its successors")
        REGULATION = "regulation", pgettext_lazy("type of record", "Regulation")
        TBT = "tbt", _("TBT notification, with its thread")
        SUBSTANCE = "substance", _("Substance")
        LIST = "list", _("REACH list")
        BILL = "bill", _("Saved bill of materials")
        MEMBER = "member", _("Notifying Member")
        HS = "hs", _("Product (HS)")
        ICS = "ics", _("Product or subject (ICS)")
        SOURCE = "source", _("Source")
        SEARCH = "search", _("Search")

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="subscriptions", verbose_name=_("follower"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=500)
    label = models.CharField(_("label"), max_length=300)
    frequency = models.CharField(_("mails"), max_length=10, choices=Frequency.choices, default=Frequency.IMMEDIATE)
    mail = models.BooleanField(_("by mail"), default=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "kind", "key"], name="watch_subscription_once")]

    def __str__(self) -> str:
        return self.label


class FollowedKey(models.Model):
    """A name under which a subscription is found; a standard's gets the names of its successors as they come."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="keys")
    kind = models.CharField(_("kind"), max_length=12)
    key = models.CharField(_("key"), max_length=500)

    class Meta:
        verbose_name = _("followed key")
        verbose_name_plural = _("followed keys")
        constraints = [models.UniqueConstraint(fields=["subscription", "kind", "key"], name="watch_key_once")]
        indexes = [models.Index(fields=["kind", "key"], name="watch_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SavedSearch(models.Model):
    """A search that somebody follows, once for all who do; see ``search.watch.anchors``."""

    query = models.CharField(_("search"), max_length=500, unique=True)
    anchored = models.CharField(_("anchored with"), max_length=40, blank=True)
    """Stamp of the glossary with which its anchors were made, ``-`` for the bundled one; empty: not yet."""
    needs = models.JSONField(_("what it needs"), default=list, blank=True)
    """Lists of anchors: a record that the search finds has one of each list."""

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.query


class SearchAnchor(models.Model):
    """The beginning of a word that a search cannot do without, under one of its names; empty: it has none."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="anchors")
    token = models.CharField(_("anchor"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        indexes = [models.Index(fields=["token"], name="watch_anchor")]

    def __str__(self) -> str:
        return self.token


class Mail(models.Model):
    """A mail with its alerts, kept until it is handed over; a second copy after a crash has the same Message-ID."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="mails", verbose_name=_("follower"))
    frequency = models.CharField(_("frequency"), max_length=10, choices=Subscription.Frequency.choices)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), db_index=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = pgettext_lazy("e-mail", "mail")
        verbose_name_plural = pgettext_lazy("e-mail", "mails")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["follower", "frequency", "-made_at"], name="watch_mail_latest")]

    def __str__(self) -> str:
        return f"{self.follower_id} {self.frequency} {self.made_at:%Y-%m-%d}"


class Alert(models.Model):
    """One change that one subscription is told of (提醒); there is never a second one of the same."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="alerts")
    change = models.ForeignKey(Change, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="alerts")
    wants_mail = models.BooleanField(_("waits for a mail"), default=False)
    wants_hook = models.BooleanField(_("waits for a webhook"), default=False)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "change"], name="watch_alert_once")]
        indexes = [
            models.Index(fields=["subscription"], condition=models.Q(wants_mail=True), name="watch_alert_waiting"),
            models.Index(fields=["subscription"], condition=models.Q(wants_hook=True), name="watch_alert_hook"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.change_id}"


class Webhook(models.Model):
    """An address of a follower's own program, which is told of every alert."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="webhooks", verbose_name=_("follower"))
    url = models.CharField(_("address"), max_length=500)
    secret = models.CharField(_("secret of the signatures"), max_length=40, default=new_token)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "url"], name="watch_webhook_once")]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One message to one webhook; kept as it was signed for, so that it can be sent again."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    body = models.TextField(_("message"))
    made_at = models.DateTimeField(_("made"))
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), db_index=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["webhook", "-made_at"], name="watch_delivery_latest")]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.made_at:%Y-%m-%d %H:%M}"
