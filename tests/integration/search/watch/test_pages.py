"""Accounts, following, pausing, private feeds, and the one click that stops the mails."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from content.standards.classification_tables import load_classifications
from search.watch.matching import match
from search.watch.models import Alert, Follower, Subscription
from tests.factories import make_source, make_standard
from tests.integration.content.tbt.samples import TOYS, load
from tests.integration.search.watch.people import follow, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client: Client) -> Follower:
    """Signed in."""
    one = person()
    client.force_login(one.user, backend="django.contrib.auth.backends.ModelBackend")
    return one


class TestAccounts:
    def test_an_address_is_confirmed_before_anything_is_followed(self, client: Client) -> None:
        form = {"email": "eve@example.org", "password1": "a-long-passphrase", "password2": "a-long-passphrase"}
        client.post("/account/signup/", form)
        (message,) = mail.outbox
        assert client.get("/account/follows/").status_code == 302
        link = re.search(r"https?://[^/\s]+(/account/confirm-email/\S+)", str(message.body))
        assert link is not None
        client.post(link[1])
        client.post("/account/login/", {"login": "eve@example.org", "password": "a-long-passphrase"})
        assert client.get("/account/follows/").status_code == 200

    def test_whether_an_address_has_an_account_is_not_told(self, client: Client) -> None:
        person("eve")
        form = {"email": "eve@example.org", "password1": "a-long-passphrase", "password2": "a-long-passphrase"}
        known = client.post("/account/signup/", form)
        unknown = client.post("/account/signup/", form | {"email": "bob@example.org"})
        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])

    @pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
    def test_no_cache_keeps_them(self, client: Client, path: str) -> None:
        assert "private" in client.get(path).headers["Cache-Control"]

    def test_a_second_factor_is_offered(self, client: Client, ada: Follower) -> None:
        assert client.get("/account/2fa/").status_code == 200
        assert ada.user.is_active

    def test_an_account_of_the_public_does_not_enter_the_admin(self, client: Client, ada: Follower) -> None:
        assert client.get("/admin/").status_code in (302, 403)
        assert not ada.user.is_staff


class TestFollowing:
    def test_from_the_page_to_the_list(self, client: Client, ada: Follower) -> None:
        make_standard("GB/T 19001-2016", title_zh="质量管理体系 要求")
        page = client.get("/standards/gb-t-19001-2016/").content.decode()
        assert "/account/follows/new/?kind=standard&amp;key=gb-t-19001-2016" in page
        form = client.get("/account/follows/new/?kind=standard&key=gb-t-19001-2016")
        assert "质量管理体系 要求" in form.content.decode()
        values = {"kind": "standard", "key": "gb-t-19001-2016", "frequency": "weekly", "mail": "on"}
        answer = client.post("/account/follows/new/", values, follow=True)
        assert "已订阅：GB/T 19001-2016" in answer.content.decode()
        one = ada.subscriptions.get()
        assert (one.kind, one.key, one.frequency, one.mail) == ("standard", "gb-t-19001-2016", "weekly", True)
        assert one.keys.get().key == "gb-t-19001-2016"

    def test_following_twice_changes_how(self, client: Client, ada: Follower) -> None:
        load(TOYS)
        for frequency in ("immediate", "daily"):
            client.post("/account/follows/new/", {"kind": "member", "key": "欧盟", "frequency": frequency})
        one = ada.subscriptions.get()
        assert (one.key, one.frequency, one.mail) == ("EU", "daily", False)

    @pytest.mark.parametrize(
        ("kind", "key", "kept"),
        [
            ("tbt", "G/TBT/N/EU/1024/Add.9", "g-tbt-n-eu-1024"),
            ("hs", "95.03", "9503"),
            ("ics", "97.200.50", "97.200.50"),
            ("list", "candidate", "candidate"),
            ("source", "eping", "eping"),
            ("search", "q=%E7%8E%A9%E5%85%B7&page=3&utm=x", "q=%E7%8E%A9%E5%85%B7"),
        ],
    )
    def test_what_can_be_followed(self, client: Client, ada: Follower, kind: str, key: str, kept: str) -> None:
        load_classifications()
        load(TOYS)
        answer = client.post("/account/follows/new/", {"kind": kind, "key": key, "frequency": "daily"})
        assert answer.status_code == 302
        assert ada.subscriptions.get().key == kept

    @pytest.mark.parametrize(
        ("kind", "key"),
        [
            ("standard", "gb-t-1-2001"),
            ("tbt", "g-tbt-n-eu-7"),
            ("hs", "99"),
            ("ics", "02"),
            ("list", "x"),
            ("member", "Atlantis"),
            ("search", ""),
            ("search", "page=2"),
            ("search", "year=x"),
            ("x", "x"),
            ("source", "\0"),
        ],
    )
    @pytest.mark.usefixtures("ada")
    def test_what_cannot(self, client: Client, kind: str, key: str) -> None:
        load(TOYS)
        assert client.get("/account/follows/new/", {"kind": kind, "key": key}).status_code == 404

    def test_pause_and_go_on_and_delete(self, client: Client, ada: Follower) -> None:
        one = follow(ada, "member", "EU")
        client.post(f"/account/follows/{one.pk}/", {"action": "pause"})
        assert Subscription.objects.get().paused_at is not None
        client.post(f"/account/follows/{one.pk}/", {"action": "resume"})
        assert Subscription.objects.get().paused_at is None
        client.post(f"/account/follows/{one.pk}/", {"action": "delete"})
        assert not Subscription.objects.exists()

    def test_another_s_subscription_is_not_there(self, client: Client, ada: Follower) -> None:
        theirs = follow(person("eve"), "member", "EU")
        assert client.post(f"/account/follows/{theirs.pk}/", {"action": "delete"}).status_code == 404
        assert ada.subscriptions.count() == 0

    @pytest.mark.parametrize("path", ["", "alerts/", "new/?kind=list&key=candidate"])
    def test_only_after_signing_in(self, client: Client, path: str) -> None:
        location = client.get(f"/account/follows/{path}").headers["Location"]
        assert location.startswith("/account/login/?next=/account/follows/")

    def test_the_language_of_the_page_is_that_of_the_mails(self, client: Client, ada: Follower) -> None:
        client.get("/en/account/follows/")
        ada.refresh_from_db()
        assert ada.language == "en"

    def test_the_list_asks_no_query_for_each_thing(
        self, client: Client, ada: Follower, django_assert_num_queries: Any
    ) -> None:
        load(TOYS)
        gone = make_standard("GB/T 9-2001", hidden_at=timezone.now())
        for number in range(1, 4):
            follow(ada, "standard", make_standard(f"GB/T {number}-2001").slug)
            follow(ada, "hs", f"950{number}")
        follow(ada, "tbt", "g-tbt-n-eu-1024")
        follow(ada, "standard", gone.slug)
        client.get("/account/follows/")
        with django_assert_num_queries(7):  # session, user, follower, subscriptions, standards, notifications, mails
            page = client.get("/account/follows/")
        addresses = {one.key: url for one, url in page.context["rows"]}
        assert addresses["gb-t-1-2001"] == "/standards/gb-t-1-2001/"
        assert addresses["9501"] == ""  # no heading of the present edition
        assert addresses["9503"] == "/tbt/products/hs/9503/"
        assert addresses["g-tbt-n-eu-1024"] == "/tbt/g-tbt-n-eu-1024/"
        assert addresses[gone.slug] == ""

    def test_alerts(self, client: Client, ada: Follower) -> None:
        follow(ada, "member", "EU", label="欧盟")
        load(TOYS)
        match()
        page = client.get("/account/follows/alerts/").content.decode()
        assert TOYS.symbol in page
        assert "新增记录" in page


class TestPrivateAddresses:
    def test_the_feed(self, client: Client) -> None:
        one = person()
        follow(one, "member", "EU")
        load(TOYS)
        match()
        body = client.get(f"/feeds/follows/{one.token}.atom").content.decode()
        assert body.count("<entry>") == 1
        assert TOYS.symbol in body

    def test_the_calendar(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        one = person()
        follow(one, "hs", "9503")
        follow(one, "standard", "gb-t-1-2001")
        make_standard("GB/T 1-2001", status="upcoming", effective="2999-01-01")
        monkeypatch.setattr("search.watch.feeds.timezone.localdate", lambda: date(2030, 4, 1))
        load(TOYS)
        body = client.get(f"/feeds/follows/{one.token}.ics").content
        events: list[Any] = list(Calendar.from_ical(body).walk("VEVENT"))
        assert {str(event["UID"]).partition("@")[0]: event["DTSTART"].dt for event in events} == {
            "g-tbt-n-eu-1024-comments": date(2030, 4, 30),
            "gb-t-1-2001-effective": date(2999, 1, 1),
        }

    @pytest.mark.parametrize("path", ["/feeds/follows/x.atom", "/feeds/follows/x.ics", "/account/follows/mails/x/"])
    def test_a_wrong_secret(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_one_click_stops_all_mails(self) -> None:
        one = person()
        follow(one, "member", "EU")
        Alert.objects.all().delete()
        program = Client(enforce_csrf_checks=True)
        answer = program.post(f"/account/follows/mails/{one.token}/", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        one.refresh_from_db()
        assert one.mails_stopped_at is not None
        program.post(f"/account/follows/mails/{one.token}/", {"action": "resume"})
        one.refresh_from_db()
        assert one.mails_stopped_at is None

    def test_looking_stops_nothing(self, client: Client) -> None:
        one = person()
        assert client.get(f"/account/follows/mails/{one.token}/").status_code == 200
        one.refresh_from_db()
        assert one.mails_stopped_at is None

    def test_links_to_follow_leave_public_pages_everyone_s(self, client: Client) -> None:
        make_source("iso")
        answer = client.get("/sources/iso/")
        assert "/account/follows/new/?kind=source&amp;key=iso" in answer.content.decode()
        assert answer.headers["Cache-Control"].startswith("public")
        assert User.objects.count() == 0
