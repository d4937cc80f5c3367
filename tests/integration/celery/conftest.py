"""Portals in the production profile: PostgreSQL, Redis and workers of Celery, each a real process.

Every test has a database of its own, copied from one that is migrated once, and a Redis that it may kill.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from celery import Celery

from portal.settings.env import BASE_DIR
from tests.integration.celery.patched import NAME
from tests.integration.crawlers.site import Site, site
from tests.services.fixtures import Starter
from tests.services.process import family, wait_gone
from tests.services.redis import Redis

__all__ = ["site"]

PATIENCE = 300.0


@dataclass
class Portal:
    """One portal's servers and programs."""

    folder: Path
    database_url: str
    broker: Redis
    site: Site
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    _running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a program: ``manage …`` or ``celery …``."""
        program = subprocess.Popen(
            [sys.executable, "-m", NAME, *words],
            cwd=BASE_DIR,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "portal.settings",
                "SECRET_KEY": "x" * 50,
                "DATA_DIR": str(self.folder),
                "DATABASE_URL": self.database_url,
                "CELERY_BROKER_URL": self.broker.url,
                "LOG_LEVEL": "INFO",
                "SOURCE_CHANGES": json.dumps(self.sources),
            }
            | self.environment,
            stdout=(self.folder / "log").open("a"),
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running.append(program)
        return program

    def worker(self, *words: str) -> subprocess.Popen[str]:
        """Start a worker for all queues, one process, without a schedule."""
        return self.start("celery", "worker", "--loglevel", "INFO", "--concurrency", "1", *words)

    def run(self, *words: str) -> str:
        """Run a program to its end; what the portal has logged so far."""
        program = self.start(*words)
        assert program.wait(PATIENCE) == 0, self.log
        return self.log

    def script(self, code: str) -> None:
        """Run Python in a process of the portal."""
        self.run("manage", "shell", "--verbosity", "0", "--command", code)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        """The only value of the only row."""
        ((value,),) = self.ask(sql, *values)
        return value

    def until(self, sql: str, wanted: Callable[[Any], bool] = bool, patience: float = PATIENCE) -> Any:
        """The value of the query, once it is as wanted."""
        deadline = time.monotonic() + patience
        while not wanted(value := self.one(sql)):
            assert time.monotonic() < deadline, f"{sql}: {value}\n{self.log}"
            time.sleep(0.05)
        return value

    def wait(self, wanted: Callable[[], bool], patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while not wanted():
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)

    def publish(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put a list of deliverables on the site, for the source ``iso``."""
        self.site.body = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        self.sources["iso"] = {
            "data_url": self.site.url,
            "expected": {"items": [len(rows), len(rows)], "rejected_share": 0.0},
        }

    def ask_for_crawl(self) -> str:
        """Write the request and send the message, as the button of the admin does; the message's id."""
        (request,) = self.ask(
            "insert into provenance_crawlrequest (source_id, asked_at, attempts) values ('iso', now(), 0) returning id"
        )
        return self.send("crawlers.tasks.crawl_source", "crawl", "iso", *request)

    def send(self, task: str, queue: str, *args: Any) -> str:
        """Send a message; its id."""
        with Celery(broker=self.broker.url) as app:
            return str(app.send_task(task, args, queue=queue, ignore_result=True).id)

    def close(self) -> None:
        for program in self._running:
            everyone = family(program.pid)
            program.kill()
            program.wait()
            wait_gone(everyone[1:], patience=30)


def kill(worker: subprocess.Popen[str]) -> None:
    """Kill a worker; all that it has started must go with it."""
    everyone = family(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    wait_gone(everyone, 30)


@pytest.fixture(scope="session")
def migrated(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with every table and the rows of the sources, to be copied."""
    environment = os.environ | {
        "SECRET_KEY": "x" * 50,
        "DATA_DIR": str(tmp_path_factory.mktemp("migrate")),
        "DATABASE_URL": postgres_url,
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    }
    for words in (("migrate", "--verbosity", "0"), ("sources",)):
        subprocess.run([sys.executable, "manage.py", *words], cwd=BASE_DIR, env=environment, check=True)
    return postgres_url


@pytest.fixture
def portal(migrated: str, own_server: Starter, site: Site, tmp_path: Path) -> Iterator[Portal]:
    parts = urlsplit(migrated)
    template = parts.path.removeprefix("/")
    name = f"{template}_portal"
    server = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    running = Portal(tmp_path, urlunsplit(parts._replace(path=f"/{name}")), own_server(Redis), site)
    yield running
    running.close()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
