"""``manage.py run`` as an operator runs it: killed at any moment, started again, stopped with Ctrl-C.

The bundle is the project's own less its largest part, so that the test takes seconds where a first start takes minutes.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import portal_process
from tests.portal_process import STANDARDS, command, manage, running, until

MOMENTS = ("Portal:", "Loading hbba", "Loading ttbz", "Loading xorg")
"""Lines after which the portal is killed, one start after the other."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return portal_process.environment(tmp_path_factory.mktemp("portal"))


def test_killed_at_any_moment_it_goes_on_and_ends_complete(environment: dict[str, str]) -> None:
    for moment in MOMENTS:
        with running(environment) as portal:
            until(portal, moment)
            portal.send_signal(signal.SIGKILL)
    address = f"http://127.0.0.1:{environment['PORT']}"
    with running(environment) as portal:
        said = until(portal, "Ready after")
        assert f"Admin:  {address}/admin/" in said
        assert "one-time password " in said
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:  # noqa: S310
            facts = json.load(answer)
        assert facts["status"] == "ready"
        with urllib.request.urlopen(f"{address}/api/v1/search/?q=gbt1.1", timeout=10) as answer:  # noqa: S310
            found = json.load(answer)
        assert found["results"][0]["designation"] == "GB/T 1.1-2020"
        second = command(environment, "run")
        assert second.returncode != 0
        assert "already runs" in second.stderr
        portal.send_signal(signal.SIGINT)
        assert portal.wait(30) == 0
    with sqlite3.connect(Path(environment["DATA_DIR"]) / "portal.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        records = database.execute("SELECT count(*) FROM standards_standard").fetchone()[0]
        assert records == facts["records"] == sum(bundled_records(environment))
        assert database.execute("SELECT count(*) FROM provenance_run WHERE state = 'running'").fetchone() == (0,)
        unread = "SELECT count(*) FROM standards_file WHERE text_state = 'pending'"
        assert database.execute(unread).fetchone() == (0,)
    manage(environment, "search", "verify", "--check")


def bundled_records(environment: dict[str, str]) -> Iterator[int]:
    """Records of each bundle of standards, by what its first run alone would create."""
    for name in STANDARDS:
        manifest = json.loads((Path(environment["CRAWL_BUNDLE_DIR"]) / name / "manifest.json").read_text())
        yield sum(one.get("records") or 0 for one in manifest["documents"])
