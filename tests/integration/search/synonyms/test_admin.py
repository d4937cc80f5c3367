"""The synonym desk through the browser's door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from search.engines import get_engine
from search.engines.errors import EngineUnavailable
from search.models import SynonymRule, SynonymState
from search.synonyms import history, live
from search.synonyms.rules import Kind, Rule
from tests.factories import make_standard

pytestmark = pytest.mark.django_db

BIKES = {"kind": "equivalent", "terms": "单车\n自行车", "targets": "", "note": "", "enabled": "on", "queries": ""}


@pytest.fixture
def editor(client: Client) -> User:
    """Signed in, in the group that the migrations made."""
    user = User.objects.create_user("zhang.san", password="-")
    user.groups.add(Group.objects.get(name="Standards editors"))
    client.force_login(user)
    return user


@pytest.fixture
def row() -> SynonymRule:
    return history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("单车", "自行车")), None)


def page(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def add(client: Client, **values: Any) -> Any:
    return client.post(reverse("synonymrule:add"), BIKES | values)


def test_a_rule_is_added_and_live(client: Client, editor: User) -> None:
    response = add(client, note=" why ")
    assert response.status_code == 302, response.context["form"].errors
    row = SynonymRule.objects.get()
    assert row.rule == Rule(Kind.EQUIVALENT, ("单车", "自行车"), (), "why", number=row.pk)
    assert live.glossary().entry("单车").chinese == ("自行车",)
    assert "单车 = 自行车" in page(client.get(reverse("synonymrule:index")))


def test_a_rule_is_changed(client: Client, editor: User, row: SynonymRule) -> None:
    url = reverse("synonymrule:edit", args=[row.pk])
    assert "自行车" in page(client.get(url))
    assert client.post(url, BIKES | {"terms": "单车\r\n脚踏车"}).status_code == 302
    assert live.glossary().entry("单车").chinese == ("脚踏车",)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"terms": "单车"}, "terms"),
        ({"terms": ""}, "terms"),
        ({"terms": "ISO 9001\n质量"}, "terms"),
        ({"kind": "alias", "targets": "no designation"}, "targets"),
        ({"kind": "nonsense"}, "kind"),
        ({"queries": "\n".join("abcdef")}, "queries"),
        ({"queries": "x" * 501}, "queries"),
        ({"note": "x" * 501}, "note"),
        ({"terms": "单车\n自行车\n<script>|"}, "terms"),
    ],
)
def test_what_cannot_be_saved_is_told(client: Client, editor: User, values: dict[str, str], field: str) -> None:
    response = add(client, **values)
    assert field in response.context["form"].errors
    assert "<script>|" not in page(response)
    assert not SynonymRule.objects.exists()


def test_what_is_there_already_is_named(client: Client, editor: User, row: SynonymRule) -> None:
    [error] = add(client).context["form"].non_field_errors()
    assert "单车 = 自行车" in error


class TestPreview:
    @pytest.fixture(autouse=True)
    def records(self, build_index: Callable[[], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        make_standard("ISO 4210-1:2023", title_en="Bicycles <b>")
        build_index()
        judged = tmp_path / "judged.yml"
        judged.write_text("known: []\ntopics:\n  - {q: 单车, want: {'ISO 4210-1:2023': 3}}\n")
        monkeypatch.setattr("search.evaluation.JUDGEMENTS", judged)

    def test_it_shows_what_saving_would_do_and_saves_nothing(self, client: Client, editor: User) -> None:
        response = add(client, preview="1", queries="单车")
        html = page(response)
        found = response.context["preview"]
        assert (found.judged, found.complete, len(found.moved)) == (1, True, 1)
        assert found.tried[0].after.designations == ("ISO 4210-1:2023",)
        assert "<ins><b>ISO 4210-1:2023</b> Bicycles &lt;b&gt;</ins>" in html
        assert "自行车" in html
        assert not SynonymRule.objects.exists()
        assert live.glossary().entry("单车").chinese == ()

    def test_of_a_rule_that_is_there_it_shows_the_change(self, client: Client, editor: User, row: SynonymRule) -> None:
        url = reverse("synonymrule:edit", args=[row.pk])
        response = client.post(url, BIKES | {"enabled": "", "preview": "1", "queries": "单车"})
        [tried] = response.context["preview"].tried
        assert (tried.before.total, tried.after.total) == (1, 0)
        assert live.glossary().entry("单车").chinese == ("自行车",)

    def test_without_an_engine_it_says_so_and_saving_works(
        self, client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_args: Any) -> None:
            raise EngineUnavailable("no route to host")

        monkeypatch.setattr(type(get_engine()), "run", fail)
        assert "no route to host" in page(add(client, preview="1", queries="单车"))
        assert add(client).status_code == 302

    def test_of_a_file(self, client: Client, editor: User) -> None:
        url = reverse("synonymrule:import")
        file = SimpleUploadedFile("words.txt", "单车, 自行车".encode())
        response = client.post(url, {"file": file, "preview": "1", "queries": "单车"})
        assert response.context["preview"].tried[0].after.total == 1
        assert not SynonymRule.objects.exists()
        # The text is in the form now, and needs no second upload.
        assert client.post(url, {"text": response.context["form"]["text"].value()}).status_code == 302
        assert SynonymRule.objects.count() == 1


def test_a_rule_is_deleted_and_brought_back(client: Client, editor: User, row: SynonymRule) -> None:
    response = client.post(reverse("synonymrule:delete", args=[row.pk]), follow=True)
    entry = ModelLogEntry.objects.get(action=history.REMOVED)
    back = f"{reverse('synonymrule:add')}?restore={entry.pk}"
    assert back in page(response)
    assert live.glossary().entry("单车").chinese == ()
    form = client.get(back).context["form"]
    values = {name: form[name].value() for name in ("kind", "terms", "targets", "note")}
    assert client.post(reverse("synonymrule:add"), {**values, "enabled": "on"}).status_code == 302
    assert live.glossary().entry("单车").chinese == ("自行车",)


@pytest.mark.parametrize("restore", ["0", "nonsense", "999999999", "-1", ""])
def test_nothing_else_can_be_brought_back(client: Client, editor: User, row: SynonymRule, restore: str) -> None:
    assert client.get(reverse("synonymrule:add"), {"restore": restore}).status_code == 404


def test_a_rule_is_switched_off_and_on(client: Client, editor: User, row: SynonymRule) -> None:
    url = reverse("synonymrule:switch", args=[row.pk])
    assert url in page(client.get(reverse("synonymrule:index")))
    assert "单车" in page(client.get(url))
    for expected in ((), ("自行车",)):
        assert client.post(url).status_code == 302
        assert live.glossary().entry("单车").chinese == expected


def test_the_history_tells_what_a_rule_was_and_by_whom_it_changed(client: Client, editor: User) -> None:
    add(client)
    row = SynonymRule.objects.get()
    changed = BIKES | {"terms": "单车\n脚踏车"}
    client.post(reverse("synonymrule:edit", args=[row.pk]), changed)
    client.post(reverse("synonymrule:switch", args=[row.pk]))
    client.post(reverse("synonymrule:edit", args=[row.pk]), changed | {"note": "asked for", "enabled": ""})
    html = page(client.get(reverse("synonymrule:history", args=[row.pk])))
    for expected in ("单车 = 自行车", "单车 = 脚踏车", "asked for", "zhang.san"):
        assert expected in html
    assert [one.action for one in ModelLogEntry.objects.order_by("pk")] == [history.ADDED] + 3 * [history.CHANGED]


def test_the_list_is_searched_and_narrowed(client: Client, editor: User, row: SynonymRule) -> None:
    history.save(SynonymRule(), Rule(Kind.ALIAS, ("等保",), ("GB/T 22239",), "cyber", enabled=False), None)

    def found(**query: str) -> int:
        count: int = client.get(reverse("synonymrule:index"), query).context["paginator"].count
        return count

    assert [found(), found(q="单车"), found(q="22239"), found(q="cyber"), found(q="%")] == [2, 1, 1, 1, 0]
    assert [found(kind="alias"), found(enabled="true"), found(kind="blocked")] == [1, 1, 0]


def test_the_list_says_that_the_cluster_lags(
    client: Client, editor: User, row: SynonymRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    SynonymState.objects.update(push_error="no route to host")
    url = reverse("synonymrule:index")
    assert "no route to host" not in page(client.get(url))
    monkeypatch.setattr("search.synonyms.pushing.keeper", object)
    assert "no route to host" in page(client.get(url))


class TestFiles:
    def upload(self, client: Client, text: str, name: str = "") -> Any:
        url = reverse("synonymrule:import")
        if name:
            return client.post(url, {"file": SimpleUploadedFile(name, text.encode())})
        return client.post(url, {"text": text})

    @pytest.mark.parametrize("kind", ["csv", "solr"])
    def test_what_is_exported_can_be_imported(self, client: Client, editor: User, row: SynonymRule, kind: str) -> None:
        response = client.get(reverse("synonymrule:export", args=[kind]))
        assert "attachment" in response["Content-Disposition"]
        SynonymRule.objects.all().delete()
        assert self.upload(client, response.content.decode(), f"x.{kind}").status_code == 302
        assert SynonymRule.objects.get().rule.terms == row.rule.terms
        assert live.glossary().entry("单车").chinese == ("自行车",)

    def test_what_is_there_already_is_left_alone(self, client: Client, editor: User, row: SynonymRule) -> None:
        assert self.upload(client, "自行车, 单车\n口罩, 面罩").status_code == 302
        assert SynonymRule.objects.count() == 2

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("口罩, 面罩\nISO 9001, 质量标准", 2),
            ("口罩, 面罩\na => b => c", 2),
            ("口罩, 面罩\n口罩, 面罩, 呼吸器", 2),
            ("kind,terms,targets\nalias,等保,nothing", 2),
        ],
    )
    def test_one_bad_line_stops_all_and_is_named(self, client: Client, editor: User, text: str, line: int) -> None:
        errors = self.upload(client, text).context["form"].non_field_errors()
        assert [str(line) in error for error in errors] == [True]
        assert not SynonymRule.objects.exists()

    @pytest.mark.parametrize("data", [b"", b"\xff\xff\xff", b"x" * (1024 * 1024 + 1), b"\x00"], ids=len)
    def test_what_is_no_file_of_rules_is_refused(self, client: Client, editor: User, data: bytes) -> None:
        response = client.post(reverse("synonymrule:import"), {"file": SimpleUploadedFile("x.txt", data)})
        assert response.context["form"].errors

    def test_other_formats_are_not_there(self, client: Client, editor: User) -> None:
        assert client.get(reverse("synonymrule:export", args=["xml"])).status_code == 404


NAMES = ("add", "import")
NUMBERED = ("edit", "delete", "switch")


def urls(row: SynonymRule) -> list[str]:
    return [reverse(f"synonymrule:{name}") for name in NAMES] + [
        reverse(f"synonymrule:{name}", args=[row.pk]) for name in NUMBERED
    ]


def test_operators_look_and_do_not_touch(client: Client, row: SynonymRule) -> None:
    user = User.objects.create_user("wang.wu", password="-")
    user.groups.add(Group.objects.get(name="Operators"))
    client.force_login(user)
    assert client.get(reverse("synonymrule:index")).status_code == 200
    assert client.get(reverse("synonymrule:export", args=["csv"])).status_code == 200
    for url in urls(row):
        assert client.post(url, BIKES).status_code == 302
    assert SynonymRule.objects.get().rule == row.rule


def test_strangers_see_the_sign_in_page(client: Client, row: SynonymRule) -> None:
    for url in [*urls(row), reverse("synonymrule:index"), reverse("synonymrule:export", args=["csv"])]:
        assert client.get(url)["Location"].startswith(reverse("wagtailadmin_login"))
