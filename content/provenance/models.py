"""Where every record came from: sources, runs, the bytes they fetched, the claims they made and what changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A publisher's list or site that a crawler reads (数据来源). Its facts mirror ``crawlers/sources/<name>.yml``."""

    class Verification(models.TextChoices):
        RECORDED = "recorded", _("verified against recorded real pages")
        DOCUMENTED = "documented", _("built from documentation only")

    name = models.SlugField(_("name"), max_length=50, primary_key=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200)
    licence_url = models.URLField(_("licence address"), blank=True)
    human_url = models.URLField(_("address for readers"), max_length=500)
    data_url = models.URLField(_("address of the data"), max_length=500)
    frequency = models.CharField(_("frequency"), max_length=20)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    """Space-separated codes of the bodies whose own word this source is; there it wins over other sources."""
    verification = models.CharField(
        _("verification"), max_length=20, choices=Verification.choices, default=Verification.DOCUMENTED
    )
    precedence = models.JSONField(_("precedence"), default=dict, blank=True)
    """Field of a record → rank; where sources disagree the higher rank wins, a field not named has rank 0."""
    enabled = models.BooleanField(_("enabled"), default=True)
    configured = models.BooleanField(_("configured"), default=True)
    """Whether the key is set that its publisher asks for, if any; without it the live source is not read."""

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One crawl of one source (采集批次)."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")
        CANCELLED = "cancelled", _("cancelled")

    class Backend(models.TextChoices):
        LIVE = "live", _("live site")
        RECORDED = "recorded", _("bundled recording")
        SNAPSHOT = "snapshot", _("earlier snapshots")
        FOLDER = "folder", _("a folder of the operator")

    source = models.ForeignKey(Source, models.PROTECT, related_name="runs", verbose_name=_("source"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.RUNNING)
    backend = models.CharField(_("fetched from"), max_length=20, choices=Backend.choices)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    fetched = models.PositiveIntegerField(_("fetched"), default=0)
    not_modified = models.PositiveIntegerField(_("not modified"), default=0)
    items = models.PositiveIntegerField(_("items"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    removed = models.PositiveIntegerField(_("no longer listed"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    checkpoint = models.JSONField(_("checkpoint"), default=dict, blank=True)
    """What a broken-off run needs to go on; its shape belongs to the crawler framework."""
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    """Host, process id and process start of who runs it: tells a live run from one that was killed."""
    cancel_requested = models.BooleanField(_("cancellation asked for"), default=False)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["source", "-started_at"])]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=models.Q(state="running"), name="one_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}"


class CrawlRequest(models.Model):
    """A crawl that is wanted and has not come to its end yet (采集请求), by an operator or by the schedule.

    One per source at most. It goes when a run has ended by itself, so no click is lost with a message or a process.
    """

    source = models.OneToOneField(Source, models.CASCADE, related_name="crawl_request", verbose_name=_("source"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("crawl request")
        verbose_name_plural = _("crawl requests")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.source_id


class Snapshot(models.Model):
    """One fetched body (快照); its bytes lie compressed and content-addressed in the ``snapshots`` storage."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="snapshots", verbose_name=_("run"))
    url = models.URLField(_("address"), max_length=2000)
    fetched_at = models.DateTimeField(_("fetched"))
    status = models.PositiveSmallIntegerField(_("HTTP status"))
    headers = models.JSONField(_("headers"), default=dict)
    content_type = models.CharField(_("media type"), max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    etag = models.CharField("ETag", max_length=300, blank=True)
    last_modified = models.CharField("Last-Modified", max_length=100, blank=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-fetched_at"]
        indexes = [models.Index(fields=["url", "-fetched_at"])]

    def __str__(self) -> str:
        return self.url


class RecordLink(models.Model):
    """A pointer to a record of any type, without a table per type: ``("standard", 17)``."""

    record_type = models.CharField(_("record type"), max_length=20)
    record_id = models.PositiveBigIntegerField(_("record"))

    class Meta:
        abstract = True


class Claim(RecordLink):
    """What one source says of one record (来源记载), kept so that both values stay visible where sources disagree."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="claims", verbose_name=_("source"))
    key = models.CharField(_("key at the source"), max_length=200)
    url = models.URLField(_("address"), max_length=2000)
    item_hash = models.CharField(_("hash of the normalised item"), max_length=64)
    values = models.JSONField(_("values"), default=dict)
    first_seen = models.DateTimeField(_("first seen"))
    changed_at = models.DateTimeField(_("last changed"))
    missing_since = models.DateTimeField(_("no longer listed since"), null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.SET_NULL, null=True, blank=True, related_name="claims", verbose_name=_("snapshot")
    )

    class Meta:
        verbose_name = _("source statement")
        verbose_name_plural = _("source statements")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="claim_source_key")]
        indexes = [models.Index(fields=["record_type", "record_id"])]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"


class Change(RecordLink):
    """One field of one record that took another value (变更), by a source, an editor or the calendar."""

    class Kind(models.TextChoices):
        CREATED = "created", _("record added")
        FIELD = "field", _("field changed")
        STATUS = "status", _("status changed")
        HIDDEN = "hidden", _("withdrawn from public view")
        SHOWN = "shown", _("shown again")

    class Cause(models.TextChoices):
        SOURCE = "source", _("source")
        EDITOR = "editor", _("editor")
        CALENDAR = "calendar", _("calendar")

    label = models.CharField(_("designation"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    field = models.CharField(_("field"), max_length=50, blank=True)
    old = models.JSONField(_("old value"), null=True, blank=True)
    new = models.JSONField(_("new value"), null=True, blank=True)
    at = models.DateTimeField(_("when"), db_index=True)
    told = models.BooleanField(_("followers told"), default=False)
    """Whether those who follow the record have been looked for."""
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="changes", verbose_name=_("run"))
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, verbose_name=_("source"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("editor")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "-at"]),
            models.Index(fields=["record_type", "-at", "-id"], name="change_latest"),
            models.Index(fields=["kind", "-at"]),
            models.Index(fields=["id"], condition=models.Q(told=False), name="change_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.kind} {self.field}"


class RejectedItem(models.Model):
    """A record that a run could not take over (退回的条目), kept with its reason; the run goes on without it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rejected_items", verbose_name=_("run"))
    source = models.ForeignKey(Source, models.CASCADE, related_name="rejected_items", verbose_name=_("source"))
    url = models.URLField(_("address"), max_length=2000, blank=True)
    key = models.CharField(_("key at the source"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=50)
    detail = models.TextField(_("detail"), blank=True)
    raw = models.JSONField(_("the item as read"), default=dict)
    at = models.DateTimeField(_("when"))
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    class Meta:
        verbose_name = _("rejected item")
        verbose_name_plural = _("rejected items")
        ordering = ["-at"]
        indexes = [models.Index(fields=["source", "-at"])]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key or self.url} ({self.reason})"
