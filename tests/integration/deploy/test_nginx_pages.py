"""Pages that nginx keeps: which, for whom, how long, and how they are forgotten."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from portal.purging import cache_key, delete, file_of
from tests.integration.deploy.front import PURGE_KEY, Front
from tests.integration.deploy.stub import KEPT, Reply, Stub
from tests.services.fixtures import Starter

SESSION = {"Cookie": "sessionid=abcdefgh"}


def counting(portal: Stub, cache_control: str = KEPT, **headers: str) -> None:
    """Each answer names its number, so that a kept one is told from a new one."""
    portal.reply = lambda _request: Reply(
        str(len(portal.seen)).encode(), headers={"Content-Type": "text/html", "Cache-Control": cache_control, **headers}
    )


def bodies(front: Front, address: str, *requests: dict[str, str]) -> list[bytes]:
    return [front.ask(address, headers).body for headers in requests]


class TestKept:
    def test_a_page_is_made_once(self, front: Front, portal: Stub) -> None:
        counting(portal)
        first, second = front.ask("/kept/"), front.ask("/kept/")
        assert (first.body, second.body) == (b"1", b"1")
        assert (first.headers["x-cache"], second.headers["x-cache"]) == ("MISS", "HIT")
        assert second.headers["cache-control"] == "public, max-age=0, must-revalidate"

    def test_the_address_is_the_page(self, front: Front, portal: Stub) -> None:
        counting(portal)
        addresses = ["/a/", "/en/a/", "/a/?q=1", "/a/?q=2", "/A/", "/a//"]
        assert [front.ask(address).body for address in addresses] == [b"1", b"2", b"3", b"4", b"5", b"6"]

    def test_each_display_has_its_copy_and_no_more(self, front: Front, portal: Stub) -> None:
        portal.reply = lambda request: Reply(request.headers["cookie"].encode())
        cookies = ["display=large.high", "display=standard.standard", "x=1", "display=large.<x>", "display=huge.high"]
        found = bodies(front, "/display/x/", *({"Cookie": cookie} for cookie in cookies))
        assert found == [b"display=large.high", *[b"display=standard.standard"] * 4]
        assert len(portal.seen) == 2

    def test_json_and_html_are_kept_apart(self, front: Front, portal: Stub) -> None:
        portal.reply = lambda request: Reply(request.headers["accept"].encode())
        accepts = ["application/json", "text/html,application/json;q=0.9", "*/*", "application/json, text/plain"]
        found = bodies(front, "/both/", *({"Accept": accept} for accept in accepts))
        assert found == [b"application/json", b"text/html", b"text/html", b"application/json"]
        assert len(portal.seen) == 2

    def test_a_reader_who_has_it_gets_304(self, front: Front, portal: Stub) -> None:
        counting(portal, ETag='W/"1"')
        front.ask("/etag/")
        again = front.ask("/etag/", {"If-None-Match": 'W/"1"'})
        assert (again.status, again.body, len(portal.seen)) == (304, b"", 1)

    def test_it_is_compressed_for_who_takes_it(self, front: Front, portal: Stub) -> None:
        portal.reply = lambda _request: Reply(b"x" * 5000)
        plain, packed = front.ask("/packed/"), front.ask("/packed/", {"Accept-Encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert len(packed.body) < 200
        assert len(portal.seen) == 1

    @pytest.mark.parametrize("cache_control", ["", "private, no-cache", "no-store", "public, max-age=0"])
    def test_what_the_portal_does_not_allow_is_not_kept(self, front: Front, portal: Stub, cache_control: str) -> None:
        counting(portal, cache_control)
        address = f"/not-kept/?{cache_control.replace(' ', '')}"
        assert bodies(front, address, {}, {}) == [b"1", b"2"]
        assert front.ask(address).headers.get("cache-control", "") == cache_control

    @pytest.mark.parametrize("status", [400, 403, 404, 500])
    def test_failures_are_not_kept(self, front: Front, portal: Stub, status: int) -> None:
        portal.reply = lambda _request: Reply(str(len(portal.seen)).encode(), status, {"Content-Type": "text/html"})
        assert bodies(front, f"/fails/{status}/", {}, {}) == [b"1", b"2"]


class TestSomeone:
    @pytest.mark.parametrize(
        "headers",
        [SESSION, {"Authorization": "Basic eDp5"}, {"Cookie": "messages=x"}, {"HX-Request": "true"}],
        ids=["session", "authorization", "messages", "part of a page"],
    )
    def test_who_is_known_is_never_served_from_nor_into_what_is_kept(
        self, front: Front, portal: Stub, headers: dict[str, str]
    ) -> None:
        counting(portal)
        address = f"/someone/?{'-'.join(headers)}{headers.get('Cookie', '')}"
        assert bodies(front, address, headers, {}, {}, headers, {}) == [b"1", b"2", b"2", b"3", b"2"]
        assert portal.seen[0].headers.get("cookie") == headers.get("Cookie")

    def test_an_answer_that_sets_a_cookie_is_not_kept(self, front: Front, portal: Stub) -> None:
        counting(portal, **{"Set-Cookie": "sessionid=x"})
        assert bodies(front, "/sets/", {}, {}) == [b"1", b"2"]

    def test_a_form_is_sent_its_own_token(self, front: Front, portal: Stub) -> None:
        token = "a" * 32
        front.ask("/form/", {"Cookie": f"csrftoken={token}; other=1"})
        front.ask("/form/2/", {"Cookie": 'csrftoken="><script>'})
        assert [one.headers["cookie"] for one in portal.seen] == [
            f"display=standard.standard; csrftoken={token}",
            "display=standard.standard",
        ]

    def test_posts_go_through(self, front: Front, portal: Stub) -> None:
        counting(portal)
        answers = [front.ask("/post/", method="POST", body=b"a=1") for _ in range(2)]
        assert [one.body for one in answers] == [b"1", b"2"]
        assert portal.seen[0].body == b"a=1"

    def test_the_admin_and_the_api_are_never_kept(self, front: Front, portal: Stub) -> None:
        counting(portal)
        for number, address in enumerate(["/admin/", "/api/v1/x/"]):
            assert bodies(front, address, {}, {}) == [str(2 * number + 1).encode(), str(2 * number + 2).encode()]


class TestWithoutPortal:
    LIFE = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=600"

    def test_what_is_kept_serves_on(self, front: Front, portal: Stub) -> None:
        counting(portal, self.LIFE)
        assert front.ask("/outlives/").body == b"1"
        time.sleep(3.1)
        portal.reply = lambda _request: Reply(b"broken", 500, {"Content-Type": "text/html"})
        stale = front.ask("/outlives/")
        assert (stale.status, stale.body, stale.headers["x-cache"]) == (200, b"1", "STALE")

    def test_an_old_copy_serves_while_a_new_one_is_made(self, front: Front, portal: Stub) -> None:
        counting(portal, self.LIFE)
        front.ask("/refreshed/")
        time.sleep(1.2)
        assert front.ask("/refreshed/").body == b"1"
        until_body(front, "/refreshed/", b"2")

    def test_after_that_nobody_sees_the_old_one(self, front: Front, portal: Stub) -> None:
        counting(portal, self.LIFE)
        front.ask("/renewed/")
        time.sleep(3.1)
        assert front.ask("/renewed/").body == b"2"

    def test_what_was_withdrawn_is_gone(self, front: Front, portal: Stub) -> None:
        counting(portal, self.LIFE)
        front.ask("/withdrawn/")
        time.sleep(3.1)
        portal.reply = lambda _request: Reply(b"gone", 410, {"Content-Type": "text/html"})
        assert front.ask("/withdrawn/").status == 410

    def test_no_portal_at_all(self, data: Path, module_server: Starter) -> None:
        lonely = module_server(lambda: Front("127.0.0.1:9", data))
        page, programs = lonely.ask("/"), lonely.ask("/api/v1/search/")
        assert (page.status, page.headers["retry-after"]) == (503, "30")
        assert "系统暂时不可用" in page.body.decode()
        assert programs.status == json.loads(programs.body)["status"] == 503
        assert programs.headers["content-type"] == "application/problem+json"


def until_body(front: Front, address: str, body: bytes) -> None:
    deadline = time.monotonic() + 5
    while front.ask(address).body != body:
        assert time.monotonic() < deadline
        time.sleep(0.05)


class TestPurge:
    def test_a_purged_page_is_made_anew(self, front: Front, portal: Stub) -> None:
        counting(portal)
        large = {"Cookie": "display=large.high"}
        assert bodies(front, "/purged/?a=%E8%B4%A8", {}, large, {}) == [b"1", b"2", b"1"]
        keys = [
            cache_key("127.0.0.1", "/purged/?a=%E8%B4%A8", display, "html")
            for display in ("standard.standard", "large.high", "largest.high")
        ]
        delete(front.inside, map(file_of, keys), {"X-Purge-Key": PURGE_KEY})
        assert bodies(front, "/purged/?a=%E8%B4%A8", {}, large, {}) == [b"3", b"4", b"3"]

    @pytest.mark.parametrize(
        ("method", "address", "key", "status"),
        [
            ("DELETE", "/pages/a/bc/" + "0" * 29 + "bca", "wrong", 403),
            ("DELETE", "/pages/a/bc/" + "0" * 29 + "bca", "", 403),
            ("GET", "/pages/a/bc/" + "0" * 29 + "bca", PURGE_KEY, 403),
            ("PUT", "/pages/a/bc/" + "0" * 29 + "bca", PURGE_KEY, 403),
            ("DELETE", "/pages/a/bc/" + "0" * 29 + "bca", PURGE_KEY, 404),
            ("DELETE", "/pages/", PURGE_KEY, 404),
            ("DELETE", "/pages/a/", PURGE_KEY, 404),
            ("DELETE", "/pages/a/bc/../../../etc/nginx.conf", PURGE_KEY, 404),
            ("DELETE", "/pages/a/bc/%2e%2e/%2e%2e/x", PURGE_KEY, 404),
        ],
    )
    def test_only_the_portal_purges_and_only_pages(
        self, front: Front, method: str, address: str, key: str, status: int
    ) -> None:
        port = int(front.inside.rpartition(":")[2])
        assert front.ask(address, {"X-Purge-Key": key}, method=method, port=port).status == status

    def test_without_a_key_nobody_purges(self, portal: Stub, data: Path, module_server: Starter) -> None:
        keyless = module_server(lambda: Front(portal.address, data, PURGE_KEY=""))
        port = int(keyless.inside.rpartition(":")[2])
        assert keyless.ask("/pages/a/bc/" + "0" * 29 + "bca", method="DELETE", port=port).status == 403

    def test_the_public_port_knows_nothing_of_it(self, front: Front, portal: Stub) -> None:
        front.ask("/pages/a/bc/" + "0" * 29 + "bca", {"X-Purge-Key": PURGE_KEY}, method="POST")
        assert portal.seen[0].address.startswith("/pages/")

    def test_what_is_wrong_inside_is_told_inside(self, front: Front, portal: Stub) -> None:
        port = int(front.inside.rpartition(":")[2])
        assert [front.ask(address).status for address in ("/readyz", "/metrics", "/nginx")] == [404, 404, 200]
        assert [front.ask(address, port=port).status for address in ("/readyz", "/metrics", "/nginx")] == [200] * 3
        assert [one.address for one in portal.seen] == ["/nginx", "/readyz", "/metrics"]
