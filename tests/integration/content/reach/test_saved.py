"""Bills of materials that people keep: whose they are, and which of them an update of the lists touches."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client

from content.provenance.models import Source
from content.reach import store
from content.reach.check import saving
from content.reach.check.lines import lines_of
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import SavedIdentifier, SavedList
from search.watch.matching import match
from search.watch.models import Alert, FollowedKey, Follower, Subscription
from tests.factories import make_source

pytestmark = pytest.mark.django_db

LEAD = SubstanceItem(name="Lead", cas=("7439-92-1",), ec=("231-100-4",))
AF = SubstanceItem(name="Bisphenol AF", cas=("1478-61-1",))
GROUP = SubstanceItem(name="Bisphenol AF and its salts")
BILL = "article,cas,concentration\nPlug,7439-92-1,0.2 %\nPlug,1478-61-1,0.3 %\nCable,64-17-5,1 %"
ROWS = [["article", "cas", "concentration"], ["Plug", "7439-92-1", "0.2 %"], ["Plug", "1478-61-1", "0.3 %"]]


def entry(substance: SubstanceItem, **values: Any) -> EntryItem:
    told: dict[str, Any] = {"included": "2018-06-27"} | values
    key = substance.name
    return EntryItem(key=key, url="https://echa.europa.eu/", list_name="candidate", substance=substance, **told)


@pytest.fixture(autouse=True)
def source() -> Source:
    source = make_source("echa_candidate")
    store.upsert([entry(LEAD)], source=source)
    return source


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner", email="owner@example.org", password="correct horse battery")


def rows_of(page: Any) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', page.content.decode())
    assert found
    return found[1].replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


def keep(client: Client, name: str = "Plugs") -> SavedList:
    rows = rows_of(client.post("/reach/check/", {"text": BILL.replace(",", "\t")}))
    assert client.post("/reach/lists/save/", {"rows": rows, "name": name}).status_code == 302
    return SavedList.objects.latest("pk")


def test_nothing_is_kept_unless_asked(client: Client, owner: User) -> None:
    client.force_login(owner)
    client.post("/reach/check/", {"text": BILL.replace(",", "\t")})
    assert not SavedList.objects.exists()
    saved = keep(client)
    assert (saved.user, saved.name, saved.lines, saved.listed) == (owner, "Plugs", 3, 1)
    assert set(saved.identifiers.values_list("value", flat=True)) == {"7439-92-1", "1478-61-1", "64-17-5"}


def test_a_list_waits_while_its_owner_signs_in(client: Client, owner: User) -> None:
    rows = rows_of(client.post("/reach/check/", {"text": BILL.replace(",", "\t")}))
    answer = client.post("/reach/lists/save/", {"rows": rows, "name": "Plugs"})
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/reach/lists/waiting/")  # type: ignore[attr-defined]
    assert not SavedList.objects.exists()
    client.force_login(owner)
    assert client.get("/reach/lists/waiting/").status_code == 302
    assert SavedList.objects.get().name == "Plugs"
    client.get("/reach/lists/waiting/")
    assert SavedList.objects.count() == 1, "it waited once"


def test_only_its_owner_sees_it(client: Client, owner: User) -> None:
    client.force_login(owner)
    saved = keep(client)
    url = saved.get_absolute_url()
    assert client.get(url)["Cache-Control"].startswith("max-age=0")
    client.force_login(User.objects.create_user("other"))
    for method, path in (("get", ""), ("post", "rename/"), ("post", "noted/"), ("post", "delete/"), ("get", "delete/")):
        assert getattr(client, method)(f"{url}{path}", {"name": "mine"}).status_code == 404
    assert saved.name not in client.get("/reach/lists/").content.decode()
    client.logout()
    assert client.get(url).status_code == 302
    assert client.get("/reach/lists/").status_code == 302
    owner.delete()
    assert not SavedIdentifier.objects.exists(), "all goes with the account"


def test_the_newest_update_names_the_lines_that_it_touches(
    client: Client, owner: User, source: Source, django_assert_max_num_queries: Any
) -> None:
    client.force_login(owner)
    saved = keep(client)
    html = client.get("/en/reach/lists/").content.decode()
    assert "line 2" in html, "lead came in with the newest update so far"
    store.upsert([entry(GROUP, members=(AF,), included="2026-02-04")], source=source)
    for number in range(5):
        saving.save(owner, f"List {number}", ROWS[:2])
    with django_assert_max_num_queries(16):
        html = client.get("/en/reach/lists/").content.decode()
    assert "line 3" in html, "a member of the group that came in"
    assert "line 2" not in html
    page = client.get(saved.get_absolute_url())
    assert page.context["changed"] == [3]
    assert [one.judged.answer for one in page.context["lines"]].count("listed") == 2
    assert client.post(f"{saved.get_absolute_url()}noted/").status_code == 302
    saved.refresh_from_db()
    assert saved.listed == 2
    assert client.get(saved.get_absolute_url()).context["changed"] == []


def test_who_follows_a_list_is_told_once_of_what_touches_it(client: Client, owner: User, source: Source) -> None:
    client.force_login(owner)
    saved = keep(client)
    while match():  # what was there before one followed it
        pass
    assert (
        client.post("/account/follows/new/", {"kind": "bill", "key": saved.key, "frequency": "daily"}).status_code
        == 302
    )
    assert FollowedKey.objects.get(kind="bill").subscription.label == "Plugs"
    store.upsert([entry(GROUP, members=(AF,), included="2026-02-04")], source=source)
    while match():
        pass
    alerts = Alert.objects.filter(subscription__kind=Subscription.Kind.BILL)
    assert {alert.change.label for alert in alerts.select_related("change")} == {
        "Bisphenol AF and its salts",
        "Bisphenol AF",
    }
    before = alerts.count()
    store.upsert([entry(GROUP, members=(AF,), included="2026-02-04")], source=source, force=True)
    while match():
        pass
    assert alerts.count() == before, "read again without a change"
    assert Follower.objects.get().user == owner


def test_renamed_downloaded_and_deleted(client: Client, owner: User) -> None:
    client.force_login(owner)
    saved = keep(client)
    url = saved.get_absolute_url()
    client.post(f"{url}rename/", {"name": "=Other"})
    saved.refresh_from_db()
    assert saved.name == "=Other"
    client.post(f"{url}rename/", {"name": "x" * 101})
    saved.refresh_from_db()
    assert saved.name == "=Other"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}?as=xlsx").content)).worksheets[0]
    assert sheet.max_row == 4
    assert "永久删除" in client.get(f"{url}delete/").content.decode()
    assert client.post(f"{url}delete/").status_code == 302
    assert not SavedList.objects.exists()


def test_limits(client: Client, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(owner)
    monkeypatch.setattr(saving, "MAX_LISTS", 1)
    keep(client)
    assert client.post("/reach/lists/save/", {"rows": "cas\n50-00-0", "name": "x"}).status_code == 302
    assert SavedList.objects.count() == 1
    for wrong in ("", "x" * 2_000_001):
        client.post("/reach/lists/save/", {"rows": wrong, "name": "x"})
    assert SavedList.objects.count() == 1
    assert client.get("/reach/lists/save/").status_code == 405


def test_identifiers_of_lines() -> None:
    lines = lines_of([["cas", "name"], ["7439-92-1", "Lead"], ["7439-92-2", "Lead"], ["", ""], ["lead", ""]])
    found = saving.by_identifier(lines)
    assert found["7439-92-1"] == [2]
    assert "7439-92-2" not in found, "a wrong check digit means nothing"
    (named,) = [rows for value, rows in found.items() if value.startswith("name:")]
    assert named == [2, 3, 5]
