"""The editors' desk for regulations."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from content.provenance.models import Change
from content.regulations.models import Regulation
from search.models import IndexOutbox
from tests.integration.content.regulations.samples import NEW, OLD, PAGE, act, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("li.si", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _law() -> None:
    load(OLD)


def edit(client: Client, **values: Any) -> Any:
    url = reverse("regulation:edit", args=[act().pk])
    response = client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    data = {name: form[name].value() for name in form.fields}
    return client.post(url, {name: value for name, value in data.items() if value is not None} | values)


def test_a_validity_set_by_hand_leaves_a_change_and_stays_over_crawls(client: Client, editor: User) -> None:
    IndexOutbox.objects.all().delete()
    response = edit(client, validity="repealed")
    assert response.status_code == 302, response.context["form"].errors
    one = act()
    assert (one.validity, one.validity_basis, one.locked_fields) == ("repealed", "editor", ["validity"])
    change = Change.objects.get(kind=Change.Kind.STATUS)
    assert (change.cause, change.editor, change.old, change.new) == (
        Change.Cause.EDITOR,
        editor,
        "in_force",
        "repealed",
    )
    assert IndexOutbox.objects.filter(record_type="regulation", record_id=one.pk).exists()
    load(NEW, source=one_source())
    assert (act().validity, act().amended) == ("repealed", "2023-10-24")
    assert "由编辑设定" in client.get(PAGE).content.decode()


def test_a_field_given_back_takes_the_word_of_the_versions_at_once(client: Client, editor: User) -> None:
    edit(client, validity="repealed", body="某机关")
    assert edit(client, release=["validity"]).status_code == 302
    one = act()
    assert (one.validity, one.validity_basis, one.body, one.locked_fields) == (
        "in_force",
        "derived",
        "某机关",
        ["body"],
    )


def test_saving_without_a_change_leaves_nothing(client: Client, editor: User) -> None:
    before = act().updated_at
    assert edit(client).status_code == 302
    assert (act().updated_at, Change.objects.filter(cause="editor").count()) == (before, 0)


@pytest.mark.parametrize(
    "values",
    [{"validity": "lost"}, {"kind": "poem"}, {"published": "soon"}, {"url": "javascript:1"}, {"version": "old"}],
)
def test_a_wrong_value_is_refused_beside_its_field(client: Client, editor: User, values: dict[str, str]) -> None:
    response = edit(client, **values)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(values)


def test_hiding_and_showing_again(client: Client, editor: User) -> None:
    pk = act().pk
    client.post(reverse("regulation:hide", args=[pk]), {"reason": "重复收录"})
    assert "重复收录" in client.get(PAGE).content.decode()
    assert IndexOutbox.objects.filter(record_type="regulation", record_id=pk, removed=True).exists()
    client.post(reverse("regulation:show", args=[pk]))
    assert client.get(PAGE).status_code == 200
    kinds = list(Change.objects.filter(cause="editor").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["hidden", "shown"]


def test_the_list_is_searched_and_takes_a_fixed_number_of_queries(client: Client, editor: User) -> None:
    url = reverse("regulation:index")
    assert "海洋环境保护法" in client.get(url, {"q": "海洋"}).content.decode()
    assert "海洋环境保护法" not in client.get(url, {"q": "风筝"}).content.decode()
    assert "海洋环境保护法" in client.get(url, {"hidden": "no", "kind": "law"}).content.decode()
    assert client.get(reverse("regulation:history", args=[act().pk])).status_code == 200


def test_only_those_who_may(client: Client) -> None:
    url = reverse("regulation:edit", args=[act().pk])
    assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("guest", password="-"))
    assert client.get(url).status_code == 302
    assert Regulation.objects.get().locked_fields == []


def one_source() -> Any:
    from content.provenance.models import Source

    return Source.objects.get(pk="flk")
