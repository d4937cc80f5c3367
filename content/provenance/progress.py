"""How far the crawl of a source is: what its page in the admin tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.provenance import runs
from content.provenance.models import CrawlRequest, Run, Source

IDLE, WAITING, RUNNING, STOPPING, DEAD = "idle", "waiting", "running", "stopping", "dead"
STATES: dict[str, str | Promise] = {
    IDLE: gettext_lazy("No crawl is going on."),
    WAITING: gettext_lazy("A crawl was asked for; it begins as soon as a worker is free."),
    RUNNING: gettext_lazy("A crawl is going on."),
    STOPPING: gettext_lazy("The crawl was asked to stop and ends within seconds."),
    DEAD: gettext_lazy("The process of this crawl is gone; the next crawl goes on from where it stands."),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """The running ``run`` of a source and the ``request`` for one, as they are at ``now``.

    ``expected`` is how many records its last successful run of the same kind read.
    """

    now: datetime
    run: Run | None = None
    alive: bool = False
    request: CrawlRequest | None = None
    expected: int | None = None

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.run is None:
            return WAITING if self.request else IDLE
        if not self.alive:
            return DEAD
        return STOPPING if self.run.cancel_requested else RUNNING

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    @property
    def can_start(self) -> bool:
        return self.state in (IDLE, DEAD)

    @property
    def can_stop(self) -> bool:
        return self.state in (WAITING, RUNNING) or self.state == DEAD and self.request is not None

    @property
    def seconds(self) -> float:
        """How long the run has been going on."""
        return max(0.0, (self.now - self.run.started_at).total_seconds()) if self.run else 0.0

    @property
    def per_second(self) -> float:
        """Records, on an average of the whole run."""
        return self.run.items / self.seconds if self.run and self.seconds else 0.0

    @property
    def percent(self) -> int | None:
        """Never all of it: a list may have grown since it was last read."""
        return min(99, 100 * self.run.items // self.expected) if self.run and self.expected else None

    @property
    def time_left(self) -> str:
        """At this speed; empty where that is not known."""
        if not self.run or not self.expected or not self.per_second:
            return ""
        return duration(max(0, self.expected - self.run.items) / self.per_second)

    @property
    def running_for(self) -> str:
        return duration(self.seconds)

    @property
    def silent_for(self) -> str:
        """Since the last sign of life."""
        seen = self.run.heartbeat_at if self.run else None
        return duration(max(0.0, (self.now - seen).total_seconds())) if seen else ""


def progress_of(source: Source) -> Progress:
    """How far the crawl of the source is now; at most three queries."""
    run = Run.objects.filter(source=source, state=Run.State.RUNNING).first()
    return Progress(
        now=timezone.now(),
        run=run,
        alive=run is not None and runs.is_alive(run),
        request=CrawlRequest.objects.filter(source=source).select_related("asked_by").first(),
        expected=_expected(run) if run else None,
    )


def _expected(run: Run) -> int | None:
    before = Run.objects.filter(source=run.source_id, backend=run.backend, state=Run.State.SUCCEEDED)
    return before.order_by("-started_at").values_list("items", flat=True).first() or None


def duration(seconds: float) -> str:
    """A time span in words, as exact as is of use."""
    if seconds < 90:
        return _("%(seconds)d s") % {"seconds": round(seconds)}
    minutes = round(seconds / 60)
    if minutes < 90:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
