"""What search keeps in the database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.synonyms import rules


class IndexOutbox(models.Model):
    """A record that the index has yet to learn of (索引待办), written in the transaction that changed the record.

    Rows are drained in order of their key; several rows of one record mean one index write.
    """

    record_type = models.CharField(_("record type"), max_length=20)
    record_id = models.PositiveBigIntegerField(_("record"))
    removed = models.BooleanField(_("removed"), default=False)
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


class WriteOrder(models.Model):
    """Numbers that only rise (写入序号), one for each reading of records for the index: never rolled back, so that
    what was read later always has the higher one, in whatever process."""

    class Meta:
        verbose_name = _("write order")
        verbose_name_plural = _("write orders")

    def __str__(self) -> str:
        return str(self.pk)


class QueryCount(models.Model):
    """How often a query was asked on a day (检索词统计); nothing about who asked."""

    day = models.DateField(_("day"))
    query = models.CharField(_("query"), max_length=200)
    count = models.PositiveIntegerField(_("count"), default=0)
    zero_results = models.PositiveIntegerField(_("without results"), default=0)

    class Meta:
        verbose_name = _("query count")
        verbose_name_plural = _("query counts")
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="query_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.query}"


class SynonymRule(models.Model):
    """What staff know of words beyond the bundled glossary (同义词规则); ``terms`` and ``targets`` have one a line.

    ``search.synonyms`` says what each kind means and which rules are sound.
    """

    class Kind(models.TextChoices):
        EQUIVALENT = rules.Kind.EQUIVALENT.value, _("equal terms")
        ONE_WAY = rules.Kind.ONE_WAY.value, _("also find")
        TRANSLATION = rules.Kind.TRANSLATION.value, _("translation")
        ALIAS = rules.Kind.ALIAS.value, _("name of a standard")
        BLOCKED = rules.Kind.BLOCKED.value, _("block a bundled name")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.EQUIVALENT)
    terms = models.TextField(_("terms"))
    targets = models.TextField(_("others"), blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("synonym rule")
        verbose_name_plural = _("synonym rules")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.rule)

    @property
    def rule(self) -> rules.Rule:
        """Its plain value."""
        terms, targets = tuple(self.terms.splitlines()), tuple(self.targets.splitlines())
        return rules.Rule(rules.Kind(self.kind), terms, targets, self.note, self.enabled, self.pk or 0)

    def take(self, rule: rules.Rule) -> None:
        """Set all fields to what the rule says."""
        self.kind, self.note, self.enabled = rule.kind.value, rule.note, rule.enabled
        self.terms, self.targets = "\n".join(rule.terms), "\n".join(rule.targets)


class SynonymState(models.Model):
    """The one row that tells every process that the rules have changed, and how far a cluster has learned of them."""

    ONLY = 1

    stamp = models.CharField(_("stamp"), max_length=32)
    """A new random one with every change, so that neither a restored database nor a rolled-back one repeats it."""
    pushed = models.CharField(_("pushed"), max_length=64, blank=True)
    """Fingerprint of what the cluster has, and of which cluster."""
    pushed_at = models.DateTimeField(_("pushed at"), null=True, blank=True)
    push_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("state of the synonym rules")
        verbose_name_plural = _("states of the synonym rules")
        default_permissions = ()

    def __str__(self) -> str:
        return self.stamp


class CheckReport(models.Model):
    """A validity check (标准查新报告) as it was made: whoever has its number can see what it said."""

    number = models.CharField(_("number"), max_length=64, unique=True)
    """SHA-256 of the report's canonical form, in hexadecimal digits (``search.checking.reports``)."""
    made_at = models.DateTimeField(_("made at"), db_index=True)
    as_on = models.DateField(_("as on"), null=True, blank=True)
    """The day for which validity was judged; empty: the day on which it was made."""
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    rows = models.JSONField(_("rows"), default=list)
    cut = models.BooleanField(_("cut"), default=False)

    class Meta:
        verbose_name = _("validity check")
        verbose_name_plural = _("validity checks")
        ordering = ["-made_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.number
