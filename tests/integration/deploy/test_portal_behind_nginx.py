"""The portal itself, as two processes of its web server, behind the shipped nginx."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import portal_process
from tests.integration.deploy.front import PURGE_KEY, Front
from tests.portal_process import running, until
from tests.services import folders
from tests.services.fixtures import Starter
from tests.services.ports import Port
from tests.services.redis import Redis

Manage = Callable[[str], str]
LARGE = {"Cookie": "display=large.high"}
EDIT = """
from django.contrib.auth.models import User
from content.standards import editing
from content.standards.models import Standard
standard = Standard.objects.get(files__name__contains="ctext")
before = editing.values_of(standard)
standard.title_en = standard.title_zh = {title!r}
standard.save()
editing.record_edit(standard, before, User.objects.get())
"""
HIDE = """
from django.contrib.auth.models import User
from content.provenance import hiding
from content.standards.models import Standard
hiding.hide(Standard.objects.get(slug={slug!r}), "standard", "asked for", User.objects.get())
"""


@pytest.fixture(scope="module")
def environment(module_server: Starter) -> dict[str, str]:
    """The folder is one that nginx, as another user, can read."""
    redis = module_server(Redis)
    folder = folders.make("portal")
    inside = Port()
    environment = portal_process.environment(folder)
    for bundle in set(portal_process.BUNDLES) - {"xorg"}:  # the one with files is enough
        shutil.rmtree(Path(environment["CRAWL_BUNDLE_DIR"]) / bundle)
    return environment | {
        "WEB_WORKERS": "2",
        "DOWNLOADS_ACCEL": "/_files/",
        "PURGE_URLS": f"http://127.0.0.1:{inside.number}",
        "PURGE_KEY": PURGE_KEY,
        "TRUSTED_PROXIES": "127.0.0.1/32",
        "CACHE_URL": redis.database(1),
    }


@pytest.fixture(scope="module")
def front(environment: dict[str, str], module_server: Starter) -> Iterator[Front]:
    with running(environment) as portal:
        until(portal, "Ready after")
        yield module_server(
            lambda: Front(
                f"127.0.0.1:{environment['PORT']}",
                Path(environment["DATA_DIR"]),
                INTERNAL_LISTEN=environment["PURGE_URLS"].removeprefix("http://"),
            )
        )


@pytest.fixture(scope="module")
def manage(environment: dict[str, str]) -> Manage:
    """Run a line of Python in a process of its own, as any command of the portal is."""

    return lambda code: portal_process.manage(environment, "shell", "--no-imports", "-c", code)


@pytest.fixture(scope="module")
def file(front: Front) -> dict[str, str]:
    """A file as the API describes it."""
    found = json.loads(front.ask("/api/v1/search/?q=CTEXT").body)["results"][0]
    record = json.loads(front.ask(f"/api/v1{found['url']}").body)
    described: dict[str, str] = record["files"][0]
    return described


class TestDownloads:
    def test_nginx_sends_what_the_portal_allows(self, front: Front, file: dict[str, str]) -> None:
        answer = front.ask(file["url"])
        assert (answer.status, len(answer.body)) == (200, int(file["size"]))
        assert hashlib.sha256(answer.body).hexdigest() == file["sha256"]
        assert answer.headers["etag"] == f'"{file["sha256"]}"'
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline")
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "x-accel-redirect" not in answer.headers
        assert front.ask("/_files/" + file["sha256"]).status == 404

    def test_ranges(self, front: Front, file: dict[str, str]) -> None:
        whole, size = front.ask(file["url"]).body, int(file["size"])
        part = front.ask(file["url"], {"Range": "bytes=100-199"})
        assert (part.status, part.body) == (206, whole[100:200])
        assert part.headers["content-range"] == f"bytes 100-199/{size}"
        assert part.headers["etag"] == f'"{file["sha256"]}"'
        assert front.ask(file["url"], {"Range": "bytes=-10"}).body == whole[-10:]
        beyond = front.ask(file["url"], {"Range": f"bytes={size}-"})
        assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
        several = front.ask(file["url"], {"Range": "bytes=0-1,4-5"})
        assert (several.status, several.body) == (200, whole)

    def test_conditions(self, front: Front, file: dict[str, str]) -> None:
        etag, modified = f'"{file["sha256"]}"', front.ask(file["url"]).headers["last-modified"]
        statuses = {
            ("If-Range", etag): 206,
            ("If-Range", '"other"'): 200,
            ("If-Range", f"W/{etag}"): 200,
            ("If-Range", modified): 206,
            ("If-Range", "Thu, 01 Jan 2015 00:00:00 GMT"): 200,
            ("If-None-Match", etag): 304,
            ("If-None-Match", '"other"'): 206,
            ("If-Modified-Since", modified): 304,
            ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"): 206,
            ("If-Match", etag): 206,
            ("If-Match", '"other"'): 412,
        }
        found = {one: front.ask(file["url"], dict([one, ("Range", "bytes=0-9")])).status for one in statuses}
        assert found == statuses

    def test_head(self, front: Front, file: dict[str, str]) -> None:
        answer = front.ask(file["url"], method="HEAD")
        assert (answer.status, answer.headers["content-length"], answer.body) == (200, str(file["size"]), b"")

    def test_access_that_is_taken_back(self, front: Front, file: dict[str, str], manage: Manage) -> None:
        files = "from content.standards.models import File; files = File.objects.filter(sha256='{sha256}'); "
        manage(files.format(**file) + "files.update(access='record_only')")
        refused = front.ask(file["url"], {"Range": "bytes=0-9"})
        assert refused.status == 403
        assert b"%PDF" not in refused.body
        manage(files.format(**file) + "files.update(access='full_text', downloads=0)")
        front.ask(file["url"])
        front.ask(file["url"], {"Range": "bytes=5-9"})
        front.ask(file["url"], method="HEAD")
        assert manage(files.format(**file) + "print(files.get().downloads)").split()[-1] == "1"


class TestPages:
    def test_they_are_kept_and_the_reader_gets_304(self, front: Front) -> None:
        first = front.ask("/en/standards/")
        again = front.ask("/en/standards/", {"If-None-Match": first.headers["etag"]})
        assert (first.headers["x-cache"], again.headers["x-cache"]) == ("MISS", "HIT")
        assert (again.status, again.body) == (304, b"")
        assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"

    def test_large_type_is_for_who_chose_it(self, front: Front) -> None:
        plain, large = front.ask("/en/sources/"), front.ask("/en/sources/", {"Cookie": "display=large.high"})
        assert b"data-text" not in plain.body
        assert b'data-text="large" data-contrast="high"' in large.body
        assert b"data-text" not in front.ask("/en/sources/").body

    def test_a_form_can_be_sent(self, front: Front) -> None:
        form = front.ask("/en/display/?next=/en/")
        assert front.ask("/en/display/?next=/en/").headers["x-cache"] == "MISS"
        assert form.headers["cache-control"] == "private, no-cache"
        token = SimpleCookie(form.headers["set-cookie"])["csrftoken"].value
        hidden = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)
        assert hidden
        fields = {"csrfmiddlewaretoken": hidden[1].decode(), "next": "/en/", "text": "large", "contrast": "high"}
        headers = {
            "Cookie": f"csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{front.port}",
        }
        sent = front.ask("/en/display/", headers, method="POST", body=urlencode(fields).encode())
        assert (sent.status, sent.headers["location"]) == (302, "/en/")
        assert SimpleCookie(sent.headers["set-cookie"])["display"].value == "large.high"

    def test_a_change_is_public_at_once(self, front: Front, file: dict[str, str], manage: Manage) -> None:
        """A command of its own changes the record, and ends; every copy of its pages is made anew."""
        page = file["url"].partition("files/")[0]
        addresses = [f"/en{page}", page, f"{page.rstrip('/')}.json", "/en/", "/en/changes/", "/en/feeds/changes.atom"]
        for address in addresses:
            front.ask(address)
            front.ask(address, {"Cookie": "display=large.high"})
            assert front.ask(address).headers["x-cache"] == "HIT", address
        manage(EDIT.format(title="Changed a moment ago"))
        found = {address: front.ask(address, headers) for address in addresses for headers in ({}, LARGE)}
        assert {address for address, one in found.items() if b"Changed a moment ago" not in one.body} <= {"/en/"}
        assert all(b"Changed a moment ago" in front.ask(address).body for address in addresses[:3])
        assert front.ask("/en/").headers["x-cache"] == "HIT"

    def test_a_withdrawn_record_is_gone_at_once(self, front: Front, manage: Manage) -> None:
        found = json.loads(front.ask("/api/v1/search/?q=ICCCM").body)["results"][0]["url"]
        assert front.ask(found).status == 200
        manage(HIDE.format(slug=found.split("/")[2]))
        assert front.ask(found).status == 410

    def test_they_outlive_the_portal(self, front: Front) -> None:
        kept = front.ask("/en/sources/")
        with front.without_portal():
            assert front.ask("/en/sources/").body == kept.body
            assert front.ask("/en/sources/?never=asked").status == 503
            assert front.ask("/en/sources/", {"Cookie": "sessionid=x"}).status == 503
        assert front.ask("/en/sources/?never=asked").status == 200


class TestStatic:
    def test_every_file_of_a_page_comes_from_nginx(self, front: Front) -> None:
        html = front.ask("/").body.decode()
        names = set(re.findall(r'"(/static/[^"]+)"', html))
        assert len(names) >= 5
        with front.without_portal():
            for name in names:
                answer = front.ask(name, {"Accept-Encoding": "br"})
                assert answer.status == 200, name
                assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", name
                assert answer.headers["content-encoding"] == "br", name


class TestSeveralProcesses:
    def test_the_quota_is_one_for_all_of_them(self, front: Front) -> None:
        """Two processes of the web server count in the cache that they share."""
        left = [int(front.ask("/api/v1/sources/").headers["ratelimit"].split("r=")[1].split(";")[0]) for _ in range(20)]
        steps = [before - after for before, after in itertools.pairwise(left)]
        assert all(step == 1 or step < 0 for step in steps), left  # below 0: a new minute has begun

    def test_the_quota_is_the_readers(self, front: Front) -> None:
        """nginx is trusted to name the client, and a client is not."""
        first = front.ask("/api/v1/sources/", {"X-Forwarded-For": "10.1.1.1"}).headers["ratelimit"]
        second = front.ask("/api/v1/sources/", {"X-Forwarded-For": "10.2.2.2"}).headers["ratelimit"]
        assert first != second

    def test_readiness_is_told_inside(self, front: Front) -> None:
        port = int(front.inside.rpartition(":")[2])
        assert front.ask("/readyz").status == 404
        assert json.loads(front.ask("/readyz", port=port).body)["status"] == "ready"
