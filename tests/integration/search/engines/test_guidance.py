"""Guidance from an editor's upload over the sandboxed reader to a hit on its page, on every engine."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from reportlab.pdfgen.canvas import Canvas

from content.provenance.models import Change
from content.reach.models import Guidance, GuidancePage
from content.reach.models import guidance as models
from crawlers.files import read_pending
from search.engines.base import Engine
from search.indexing import compare
from search.outbox import drain
from search.params import parse
from search.rebuilding import rebuild
from search.service import search
from tests.integration.search.contract import RECORD_ENGINES

pytestmark = [
    pytest.mark.django_db,
    # The reference engine knows no pages.
    pytest.mark.parametrize("engine", RECORD_ENGINES, indirect=True),
]

SAID = {"title": "Guidance on requirements for substances in articles", "title_zh": "物品中物质要求指南"}
SAID |= {"publisher": "ECHA", "topic": "articles", "edition": "Version 4.0", "published": "2017-06", "language": "en"}
SAID |= {"summary_zh": "说明每一件物品分别计算阈值。", "url": "", "replaced_by": ""}


@pytest.fixture(autouse=True)
def _storage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    storage = FileSystemStorage(location=tmp_path / "files")
    monkeypatch.setattr(Guidance._meta.get_field("content"), "storage", storage)
    monkeypatch.setattr("content.provenance.stored.file_storage", lambda: storage)
    assert models.file_storage() is not storage, "the portal's own storage stays untouched"


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("li.si", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


def pdf(*pages: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def upload(client: Client, body: bytes, **values: str) -> Any:
    file = SimpleUploadedFile("any name.pdf", body, content_type="application/pdf")
    return client.post(reverse("guidance:add"), SAID | values | {"upload": file})


def test_a_page_of_guidance_is_found(client: Client, editor: User, engine: Engine) -> None:
    rebuild()
    body = pdf("Introduction to the obligations", "The threshold applies to every article of a complex object")
    response = upload(client, body)
    assert response.status_code == 302, response.context["form"].errors
    one = Guidance.objects.get()
    assert (one.slug, one.text_state) == (
        "guidance-on-requirements-for-substances-in-articles-version-40-en",
        Guidance.TextState.PENDING,
    )
    assert [file.pk for file in read_pending()] == [one.pk]
    one.refresh_from_db()
    assert (one.text_state, one.pages) == (Guidance.TextState.READ, 2)
    assert drain().records == 1
    answer = search(parse({"q": ["complex object threshold"]}))
    (result,) = answer.results
    assert result.url == one.get_absolute_url()
    assert [page.url for page in result.pages] == [f"/reach/guidance/{one.slug}.pdf#page=2"]
    for query in ("物品中物质要求指南", "guidance substances in articles"):
        assert [found.url for found in search(parse({"q": [query], "type": ["guidance"]})).results] == [result.url]
    assert compare().keys == ()
    html = client.get(one.get_absolute_url()).content.decode()
    assert "说明每一件物品分别计算阈值。" in html
    served = client.get(f"/reach/guidance/{one.slug}.pdf", headers={"Range": "bytes=0-4"})
    assert (served.status_code, b"".join(served.streaming_content)) == (206, b"%PDF-")  # type: ignore[attr-defined]
    assert client.get(f"/reach/guidance/{one.slug}.json").json()["pages"] == 2
    assert [each["slug"] for each in client.get("/api/v1/reach/guidance/?topic=articles").json()] == [one.slug]
    told = client.get("/en/changes/?type=guidance").context["records"]
    assert [each.title for each in told] == [SAID["title"]]
    hide = client.post(reverse("guidance:hide", args=[one.pk]), {"reason": "replaced"})
    assert hide.status_code == 302
    drain()
    assert not search(parse({"q": ["complex object threshold"]})).results
    assert client.get(one.get_absolute_url()).status_code == 410
    assert client.get(f"/reach/guidance/{one.slug}.pdf").status_code == 404
    assert Change.objects.filter(record_type="guidance", editor=editor).count() == 2


def test_another_file_is_read_anew(client: Client, editor: User, engine: Engine) -> None:
    assert editor.is_active
    rebuild()
    upload(client, pdf("First words", "Second page"))
    one = Guidance.objects.get()
    list(read_pending())
    url = reverse("guidance:edit", args=[one.pk])
    again = SimpleUploadedFile("x.pdf", pdf("Entirely other words"), content_type="application/pdf")
    assert client.post(url, SAID | {"upload": again}).status_code == 302
    list(read_pending())
    assert [page.text.strip() for page in GuidancePage.objects.all()] == ["Entirely other words"]
    assert Change.objects.filter(field="sha256").count() == 1
    assert client.post(url, SAID | {"title": "Renamed"}).status_code == 302, "no new file is needed"
    one.refresh_from_db()
    assert (one.title, one.text_state) == ("Renamed", Guidance.TextState.READ)
    assert one.slug.startswith("guidance-on-requirements"), "addresses stay"
    drain()
    assert search(parse({"q": ["entirely other words"]})).results
    assert not search(parse({"q": ['"second page"']})).results


def test_what_is_no_pdf_is_refused_and_what_cannot_be_read_is_said(
    client: Client, editor: User, engine: Engine
) -> None:
    assert editor.is_active
    rebuild()
    for wrong in (b"<html><script>alert(1)</script></html>", b"PK\x03\x04", b""):
        assert "upload" in upload(client, wrong).context["form"].errors
    assert "language" in upload(client, pdf("x"), language="<b>").context["form"].errors
    assert upload(client, b"%PDF-1.7\n broken").status_code == 302
    (broken,) = read_pending()
    assert broken.text_state == Guidance.TextState.FAILED
    html = client.get(Guidance.objects.get().get_absolute_url()).content.decode()
    assert "文字无法读取" in html or "无法读取" in html


def test_the_list(client: Client, editor: User, engine: Engine) -> None:
    assert editor.is_active
    rebuild()
    assert "尚未收录指南" in client.get("/reach/guidance/").content.decode()
    upload(client, pdf("one"))
    upload(client, pdf("two"), title="Safety data sheets", title_zh="", topic="safety_data")
    page = client.get("/reach/guidance/?topic=articles").context["page"]
    assert [one.title for one in page] == [SAID["title"]]
    assert [one.title for one in client.get("/reach/guidance/?q=safety").context["page"]] == ["Safety data sheets"]
    assert client.get("/reach/guidance/?topic=x").status_code == 400
    assert client.get("/reach/guidance/?page=9").status_code == 404
    assert client.get("/reach/guidance/?q=%00").status_code == 200
    sitemap = b"".join(client.get("/sitemaps/guidance-1.xml").streaming_content)  # type: ignore[attr-defined]
    assert b"/en/reach/guidance/safety-data-sheets-version-40-en/" in sitemap
    assert client.get("/sitemaps/nothing-1.xml").status_code == 404
