"""Files: ranges, validators, names, access, counting."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connections
from django.test import Client

from content.serving import MAX_NAME_BYTES
from content.standards.downloads import saved_name
from content.standards.models import File
from tests.factories import make_file, make_standard

pytestmark = pytest.mark.django_db

BYTES = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(BYTES).hexdigest()
URL = "/standards/iso-9001-2015/files/text.pdf"


@pytest.fixture(autouse=True)
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> File:
    """A file of 1 MiB, which is several chunks, in a storage of its own."""
    monkeypatch.setattr(File._meta.get_field("content"), "storage", FileSystemStorage(location=tmp_path))
    standard = make_standard("ISO 9001:2015", title_en="Quality/management: systems")
    file = make_file(standard, size=len(BYTES), sha256=SHA256)
    file.content.save("text.pdf", ContentFile(BYTES))
    return file


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def count(file: File) -> int:
    file.refresh_from_db()
    return file.downloads


def test_the_whole_file(client: Client, file: File) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert body(response) == BYTES
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(BYTES))
    assert response["ETag"] == f'"{SHA256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert count(file) == 1


def test_no_more_than_a_chunk_is_held(client: Client) -> None:
    assert max(len(chunk) for chunk in client.get(URL).streaming_content) <= 256 * 1024  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("header", "first", "last"), [("bytes=0-99", 0, 99), ("bytes=300000-", 300_000, len(BYTES) - 1)]
)
def test_a_range(client: Client, header: str, first: int, last: int) -> None:
    response = client.get(URL, headers={"Range": header})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(BYTES)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == BYTES[first : last + 1]


def test_beyond_the_end(client: Client) -> None:
    response = client.get(URL, headers={"Range": f"bytes={len(BYTES)}-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(BYTES)}")


def test_several_ranges_get_the_whole(client: Client) -> None:
    response = client.get(URL, headers={"Range": "bytes=0-1,4-5"})
    assert response.status_code == 200
    assert body(response) == BYTES


def test_if_range(client: Client) -> None:
    modified = client.get(URL)["Last-Modified"]
    for condition, status in (
        (f'"{SHA256}"', 206), ('"other"', 200), (f'W/"{SHA256}"', 200), (modified, 206),
        ("Thu, 01 Jan 2015 00:00:00 GMT", 200), ("nonsense", 200),
    ):  # fmt: skip
        response = client.get(URL, headers={"Range": "bytes=0-1", "If-Range": condition})
        assert response.status_code == status, condition


def test_an_unchanged_file_is_not_sent_again(client: Client, file: File) -> None:
    response = client.get(URL, headers={"If-None-Match": f'"{SHA256}"'})
    assert (response.status_code, body(response)) == (304, b"")
    assert response["ETag"] == f'"{SHA256}"'
    assert client.get(URL, headers={"If-Match": '"other"'}).status_code == 412
    assert count(file) == 0


def test_head_tells_the_same_without_a_body(client: Client, file: File) -> None:
    response = client.head(URL)
    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(len(BYTES)), b"")
    part = client.head(URL, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part["Content-Length"]) == (206, "5")
    assert count(file) == 0


def test_only_what_begins_at_the_beginning_and_comes_through_is_counted(
    client: Client, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The end of an answer that is broken off would close the connection, which holds the test's transaction.
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    body(client.get(URL, headers={"Range": "bytes=100-199"}))
    assert count(file) == 0
    broken_off = client.get(URL)
    next(iter(broken_off.streaming_content))  # type: ignore[attr-defined]
    broken_off.close()
    assert count(file) == 0
    body(client.get(URL, headers={"Range": "bytes=0-99"}))
    assert count(file) == 1


def test_it_is_opened_in_the_browser_or_saved_on_demand(client: Client) -> None:
    name = "ISO 9001-2015 Quality management systems.pdf"
    assert client.get(f"/en{URL}")["Content-Disposition"] == f'inline; filename="{name}"'
    assert client.get(f"/en{URL}?download=1")["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_chinese_name_is_encoded(client: Client) -> None:
    make_file(make_standard("GB/T 1.1-2020", title_zh="标准化工作导则"))
    header = client.head("/standards/gb-t-1.1-2020/files/text.pdf")["Content-Disposition"]
    assert header == "inline; filename*=utf-8''" + quote("GB-T 1.1-2020 标准化工作导则.pdf")


def test_a_file_of_another_type_is_only_offered_for_saving(client: Client, file: File) -> None:
    File.objects.filter(pk=file.pk).update(media_type="text/html")
    assert client.get(URL)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "title", ["a" * 500, "质" * 500, "\u202egnp.exe", 'x" ; rm', "a\r\nSet-Cookie: b", "..", "🧪" * 100]
)
def test_a_saved_name_fits_every_file_system(title: str) -> None:
    name = saved_name(make_file(make_standard("ISO 1:2022", title_en=title, title_zh="")))
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.startswith("ISO 1-2022") and name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|\r\n\u202e')


@pytest.mark.parametrize("access", ["record_only", "preview"])
def test_what_may_not_be_passed_on_is_explained(client: Client, file: File, access: str) -> None:
    File.objects.filter(pk=file.pk).update(access=access, url="https://publisher.example/text.pdf")
    response = client.get(f"/en{URL}")
    assert response.status_code == 403
    assert "https://publisher.example/text.pdf" in response.content.decode()
    assert client.get(URL, headers={"Range": "bytes=0-9"}).status_code == 403


@pytest.mark.parametrize(
    "name", ["other.pdf", "..%2f..%2fsecret-key", "..%5c..%5csecret-key", "%2e%2e", "text.pdf%00", "..%252f..%252fx"]
)
def test_only_names_on_record_are_served(client: Client, name: str) -> None:
    assert client.get(f"/standards/iso-9001-2015/files/{name}").status_code == 404


def test_a_file_that_is_lost_is_a_404_and_logged(client: Client, file: File, caplog: pytest.LogCaptureFixture) -> None:
    file.content.storage.delete(str(file.content.name))
    assert client.get(URL).status_code == 404
    assert "is not in the storage" in caplog.text


class TestHandedOver:
    """Where ``DOWNLOADS_ACCEL`` is set, the server in front sends the bytes (``tests/integration/deploy``)."""

    @pytest.fixture(autouse=True)
    def _front(self, settings: Any) -> None:
        settings.DOWNLOADS_ACCEL = "/_files/"

    def test_the_answer_names_the_file(self, client: Client, file: File) -> None:
        response = client.get(URL)
        assert (response.status_code, response.content) == (200, b"")
        assert response["X-Accel-Redirect"] == f"/_files/{file.content.name}"
        assert response["ETag"] == f'"{SHA256}"'
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline")
        assert "Accept-Ranges" not in response  # its own is the server's in front
        assert count(file) == 1

    def test_a_name_cannot_lead_elsewhere(self, client: Client, file: File) -> None:
        file.content.storage.save("a b?c#d%2e.pdf", ContentFile(b"x"))
        File.objects.filter(pk=file.pk).update(content="a b?c#d%2e.pdf")
        assert client.get(URL)["X-Accel-Redirect"] == "/_files/a%20b%3Fc%23d%252e.pdf"

    @pytest.mark.parametrize(
        ("headers", "counted"),
        [({}, 1), ({"Range": "bytes=0-9"}, 1), ({"Range": "bytes=5-9"}, 0), ({"Range": f"bytes={len(BYTES)}-"}, 0),
         ({"Range": "bytes=5-9", "If-Range": '"other"'}, 1)],
    )  # fmt: skip
    def test_what_begins_at_the_beginning_counts(
        self, client: Client, file: File, headers: dict[str, str], counted: int
    ) -> None:
        assert "X-Accel-Redirect" in client.get(URL, headers=headers)
        assert "X-Accel-Redirect" in client.head(URL, headers=headers)
        assert count(file) == counted

    def test_access_is_judged_before(self, client: Client, file: File) -> None:
        File.objects.filter(pk=file.pk).update(access="record_only")
        refused = client.get(URL)
        assert refused.status_code == 403
        assert "X-Accel-Redirect" not in refused

    def test_validators_are_judged_before(self, client: Client) -> None:
        assert client.get(URL, headers={"If-None-Match": f'"{SHA256}"'}).status_code == 304
        assert client.get(URL, headers={"If-Match": '"other"'}).status_code == 412

    def test_the_portal_sends_what_nginx_would_judge_otherwise(self, client: Client) -> None:
        response = client.get(URL, headers={"If-Match": f'"{SHA256}"', "Range": "bytes=0-9"})
        assert (response.status_code, body(response)) == (206, BYTES[:10])

    def test_a_file_that_is_lost_is_a_404(self, client: Client, file: File) -> None:
        file.content.storage.delete(str(file.content.name))
        assert client.get(URL).status_code == 404
