"""The life of a run: one at a time per source, a sign of life, an end; safe against kill -9.

The database is the lock: at most one run of a source is ``running`` (a partial unique index). A run is dead when its
process is gone (same machine) or it gave no sign of life for ``EXPIRY``; the next start marks it interrupted. A run
that was taken over while it slept finds out with its next write and stops.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from content.provenance.models import Run, Source

EXPIRY = timedelta(minutes=5)
COUNTERS = ("fetched", "not_modified", "items", "created", "updated", "unchanged", "removed", "rejected")


class RunError(Exception):
    """Base of the errors here."""


class RunInProgress(RunError):
    """Another run of the source is alive."""


class RunLost(RunError):
    """This run was marked interrupted, or taken over, by someone else: it must not write any more."""


class RunCancelled(RunError):
    """An operator has asked this run to stop."""


def begin(source: Source, backend: str, *, resume: bool = True) -> Run:
    """A new run. If the last one was broken off and ``resume``, its checkpoint names the runs to go on from.

    ``checkpoint["continues"]`` is a list of run ids: documents they fetched need not be fetched again.
    """
    bury_the_dead(source.name)
    checkpoint: dict[str, Any] = {}
    last = Run.objects.filter(source=source).order_by("-started_at", "-pk").first()
    if resume and last and last.state in (Run.State.INTERRUPTED, Run.State.CANCELLED) and last.backend == backend:
        checkpoint = {"continues": [last.pk, *last.checkpoint.get("continues", [])]}
    now = timezone.now()
    try:
        with transaction.atomic():
            return Run.objects.create(
                source=source,
                backend=backend,
                started_at=now,
                heartbeat_at=now,
                worker=_worker(),
                checkpoint=checkpoint,
            )
    except IntegrityError as problem:
        raise RunInProgress(f"a run of {source.name} is going on; ask it to stop, or wait") from problem


def beat(run: Run, counts: Mapping[str, int] | None = None) -> None:
    """Give a sign of life and add to the counters, in the caller's transaction if there is one.

    Raises RunLost if the run is no longer ours, RunCancelled if it should stop.
    """
    added = {name: F(name) + number for name, number in (counts or {}).items() if number}
    still_ours = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, worker=run.worker)
    if not still_ours.update(heartbeat_at=timezone.now(), **added):
        raise RunLost(f"run {run.pk} of {run.source_id} was ended by someone else")
    if Run.objects.filter(pk=run.pk, cancel_requested=True).exists():
        raise RunCancelled(f"run {run.pk} of {run.source_id} was asked to stop")


def finish(run: Run, state: str, reason: str = "") -> bool:
    """End the run; False if someone else has ended it already."""
    now = timezone.now()
    still_ours = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, worker=run.worker)
    ended = still_ours.update(state=state, reason=reason[:2000], finished_at=now, heartbeat_at=now)
    run.refresh_from_db()
    return bool(ended)


def cancel(source_name: str) -> bool:
    """Ask the source's running run to stop, and bury it if it is dead; False if there is none."""
    bury_the_dead(source_name)
    return bool(Run.objects.filter(source_id=source_name, state=Run.State.RUNNING).update(cancel_requested=True))


def note_failed_start(source: Source, backend: str, reason: str) -> Run:
    """A run that never began: so that its reason is found where that of every other run is."""
    now = timezone.now()
    return Run.objects.create(
        source=source, backend=backend, state=Run.State.FAILED, started_at=now, finished_at=now, reason=reason[:2000]
    )


def living(source_name: str) -> Run | None:
    """The source's running run, if its process is alive as far as can be known."""
    run = Run.objects.filter(source_id=source_name, state=Run.State.RUNNING).first()
    return run if run and is_alive(run) else None


def bury_the_dead(source_name: str) -> None:
    """Mark the source's run as interrupted if it is running on paper only."""
    for run in Run.objects.filter(source_id=source_name, state=Run.State.RUNNING):
        if not is_alive(run):
            Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, worker=run.worker).update(
                state=Run.State.INTERRUPTED, finished_at=run.heartbeat_at, reason="its process ended without a word"
            )


def is_alive(run: Run) -> bool:
    """Whether the process of a running run is there, or has given a sign of life lately from another machine."""
    host, _, process = run.worker.partition(" ")
    if host == _host():
        return process == _process(process.partition(" ")[0])
    return run.heartbeat_at is not None and timezone.now() - run.heartbeat_at < EXPIRY


def _worker() -> str:
    return f"{_host()} {_process(str(os.getpid()))}"


def _host() -> str:
    """The machine and its boot, so that a process id of before a restart, or of another container, never counts."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
        namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        boot = namespace = "0"
    return f"{socket.gethostname()[:100]}/{boot}/{namespace}".replace(" ", "_")


def _process(pid: str) -> str:
    """``pid start-time``, so that a reused id is told apart; empty if there is no such process."""
    if not pid.isdigit():
        return ""
    try:
        # The command's name may hold spaces and brackets; the fields after its closing bracket start with no. 3.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return ""
        except PermissionError:
            return pid
        return pid
    if fields[0] == "Z":  # a killed child whose parent has not looked yet
        return ""
    return f"{pid} {fields[19]}"
