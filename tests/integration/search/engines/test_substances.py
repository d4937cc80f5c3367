"""Substances are found by their numbers and names, on every engine, and the index follows the lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.reach import store
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import Substance
from search.documents.substances import depending_on, substance_documents
from search.engines.base import Engine
from search.indexing import compare
from search.models import IndexOutbox
from search.outbox import drain
from search.params import parse
from search.rebuilding import rebuild
from search.results import Standing
from search.service import search
from tests.factories import make_source, make_standard

pytestmark = pytest.mark.django_db

BPA = SubstanceItem(
    name="4,4'-isopropylidenediphenol", description="Bisphenol A; BPA", cas=("80-05-7",), ec=("201-245-8",)
)
AF = SubstanceItem(name="Bisphenol AF", cas=("1478-61-1",))
GROUP = SubstanceItem(name="Bisphenol AF and its salts")


@pytest.fixture(autouse=True)
def _records(engine: Engine) -> None:
    make_standard("ISO 18857-2:2009", title_en="Determination of bisphenol A (80-05-7) in water", status="in_force")
    items = [
        EntryItem(
            key=one.name,
            url="https://echa.europa.eu/",
            list_name="candidate",
            substance=one,
            included="2017-01-12",
            members=members,
        )
        for one, members in ((BPA, ()), (GROUP, (AF,)))
    ]
    store.upsert(items, source=make_source("echa_candidate"))
    rebuild()


def found(query: str, **values: str) -> list[str]:
    page = search(parse({"q": [query], **{name: [value] for name, value in values.items()}}))
    assert not page.failure
    return [result.url.rstrip("/").rpartition("/")[2] for result in page.results]


@pytest.mark.parametrize("query", ["80-05-7", "CAS 80-05-7", "201-245-8"])
def test_a_number_finds_its_substance_first(query: str) -> None:
    page = search(parse({"q": [query]}))
    assert page.results[0].line.type == "substance"
    assert page.results[0].line.url == "/reach/substances/cas-80-05-7/"
    assert page.results[0].standing is Standing.EXACT


def test_a_member_before_its_group() -> None:
    names = found("1478-61-1")
    assert names[0] == "cas-1478-61-1"
    assert len(names) == 2


@pytest.mark.parametrize(
    ("query", "first"), [("isopropylidenediphenol", "cas-80-05-7"), ("Bisphenol AF", "cas-1478-61-1")]
)
def test_by_words(query: str, first: str) -> None:
    assert found(query, type="substance")[0] == first


def test_by_what_people_call_the_list() -> None:
    assert len(found("SVHC 候选清单")) == 3


def test_the_type_narrows() -> None:
    assert found("bisphenol", type="standard") == ["iso-18857-2-2009"]
    page = search(parse({"q": ["bisphenol"]}))
    types = next(facet for facet in page.facets if facet.name == "type")
    assert {value.value: value.count for value in types.values} == {"standard": 1, "substance": 3}


def test_pages_and_the_api_show_it(client: Client) -> None:
    text = client.get("/search/?q=80-05-7").content.decode()
    assert "/reach/substances/cas-80-05-7/" in text
    assert "候选清单" in text
    (first, *_rest) = client.get("/api/v1/search/", {"q": "80-05-7"}).json()["results"]
    assert (first["type"], first["designation"]) == ("substance", "CAS 80-05-7")
    assert first["dates"] == {"listed": "2017-01-12"}


def test_the_index_follows() -> None:
    drain()
    assert not IndexOutbox.objects.exists()
    Substance.objects.filter(name=BPA.name).update(name_zh="双酚A", updated_at=timezone.now())
    assert [*compare().stale]
    Substance.objects.filter(name=BPA.name).update(hidden_at=timezone.now())
    IndexOutbox.objects.create(record_type="substance", record_id=Substance.objects.get(name=BPA.name).pk)
    drain()
    assert found("80-05-7") == ["iso-18857-2-2009"]
    assert not compare().keys


def test_a_group_and_its_members_are_written_together() -> None:
    group, member = (Substance.objects.get(name=one.name).pk for one in (GROUP, AF))
    assert depending_on([member]) == {group}
    assert depending_on([group]) == {member}


def test_queries_do_not_grow(django_assert_num_queries: Any) -> None:
    ids = list(Substance.objects.values_list("pk", flat=True))
    with django_assert_num_queries(5):
        assert len(list(substance_documents(ids))) == 3
    with django_assert_num_queries(5):
        assert len(list(substance_documents(ids[:1]))) == 1
