"""The editors' desk for substances: Chinese words, other names, numbers, hiding and showing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from content.provenance.models import Change
from content.reach import store
from content.reach.check.judging import Answer, judge
from content.reach.check.lines import lines_of
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import Number, Substance
from search.models import IndexOutbox
from tests.factories import make_source

pytestmark = pytest.mark.django_db

PAGE = "/reach/substances/cas-7439-92-1/"


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("li.si", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def lead() -> Substance:
    item = EntryItem(
        key="lead",
        url="https://echa.europa.eu/",
        list_name="candidate",
        included="2018-06-27",
        substance=SubstanceItem(name="Lead", cas=("7439-92-1",), ec=("231-100-4",)),
    )
    store.upsert([item], source=make_source("echa_candidate"))
    return Substance.objects.get()


def edit(client: Client, substance: Substance, **values: Any) -> Any:
    url = reverse("substance:edit", args=[substance.pk])
    response = client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    return client.post(url, {name: form[name].value() or "" for name in form.fields} | values)


def test_words_of_an_editor_are_shown_searched_and_checked(client: Client, editor: User, lead: Substance) -> None:
    IndexOutbox.objects.all().delete()
    names = "Plumbum\nPb (element)\n\nPlumbum"
    response = edit(client, lead, name_zh="铅", summary_zh="一种重金属。", synonyms=names, formula="Pb")
    assert response.status_code == 302
    lead.refresh_from_db()
    assert (lead.name_zh, lead.synonyms, lead.formula) == ("铅", ["Plumbum", "Pb (element)"], "Pb")
    html = client.get(PAGE).content.decode()
    assert "铅" in html
    assert "一种重金属。" in html
    assert "Plumbum; Pb (element)" in html
    assert {change.field for change in Change.objects.filter(cause=Change.Cause.EDITOR, editor=editor)} == {
        *("name_zh", "summary_zh", "synonyms", "formula")
    }
    assert IndexOutbox.objects.filter(record_type="substance", record_id=lead.pk).exists()
    (line,) = judge(lines_of([["name"], ["plumbum"]])).lines
    assert (line.answer, line.substance) == (Answer.LISTED, lead)
    assert client.get(reverse("substance:history", args=[lead.pk])).status_code == 200


def test_an_edit_of_what_has_changed_since_is_refused(client: Client, editor: User, lead: Substance) -> None:
    assert editor.is_active
    response = edit(client, lead, version="2020-01-01T00:00:00+00:00", name_zh="铅")
    assert response.status_code == 200
    assert "version" in response.context["form"].errors
    assert Substance.objects.get().name_zh == ""


def test_a_deleted_number_leads_to_the_one_that_replaced_it(client: Client, editor: User, lead: Substance) -> None:
    add = reverse("number:add")
    wrong = {"known_as": "7439-92-1", "kind": "cas", "value": "54076-76-6"}
    assert "value" in client.post(add, wrong).context["form"].errors, "a wrong check digit"
    good = {"known_as": "231-100-4", "kind": "cas", "value": "54076-76-5", "retired": "on", "replaced_by": "7439-92-1"}
    response = client.post(add, good)
    assert response.status_code == 302, response.context["form"].errors
    number = Number.objects.get(by_editor=True)
    assert (number.substance, number.value, number.replaced_by) == (lead, "54076-76-5", "7439-92-1")
    assert "已被登记机构注销，现为 7439-92-1" in client.get(PAGE).content.decode()
    (line,) = judge(lines_of([["cas"], ["54076-76-5"]])).lines
    assert (line.answer, line.retired) == (Answer.LISTED, (("54076-76-5", "7439-92-1"),))
    checked = client.post("/en/reach/check/", {"text": "cas\n54076-76-5"}).content.decode()
    assert "The registry deleted number 54076-76-5; it is now 7439-92-1." in checked
    assert client.post(reverse("number:delete", args=[number.pk])).status_code == 302
    assert not Number.objects.filter(by_editor=True).exists()
    stated = Number.objects.get(value="7439-92-1")
    assert client.post(reverse("number:delete", args=[stated.pk])).status_code == 404, "a list states it"
    assert Change.objects.filter(field="numbers", editor=editor).count() == 2


def test_hidden_ones_say_so_and_come_back(client: Client, editor: User, lead: Substance) -> None:
    assert editor.is_active
    assert client.post(reverse("substance:hide", args=[lead.pk]), {"reason": "wrong list"}).status_code == 302
    page = client.get(PAGE)
    assert page.status_code == 410
    assert "wrong list" in page.content.decode()
    assert client.get(f"{PAGE[:-1]}.json").status_code == 410
    problem = client.get("/api/v1/reach/substances/cas-7439-92-1/")
    assert (problem.status_code, problem.json()["reason"]) == (410, "wrong list")
    assert client.get("/reach/?q=7439-92-1").context["page"].paginator.count == 0
    assert client.post(reverse("substance:show", args=[lead.pk])).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_only_editors_may(client: Client, lead: Substance) -> None:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    assert client.get(reverse("substance:edit", args=[lead.pk])).status_code in (302, 403)
    assert client.get(reverse("number:add")).status_code in (302, 403)
