"""Indexes of other objects than the portal's records: fields of every type, kept by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from haystack import connections
from haystack.constants import Indexable
from haystack.exceptions import SkipDocument
from haystack.fields import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    EdgeNgramField,
    FacetCharField,
    FloatField,
    IntegerField,
    MultiValueField,
    NgramField,
)
from haystack.indexes import SearchIndex
from haystack.models import SearchResult
from haystack.query import SearchQuerySet
from haystack.utils.loading import UnifiedIndex

from content.provenance.models import Source
from content.standards.models import Body
from search.engines import get_engine
from search.engines.errors import EngineQueryError
from search.search_indexes import StandardIndex
from tests.factories import make_source
from tests.integration.search.contract import OBJECT_ENGINES, RECORD_ENGINES, use_engine

pytestmark = pytest.mark.django_db

VALUES: dict[str, dict[str, Any]] = {
    "steel": {"price": 24.5, "exact_price": Decimal("24.99"), "active": True, "tags": ["metal", "heavy"], "rank": 3},
    "rubber": {"price": 3.0, "exact_price": Decimal("3"), "active": False, "tags": ["soft"], "rank": 1},
    "paper": {"price": None, "exact_price": None, "active": True, "tags": [], "rank": 2},
    "钢铁": {"price": 24.5, "exact_price": Decimal("24.99"), "active": False, "tags": [3, 5, 1], "rank": 4},
}
DAYS = [date(2013, 9, 1), date(2013, 9, 2), date(2013, 9, 2), date(2014, 1, 1)]


class SourceIndex(SearchIndex, Indexable):
    text = CharField(document=True)
    name = CharField(model_attr="name", faceted=True, weight=2.0)
    label = FacetCharField(model_attr="publisher")
    kept = CharField(indexed=False)
    price = FloatField(null=True)
    exact_price = DecimalField(null=True)
    active = BooleanField(faceted=True)
    rank = IntegerField()
    tags = MultiValueField(faceted=True)
    day = DateField(faceted=True)
    moment = DateTimeField()
    auto = EdgeNgramField(model_attr="name")
    grams = NgramField(model_attr="name")

    def get_model(self) -> type[Source]:
        return Source

    def prepare(self, obj: Source) -> dict[str, Any]:
        if obj.name not in VALUES:
            raise SkipDocument
        day = DAYS[list(VALUES).index(obj.name)]
        more = {"day": datetime(day.year, day.month, day.day), "moment": day, "kept": "02", "boost": 5.0}
        text = f"All about {obj.name}: indexed <b>articles</b>"
        prepared: dict[str, Any] = super().prepare(obj)
        return prepared | more | {"text": text} | VALUES[obj.name]


class BodyIndex(SearchIndex, Indexable):
    text = CharField(document=True, model_attr="name_en")

    def get_model(self) -> type[Body]:
        return Body


def install(*indexes: SearchIndex) -> UnifiedIndex:
    """Have the default connection serve these indexes."""
    unified = UnifiedIndex()
    unified.build(indexes=list(indexes))
    connections["default"]._index = unified
    return unified


@pytest.fixture(params=OBJECT_ENGINES)
def results(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[SearchQuerySet]:
    """All objects, on a connection of their own."""
    use_engine(request.param, request, monkeypatch, tmp_path, WINDOW=3)
    index = SourceIndex()
    install(index, BodyIndex())
    backend = connections["default"].get_backend()
    backend.setup()
    for name in VALUES:
        make_source(name, publisher=f"The {name} people")
    make_source("unwanted")
    backend.update(index, Source.objects.order_by("pk"))
    yield SearchQuerySet()
    backend.clear()


def names(found: Any) -> set[str]:
    return {result.name for result in found}


def test_values_come_back_as_they_went_in(results: SearchQuerySet) -> None:
    source = Source.objects.get(name="钢铁")
    (result,) = results.filter(id=f"provenance.source.{source.pk}")
    assert (result.app_label, result.model_name, result.pk) == ("provenance", "source", str(source.pk))
    assert result.id == f"provenance.source.{source.pk}"
    assert (result.name, result.name_exact, result.label) == ("钢铁", "钢铁", "The 钢铁 people")
    assert (result.price, result.exact_price, result.rank) == (24.5, "24.99", 4)
    assert (result.active, result.active_exact) == (False, False)
    assert (result.tags, result.tags_exact) == ([3, 5, 1], [3, 5, 1])
    assert (result.day, result.moment) == (date(2014, 1, 1), datetime(2014, 1, 1))
    assert (result.kept, result.boost) == ("02", 5.0)
    assert result.object == source
    assert results.filter(name="paper")[0].price is None


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"text": "article"}, set(VALUES)),
        ({"content": "article steel"}, {"steel"}),
        ({"content": "钢"}, {"钢铁"}),
        ({"text__startswith": "rub"}, {"rubber"}),
        ({"name": "steel"}, {"steel"}),
        ({"name__exact": "steel"}, {"steel"}),
        ({"name__in": ["steel", "paper"]}, {"steel", "paper"}),
        ({"name__gt": "r"}, {"rubber", "steel", "钢铁"}),
        ({"name__fuzzy": "steal"}, {"steel"}),
        ({"name_exact": "steel"}, {"steel"}),
        ({"label": "The steel people"}, {"steel"}),
        ({"label": "steel"}, set()),
        ({"label__contains": "rub"}, {"rubber"}),
        ({"price": 24.5}, {"steel", "钢铁"}),
        ({"price__lt": 24.5}, {"rubber"}),
        ({"exact_price": "24.99"}, {"steel", "钢铁"}),
        ({"exact_price": Decimal("3")}, {"rubber"}),
        ({"active": True}, {"steel", "paper"}),
        ({"active": "false"}, {"rubber", "钢铁"}),
        ({"rank__range": (2, 3)}, {"steel", "paper"}),
        ({"tags": "heavy"}, {"steel"}),
        ({"tags__in": ["soft", "metal"]}, {"steel", "rubber"}),
        ({"day__gte": date(2013, 9, 2)}, {"rubber", "paper", "钢铁"}),
        ({"day": "2013-09-01"}, {"steel"}),
        ({"moment__lt": datetime(2013, 9, 1, 0, 0, 1)}, {"steel"}),
        ({"auto": "st"}, {"steel"}),
        ({"auto": "tee"}, set()),
        ({"grams": "tee"}, {"steel"}),
        ({"django_ct": "provenance.source"}, set(VALUES)),
        ({"django_ct__in": ["standards.body"]}, set()),
    ],
)
def test_conditions(results: SearchQuerySet, condition: dict[str, Any], found: set[str]) -> None:
    assert names(results.filter(**condition)) == found
    assert names(results.exclude(**condition)) == set(VALUES) - found


@pytest.mark.parametrize("condition", [{"kept": "02"}, {"title": "x"}, {"text__gt": "a"}])
def test_what_can_not_be_asked_is_said(results: SearchQuerySet, condition: dict[str, Any]) -> None:
    with pytest.raises(EngineQueryError):
        len(results.filter(**condition))


@pytest.mark.parametrize("results", ["reference"], indirect=True)  # words and their parts score alike there
def test_fields_weigh(results: SearchQuerySet) -> None:
    assert results.filter(name="steel")[0].score == pytest.approx(2 * results.filter(grams="steel")[0].score)


def test_facets_have_the_types_of_their_fields(results: SearchQuerySet) -> None:
    found = results.facet("name").facet("active").facet("rank").facet("day").facet("tags").facet_counts()["fields"]
    assert set(found["name"]) == {(name, 1) for name in VALUES}
    assert set(found["active"]) == {(True, 2), (False, 2)}
    assert set(found["rank"]) == {(1, 1), (2, 1), (3, 1), (4, 1)}
    assert found["day"][0] == (date(2013, 9, 2), 2)
    assert ("metal", 1) in found["tags"]


def test_figures(results: SearchQuerySet) -> None:
    found = results.date_facet("day", date(2013, 9, 1), date(2014, 9, 1), "month").facet_counts()["dates"]
    assert found == {"day": [(datetime(2013, 9, 1), 3), (datetime(2014, 1, 1), 1)]}
    hours = results.date_facet("moment", datetime(2013, 9, 1), datetime(2013, 9, 3), "hour", 6).facet_counts()["dates"]
    assert hours == {"moment": [(datetime(2013, 9, 1), 1), (datetime(2013, 9, 2), 2)]}
    assert results.query_facet("name", "steel").facet_counts()["queries"] == {"name": 1}
    stats = results.stats_facet("price", ["active"]).stats_results()["price"]
    assert (stats["count"], stats["missing"], stats["sum"]) == (3, 1, 52.0)
    assert stats["facets"]["active"][True]["sum"] == 24.5


def test_order_and_slices_past_the_window(results: SearchQuerySet) -> None:
    assert [result.rank for result in results.order_by("rank")] == [1, 2, 3, 4]
    assert [result.name for result in results.order_by("-price", "name")][:3] == ["steel", "钢铁", "rubber"]
    assert results.order_by("rank")[3].rank == 4
    assert results.order_by("rank").values_list("rank", flat=True)[2:4] == [3, 4]
    assert [result.pk for result in results.raw_search("text:indexed")[3:9]] == [results[3].pk]


def test_highlighting_and_narrowing(results: SearchQuerySet) -> None:
    (result,) = results.filter(content="steel").highlight()
    assert result.highlighted == ["All about <em>steel</em>: indexed &lt;b&gt;articles&lt;/b&gt;"]
    assert names(results.narrow('name_exact:"steel"')) == {"steel"}
    assert names(results.auto_query('articles -rubber "about steel"')) == {"steel"}
    assert results.auto_query("artcles").spelling_suggestion() == "articles"


def test_similar_objects(results: SearchQuerySet) -> None:
    source = Source.objects.get(name="steel")
    assert names(results.more_like_this(source)) == {"rubber", "paper", "钢铁"}
    assert names(results.filter(active=True).more_like_this(source)) == {"paper"}


def test_autocompletion(results: SearchQuerySet) -> None:
    assert names(results.autocomplete(auto="ste")) == {"steel"}
    assert names(results.autocomplete(auto="ste", name="ste")) == {"steel"}


@pytest.mark.parametrize("results", ["reference"], indirect=True)  # in Elasticsearch, other fields are another index
def test_objects_of_no_index_are_no_results(results: SearchQuerySet) -> None:
    install(BodyIndex())
    assert SearchQuerySet().count() == 0
    backend = connections["default"].get_backend()
    found = backend.search("*:*", limit_to_registered_models=False)
    assert (found["hits"], found["results"]) == (0, [])


def test_raw_arguments_of_the_backend(results: SearchQuerySet) -> None:
    backend = connections["default"].get_backend()
    assert backend.search("") == {"results": [], "hits": 0}
    assert backend.search("*:*")["hits"] == 4
    assert names(backend.search("steel")["results"]) == {"steel"}
    assert backend.search("articles", narrow_queries={"name:steel"})["hits"] == 1
    assert backend.search("articles", models={Body})["hits"] == 0
    assert [each.rank for each in backend.search("*:*", sort_by=[("rank", "desc")], end_offset=2)["results"]] == [4, 3]
    assert backend.search("articles", facets={"name": {}})["facets"]["fields"]["name"]
    assert backend.search("artcles")["spelling_suggestion"] == "articles"
    assert backend.search("steal", spelling_query="artcles")["spelling_suggestion"] == "articles"
    with pytest.raises(TypeError):
        backend.search("steel", collate=True)


def test_writing(results: SearchQuerySet) -> None:
    backend = connections["default"].get_backend()
    steel = Source.objects.get(name="steel")
    backend.remove(steel)
    backend.remove(f"provenance.source.{Source.objects.get(name='paper').pk}")
    backend.remove("provenance.source.421")
    assert names(SearchQuerySet()) == {"rubber", "钢铁"}
    SourceIndex().update_object(steel)
    assert names(SearchQuerySet()) == {"rubber", "钢铁", "steel"}
    backend.clear([Body])
    assert SearchQuerySet().count() == 3
    backend.clear([Source, Body])
    assert SearchQuerySet().count() == 0


def test_the_schema_is_what_the_indexes_say(results: SearchQuerySet) -> None:
    unified = install(SourceIndex())
    backend = connections["default"].get_backend()
    content, schema = backend.build_schema(unified.all_searchfields())
    assert content == "text"
    assert schema == get_engine().schema
    with pytest.raises(NotImplementedError):
        backend.extract_file_contents(None)


def test_indexes_that_are_read_anew_are_noticed(results: SearchQuerySet) -> None:
    unified = connections["default"].get_unified_index()
    assert get_engine().schema.named("price")
    unified.build(indexes=[BodyIndex()])
    assert get_engine().schema.named("price") is None


def test_results_of_an_own_class(results: SearchQuerySet) -> None:
    class Own(SearchResult):
        pass

    assert {type(result) for result in results.result_class(Own)} == {Own}


@pytest.mark.parametrize("name", RECORD_ENGINES)
def test_records_and_other_objects_do_not_share_an_index(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_engine(name, request, monkeypatch, tmp_path)
    install(StandardIndex(), SourceIndex())
    with pytest.raises(ImproperlyConfigured, match="EXCLUDED_INDEXES"):
        SearchQuerySet().count()


def test_the_embedded_engine_keeps_no_other_objects(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_engine("embedded", request, monkeypatch, tmp_path)
    install(SourceIndex())
    with pytest.raises(ImproperlyConfigured, match="Elasticsearch"):
        SearchQuerySet().count()
