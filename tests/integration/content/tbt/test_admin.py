"""The editors' desk for notifications: Chinese words, hiding and showing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from content.provenance.models import Change
from search.models import IndexOutbox
from tests.integration.content.tbt.samples import PAGE, TOYS, held, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("li.si", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _notification() -> None:
    load(TOYS)


def edit(client: Client, **values: Any) -> Any:
    url = reverse("notification:edit", args=[held(TOYS).pk])
    response = client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    return client.post(url, {name: form[name].value() or "" for name in form.fields} | values)


def test_chinese_words_of_an_editor_stay_over_crawls(client: Client, editor: User) -> None:
    IndexOutbox.objects.all().delete()
    assert edit(client, title="玩具安全法规草案").status_code == 302
    assert "玩具安全法规草案" in client.get(PAGE).content.decode()
    change = Change.objects.get(field="title.zh")
    assert (change.cause, change.editor, change.old, change.new) == (
        Change.Cause.EDITOR,
        editor,
        "",
        "玩具安全法规草案",
    )
    assert IndexOutbox.objects.filter(record_type="tbt", record_id=held(TOYS).pk).exists()
    load(TOYS.model_copy(update={"language": "zh", "key": "x", "title": "另一个标题", "products": "玩具"}))
    texts = held(TOYS).wordings.get(language="zh")
    assert (texts.title, texts.products) == ("玩具安全法规草案", "玩具")
    assert edit(client, title="").status_code == 302
    assert held(TOYS).wordings.get(language="zh").title == "另一个标题"


def test_an_edit_of_what_has_changed_since_is_refused(client: Client, editor: User) -> None:
    assert editor.is_active
    response = edit(client, title="玩具", version="2000-01-01T00:00:00+00:00")
    assert response.status_code == 200
    assert held(TOYS).edited == {}


def test_hide_and_show(client: Client, editor: User) -> None:
    url = reverse("notification:hide", args=[held(TOYS).pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "重复"}).status_code == 302
    assert client.get(PAGE).status_code == 410
    assert IndexOutbox.objects.filter(record_type="tbt", removed=True).exists()
    hidden = Change.objects.get(kind=Change.Kind.HIDDEN)
    assert (hidden.editor, hidden.new) == (editor, "重复")
    client.post(reverse("notification:show", args=[held(TOYS).pk]))
    assert client.get(PAGE).status_code == 200
    assert Change.objects.filter(kind=Change.Kind.SHOWN).exists()


def test_the_list(client: Client, editor: User) -> None:
    assert editor.is_active
    page = client.get(reverse("notification:index"), {"q": "safety"}).content.decode()
    assert TOYS.symbol in page
    assert TOYS.symbol not in client.get(reverse("notification:index"), {"q": "lamps"}).content.decode()


def test_only_editors(client: Client) -> None:
    client.force_login(User.objects.create_user("eve"))
    assert client.get(reverse("notification:index")).status_code in (302, 403)
