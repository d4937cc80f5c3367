"""Regulations are found by title, number and the words of an article, on both engines; the index follows the store."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.provenance.models import Source
from content.regulations.models import Regulation
from crawlers.parsers import flk
from search.documents.regulations import regulation_documents, regulation_records
from search.engines.base import Engine
from search.indexing import compare
from search.models import IndexOutbox
from search.outbox import drain
from search.params import parse
from search.rebuilding import rebuild
from search.service import search
from tests.factories import make_standard
from tests.integration.content.regulations.samples import GONE, NEW, OLD, PAGE, RULE, SLUG, act, load
from tests.integration.search.contract import RECORD_ENGINES

pytestmark = [
    pytest.mark.django_db,
    # The reference engine knows no pages, and articles are pages to the index.
    pytest.mark.parametrize("engine", RECORD_ENGINES, indirect=True),
]


@pytest.fixture(autouse=True)
def _records(engine: Engine) -> None:
    make_standard("GB 3552-2018", title_zh="船舶水污染物排放控制标准", status="in_force")
    load(OLD, NEW, RULE, GONE)
    rebuild()


def found(query: str, **values: str) -> list[str]:
    page = search(parse({"q": [query], **{name: [value] for name, value in values.items()}}))
    assert not page.failure
    return [result.url.rstrip("/").rpartition("/")[2] for result in page.results]


def test_by_title() -> None:
    assert found("海洋环境保护法")[0] == SLUG


def test_by_number() -> None:
    assert found("国务院令第700号")[0] == act("船舶污染防治条例").slug


def test_an_article_is_shown_where_its_words_are(client: Client) -> None:
    page = search(parse({"q": ["报告污染"], "type": ["regulation"]}))
    (result,) = page.results
    (hit, *_more) = result.pages
    assert (hit.label, hit.url) == ("第三条", f"{PAGE}#article-3")
    assert "报告污染" in str(hit.text)
    text = client.get("/search/", {"q": "报告污染"}).content.decode()
    assert f'href="{PAGE}#article-3"' in text
    (first, *_rest) = client.get("/api/v1/search/", {"q": "报告污染"}).json()["results"]
    assert (first["type"], first["page"]["label"], first["page"]["file"]) == ("regulation", "第三条", "")
    assert first["page"]["url"].endswith(f"{PAGE}#article-3")


def test_only_the_present_text_is_found() -> None:
    assert found("一切单位和个人都有保护海洋环境的义务", type="regulation", status="superseded") == []
    assert found("保护优先", type="regulation") == [SLUG]


def test_type_and_status_narrow() -> None:
    assert found("船舶", type="standard") == ["gb-3552-2018"]
    assert set(found("船舶", type="regulation", status="withdrawn")) == {act("旧船舶条例").slug}
    page = search(parse({"q": ["船舶"]}))
    types = next(facet for facet in page.facets if facet.name == "type")
    assert {value.value: value.count for value in types.values} == {"standard": 1, "regulation": 3}


def test_a_text_that_comes_later_is_found() -> None:
    Regulation.objects.all().delete()
    source = Source.objects.get(name="flk")
    load(flk.without_text(NEW), source=source, force=True)
    rebuild()
    assert found("报告污染", type="regulation") == []
    load(NEW, source=source)
    drain()
    assert not IndexOutbox.objects.exists()
    assert found("报告污染", type="regulation") == [SLUG]
    assert not compare().keys


def test_the_index_follows() -> None:
    drain()
    assert not IndexOutbox.objects.exists()
    Regulation.objects.filter(slug=SLUG).update(title_en="Marine Environment Protection Law", updated_at=timezone.now())
    assert [*compare().stale]
    Regulation.objects.filter(slug=SLUG).update(hidden_at=timezone.now())
    IndexOutbox.objects.create(record_type="regulation", record_id=act().pk)
    drain()
    assert SLUG not in found("海洋环境保护法")
    assert not compare().keys


def test_queries_do_not_grow(django_assert_num_queries: Any) -> None:
    ids = list(Regulation.objects.values_list("pk", flat=True))
    for few in (ids, ids[:1]):
        with django_assert_num_queries(2):
            assert len(list(regulation_documents(few))) > len(few)
        with django_assert_num_queries(1):
            assert len(list(regulation_records(few))) == len(few)
