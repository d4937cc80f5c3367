"""What search keeps in the database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
