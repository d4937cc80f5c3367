"""The list, a notification's page, products, calendars, the feed and the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from content.standards.classification_tables import load_classifications
from content.tbt.models import Notification
from tests.integration.content.tbt.samples import ADOPTED, LAMPS, LONGER, PAGE, SLUG, TOYS, held, load

pytestmark = pytest.mark.django_db
TODAY = date(2030, 5, 10)


@pytest.fixture(autouse=True)
def _records(monkeypatch: pytest.MonkeyPatch) -> None:
    load_classifications()
    load(TOYS, LONGER, LAMPS)
    on(monkeypatch, TODAY)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: day)


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


class TestList:
    @pytest.mark.parametrize(
        ("query", "slugs"),
        [
            ("", [f"{SLUG}-add-1", SLUG, "g-tbt-n-usa-532-rev-1"]),
            ("sort=oldest", ["g-tbt-n-usa-532-rev-1", SLUG, f"{SLUG}-add-1"]),
            ("sort=deadline", ["g-tbt-n-usa-532-rev-1", SLUG, f"{SLUG}-add-1"]),
            ("comments=open", [f"{SLUG}-add-1", SLUG]),
            ("comments=closed", ["g-tbt-n-usa-532-rev-1"]),
            ("member=usa", ["g-tbt-n-usa-532-rev-1"]),
            ("hs=95", [SLUG]),
            ("hs=9504.50.00", [SLUG]),
            ("hs=9506", []),
            ("ics=97.200", [SLUG]),
            ("kind=addendum", [f"{SLUG}-add-1"]),
            ("year=2029", ["g-tbt-n-usa-532-rev-1"]),
            ("q=灯具", ["g-tbt-n-usa-532-rev-1"]),
            ("q=play children", [SLUG]),
            ("q=EU/10", [f"{SLUG}-add-1", SLUG]),
        ],
    )
    def test_filters_and_orders(self, client: Client, query: str, slugs: list[str]) -> None:
        assert [one.slug for one in client.get(f"/tbt/?{query}").context["page"].object_list] == slugs

    @pytest.mark.parametrize(
        "query",
        [
            "hs=99",
            "hs=x",
            "ics=1",
            "member=%00",
            "comments=x",
            "kind=x",
            "year=1",
            "sort=x",
            "q=%00",
            "page=0",
            "page=x",
        ],
    )
    def test_what_cannot_be_asked(self, client: Client, query: str) -> None:
        assert client.get(f"/tbt/?{query}").status_code in (400, 404)

    def test_a_symbol_leads_to_its_page(self, client: Client) -> None:
        assert client.get("/tbt/", {"q": "g tbt n eu 1024"}).headers["Location"] == PAGE

    def test_days_left(self, client: Client) -> None:
        page = text(client, "/en/tbt/?comments=open")
        assert "2030-06-15" in page
        assert "25 working days left" in page  # no holidays are known for 2030
        assert "(public holidays not announced yet)" in page

    def test_no_query_for_each_row(self, client: Client, django_assert_num_queries: object) -> None:
        load(*(TOYS.model_copy(update={"key": str(n), "symbol": f"G/TBT/N/EU/{n}"}) for n in range(1, 41)))
        client.get("/tbt/")
        with django_assert_num_queries(4):  # type: ignore[operator]  # count, page, texts, Members
            client.get("/tbt/")


class TestNotification:
    def test_the_points_of_the_form(self, client: Client) -> None:
        page = text(client, f"/en{PAGE}")
        for said in (
            "Draft regulation on the safety of toys",
            "European Union",
            "2.9.2: technical regulation of the central government",
            "Tricycles, scooters",  # HS 9503 in words
            "Toys",  # ICS 97.200.50
            "Protection of human health or safety",
            "60 days from notification",
            "To be determined",
            "12 pages",
            "https://members.wto.org/crnattachments/2030/TBT/EU/30_1234_00_e.pdf",
            "Comments are taken until 2030-06-15.",
            "as G/TBT/N/EU/1024/Add.1 says",
            "Open for comments",
        ):
            assert said in page, said

    def test_the_thread_down_to_adoption(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        load(ADOPTED)
        for day, stage in ((date(2030, 12, 1), "Adopted"), (date(2031, 2, 1), "In force")):
            on(monkeypatch, day)
            response = client.get(f"/en{PAGE}")
            assert response.context["detail"].stage_label == stage
        documents = response.context["detail"].thread.documents
        assert [one.symbol for one in documents] == [TOYS.symbol, LONGER.symbol, ADOPTED.symbol]
        assert "Notified measure adopted: 2030-08-20" in response.content.decode()

    @pytest.mark.parametrize("path", ["/tbt/G-TBT-N-EU-1024/", "/tbt/G/TBT/N/EU/1024", "/tbt/g-tbt-n-eu1024/"])
    def test_every_spelling(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (301, PAGE)

    def test_what_is_not_held(self, client: Client) -> None:
        page = text(client, "/en/tbt/g-tbt-n-eu-1024-add-7/", 404)
        assert "It is not held here." in page
        assert PAGE in page
        assert "https://docs.wto.org/" in page

    def test_a_notification_of_the_other_agreement(self, client: Client) -> None:
        assert "(SPS)" in text(client, "/en/tbt/g-sps-n-eu-381/", 404)

    def test_no_symbol(self, client: Client) -> None:
        assert client.get("/tbt/toys/").status_code == 404

    def test_withdrawn_from_view(self, client: Client) -> None:
        Notification.objects.filter(slug=SLUG).update(hidden_at=timezone.now(), hidden_reason="Entered twice")
        assert "Entered twice" in text(client, PAGE, 410)
        assert client.get(f"/tbt/{SLUG}.json").status_code == 410
        assert client.get(f"/api/v1/tbt/{SLUG}/").status_code == 410
        assert client.get(f"/tbt/{SLUG}.ics").status_code == 404
        assert SLUG not in {one.slug for one in client.get("/tbt/").context["page"].object_list}

    def test_what_sources_write_is_text(self, client: Client) -> None:
        load(TOYS.model_copy(update={"title": "<script>alert(1)</script>", "description": "a & b"}))
        page = text(client, PAGE)
        assert "<script>alert" not in page
        assert "a &amp; b" in page

    def test_as_data(self, client: Client) -> None:
        found = orjson.loads(client.get(f"/tbt/{SLUG}.json").content)
        assert found["deadline"] == "2030-06-15"
        assert found["comments_until"] == "2030-04-30"
        assert found["stage"] == "open"
        assert found["member"] == {"code": "EU", "name": {"zh": "欧盟", "en": "European Union"}}
        assert [one["symbol"] for one in found["documents_of_thread"]] == [TOYS.symbol, LONGER.symbol]
        assert found == orjson.loads(client.get(f"/api/v1/tbt/{SLUG}/").content)
        assert found == orjson.loads(client.get(PAGE, headers={"accept": "application/json"}).content)

    def test_queries(self, client: Client, django_assert_num_queries: object) -> None:
        client.get(PAGE)
        with django_assert_num_queries(8):  # type: ignore[operator]
            client.get(PAGE)


class TestProducts:
    def test_chapters_with_counts(self, client: Client) -> None:
        page = text(client, "/tbt/products/")
        assert "玩具、游戏品、运动用品及其零件、附件" in page
        (group,) = [each for each in client.get("/tbt/products/").context["hs"] if each.title.startswith("XX ")]
        assert {one.code: one.count for one in group.classes} == {"94": 1, "95": 1, "96": 0}

    @pytest.mark.parametrize(("path", "count"), [("hs/9504/", 1), ("ics/97.200/", 1), ("hs/9506/", 0)])
    def test_a_class(self, client: Client, path: str, count: int) -> None:
        assert client.get(f"/tbt/products/{path}").context["one"].count == count

    @pytest.mark.parametrize("path", ["hs/77/", "hs/999999/", "ics/02/", "hs/95.03/"])
    def test_no_class(self, client: Client, path: str) -> None:
        assert client.get(f"/tbt/products/{path}").status_code == 404

    def test_no_query_for_each_class(self, client: Client, django_assert_num_queries: object) -> None:
        client.get("/tbt/products/")
        with django_assert_num_queries(3):  # type: ignore[operator]
            client.get("/tbt/products/")


def events(body: bytes) -> dict[str, tuple[date, str]]:
    found: list[Any] = list(Calendar.from_ical(body).walk("VEVENT"))  # values of any of the types that there are
    return {str(one["UID"]).partition("@")[0]: (one["DTSTART"].dt, str(one["SUMMARY"])) for one in found}


class TestCalendar:
    def test_one_notification(self, client: Client) -> None:
        response = client.get(f"/en/tbt/{SLUG}.ics")
        assert response.headers["Content-Type"].startswith("text/calendar")
        assert events(response.content) == {
            "g-tbt-n-eu-1024-comments": (date(2030, 6, 15), "G/TBT/N/EU/1024: final date for comments")
        }
        assert b"BEGIN:VALARM" in response.content

    def test_the_event_of_a_thread_stays_the_same_event(self, client: Client) -> None:
        addendum = client.get(f"/tbt/{SLUG}-add-1.ics").content
        assert events(addendum) == events(client.get(f"/tbt/{SLUG}.ics").content)

    def test_adoption_and_entry_into_force(self, client: Client) -> None:
        load(ADOPTED)
        assert events(client.get(f"/en/tbt/{SLUG}.ics").content)["g-tbt-n-eu-1024-in-force"] == (
            date(2031, 2, 1),
            "G/TBT/N/EU/1024: notified measure enters into force",
        )

    def test_no_day_no_calendar(self, client: Client) -> None:
        assert client.get("/tbt/g-tbt-n-usa-532-rev-1.ics").status_code == 404  # "2030-02" is no day

    @pytest.mark.parametrize(
        ("query", "count"), [("", 1), ("member=EU", 1), ("member=USA", 0), ("hs=9503", 1), ("hs=94", 0)]
    )
    def test_what_is_followed(self, client: Client, query: str, count: int) -> None:
        assert len(events(client.get(f"/feeds/tbt.ics?{query}").content)) == count

    def test_what_cannot_be_followed(self, client: Client) -> None:
        assert client.get("/feeds/tbt.ics?hs=99").status_code == 400


class TestFeed:
    def test_entries(self, client: Client) -> None:
        body = text(client, "/en/feeds/tbt.atom")
        assert body.count("<entry>") == 3
        assert "G/TBT/N/EU/1024 Draft regulation on the safety of toys" in body

    def test_narrowed(self, client: Client) -> None:
        assert text(client, "/feeds/tbt.atom?hs=9503").count("<entry>") == 1
        assert text(client, "/feeds/tbt.atom?member=USA").count("<entry>") == 1

    def test_hidden_ones_are_left_out(self, client: Client) -> None:
        Notification.objects.update(hidden_at=timezone.now())
        assert "<entry>" not in text(client, "/feeds/tbt.atom")

    def test_not_modified(self, client: Client) -> None:
        etag = client.get("/feeds/tbt.atom").headers["ETag"]
        assert client.get("/feeds/tbt.atom", headers={"if-none-match": etag}).status_code == 304


class TestApi:
    def test_list(self, client: Client) -> None:
        found = client.get("/api/v1/tbt/", {"comments": "open", "hs": "9503"}).json()
        assert [one["symbol"] for one in found["results"]] == [TOYS.symbol]
        assert found["results"][0]["titles"] == {"en": TOYS.title}

    def test_pages(self, client: Client) -> None:
        first = client.get("/api/v1/tbt/", {"size": 2}).json()
        rest = client.get(first["next"]).json()
        symbols = [one["symbol"] for one in (*first["results"], *rest["results"])]
        assert symbols == [LONGER.symbol, TOYS.symbol, LAMPS.symbol]
        assert rest["next"] is None

    @pytest.mark.parametrize("query", ["hs=99", "ics=00", "kind=x", "member=1", "year=20"])
    def test_what_cannot_be_asked(self, client: Client, query: str) -> None:
        assert client.get(f"/api/v1/tbt/?{query}").status_code == 422

    def test_history(self, client: Client) -> None:
        found = client.get(f"/api/v1/tbt/{SLUG}/changes/").json()["results"]
        assert [one["kind"] for one in found] == ["created"]

    def test_not_held(self, client: Client) -> None:
        assert client.get("/api/v1/tbt/g-tbt-n-eu-9/").status_code == 404
        assert held(TOYS).slug == SLUG
