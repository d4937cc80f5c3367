"""TBT notifications from the WTO's interface and from what was transcribed from Chinese platforms."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt.items import NotificationItem
from crawlers.documents import Document, Rejected
from crawlers.errors import StructureChanged
from crawlers.parsers import eping, tbt_notices
from portal.settings.env import BASE_DIR

BUNDLE = Path(BASE_DIR) / "crawlers" / "recorded" / "tbt_portals"
RECORDED = Path(BASE_DIR).parent / "shared" / "recorded" / "tbt" / "notices.jsonl"
RECORD: dict[str, Any] = {
    "id": 17,
    "documentSymbol": "G/TBT/N/EU/1024/Add.1",
    "area": "TBT",
    "notificationType": "Addendum",
    "notifyingMember": "European Union",
    "titlePlain": "Safety of toys",
    "descriptionPlain": "Lays down requirements.",
    "productsFreeTextPlain": "Toys (HS: 9503)",
    "hs": [{"code": "9503"}],
    "ics": "97.200.50",
    "distributionDate": "2030-03-01T00:00:00",
    "commentDeadlineDate": "2030-04-30T00:00:00",
    "proposedEntryIntoForceDate": None,
    "objectives": [{"name": "Protection of human health or safety"}, {"name": "Harmonization"}],
    "linkToNotification": "https://eping.wto.org/en/Search/Index?id=17",
    "notifiedDocumentLink": "https://members.wto.org/a.pdf https://members.wto.org/b.pdf",
}


def read(body: object) -> list[NotificationItem | Rejected]:
    return list(eping.parse(Document.of("https://api.wto.org/eping/", orjson.dumps(body))))


class TestEping:
    @pytest.mark.parametrize("wrapped", [lambda rows: rows, lambda rows: {"items": rows, "totalCount": 1}])
    def test_a_record(self, wrapped: Any) -> None:
        (item,) = read(wrapped([RECORD]))
        assert isinstance(item, NotificationItem)
        assert (item.symbol, item.key, item.language) == ("G/TBT/N/EU/1024/Add.1", "G/TBT/N/EU/1024/Add.1", "en")
        assert (item.circulated, item.comments, item.entry) == ("2030-03-01", "2030-04-30", "")
        assert (item.title, item.description) == ("Safety of toys", "Lays down requirements.")
        assert (item.hs, item.ics) == (("9503",), ("97.200.50",))
        assert item.objective == "Protection of human health or safety; Harmonization"
        assert item.form == item.url == "https://eping.wto.org/en/Search/Index?id=17"
        assert item.documents == ("https://members.wto.org/a.pdf", "https://members.wto.org/b.pdf")

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [({"documentSymbol": ""}, "no_symbol"), ({"documentSymbol": "G/L/1"}, "symbol_not_understood")],
    )
    def test_what_is_rejected(self, changed: dict[str, Any], reason: str) -> None:
        (rejected, item) = read([RECORD | changed, RECORD])
        assert isinstance(rejected, Rejected)
        assert rejected.reason == reason
        assert isinstance(item, NotificationItem)

    def test_the_other_agreement_is_left_out(self) -> None:
        assert read([RECORD | {"documentSymbol": "G/SPS/N/EU/381"}]) == []

    def test_markup_becomes_text(self) -> None:
        (item,) = read([RECORD | {"titlePlain": None, "title": "<p>Safety of <b>toys</b> &amp; games</p>"}])
        assert isinstance(item, NotificationItem)
        assert " ".join(item.title.split()) == "Safety of toys & games"

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"items": 3}', b"[1]", b'{"message": "key"}'])
    def test_no_list(self, body: bytes) -> None:
        with pytest.raises(StructureChanged):
            list(eping.parse(Document.of("https://api.wto.org/eping/", body)))

    def test_totals(self) -> None:
        assert eping.total_of(Document.of("x", orjson.dumps({"items": [], "totalCount": 350}))) == 350
        assert eping.total_of(Document.of("x", b"[]")) is None

    @given(
        st.fixed_dictionaries(
            {name: st.none() | st.text() | st.integers() | st.lists(st.text(), max_size=3) for name in RECORD}
        )
    )
    def test_any_values_are_read_or_rejected(self, record: dict[str, Any]) -> None:
        try:
            body = orjson.dumps([record | {"documentSymbol": RECORD["documentSymbol"]}])
        except TypeError:
            return  # an integer of more than 64 bits, or half of a surrogate pair: nothing that JSON has
        for one in eping.parse(Document.of("https://api.wto.org/eping/", body)):
            assert isinstance(one, NotificationItem | Rejected)


class TestBundle:
    body = lzma.decompress((BUNDLE / "facts.jsonl.xz").read_bytes())

    def read(self) -> list[NotificationItem | Rejected]:
        return list(tbt_notices.parse(Document.of("http://gdtbt.org.cn/", self.body)))

    def test_it_is_what_was_recorded(self) -> None:
        recorded = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
        assert [json.loads(line) for line in self.body.splitlines()] == recorded
        (document,) = json.loads((BUNDLE / "manifest.json").read_text())["documents"]
        assert document["sha256"] == hashlib.sha256(self.body).hexdigest()
        assert document["records"] == len(recorded) == 17

    def test_every_notice_is_read_or_has_its_reason(self) -> None:
        found = self.read()
        assert len([one for one in found if isinstance(one, NotificationItem)]) == 12
        reasons = sorted(one.reason for one in found if isinstance(one, Rejected))
        assert reasons == ["no_symbol"] * 4 + ["sps"]

    def test_points_of_the_form(self) -> None:
        items = {one.key: one for one in self.read() if isinstance(one, NotificationItem)}
        (furnaces,) = [one for one in items.values() if one.symbol == "G/TBT/N/USA/974/Rev.1"]
        assert furnaces.language == "zh"
        assert (furnaces.number, furnaces.circulated, furnaces.pages) == ("22-5307", "2022-07-11", (117,))
        assert (furnaces.hs, furnaces.ics, furnaces.articles) == (("8416",), ("13.020", "97.100"), ("2.9.2",))
        assert furnaces.url.startswith("https://docs.wto.org/")  # the platform's address was not kept

    def test_boxes_of_an_addendum(self) -> None:
        (addendum,) = [
            one for one in self.read() if isinstance(one, NotificationItem) and one.symbol.endswith("425/Add.5")
        ]
        days = {event.kind: event.date for event in addendum.events}
        assert days == {
            "adopted": "2025-07-18",
            "published": "2025-07-18",
            "in_force": "2025-08-01",
            "final_text": "",
        }
        assert len(addendum.events[-1].urls) == 2

    @pytest.mark.parametrize("line", [b"x", b"[]", b"1"])
    def test_a_line_that_is_no_notice(self, line: bytes) -> None:
        with pytest.raises(StructureChanged):
            list(tbt_notices.parse(Document.of("x", line)))

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"member": "日本"}, "member_differs"),
            ({"checks": {"新的": True}}, "unknown_box"),
            ({"date": "yesterday"}, "invalid"),
            ({"symbol": "XX"}, "symbol_not_understood"),
            ({"pages": "many"}, "invalid"),
        ],
    )
    def test_a_notice_that_is_wrong(self, changed: dict[str, Any], reason: str) -> None:
        notice = {"symbol": "G/TBT/N/EU/1", "member": "欧盟", "title": "草案", "source": "http://a/"} | changed
        (rejected,) = tbt_notices.parse(Document.of("x", json.dumps(notice).encode()))
        assert isinstance(rejected, Rejected)
        assert rejected.reason == reason
