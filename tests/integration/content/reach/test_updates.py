"""Updates of the lists: pages, API, feed and calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from content.provenance.models import Source
from content.reach import store
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import ListEntry, Substance
from content.reach.updates import group, touched, touched_since, updates
from content.regulations.items import RegulationItem
from tests.factories import make_source
from tests.integration.content.regulations.samples import load

pytestmark = pytest.mark.django_db

LEAD = SubstanceItem(name="Lead", cas=("7439-92-1",))
AF = SubstanceItem(name="Bisphenol AF", cas=("1478-61-1",))
GROUP = SubstanceItem(name="Bisphenol AF and its salts")


def entry(substance: SubstanceItem, list_name: Any = "candidate", **values: Any) -> EntryItem:
    told: dict[str, Any] = {"included": "2018-06-27"} | values
    key = substance.name
    return EntryItem(key=key, url="https://echa.europa.eu/", list_name=list_name, substance=substance, **told)


@pytest.fixture(autouse=True)
def source() -> Source:
    source = make_source("echa_candidate")
    store.upsert([entry(LEAD), entry(GROUP, members=(AF,), included="2026-02-04", reasons=("57c",))], source=source)
    annex = make_source("echa_restriction")
    store.upsert(
        [entry(LEAD, "restriction", included="2010-01-01", decisions=("2010-01-01", "2023-05-08"))], source=annex
    )
    return source


def test_entries_are_grouped_by_the_day_they_came_in() -> None:
    found = [(one.list_name, one.day, len(one.added), len(one.amended), one.total) for one in updates()]
    assert found == [
        ("candidate", "2026-02-04", 1, 0, 2),
        ("restriction", "2023-05-08", 0, 1, 1),
        ("candidate", "2018-06-27", 1, 0, 1),
        ("restriction", "2010-01-01", 1, 0, 1),
    ]
    undated = ListEntry(list_name="candidate", included="", decisions=[])
    assert group([undated]) == []


def test_an_update_touches_the_members_of_its_groups(source: Source) -> None:
    newest = updates("candidate")[0]
    names = Substance.objects.filter(pk__in=touched(newest)).values_list("name", flat=True)
    assert sorted(names) == ["Bisphenol AF", "Bisphenol AF and its salts"]
    before = timezone.now()
    assert touched_since(before) == set()
    changed = entry(GROUP, members=(AF,), included="2026-02-04", reasons=("57c", "57f"))
    store.upsert([changed], source=source)
    assert touched_since(before) == touched(newest)


def test_the_pages(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        html = client.get("/en/reach/updates/").content.decode()
    assert "/en/reach/updates/candidate/2026-02-04/" in html
    assert "Bisphenol AF and its salts" in html, "among what the last reading changed"
    with django_assert_max_num_queries(9):
        html = client.get("/en/reach/updates/candidate/2026-02-04/").content.decode()
    assert "Entries added: 1." in html
    assert "Toxic for reproduction (Article 57c)" in html
    assert "from 2026-08-04" in html, "six months to notify"
    assert "1478-61-1" in html, "the member"
    amended = client.get("/en/reach/updates/restriction/2023-05-08/").content.decode()
    assert "on the list since 2010-01-01, decided anew" in amended
    for wrong in ("candidate/2026-02-05", "nothing/2026-02-04", "candidate/2026"):
        assert client.get(f"/reach/updates/{wrong}/").status_code == 404
    assert client.get("/reach/updates/?list=nonsense").status_code == 400


def test_the_same_as_data(client: Client) -> None:
    document = client.get("/reach/updates/candidate/2026-02-04.json").json()
    assert [one["name"]["en"] for one in document["added"]] == ["Bisphenol AF and its salts"]
    listed = client.get("/api/v1/reach/updates/?list=candidate&since=2020-01-01").json()
    assert [(one["day"], one["total"]) for one in listed] == [("2026-02-04", 2)]
    assert client.get("/api/v1/reach/updates/?list=nonsense").status_code == 422


def test_the_feed(client: Client) -> None:
    response = client.get("/en/feeds/reach.atom")
    body = response.content.decode()
    assert "<title>Lead</title>" in body
    assert "on the list since 2018-06-27: Candidate List" in body
    assert client.get("/en/feeds/reach.atom", headers={"If-None-Match": response["ETag"]}).status_code == 304
    narrowed = client.get("/en/feeds/reach.atom?list=restriction").content.decode()
    assert "<title>Lead</title>" in narrowed
    assert "Bisphenol" not in narrowed
    assert client.get("/feeds/reach.atom?list=nonsense").status_code == 400


def test_the_calendar(client: Client) -> None:
    coming = (timezone.localdate() + timedelta(days=90)).isoformat()
    annex = make_source("echa_authorisation")
    store.upsert([entry(LEAD, "authorisation", sunset=coming, latest_application="2013-08-21")], source=annex)
    response = client.get("/en/feeds/reach.ics")
    assert response["Content-Type"].startswith("text/calendar")
    calendar: Any = Calendar.from_ical(response.content)
    days = {(str(one["SUMMARY"]), one["DTSTART"].dt.isoformat()) for one in calendar.walk("VEVENT")}
    assert ("Lead: sunset date", coming) in days
    assert not [summary for summary, _day in days if "latest application" in summary], "long over"
    only = client.get("/en/feeds/reach.ics?list=candidate").content.decode()
    assert "sunset date" not in only


def test_acts_that_amended_an_annex_stand_beside_its_updates(client: Client) -> None:
    titles = {
        "32018R2005": "Commission Regulation (EU) 2018/2005 of 17 December 2018 amending Annex XVII to Regulation (EC) "
        "No 1907/2006 of the European Parliament and of the Council (REACH) as regards certain phthalates",
        "32022R0586": "Commission Regulation (EU) 2022/586 of 8 April 2022 amending Annex XIV to Regulation (EC) "
        "No 1907/2006 of the European Parliament and of the Council (REACH)",
        "32011L0065": "Directive 2011/65/EU on the restriction of the use of certain hazardous substances",
    }
    items = [
        RegulationItem(
            key=celex,
            url=f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}",
            match=f"celex:{celex}",
            kind="foreign",
            title=title,
            language="en",
            number=celex,
            published=f"{celex[1:5]}-12-18",
        )
        for celex, title in titles.items()
    ]
    load(*items, source=make_source("eurlex"))
    every = [act.number for act in client.get("/reach/updates/").context["acts"]]
    assert sorted(every) == ["32018R2005", "32022R0586"]
    only = client.get("/en/reach/updates/?list=restriction")
    assert [act.number for act in only.context["acts"]] == ["32018R2005"]
    assert "amending Annex XVII" in only.content.decode()
    assert not client.get("/reach/updates/?list=candidate").context["acts"]
