"""The production profile: a process of its own, with the settings that servers and a name in the public ask for."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import pytest

from tests.portal_process import command

ASK = """
import json
from django.conf import settings
from django.test import Client, override_settings
# Nobody has collected static files.
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
override_settings(STORAGES=settings.STORAGES | plain).enable()
client = Client(SERVER_NAME="portal.example")
secure = {"headers": {"X-Forwarded-Proto": "https"}}
found = {
    "plain": client.get("/display/"),
    "alive": client.get("/healthz"),
    "form": client.get("/display/", **secure),
    "foreign": Client(SERVER_NAME="evil.example").get("/healthz", **secure),
}
print(json.dumps({name: [one.status_code, dict(one.headers), str(one.cookies)] for name, one in found.items()}))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """As ``deploy/systemd`` gives it: secrets are files."""
    (tmp_path / "secret-key").write_text(secrets.token_urlsafe(50) + "\n")
    (tmp_path / "database-url").write_text("postgres://portal:secret@127.0.0.1:9/portal\n")
    return {
        **os.environ,
        "DATA_DIR": str(tmp_path / "var"),
        "SITE_URL": "https://portal.example",
        "ALLOWED_HOSTS": "portal.example,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": "https://portal.example",
        "ADMIN_CONTACT": "operator@portal.example",
        "HTTPS": "1",
        "TRUSTED_PROXIES": "127.0.0.1/32",
        "SECRET_KEY_FILE": str(tmp_path / "secret-key"),
        "DATABASE_URL_FILE": str(tmp_path / "database-url"),
        "CACHE_URL": "redis://127.0.0.1:9/1",
        "DOWNLOADS_ACCEL": "/_files/",
        "PURGE_URLS": "http://127.0.0.1:9",
        "PURGE_KEY": "key",
    }


def test_it_passes_every_check(environment: dict[str, str]) -> None:
    done = command(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(("name", "value"), [("HTTPS", "0"), ("DEBUG", "1")])
def test_the_checks_see_what_is_left_open(environment: dict[str, str], name: str, value: str) -> None:
    done = command(environment | {name: value}, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 1
    assert "security." in done.stderr


def test_without_a_secret_it_does_not_start(environment: dict[str, str]) -> None:
    del environment["SECRET_KEY_FILE"]
    done = command(environment, "check")
    assert done.returncode == 1
    assert "SECRET_KEY must be set" in done.stderr


def test_a_secret_that_cannot_be_read_is_no_empty_one(environment: dict[str, str]) -> None:
    done = command(environment | {"SECRET_KEY_FILE": "/nowhere"}, "check")
    assert done.returncode == 1
    assert "/nowhere" in done.stderr


def test_it_speaks_https_only(environment: dict[str, str]) -> None:
    """Its database is away, and neither this nor the signs of life need one."""
    done = command(environment, "shell", "--no-imports", "-c", ASK)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    status, headers, _cookies = found["plain"]
    assert (status, headers["Location"]) == (301, "https://portal.example/display/")
    assert found["alive"][0] == 200
    status, headers, cookies = found["form"]
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]
    assert "Secure" in cookies
    assert "SameSite=Lax" in cookies
    assert found["foreign"][0] == 400
