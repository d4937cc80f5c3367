"""A notification of toys with what was issued to it, and others."""

from __future__ import annotations

from typing import Any

from content.provenance.models import Source
from content.tbt import store
from content.tbt.items import EventItem, NotificationItem
from content.tbt.models import Notification
from tests.factories import make_source

SLUG = "g-tbt-n-eu-1024"
PAGE = f"/tbt/{SLUG}/"


def item(symbol: str, **values: Any) -> NotificationItem:
    fields: dict[str, Any] = {
        "key": symbol,
        "url": "https://eping.wto.org/",
        "symbol": symbol,
        "language": "en",
        "title": f"Title of {symbol}",
    }
    return NotificationItem(**(fields | values))


TOYS = item(
    "G/TBT/N/EU/1024",
    circulated="2030-03-01",
    number="30-1234",
    agency="European Commission",
    articles=("2.9.2", "5.6.2"),
    products="Toys intended for use in play by children",
    hs=("9503", "9504.50"),
    ics=("97.200.50",),
    title="Draft regulation on the safety of toys",
    pages=(12,),
    languages=("en",),
    description="Lays down chemical requirements for toys.",
    objective="Protection of human health or safety",
    adoption="To be determined",
    entry="2031/01",
    comments="60 days from notification",
    documents=("https://members.wto.org/crnattachments/2030/TBT/EU/30_1234_00_e.pdf",),
)
LONGER = item(
    "G/TBT/N/EU/1024/Add.1",
    circulated="2030-04-10",
    title="Draft regulation on the safety of toys",
    events=(EventItem(kind="comments_changed", date="2030-06-15"),),
)
ADOPTED = item(
    "G/TBT/N/EU/1024/Add.2",
    circulated="2030-09-01",
    events=(EventItem(kind="adopted", date="2030-08-20"), EventItem(kind="in_force", date="2031-02-01")),
)
LAMPS = item(
    "G/TBT/N/USA/532/Rev.1",
    circulated="2029-12-24",
    language="zh",
    title="节能计划：照明产品",
    products="灯具",
    hs=("9405",),
    comments="2030-02",
)


def load(*items: NotificationItem, source: Source | None = None) -> None:
    if source is None:
        source = Source.objects.filter(name="eping").first() or make_source("eping")
    store.upsert(items, source=source)


def held(item: NotificationItem) -> Notification:
    return Notification.objects.get(symbol=item.symbol)
