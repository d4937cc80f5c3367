"""The running portal: web server, worker and, at first, the loading of the bundled facts."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable

from django.conf import settings

from crawlers.pending import pending_bundles
from crawlers.processes import Children
from portal.launch.admin import issue_one_time_password
from portal.launch.prepare import check_port, finish_static_files, migrate, refresh_statistics, start_static_files
from portal.settings.env import env

MANAGE = [sys.executable, "manage.py"]
RESTART_DELAY = 5.0


class Portal:
    """Starts the processes, watches them and stops them together."""

    def __init__(self, port: int, say: Callable[[str], object]) -> None:
        self.port = port
        self.say = say
        self.children = Children()
        self.stopping = threading.Event()
        self.address = f"http://127.0.0.1:{port}/"
        self.announced_ready = False
        self.begun = time.monotonic()

    def run(self) -> int:
        """Serve until a signal or a failure; returns the exit status. Raises CannotStart."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        check_port(self.port)
        self._prepare()
        try:
            return self._serve()
        finally:
            self.children.stop()
            self.say("Stopped.")

    def _prepare(self) -> None:
        static = start_static_files()
        if static is not None:
            self.say("Collecting static files …")
        if migrate():
            self.say("Made the database.")
        finish_static_files(static)
        password = issue_one_time_password()
        self.say(f"Portal: {self.address}")
        self.say(f"Admin:  {self.address}admin/")
        if password:
            self.say(f"        user admin, one-time password {password}")
        else:
            self.say("        user admin (forgotten? .venv/bin/python manage.py changepassword admin)")

    def _serve(self) -> int:
        self._start_web()
        self._start_worker()
        to_load = deque(pending_bundles())
        restart_worker_at = None
        while not self.stopping.wait(0.5):
            if to_load and "crawl" not in self.children.running:
                self._start_crawl(to_load.popleft())
            if restart_worker_at is not None and time.monotonic() >= restart_worker_at:
                restart_worker_at = None
                self._start_worker()
            if (gone := self.children.ended()) is not None:
                name, status = gone
                if name == "web":
                    self.say(f"The web server ended with status {status}.")
                    return 1
                if name == "worker":
                    self.say(f"The worker ended with status {status}; starting it again in {RESTART_DELAY:.0f} s.")
                    restart_worker_at = time.monotonic() + RESTART_DELAY
                elif status:
                    self.say("Loading a source failed; its run in the admin says why. The rest goes on.")
            elif not self.announced_ready and not to_load and "crawl" not in self.children.running:
                self._announce_when_ready()
        return 0

    def _start_web(self) -> None:
        self.children.start(
            "web",
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
                "--port", str(self.port), "--workers", str(env.int("WEB_WORKERS", default=1)),
                "--blocking-threads", "4", "--log-level", "warning", "portal.wsgi:application",
            ],
            # Asked to end while it starts, Granian may wait for its workers for ever.
            ending=signal.SIGKILL,
            EXPECT_BUNDLES="1",
        )  # fmt: skip

    def _start_worker(self) -> None:
        if settings.CELERY_BROKER_URL:
            self.children.start(
                "worker",
                [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "--beat", "--concurrency", "2"],
            )
        else:
            self.children.start("worker", [*MANAGE, "work"])

    def _start_crawl(self, source: str) -> None:
        self.say(f"Loading {source} …")
        self.children.start("crawl", [*MANAGE, "crawl", source, "--recorded"])

    def _announce_when_ready(self) -> None:
        request = urllib.request.Request(f"{self.address}readyz")  # noqa: S310 -- our own address
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
                facts = json.load(answer)
        except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError):
            return
        self.announced_ready = True
        refresh_statistics()
        seconds = time.monotonic() - self.begun
        self.say(f"Ready after {seconds:.0f} s with {facts.get('records', 0):,} records. Ctrl-C stops it.")
