"""The API of standards as a program sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from content.provenance.models import Change, Run
from content.standards.models import Relation, Standard
from tests.factories import NOW, make_change, make_claim, make_file, make_run, make_source, make_standard, relate

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, **parameters: Any) -> Any:
    response = client.get(f"/api/v1/{path}", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def slugs(client: Client, **parameters: Any) -> list[str]:
    return [one["slug"] for one in get(client, "standards/", **parameters)["results"]]


@pytest.fixture
def line() -> dict[str, Standard]:
    """ISO 9001 in three editions, the newest of which GB/T 19001 adopts."""
    old = make_standard("ISO 9001:2000", status="superseded")
    mid = make_standard("ISO 9001:2008", status="superseded")
    new = make_standard("ISO 9001:2015", ics=("03.120.10",))
    adoption = make_standard("GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求")
    relate(mid, "replaces", old)
    relate(mid, "replaced_by", new)
    relate(adoption, "adopts", new, degree="IDT")
    relate(adoption, "replaces", "GB/T 19001-2008")
    return {"old": old, "mid": mid, "new": new, "adoption": adoption}


def test_detail_tells_everything(client: Client, line: dict[str, Standard]) -> None:
    source = make_source()
    make_claim(line["new"], source, values={"title_en": "Quality"})
    make_change(line["new"], old="Old title", new="New title", source=source)
    make_file(line["new"])
    found = get(client, "standards/iso-9001-2015/")
    assert found["designation"] == "ISO 9001:2015"
    assert found["year"] == 2015
    assert [one["code"] for one in found["ics"]] == ["03.120.10"]
    assert found["files"][0]["url"] == "/standards/iso-9001-2015/files/text.pdf"
    assert found["provenance"][0]["values"] == {"title_en": "Quality"}
    assert (found["history"][0]["old"], found["history"][0]["new"]) == ("Old title", "New title")
    incoming = [one for one in found["relations"] if one["direction"] == "incoming" and one["kind"] == "adopts"]
    assert [(one["slug"], one["degree"]) for one in incoming] == [("gb-t-19001-2016", "IDT")]


def test_lineage_follows_the_chain_whichever_side_states_it(client: Client, line: dict[str, Standard]) -> None:
    lineage = get(client, "standards/iso-9001-2000/")["lineage"]
    assert [one["slug"] for one in lineage["successors"]] == ["iso-9001-2008", "iso-9001-2015"]
    assert lineage["in_force"]["slug"] == "iso-9001-2015"
    assert [one["slug"] for one in get(client, "standards/iso-9001-2015/")["lineage"]["predecessors"]] == [
        "iso-9001-2008",
        "iso-9001-2000",
    ]


def test_a_cycle_of_replacements_ends(client: Client) -> None:
    one, other = make_standard("ISO 1:2002", status="withdrawn"), make_standard("ISO 2:1973", status="withdrawn")
    relate(one, "replaced_by", other)
    relate(other, "replaced_by", one)
    lineage = get(client, f"standards/{one.slug}/")["lineage"]
    assert [found["slug"] for found in lineage["successors"]] == [other.slug]
    assert lineage["in_force"] is None


def test_a_target_that_is_not_held_keeps_its_designation(client: Client, line: dict[str, Standard]) -> None:
    relations = get(client, "standards/gb-t-19001-2016/")["relations"]
    missing = next(one for one in relations if one["kind"] == "replaces")
    assert (missing["designation"], missing["record"]) == ("GB/T 19001-2008", None)


def test_an_undated_slug_leads_to_the_edition_in_force(client: Client, line: dict[str, Standard]) -> None:
    response = client.get("/api/v1/standards/iso-9001/")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/standards/iso-9001-2015/")


def test_the_page_and_the_api_give_the_same_document(client: Client, line: dict[str, Standard]) -> None:
    sibling = client.get("/standards/iso-9001-2015.json")
    assert sibling.json() == get(client, "standards/iso-9001-2015/")
    assert sibling["Access-Control-Allow-Origin"] == "*"


def test_hidden_records_are_gone_everywhere(client: Client, line: dict[str, Standard]) -> None:
    hidden = line["new"]
    make_change(hidden, new="A private value")
    make_change(hidden, kind=Change.Kind.HIDDEN, field="", new="Asked for by the publisher")
    hidden.hidden_at, hidden.hidden_reason = NOW, "Asked for by the publisher"
    hidden.save()
    response = client.get("/api/v1/standards/iso-9001-2015/")
    assert (response.status_code, response.json()["code"]) == (410, "withdrawn_from_view")
    assert response.json()["reason"] == "Asked for by the publisher"
    assert client.get("/api/v1/standards/iso-9001-2015/changes/").status_code == 410
    assert hidden.slug not in slugs(client)
    for path in ("changes/", "standards/iso-9001-2008/", "standards/gb-t-19001-2016/"):
        text = client.get(f"/api/v1/{path}").content.decode()
        assert "A private value" not in text
        assert hidden.title_en not in text


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"status": "superseded"}, ["iso-9001-2000", "iso-9001-2008"]),
        ({"body": "GB/T"}, ["gb-t-19001-2016"]),
        ({"ics": "03"}, ["gb-t-19001-2016", "iso-9001-2015"]),
        ({"ics": "03.120"}, ["gb-t-19001-2016", "iso-9001-2015"]),
        ({"ics": "03.1"}, 422),
        ({"ccs": "A"}, ["gb-t-19001-2016"]),
        ({"ccs": "A00/09"}, ["gb-t-19001-2016"]),
        ({"ccs": "A10/19"}, []),
        ({"year": 2008}, ["iso-9001-2008"]),
        ({"undated": "iso-9001", "status": "in_force"}, ["iso-9001-2015"]),
        ({"published_from": "2015"}, ["gb-t-19001-2016", "iso-9001-2015"]),
        ({"published_to": "2008"}, ["iso-9001-2000", "iso-9001-2008"]),
        ({"published_to": "2007-12"}, ["iso-9001-2000"]),
        ({"updated_since": (NOW + timedelta(seconds=1)).isoformat()}, []),
        ({"access": "full_text"}, []),
        ({"kind": "no-such-kind"}, []),
    ],
)
def test_filters(client: Client, line: dict[str, Standard], parameters: dict[str, Any], expected: Any) -> None:
    if expected == 422:
        assert client.get("/api/v1/standards/", parameters).status_code == 422
    else:
        assert slugs(client, **parameters) == expected


@pytest.mark.parametrize(
    ("published", "bound", "inside"),
    [
        ("2015-09-15", "2015-09-15", True),
        ("2015-09-16", "2015-09-15", False),
        ("2015-09-15", "2015-09", True),
        ("2015-10-01", "2015-09", False),
        ("2015-12-31", "2015-12", True),
        ("2015-12-31", "2015", True),
        ("2016", "2015", False),
        ("", "2015", False),
    ],
)
def test_published_to_takes_in_its_whole_period(client: Client, published: str, bound: str, inside: bool) -> None:
    make_standard("ISO 1:2002", published=published)
    assert bool(slugs(client, published_to=bound)) is inside


@pytest.mark.parametrize("sort", ["designation", "updated", "-updated"])
def test_cursors_visit_each_record_once(client: Client, sort: str) -> None:
    for number in range(1, 24):
        # Ties in the sort column, as a bulk load leaves them.
        make_standard(f"ISO {number}:2002", updated_at=NOW + timedelta(hours=number % 3))
    seen: list[str] = []
    url: str | None = f"/api/v1/standards/?size=5&sort={sort}"
    while url:
        page = client.get(url)
        assert page.status_code == 200
        seen += [one["slug"] for one in page.json()["results"]]
        url = page.json()["next"]
        assert page.get("Link") == (f'<{url}>; rel="next"' if url else None)
    assert len(seen) == len(set(seen)) == 23


def test_a_list_costs_the_same_whatever_hangs_on_it(client: Client, django_assert_num_queries: Any) -> None:
    for number in range(1, 6):
        make_standard(f"ISO {number}:2002", ics=("03.120.10", "01.040"), ccs=("A00",))
    with django_assert_num_queries(3):
        get(client, "standards/")


def test_a_document_costs_the_same_whatever_hangs_on_it(
    client: Client, line: dict[str, Standard], django_assert_max_num_queries: Any
) -> None:
    source = make_source()
    for number in range(1, 20):
        other = make_standard(f"IEC {number}:2002")
        relate(other, "references", line["new"], source=source)
        relate(line["new"], "references", other, source=source)
        make_change(line["new"], source=source)
        make_claim(line["new"], source, key=str(number))
        make_file(line["new"], f"{number}.pdf", source=source)
    with django_assert_max_num_queries(16):
        get(client, "standards/iso-9001-2015/")


def test_history_and_latest_changes(client: Client, line: dict[str, Standard]) -> None:
    make_change(line["new"], at=NOW, field="title_en")
    make_change(
        line["new"], at=NOW + timedelta(days=1), kind=Change.Kind.STATUS, field="status", old="upcoming", new="in_force"
    )
    make_change(line["old"], at=NOW + timedelta(days=2), kind=Change.Kind.CREATED, field="")
    assert [one["field"] for one in get(client, "standards/iso-9001-2015/changes/")["results"]] == [
        "status",
        "title_en",
    ]
    assert [one["label"] for one in get(client, "changes/", size=1)["results"]] == ["ISO 9001:2000"]
    assert len(get(client, "changes/", kind="status")["results"]) == 1
    assert len(get(client, "changes/", since=(NOW + timedelta(days=1)).isoformat())["results"]) == 2


def test_editors_are_not_named(client: Client, line: dict[str, Standard], django_user_model: Any) -> None:
    editor = django_user_model.objects.create(username="li.si", first_name="Si", last_name="Li")
    make_change(line["new"], cause=Change.Cause.EDITOR, editor=editor)
    text = client.get("/api/v1/changes/").content.decode()
    assert "editor" in text
    assert "li.si" not in text


def test_bodies_and_classes(client: Client, line: dict[str, Standard]) -> None:
    assert {one["code"] for one in get(client, "bodies/")} == {"ISO", "GB/T"}
    assert [one["code"] for one in get(client, "ics/")] == ["03", "03.120", "03.120.10"]
    assert [one["code"] for one in get(client, "ics/", parent="03")] == ["03.120"]
    assert [one["code"] for one in get(client, "ics/", level=1)] == ["03"]
    assert [one["code"] for one in get(client, "ccs/")] == ["A00"]


def test_sources_tell_their_freshness(client: Client) -> None:
    source = make_source()
    make_run(source, finished_at=NOW)
    make_run(source, state=Run.State.FAILED, started_at=NOW + timedelta(days=1), finished_at=NOW + timedelta(days=1))
    assert datetime.fromisoformat(get(client, "sources/")[0]["last_success"]) == NOW
    assert [run["state"] for run in get(client, "sources/registry/")["runs"]] == ["failed", "succeeded"]


def test_relations_of_every_kind_are_described(client: Client, line: dict[str, Standard]) -> None:
    for kind in Relation.Kind.values:
        if not line["mid"].relations.filter(kind=kind).exists():
            relate(line["mid"], kind, "IEC 60335-1:2020")
    kinds = {one["kind"] for one in get(client, "standards/iso-9001-2008/")["relations"]}
    assert kinds == set(Relation.Kind.values)
