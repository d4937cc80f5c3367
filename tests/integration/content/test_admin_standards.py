"""The editors' desk through the browser's door: edit, lock, release, hide, show, relate."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from content.provenance.models import Change
from content.standards import store
from content.standards.items import StandardItem
from content.standards.models import Body, Relation, Standard
from search.models import IndexOutbox
from tests.factories import make_change, make_claim, make_file, make_source, make_standard, relate

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    """Signed in, in the group that the migrations made."""
    user = User.objects.create_user("zhang.san", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


@pytest.fixture
def standard() -> Standard:
    return make_standard("GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求")


def form_values(client: Client, standard: Standard) -> dict[str, Any]:
    """What the browser would send back unchanged."""
    response = client.get(reverse("standard:edit", args=[standard.pk]))
    assert response.status_code == 200
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def edit(client: Client, standard: Standard, **values: Any) -> Any:
    data = form_values(client, standard) | values
    return client.post(reverse("standard:edit", args=[standard.pk]), data)


def test_an_edit_leaves_a_change_a_lock_and_an_index_job(client: Client, editor: User, standard: Standard) -> None:
    response = edit(client, standard, title_en="Quality management systems", ics="03.120.10 03", pages="30")
    assert response.status_code == 302, response.context["form"].errors
    standard.refresh_from_db()
    assert standard.title_en == "Quality management systems"
    assert sorted(one.pk for one in standard.ics.all()) == ["03", "03.120.10"]
    changes = {change.field: change for change in Change.objects.all()}
    assert set(changes) == {"title_en", "ics", "pages"}
    assert (changes["ics"].old, changes["ics"].new) == (["03.120.10"], ["03", "03.120.10"])
    assert {(change.cause, change.editor, change.label) for change in changes.values()} == {
        (Change.Cause.EDITOR, editor, "GB/T 19001-2016")
    }
    assert standard.locked_fields == ["ics", "pages", "title_en"]
    assert set(IndexOutbox.objects.values_list("record_type", "record_id", "removed")) == {
        ("standard", standard.pk, False)
    }


def test_a_designation_set_by_hand_moves_the_record_and_stays(client: Client, editor: User, standard: Standard) -> None:
    source = make_source()
    told = StandardItem(
        key="1", url="https://registry.example/1", designation="GB/T 19001-2016", status="in_force", title_zh="甲"
    )
    store.upsert([told], source=source)
    waiting = relate(make_standard("GB/T 19004-2020"), "references", "GB/T 19010-2016")
    assert edit(client, standard, named="gbt19010-2016").status_code == 302
    standard.refresh_from_db()
    assert (standard.designation, standard.slug, standard.number) == ("GB/T 19010-2016", "gb-t-19010-2016", "19010")
    assert standard.locked_fields == ["designation"]
    waiting.refresh_from_db()
    assert waiting.target == standard
    changed = {change.field: (change.old, change.new) for change in Change.objects.filter(editor=editor)}
    assert changed["slug"] == ("gb-t-19001-2016", "gb-t-19010-2016")
    moved = client.get("/standards/gb-t-19001-2016/")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/standards/gb-t-19010-2016/")
    assert client.get("/api/v1/standards/gb-t-19001-2016/").status_code == 302
    store.upsert([told.model_copy(update={"title_zh": "乙"})], source=source)
    standard.refresh_from_db()
    assert (standard.designation, standard.title_zh) == ("GB/T 19010-2016", "乙")
    assert Standard.objects.filter(number="19001").count() == 0


def test_saving_without_a_change_leaves_nothing(client: Client, editor: User, standard: Standard) -> None:
    before = standard.updated_at
    assert edit(client, standard).status_code == 302
    standard.refresh_from_db()
    assert (Change.objects.count(), standard.locked_fields, standard.updated_at) == (0, [], before)


def test_a_turn_of_status_is_a_change_of_status(client: Client, editor: User, standard: Standard) -> None:
    edit(client, standard, status="withdrawn", withdrawn="2026-01-01")
    change = Change.objects.get(field="status")
    assert (change.kind, change.old, change.new) == (Change.Kind.STATUS, "in_force", "withdrawn")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"named": "GB/T 19001(所有部分)"}, "named"),
        ({"named": "GB/T 1.1-2020"}, "named"),  # another record has it
        ({"named": "XYZ 1"}, "named"),
        ({"ics": "03.999"}, "ics"),
        ({"ccs": "Z99"}, "ccs"),
        ({"published": "last year"}, "published"),
        ({"published": "2016-13"}, "published"),
        ({"languages": "chinese"}, "languages"),
        ({"status": "lost"}, "status"),
        ({"drafters": "x" * 301}, "drafters"),
        ({"version": "2000-01-01T00:00:00+00:00"}, "version"),
    ],
)
def test_what_cannot_be_saved_is_told(
    client: Client, editor: User, standard: Standard, values: dict[str, str], field: str
) -> None:
    make_standard("GB/T 1.1-2020")
    response = edit(client, standard, **values)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Change.objects.count() == 0


def test_a_crawl_between_opening_and_saving_is_not_overwritten(
    client: Client, editor: User, standard: Standard
) -> None:
    opened = form_values(client, standard)
    standard.title_zh, standard.updated_at = "爬虫新题名", standard.updated_at.replace(year=2027)
    standard.save()
    response = client.post(reverse("standard:edit", args=[standard.pk]), opened | {"title_en": "Mine"})
    assert "version" in response.context["form"].errors
    standard.refresh_from_db()
    assert standard.title_zh == "爬虫新题名"


def test_a_lock_can_be_released(client: Client, editor: User, standard: Standard) -> None:
    edit(client, standard, title_en="A", title_fr="B")
    standard.refresh_from_db()
    edit(client, standard, release=["title_en"])
    standard.refresh_from_db()
    assert standard.locked_fields == ["title_fr"]
    assert Change.objects.filter(field="locked_fields").get().new == ["title_fr"]


def test_hiding_asks_for_a_reason_and_takes_the_record_out(client: Client, editor: User, standard: Standard) -> None:
    url = reverse("standard:hide", args=[standard.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 200
    standard.refresh_from_db()
    assert standard.hidden_at is None

    assert client.post(url, {"reason": "Names a private person"}).status_code == 302
    standard.refresh_from_db()
    assert standard.hidden_reason == "Names a private person"
    change = Change.objects.get(kind=Change.Kind.HIDDEN)
    assert (change.new, change.editor) == ("Names a private person", editor)
    assert IndexOutbox.objects.filter(record_id=standard.pk).latest("pk").removed
    assert client.get(f"/api/v1/standards/{standard.slug}/").status_code == 410
    page = client.get(f"/standards/{standard.slug}/")
    assert page.status_code == 410
    assert standard.title_zh not in page.content.decode()
    assert client.get(f"/standards/{standard.slug}.json").status_code == 410


def test_an_edit_of_a_hidden_record_does_not_bring_it_back(client: Client, editor: User, standard: Standard) -> None:
    client.post(reverse("standard:hide", args=[standard.pk]), {"reason": "x"})
    edit(client, standard, title_en="Edited while hidden")
    assert IndexOutbox.objects.filter(record_id=standard.pk).latest("pk").removed


def test_a_hidden_record_can_be_shown_again(client: Client, editor: User, standard: Standard) -> None:
    client.post(reverse("standard:hide", args=[standard.pk]), {"reason": "x"})
    assert client.post(reverse("standard:show", args=[standard.pk])).status_code == 302
    standard.refresh_from_db()
    assert (standard.hidden_at, standard.hidden_reason) == (None, "")
    assert not IndexOutbox.objects.filter(record_id=standard.pk).latest("pk").removed
    assert Change.objects.filter(kind=Change.Kind.SHOWN).count() == 1
    assert client.get(f"/api/v1/standards/{standard.slug}/").status_code == 200


def test_the_history_shows_who_changed_what(client: Client, editor: User, standard: Standard) -> None:
    make_change(standard, old="Old words", new="New words", source=make_source())
    edit(client, standard, title_fr="Titre")
    response = client.get(reverse("standard:history", args=[standard.pk]))
    text = response.content.decode()
    for expected in ("Old words", "New words", "registry", "Titre", "zhang.san"):
        assert expected in text


def test_the_form_shows_relations_files_and_sources(client: Client, editor: User, standard: Standard) -> None:
    relate(standard, "adopts", "ISO 9001:2015", degree="IDT")
    make_file(standard, "whole.pdf")
    make_claim(standard, make_source(), key="hcno-1")
    text = client.get(reverse("standard:edit", args=[standard.pk])).content.decode()
    for expected in ("ISO 9001:2015", "whole.pdf", "hcno-1"):
        assert expected in text


@pytest.mark.parametrize("query", ["gbt19001-2016", "GB/T 19001", "ＧＢ／Ｔ　19001—2016", "管理体系 质量", "19001-20"])
def test_the_list_is_searched_in_any_spelling(client: Client, editor: User, standard: Standard, query: str) -> None:
    make_standard("ISO 4217:2015")
    response = client.get(reverse("standard:index"), {"q": query})
    assert [one.pk for one in response.context["object_list"]] == [standard.pk]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"status": "withdrawn"}, 1),
        ({"body": "ISO"}, 2),
        ({"year": "2016"}, 1),
        ({"hidden": "yes"}, 1),
        ({"hidden": "no"}, 2),
        ({"access": "full_text"}, 0),
        ({"kind": "standard"}, 3),
    ],
)
def test_the_list_is_narrowed(
    client: Client, editor: User, standard: Standard, filters: dict[str, str], count: int
) -> None:
    make_standard("ISO 4217:2015", status="withdrawn")
    make_standard("ISO 9001:2015", hidden_at=standard.created_at)
    response = client.get(reverse("standard:index"), filters)
    assert response.context["paginator"].count == count


def test_the_list_costs_the_same_for_any_length(
    client: Client, editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 40):
        make_standard(f"ISO {number}:2015")
    client.get(reverse("standard:index"))
    with django_assert_max_num_queries(12):
        client.get(reverse("standard:index"))


def test_relations_are_stated_by_designation(client: Client, editor: User, standard: Standard) -> None:
    target = make_standard("ISO 9001:2015")
    url = reverse("relation:add")
    assert client.get(url).status_code == 200
    data = {"subject": "gbt 19001-2016", "kind": "adopts", "degree": "IDT", "object": "iso9001:2015"}
    assert client.post(url, data).status_code == 302
    relation = Relation.objects.get()
    assert (relation.standard, relation.target, relation.target_designation) == (standard, target, "ISO 9001:2015")
    standard.refresh_from_db()
    assert standard.locked_fields == ["relations"]
    assert Change.objects.get().new == {"kind": "adopts", "degree": "IDT", "designation": "ISO 9001:2015"}
    # Once is enough.
    assert "object" in client.post(url, data).context["form"].errors

    assert client.get(reverse("relation:index"), {"q": "9001"}).status_code == 200
    assert client.post(reverse("relation:delete", args=[relation.pk])).status_code == 302
    assert not Relation.objects.exists()
    assert Change.objects.filter(old__designation="ISO 9001:2015", new__isnull=True).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": "no designation"}, "subject"),
        ({"subject": "GB/T 1-1990"}, "subject"),
        ({"object": "GB/T 19001-2016"}, "object"),
        ({"object": ""}, "object"),
        ({"kind": "references", "degree": "IDT"}, "degree"),
    ],
)
def test_relations_that_make_no_sense(
    client: Client, editor: User, standard: Standard, values: dict[str, str], field: str
) -> None:
    data = {"subject": "GB/T 19001-2016", "kind": "adopts", "degree": "", "object": "ISO 9001:2015"} | values
    response = client.post(reverse("relation:add"), data)
    assert field in response.context["form"].errors


def test_the_access_of_a_file_is_the_editors(client: Client, editor: User, standard: Standard) -> None:
    file = make_file(standard)
    url = reverse("file:edit", args=[file.pk])
    assert client.post(url, {"access": "record_only", "language": "zh"}).status_code == 302
    change = Change.objects.get(new__access="record_only")
    assert (change.field, change.old, change.record_id) == (
        "files",
        {"name": "text.pdf", "access": "full_text"},
        standard.pk,
    )
    assert IndexOutbox.objects.filter(record_id=standard.pk).exists()


def test_a_renamed_body_is_found_by_its_new_name(client: Client, editor: User, standard: Standard) -> None:
    body = Body.objects.get()
    url = reverse("body:edit", args=[escape(body.pk).replace("/", "_2F")])
    values = {"name_zh": "国家标准化管理委员会", "name_en": "SAC", "homepage": "https://www.sac.gov.cn/"}
    assert client.post(url, values).status_code == 302
    assert IndexOutbox.objects.filter(record_id=standard.pk).exists()


def test_nobody_adds_or_deletes_a_standard_by_hand(client: Client, editor: User, standard: Standard) -> None:
    editor.is_superuser = True
    editor.save()
    for path in ("new", f"delete/{standard.pk}", f"copy/{standard.pk}", f"usage/{standard.pk}"):
        assert client.post(f"/admin/standard/{path}/").status_code == 404


def test_operators_look_and_do_not_edit(client: Client, standard: Standard) -> None:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    assert client.get(reverse("standard:index")).status_code == 200
    for name in ("standard:edit", "standard:hide"):
        response = client.get(reverse(name, args=[standard.pk]))
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")


def test_strangers_see_the_sign_in_page(client: Client, standard: Standard) -> None:
    response = client.get(reverse("standard:edit", args=[standard.pk]))
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("name", ["standard", "relation", "file", "body", "icsclass", "ccsclass"])
def test_every_list_opens_empty_and_full(client: Client, editor: User, name: str) -> None:
    url = reverse(f"{name}:index")
    assert client.get(url).status_code == 200
    made = make_standard("GB/T 1.1-2020", ics=("03.120.10",), ccs=("A00",))
    relate(made, "replaces", "GB/T 1.1-2009")
    make_file(made)
    for query in ({}, {"q": "1"}, {"p": "9999"}, {"ordering": "nonsense"}):
        assert client.get(url, query).status_code == 200
        assert client.get(reverse(f"{name}:index_results"), query).status_code == 200
