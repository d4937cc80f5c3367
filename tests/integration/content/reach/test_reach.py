"""REACH lists from an item to the page, and the check of a bill of materials."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from content.provenance import claims
from content.provenance.intake import Counts
from content.provenance.models import Change, Claim, Source
from content.provenance.signals import records_changed
from content.reach import store
from content.reach.check.views import form
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import ListEntry, Number, Substance
from tests.factories import make_run, make_source
from tests.unit.content.sheets.test_sheets import BOMB, changed, xlsx

pytestmark = pytest.mark.django_db

CHECK = "/reach/check/"
DEHP = SubstanceItem(name="Bis(2-ethylhexyl) phthalate (DEHP)", cas=("117-81-7",), ec=("204-211-0",))
LEAD = SubstanceItem(name="Lead", cas=("7439-92-1",), ec=("231-100-4",))
AF = SubstanceItem(name="Bisphenol AF", cas=("1478-61-1",), ec=("216-036-7",))
GROUP = SubstanceItem(name="Bisphenol AF and its salts")


def entry(substance: SubstanceItem, list_name: Any = "candidate", **values: Any) -> EntryItem:
    key = next(iter((*substance.cas, *substance.ec)), substance.name)
    told: dict[str, Any] = {"included": "2018-06-27", "reasons": ("57c",)} | values
    return EntryItem(key=key, url="https://echa.europa.eu/", list_name=list_name, substance=substance, **told)


@pytest.fixture
def source() -> Source:
    return make_source("echa_candidate")


@pytest.fixture
def lists(source: Source) -> None:
    store.upsert([entry(DEHP), entry(LEAD), entry(GROUP, members=(AF,), included="2026-02-04")], source=source)
    annex = make_source("echa_authorisation")
    store.upsert([entry(DEHP, "authorisation", sunset="2015-02-21", latest_application="2013-08-21")], source=annex)


class TestStore:
    def test_an_entry_becomes_a_substance_with_its_numbers(self, source: Source) -> None:
        assert store.upsert([entry(DEHP)], source=source) == Counts(items=1, created=1)
        one = Substance.objects.get()
        assert one.slug == "cas-117-81-7"
        assert sorted(one.numbers.values_list("value", flat=True)) == ["117-81-7", "204-211-0"]
        assert Claim.objects.get().record_id == one.pk

    def test_what_is_told_again_costs_nothing(self, source: Source, django_assert_max_num_queries: Any) -> None:
        store.upsert([entry(DEHP), entry(LEAD)], source=source)
        with django_assert_max_num_queries(4):
            assert store.upsert([entry(DEHP), entry(LEAD)], source=source) == Counts(items=2, unchanged=2)

    def test_a_change_is_kept_and_sent(self, source: Source) -> None:
        store.upsert([entry(DEHP)], source=source)
        seen: list[list[int]] = []

        def hear(sender: object, *, record_type: str, ids: list[int], **_kwargs: Any) -> None:
            seen.append(ids)

        records_changed.connect(hear)
        try:
            counts = store.upsert([entry(DEHP, reasons=("57c", "57f"))], source=source)
        finally:
            records_changed.disconnect(hear)
        assert counts == Counts(items=1, updated=1)
        change = Change.objects.get(kind="field")
        assert (change.field, change.old, change.new) == ("candidate.reasons", ["57c"], ["57c", "57f"])
        assert seen == [[Substance.objects.get().pk]]

    def test_two_lists_mean_one_substance(self, lists: None) -> None:
        one = Substance.objects.get(slug="cas-117-81-7")
        assert set(one.entries.values_list("list_name", flat=True)) == {"candidate", "authorisation"}

    def test_by_its_ec_number_alone_too(self, lists: None) -> None:
        only = SubstanceItem(name="DEHP", ec=("204-211-0",))
        store.upsert([entry(only, "restriction")], source=make_source("echa_restriction"))
        assert Substance.objects.get(slug="cas-117-81-7").entries.count() == 3

    def test_members_come_and_go(self, source: Source, lists: None) -> None:
        salt = SubstanceItem(name="A salt of it", cas=("425372-97-6",))
        store.upsert([entry(GROUP, members=(AF, salt), included="2026-02-04")], source=source)
        group = ListEntry.objects.get(substance__name=GROUP.name)
        assert {one.name for one in group.members.all()} == {AF.name, salt.name}
        store.upsert([entry(GROUP, members=(salt,), included="2026-02-04")], source=source)
        assert {one.name for one in group.members.all()} == {salt.name}

    def test_a_number_with_a_wrong_check_digit_is_kept_as_such(self, source: Source) -> None:
        store.upsert([entry(SubstanceItem(name="X", cas=("117-81-8",)))], source=source)
        assert not Number.objects.get().sound
        assert Substance.objects.get().match.startswith("name:")

    def test_what_staff_wrote_stays(self, source: Source) -> None:
        store.upsert([entry(LEAD)], source=source)
        Substance.objects.update(name_zh="铅")
        store.upsert([entry(LEAD, included="2018-06-28")], source=source)
        assert Substance.objects.get().name_zh == "铅"

    def test_what_the_list_drops_is_no_longer_listed(self, source: Source, lists: None, client: Client) -> None:
        claims.mark_missing(make_run(source), {"117-81-7", GROUP.name}, at=timezone.now())
        assert ListEntry.objects.get(substance__name="Lead").missing_since
        assert "已无此条目" in client.get("/reach/substances/cas-7439-92-1/").content.decode()
        assert answers(client.post(CHECK, {"text": "7439-92-1"})) == ["not_listed"]


class TestPages:
    def test_the_lists(self, client: Client, lists: None) -> None:
        response = client.get("/reach/")
        assert [entry.substance.name for entry in response.context["page"]][0] == GROUP.name
        assert [(one.code, one.size, one.newest) for one in response.context["lists"]] == [
            ("candidate", 3, "2026-02-04"), ("authorisation", 1, "2018-06-27"), ("restriction", 0, ""),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=１１７－８１－７", [DEHP.name, DEHP.name]),
            ("q=1478-61-1", [GROUP.name]),
            ("q=phthalate&list=authorisation", [DEHP.name]),
            ("q=zzz", []),
            ("sort=sunset", [DEHP.name]),
            ("sort=name&list=candidate", [DEHP.name, GROUP.name, "Lead"]),
        ],
    )
    def test_filtered_and_sorted(self, client: Client, lists: None, query: str, names: list[str]) -> None:
        response = client.get(f"/reach/?{query}")
        assert [entry.substance.name for entry in response.context["page"]] == names

    @pytest.mark.parametrize(
        ("query", "status"),
        [("list=x", 400), ("sort=x", 400), ("page=x", 400), ("page=99", 404), ("q=%00", 200), ("q=" + "x" * 5000, 200)],
    )
    def test_nonsense(self, client: Client, lists: None, query: str, status: int) -> None:
        assert client.get(f"/reach/?{query}").status_code == status

    def test_a_substance(self, client: Client, lists: None) -> None:
        text = client.get("/en/reach/substances/cas-117-81-7/").content.decode()
        for said in (
            "204-211-0",
            "Candidate List",
            "Annex XIV",
            "2015-02-21",
            "Article 57c",
            "Article 33",
            "Article 56",
        ):
            assert said in text

    def test_a_group_and_its_member(self, client: Client, lists: None) -> None:
        group = Substance.objects.get(name=GROUP.name)
        assert (
            "/en/reach/substances/cas-1478-61-1/" in client.get(f"/en/reach/substances/{group.slug}/").content.decode()
        )
        member = client.get("/en/reach/substances/cas-1478-61-1/").content.decode()
        assert f"/en/reach/substances/{group.slug}/" in member
        assert "As a member of a group" in member

    def test_as_data(self, client: Client, lists: None) -> None:
        said = client.get("/reach/substances/cas-117-81-7.json").json()
        assert said["cas"] == ["117-81-7"]
        assert {one["list"] for one in said["entries"]} == {"candidate", "authorisation"}
        assert said["entries"][0]["duties"]

    def test_hidden_ones_are_gone(self, client: Client, lists: None) -> None:
        Substance.objects.filter(name="Lead").update(hidden_at=timezone.now())
        assert client.get("/reach/substances/cas-7439-92-1/").status_code == 410
        assert "Lead" not in client.get("/reach/").content.decode()
        assert answers(client.post(CHECK, {"text": "7439-92-1"})) == ["not_listed"]

    def test_queries_do_not_grow(self, client: Client, source: Source, django_assert_max_num_queries: Any) -> None:
        many = [entry(SubstanceItem(name=f"Substance {at}", ec=()), included="2020-01-01") for at in range(60)]
        store.upsert(many, source=source)
        with django_assert_max_num_queries(6):
            assert len(client.get("/reach/").context["page"]) == 50


def answers(response: Any) -> list[str]:
    """The answers by line."""
    return [one.answer.value for one in response.context["result"].lines]


class TestCheck:
    def test_by_number_and_name(self, client: Client, lists: None) -> None:
        text = "117-81-7\n204-211-0\nDEHP\nbis(2-ethylhexyl)phthalate\n1478-61-1\n117-81-8\n64-17-5\nEthanol"
        response = client.post(CHECK, {"text": text})
        assert answers(response) == [*["listed"] * 5, "bad_number", "not_listed", "not_listed"]
        group = response.context["result"].lines[4].listings[0].group
        assert group.name == GROUP.name

    def test_number_and_name_that_disagree(self, client: Client, lists: None) -> None:
        text = "CAS;EC;Name\n117-81-7;;Lead\n117-81-7;231-100-4;\n117-81-7;204-211-0;something else\n;;\n"
        assert answers(client.post(CHECK, {"text": text})) == ["ambiguous", "ambiguous", "listed"]

    def test_the_threshold_counts_for_each_article(self, client: Client, lists: None) -> None:
        text = (
            "Article\tCAS\tContent\nPlug\t7439-92-1\t600 ppm\nPlug\t7439-92-1\t500 ppm\nCable\t7439-92-1\t600 ppm\n"
            "Toy\t7439-92-1\t\n"
        )
        result = client.post(CHECK, {"text": text}).context["result"]
        assert {one.article: one.above for one in result.articles} == {"Plug": True, "Cable": False, "Toy": None}
        assert [bool(one.duties) for one in result.lines] == [True, True, False, True]

    def test_files(self, client: Client, lists: None) -> None:
        sheet = xlsx(["物品", "CAS号", "含量"], ["插头", "7439-92-1", 0.2])
        for name, data in (("a.xlsx", sheet), ("a.csv", "CAS,Name\n7439-92-1,Lead".encode("utf-16"))):
            response = client.post(CHECK, {"file": SimpleUploadedFile(name, data)})
            assert answers(response) == ["listed"]

    def test_the_workbook_says_the_same_and_runs_nothing(self, client: Client, lists: None) -> None:
        first = client.post(CHECK, {"text": "Article;CAS;Name;Content\n=1+1;7439-92-1;@SUM(A1);0.2\n;64-17-5;;"})
        response = client.post(CHECK, {"rows": first.context["rows"], "as": "xlsx"})
        lines, articles, held = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
        rows = list(lines.iter_rows(values_only=True))
        assert [row[7] for row in rows[1:]] == ["列入清单", "未列入"]
        assert rows[1][1] == "'=1+1"
        assert rows[1][5] == "'@SUM(A1)"
        assert list(articles.iter_rows(values_only=True))[1][2] == 0.2
        assert [row[1] for row in list(held.iter_rows(values_only=True))[1:]] == [3, 1, 0]

    def test_the_template_can_be_sent_back(self, client: Client, lists: None) -> None:
        data = client.get("/en/reach/check/template.xlsx").content
        assert answers(client.post(CHECK, {"file": SimpleUploadedFile("t.xlsx", data)})) == ["listed"]

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "空"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
            (changed(xlsx(["a"]), "xl/sharedStrings.xml", lambda old: BOMB + old), "过大"),
            (changed(xlsx(["a"]), "xl/media/a.xml", lambda _old: bytes(60_000_000)), "过大"),
            (xlsx(["a"])[:-200], "损坏"),
            (b"80-05-7\n" * 5_001, "5,000"),
        ],
    )
    def test_what_cannot_be_checked_says_why(self, client: Client, data: bytes, said: str) -> None:
        response = client.post(CHECK, {"file": SimpleUploadedFile("upload", data)})
        assert response.status_code == 422
        assert said in str(response.context["problem"])

    def test_an_empty_form(self, client: Client) -> None:
        assert client.post(CHECK, {}).status_code == 422
        assert client.post(CHECK, {"text": "CAS;Name\n"}).status_code == 422

    def test_a_hundred_megabytes_are_refused_unread(self) -> None:
        def read(*_args: object) -> bytes:
            raise AssertionError("the body was read")

        request = RequestFactory(HTTP_HOST="localhost").post(CHECK)
        request.META["CONTENT_LENGTH"] = "104857600"
        request._stream = SimpleNamespace(read=read, readline=read)  # type: ignore[assignment]
        assert form(request).status_code == 413

    def test_a_forged_form_is_refused(self) -> None:
        assert Client(enforce_csrf_checks=True).post(CHECK, {"text": "80-05-7"}).status_code == 403

    def test_queries_do_not_grow(self, client: Client, lists: None, django_assert_max_num_queries: Any) -> None:
        for many in (5, 500):
            with django_assert_max_num_queries(14):
                assert len(answers(client.post(CHECK, {"text": "117-81-7\n7439-92-1\nLead\n" * many}))) == 3 * many

    def test_nothing_is_kept(self, client: Client, lists: None) -> None:
        before = Claim.objects.count(), Substance.objects.count(), Number.objects.count()
        client.post(CHECK, {"text": "50-00-0 Secret"})
        assert (Claim.objects.count(), Substance.objects.count(), Number.objects.count()) == before


class TestApi:
    URL = "/api/v1/reach/"

    def post(self, client: Client, lines: Any) -> Any:
        return client.post(f"{self.URL}check", {"lines": lines}, content_type="application/json")

    def test_lines(self, client: Client, lists: None) -> None:
        lines = [
            {"article": "Plug", "cas": "7439-92-1", "concentration": "600 ppm"},
            {"article": "Plug", "name": "Lead", "concentration": "500 ppm"},
            {"cas": "117-81-8"},
            {"cas": "1478-61-1"},
        ]
        said = self.post(client, lines).json()
        assert [one["row"] for one in said["lines"]] == [1, 2, 3, 4]
        assert [one["answer"] for one in said["lines"]] == ["listed", "listed", "bad_number", "listed"]
        assert said["articles"] == [
            {"article": "Plug", "substance": "cas-7439-92-1", "per_cent": 0.11, "above": True, "rows": [1, 2]}
        ]
        assert said["lines"][2]["bad_numbers"] == ["117-81-8"]
        assert said["lines"][3]["listings"][0]["group"].startswith("bisphenol-af-and-its-salts")

    def test_a_file(self, client: Client, lists: None) -> None:
        data = xlsx(["CAS"], ["117-81-7"])
        said = client.post(f"{self.URL}check/file", {"file": SimpleUploadedFile("a.xlsx", data)}).json()
        assert [(one["row"], one["answer"]) for one in said["lines"]] == [(2, "listed")]

    @pytest.mark.parametrize("lines", [[], "x", [{"cas": 1}], [{"nothing": "x"}] * 5_001, [{"cas": "x" * 501}]])
    def test_what_cannot_be_checked(self, client: Client, lines: Any) -> None:
        assert self.post(client, lines).status_code == 422

    def test_a_file_that_cannot_be_read(self, client: Client) -> None:
        for data, code in ((b"\x00\x01", "file_unknown_type"), (b"80-05-7\n" * 5_001, "too_many_lines")):
            response = client.post(f"{self.URL}check/file", {"file": SimpleUploadedFile("a.csv", data)})
            assert (response.status_code, response.json()["code"]) == (422, code)

    def test_substances(self, client: Client, lists: None) -> None:
        (found,) = client.get(f"{self.URL}substances/", {"q": "117-81-7"}).json()
        assert found["slug"] == "cas-117-81-7"
        said = client.get(f"{self.URL}substances/cas-117-81-7/").json()
        assert {one["list"] for one in said["entries"]} == {"candidate", "authorisation"}
        assert client.get(f"{self.URL}substances/none/").status_code == 404
        assert client.get(f"{self.URL}substances/", {"q": ""}).status_code == 422
