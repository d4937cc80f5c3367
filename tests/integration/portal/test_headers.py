"""What every answer tells browsers and caches: on pages, in the admin, at the API, with files and errors."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import Client

from content.standards.models import File
from portal.caching import BEHIND_A_CACHE, EVERYONES, ONE_READERS
from portal.request_id import RequestIdFilter
from tests.factories import make_file, make_standard

pytestmark = pytest.mark.django_db

PAGES = ["/", "/en/", "/search/", "/standards/", "/standards/iso-1-2020/", "/changes/", "/sources/", "/api/docs"]
DATA = ["/standards/iso-1-2020.json", "/standards/iso-1-2020.bib", "/feeds/changes.atom"]
FILE = "/standards/iso-1-2020/files/text.pdf"


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, build_index: Any) -> None:
    monkeypatch.setattr(File._meta.get_field("content"), "storage", FileSystemStorage(location=tmp_path))
    make_file(make_standard("ISO 1:2020"), size=4).content.save("text.pdf", ContentFile(b"%PDF"))
    build_index()


def directives(response: Any) -> dict[str, str]:
    parts = (one.strip().partition(" ") for one in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


class TestIsolation:
    @pytest.mark.parametrize(
        "path", [*PAGES, *DATA, FILE, "/nothing/", "/admin/login/", "/api/v1/standards/", "/healthz"]
    )
    def test_every_answer_is_shut_in(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]
        assert response["X-Request-ID"]
        policy = directives(response)
        assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == ("'none'",) * 3
        sends = "'none'" if path.startswith("/api/v1/") else "'self'"
        assert (policy["frame-ancestors"], policy["form-action"]) == ("'none'", sends)

    @pytest.mark.parametrize("path", [*PAGES, "/nothing/", "/admin/login/", "/admin/password_reset/"])
    def test_no_page_that_anybody_reaches_runs_what_is_written_into_it(self, client: Client, path: str) -> None:
        response = client.get(path)
        policy = directives(response)
        assert "unsafe" not in str(policy)
        assert policy["style-src"] == "'self'"
        allowed = policy["script-src"].split()
        assert allowed[0] == "'self'"
        assert all(one.startswith("'nonce-") for one in allowed[1:])

    def test_a_nonce_serves_once(self, client: Client) -> None:
        first, second = (directives(client.get("/standards/iso-1-2020/"))["script-src"] for _ in range(2))
        assert first != second

    def test_the_admin_has_what_its_editor_needs_and_no_more(self, admin_client: Client) -> None:
        policy = directives(admin_client.get("/admin/"))
        assert policy["script-src"] == "'self' 'unsafe-inline'"
        assert "unsafe-eval" not in str(policy)
        assert policy["connect-src"] == policy["form-action"] == "'self'"

    def test_only_open_data_may_be_loaded_by_other_sites(self, client: Client) -> None:
        origins = {
            path: client.get(path)["Cross-Origin-Resource-Policy"] for path in ("/", *DATA, FILE, "/api/v1/sources/")
        }
        open_ones = {path for path, policy in origins.items() if policy == "cross-origin"}
        assert open_ones == {"/standards/iso-1-2020.json", "/api/v1/sources/"}


class TestCaching:
    @pytest.mark.parametrize("path", [*PAGES, *DATA, "/standards/iso-1/"])
    def test_what_is_everyones_may_be_kept(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response["Cache-Control"] == EVERYONES
        assert not response.cookies

    def test_a_server_in_front_keeps_it_longer_in_need(self, client: Client, settings: Any) -> None:
        settings.PURGE_URLS = ["http://127.0.0.1:9"]
        assert client.get("/")["Cache-Control"] == BEHIND_A_CACHE
        assert "stale-while-revalidate=60" in BEHIND_A_CACHE

    @pytest.mark.parametrize(
        "headers",
        [{"Cookie": "sessionid=x"}, {"Cookie": "messages=x"}, {"Authorization": "Basic eDp5"}],
        ids=["session", "message", "authorization"],
    )
    @pytest.mark.parametrize("path", ["/", "/search/", "/standards/iso-1-2020/", "/nothing/"])
    def test_what_someone_in_particular_asks_is_theirs(
        self, client: Client, path: str, headers: dict[str, str]
    ) -> None:
        assert client.get(path, headers=headers)["Cache-Control"] == ONE_READERS

    def test_a_form_is_one_readers(self, client: Client) -> None:
        assert client.get("/display/")["Cache-Control"] == ONE_READERS
        again = client.get("/display/")
        assert again["Cache-Control"] == ONE_READERS

    def test_a_session_is_one_readers(self, admin_client: Client) -> None:
        assert admin_client.get("/")["Cache-Control"] == ONE_READERS
        assert "no-store" in admin_client.get("/admin/")["Cache-Control"]

    @pytest.mark.parametrize(
        ("path", "status"), [("/nothing/", 404), ("/search/?page=x", 400), ("/standards/iso-1-2020/?status=", 200)]
    )
    def test_failures_are_not_kept(self, client: Client, path: str, status: int) -> None:
        response = client.get(path)
        assert response.status_code == status
        assert ("Cache-Control" in response) == (status == 200)

    def test_posts_are_not_kept(self, client: Client) -> None:
        assert "Cache-Control" not in client.post("/display/", {"text": "large"})

    def test_a_reader_who_has_the_page_gets_304(self, client: Client) -> None:
        etag = client.get("/standards/")["ETag"]
        again = client.get("/standards/", headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", EVERYONES)
        make_standard("ISO 2:2020")
        changed = client.get("/en/standards/", headers={"If-None-Match": etag})
        assert changed.status_code == 200

    def test_a_hidden_record_may_be_kept_as_gone(self, client: Client) -> None:
        make_standard("ISO 3:2020", hidden_at="2026-01-01T00:00:00Z")
        assert client.get("/standards/iso-3-2020/")["Cache-Control"] == EVERYONES


class TestRequestId:
    def test_the_name_that_the_server_in_front_gave_is_kept(self, client: Client) -> None:
        assert client.get("/", headers={"X-Request-ID": "0123456789abcdef"})["X-Request-ID"] == "0123456789abcdef"

    @pytest.mark.parametrize(
        "given", ["short", "x" * 65, "a b c d e f g h", "line\nbreak", "<script>alert(1)</script>"]
    )
    def test_what_is_no_name_is_replaced(self, client: Client, given: str) -> None:
        assert client.get("/", headers={"X-Request-ID": given})["X-Request-ID"] != given

    def test_it_stands_in_the_log(self, client: Client) -> None:
        heard: list[logging.LogRecord] = []
        handler = logging.Handler()
        handler.addFilter(RequestIdFilter())
        handler.emit = heard.append  # type: ignore[method-assign, assignment]
        logger = logging.getLogger("django.request")
        logger.addHandler(handler)
        try:
            client.get("/nothing/", headers={"X-Request-ID": "0123456789abcdef"})
        finally:
            logger.removeHandler(handler)
        assert {record.request_id for record in heard} == {"0123456789abcdef"}  # type: ignore[attr-defined]


def test_the_sign_in_works_under_the_strict_policy(client: Client) -> None:
    User.objects.create_superuser("editor", password="correct horse battery")
    page = client.get("/admin/login/").content.decode()
    assert "<script>" not in page
    assert " style=" not in page
