"""Backup, loss and restore as an operator does them, on the embedded database and on PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.settings.env import BASE_DIR
from tests.portal_process import command, manage
from tests.services.fixtures import Starter
from tests.services.postgres import Postgres

FILL = """
import io
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.models import Page
from content.provenance import hiding
from content.standards.models import Standard
call_command("read_files")
editor = User.objects.create_superuser("editor", password="correct horse battery")
Document.objects.create(title="Guide", file=ContentFile(b"guide", "guide.txt"))
Page.objects.get(depth=1).add_child(instance=Page(title="A page of the site", slug="page"))
hiding.hide(Standard.objects.get(files__name__contains="secint"), "standard", "asked for", editor)
call_command("search", "rebuild")
"""
PICTURE = """
import hashlib, json
from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.test import Client
from wagtail.models import Page
from content.provenance.models import Change, Claim, Run, Snapshot
from content.standards.models import File, FilePage, Relation, Standard
from portal.backup.stored import PARTS, names
client = Client(SERVER_NAME="127.0.0.1")
def asked(query):
    answer = client.get("/api/v1/search/", {"q": query}).json()
    return [(one["designation"], one["score"], one["highlight"]) for one in answer["results"]]
def rows(model):
    return sorted(map(repr, model.objects.values_list()))
def stored(storage):
    return {name: hashlib.sha256(storage.open(name).read()).hexdigest() for name in sorted(names(storage))}
def data(standard):
    return standard.get_absolute_url().rstrip("/") + ".json"
print(json.dumps({
    "rows": {one.__name__: rows(one) for one in (Standard, Relation, File, FilePage, Claim, Change, Run, Snapshot)},
    "users": [(one.username, one.check_password("correct horse battery")) for one in User.objects.all()],
    "site": list(Page.objects.order_by("path").values_list("title", flat=True)),
    "stored": {part: stored(storage()) for part, storage in PARTS.items()},
    "pages": {data(one): client.get(data(one)).json() for one in Standard.objects.public().order_by("pk")},
    "hidden": client.get(data(Standard.objects.exclude(hidden_at=None).get())).status_code,
    "found": {query: asked(query) for query in ("ctext", "window", "font properties", "gb/t", "xlfd 1.5")},
}))
"""


class Portal:
    """A portal with data of its own, used by its commands."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.data = folder / "var"
        self.home = folder / "backups"
        self.environment = {**os.environ, "DATA_DIR": str(self.data), "LOG_LEVEL": "ERROR", **environment}

    def manage(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return command(self.environment, *words)

    def do(self, *words: str | Path) -> str:
        return manage(self.environment, *words)

    def fill(self) -> None:
        self.do("migrate")
        for source in ("xorg", "hbba"):
            self.do("crawl", source, "--recorded")
        self.do("shell", "--no-imports", "-c", FILL)

    def picture(self) -> Any:
        return json.loads(self.do("shell", "--no-imports", "-c", PICTURE))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """On both databases, unless a test says that it does not matter."""
    folder = tmp_path_factory.mktemp(request.param)
    environment: dict[str, str] = {}
    if request.param == "postgresql":
        start: Starter = request.getfixturevalue("module_server")
        environment = {"DATABASE_URL": start(Postgres).url, "SECRET_KEY": "only for this test " * 3}
    one = Portal(folder, **environment)
    one.fill()
    return one


def lose(portal: Portal) -> None:
    """The disk is gone, and the database."""
    shutil.rmtree(portal.data)
    if "DATABASE_URL" in portal.environment:
        import psycopg

        with psycopg.connect(portal.environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


def test_what_was_lost_is_there_again(portal: Portal) -> None:
    before = portal.picture()
    assert len(before["rows"]["Standard"]) == 5
    assert before["found"]["ctext"] and before["found"]["font properties"]
    backup = Path(portal.do("backup", portal.home).strip())
    lose(portal)
    said = portal.do("restore", portal.home)
    assert "The index holds what the database holds" in said
    assert portal.picture() == before
    assert portal.do("restore", "--check", backup).endswith("files are what they were\n")


def test_a_restore_does_not_overwrite_unasked(portal: Portal) -> None:
    before = portal.picture()
    portal.do("backup", portal.home)
    refused = portal.manage("restore", portal.home)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    harm = "from content.standards.models import *; FilePage.objects.all().delete(); File.objects.all().delete()"
    portal.do("shell", "--no-imports", "-c", harm)
    shutil.rmtree(portal.data / "files")
    portal.do("restore", portal.home, "--replace")
    assert portal.picture() == before


@pytest.mark.parametrize("portal", ["sqlite"], indirect=True)
def test_a_damaged_backup_changes_nothing(portal: Portal) -> None:
    before = portal.picture()
    backup = Path(portal.do("backup", portal.home).strip())
    stored = next((backup / "snapshots").rglob("*.gz"))
    stored.unlink()  # its bytes belong to the other backups too
    stored.write_bytes(b"damaged")
    refused = portal.manage("restore", backup, "--replace")
    assert refused.returncode == 1
    assert stored.name in refused.stderr
    assert portal.picture() == before
    shutil.rmtree(backup)


@pytest.mark.parametrize("portal", ["sqlite"], indirect=True)
def test_backups_share_what_is_unchanged_and_old_ones_go(portal: Portal) -> None:
    first = Path(portal.do("backup", portal.home).strip())
    (portal.home / "20200101T000000Z.partial").mkdir()
    second = Path(portal.do("backup", portal.home, "--keep", "2").strip())
    held = sorted(path.name for path in portal.home.iterdir() if path.is_dir())
    assert held == [first.name, second.name]
    files = [path.relative_to(second) for path in (second / "files").rglob("*.pdf")]
    assert len(files) == 4
    assert all((first / path).samefile(second / path) for path in files)
    assert (second.stat().st_mode & 0o777) == 0o700


def test_it_is_of_one_moment_while_others_write(portal: Portal) -> None:
    """Each write is a record and its change in one transaction; a copy has both or neither."""
    code = """
import itertools
from django.db import transaction
from content.provenance.models import Change
from content.standards.models import Standard
from django.utils import timezone
one = Standard.objects.order_by("pk").first()
for number in itertools.count():
    with transaction.atomic():
        Change.objects.create(record_type="standard", record_id=one.pk, kind="field", cause="editor", field="edition",
            label="x", new=str(number), at=timezone.now())
        Standard.objects.filter(pk=one.pk).update(edition=str(number))
    print(number, flush=True)
"""
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=BASE_DIR,
        env=portal.environment,
        stdout=subprocess.PIPE,
    )
    try:
        assert writer.stdout and writer.stdout.readline()
        portal.do("backup", portal.home)
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    portal.do("restore", portal.home, "--replace", "--no-index")
    check = """
from content.provenance.models import Change
from content.standards.models import Standard
change = Change.objects.filter(field="edition").order_by("-pk").first()
print(change.new == Standard.objects.order_by("pk").first().edition)
"""
    assert portal.do("shell", "--no-imports", "-c", check).split()[-1] == "True"
