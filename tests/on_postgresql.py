"""``pytest -p tests.on_postgresql``: the portal's database in the tests is PostgreSQL, one server for the whole run.

A pytest plugin, so that the address is in the environment before Django's settings are read; the processes of xdist
inherit it, and each has a database of its own there. A given DATABASE_URL is used instead.
"""

from __future__ import annotations

import atexit
import os

import pytest

from tests.services.errors import Missing
from tests.services.postgres import Postgres

SETTINGS = (
    # A test's rows are never committed: statistics taken meanwhile see full pages without any row, and plans made from
    # them go through all pairs of rows. Without statistics the planner goes by the size of the tables.
    "autovacuum=off",
    # A query that does not end is a failure with its name, not a run that hangs.
    "statement_timeout=60s",
)


def _start() -> None:
    try:
        server = Postgres(settings=SETTINGS)
    except Missing as error:
        raise pytest.UsageError(str(error)) from error
    atexit.register(server.close)
    os.environ["DATABASE_URL"] = server.start().url
    os.environ["SECRET_KEY"] = "only for tests " * 4


if "DATABASE_URL" not in os.environ:
    _start()


def pytest_report_header() -> str:
    from django.db import connection

    return f"database: {connection.vendor}"
