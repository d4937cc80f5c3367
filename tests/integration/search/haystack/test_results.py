"""What comes back: results, their order and slices, and how many searches that costs."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from django.utils import timezone
from haystack.exceptions import MoreLikeThisError
from haystack.models import SearchResult
from haystack.query import RelatedSearchQuerySet, SearchQuerySet

from content.standards.models import Standard
from search.clauses import Request
from search.engines.base import Engine
from search.engines.errors import EngineQueryError
from search.engines.haystack import EngineSearchQuery
from search.engines.haystack.paging import Reading, read


def keys(results: Any) -> list[int]:
    return [int(result.pk) for result in results]


def all_keys(results: SearchQuerySet) -> list[int]:
    """Without the stored fields, which take most of the time."""
    return [int(pk) for pk in results.values_list("pk", flat=True)]


def public() -> int:
    return Standard.objects.public().count()


def test_a_result_has_the_values_of_the_record(all_records: SearchQuerySet) -> None:
    standard = Standard.objects.get(designation="ISO 9001:2015")
    (result,) = all_records.filter(designation="ISO 9001:2015")
    assert (result.app_label, result.model_name, result.pk) == ("standards", "standard", str(standard.pk))
    assert (result.id, result.key) == (f"standards.standard.{standard.pk}", f"standard:{standard.pk}")
    assert (result.title_en, result.title_fr) == (standard.title_en, standard.title_fr)
    assert (result.year, result.status, result.published.isoformat()) == (2015, "in_force", "2015-09-01")
    assert result.ics == ["03", "03.100", "03.100.70", "03.120", "03.120.10"]
    assert result.title_zh is None
    assert result.object == standard
    assert result.model is Standard
    assert result.content_type() == "standards.standard"
    assert result.get_additional_fields()["title_en"] == standard.title_en
    assert result.score > 0


def test_values_are_true_even_where_the_index_is_behind(all_records: SearchQuerySet) -> None:
    Standard.objects.filter(designation="ISO 9001:2015").update(title_en="Changed since")
    assert all_records.filter(designation="ISO 9001:2015")[0].title_en == "Changed since"
    Standard.objects.filter(designation="ISO 9001:2015").update(hidden_at=timezone.now())
    hidden = all_records.filter(designation="ISO 9001:2015")[0]
    assert hidden.title_en is None
    assert hidden.object is None
    assert list(all_records.filter(designation="ISO 9001:2015").load_all()) == []


def test_values_cost_a_bounded_number_of_queries(
    all_records: SearchQuerySet, django_assert_max_num_queries: Any
) -> None:
    for size in (10, 150):
        with django_assert_max_num_queries(14):
            assert all(result.slug for result in all_records[:size])
    with django_assert_max_num_queries(0):
        assert len(all_records.values_list("pk", "id", "score")[:100]) == 100
        assert len({result.id for result in all_records[:100]}) == 100


def test_values_and_lists_of_values(all_records: SearchQuerySet) -> None:
    ordered = all_records.order_by("sort_key")
    standards = list(Standard.objects.public().order_by("sort_key")[:30])
    assert ordered.values_list("pk", flat=True)[:30] == [str(one.pk) for one in standards]
    assert ordered.values_list("slug", "year")[10:20] == [[one.slug, one.year] for one in standards[10:20]]
    assert ordered.values("slug")[3] == {"slug": standards[3].slug}
    with pytest.raises(EngineQueryError, match="flat list"):
        list(ordered.filter(year=2015).values_list("title_zh", flat=True))


def test_objects_at_once(all_records: SearchQuerySet, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(1):
        objects = [result.object for result in all_records.load_all()[:100]]
    assert len(set(objects)) == 100
    assert all(isinstance(one, Standard) for one in objects)
    related = RelatedSearchQuerySet().load_all().load_all_queryset(Standard, Standard.objects.filter(year__gte=2015))
    assert {one.object.year >= 2015 for one in related.filter(year__gte=2010)} == {True}


def test_other_classes_of_results(all_records: SearchQuerySet) -> None:
    class Other(SearchResult):
        pass

    other = all_records.result_class(Other)[0]
    assert type(other) is Other
    assert other.slug == other.object.slug
    assert type(all_records.result_class(Other).result_class(None)[0]) is type(all_records[0])
    assert isinstance(all_records[0], SearchResult)


def test_pages_come_under_their_record(all_records: SearchQuerySet) -> None:
    (result,) = all_records.auto_query("zeugmatic")
    assert result.object.designation == "ISO 14001:2015"
    assert [number for number, _file, _score in result.pages] == [2]
    assert all_records.filter(content_en="zeugmatic").count() == 1
    assert all_records.filter(type="page").count() == 0


def test_highlighting(all_records: SearchQuerySet) -> None:
    marked = all_records.filter(title_en="vocabulary").highlight()[:5]
    assert all("<em>" in result.highlighted[0] for result in marked)
    other = all_records.filter(title_en="vocabulary").highlight(pre_tags=["[["], post_tags=["]]"], fields=["title_en"])
    assert all(len(result.highlighted) == 1 and "[[" in result.highlighted[0] for result in other[:5])
    assert any("<em>质量" in text for text in all_records.auto_query("质量").highlight()[0].highlighted)
    assert all_records.filter(status="in_force").highlight()[0].highlighted == []
    assert all_records[0].highlighted is None


class TestOrder:
    def test_by_one_key(self, all_records: SearchQuerySet) -> None:
        years = [year for (year,) in all_records.order_by("-year").values_list("year")]
        found = [year for year in years if year is not None]
        assert found == sorted(found, reverse=True)
        assert len(found) == Standard.objects.public().exclude(year=None).count()
        designations = list(all_records.order_by("sort_key").values_list("sort_key", flat=True))
        assert designations == sorted(designations)

    def test_by_several_keys_none_is_lost(self, all_records: SearchQuerySet) -> None:
        found = all_keys(all_records.filter(year__gte=1).order_by("-year", "sort_key"))
        assert found == list(
            Standard.objects.public().filter(year__gte=1).order_by("-year", "sort_key").values_list("pk", flat=True)
        )
        three = all_records.order_by("weight", "-year", "-sort_key").values_list("weight", "year", "sort_key")
        rows = [tuple(row) for row in three]
        assert rows == sorted(
            sorted(rows, key=lambda row: row[2], reverse=True),
            key=lambda row: (row[0], row[1] is None, -(row[1] or 0)),
        )

    @pytest.mark.parametrize("name", ["nosuch", "status", "title_en", "text"])
    def test_what_does_not_order_is_said(self, all_records: SearchQuerySet, name: str) -> None:
        with pytest.raises(EngineQueryError):
            all_records.order_by(name)[0]

    def test_the_latest_and_the_best(self, all_records: SearchQuerySet) -> None:
        newest = all_records.latest("published")
        assert newest.published == max(day for (day,) in all_records.values_list("published") if day)
        assert all_records.auto_query("ISO 9001:2015").best_match().object.designation == "ISO 9001:2015"

    def test_boosted_terms_come_first(self, all_records: SearchQuerySet) -> None:
        plain = all_records.filter(title_en="vocabulary")
        boosted = plain.boost("rubber", 10.0)
        assert boosted.count() == plain.count()
        first = all_records.filter(title_en="documentation").boost("preservation", 20.0)[0]
        assert "preserv" in first.title_en.lower()


class TestSlices:
    def test_iterating_costs_few_searches(self, all_records: SearchQuerySet, searches: list[Request]) -> None:
        assert len(set(keys(all_records[:1000]))) == 1000
        assert len(searches) == 1
        searches.clear()
        seen = all_keys(all_records)
        assert len(seen) == len(set(seen)) == public() > 1000
        assert len(searches) <= 5

    def test_a_search_counts_and_fetches_no_more_than_is_asked(
        self, all_records: SearchQuerySet, searches: list[Request]
    ) -> None:
        assert all_records.count() == len(all_records) == public()
        assert [request.size for request in searches] == [0]
        searches.clear()
        assert len(all_records.order_by("sort_key")[20:40]) == 20
        assert [(request.offset, request.size) for request in searches] == [(20, 20)]

    def test_slices_are_parts_of_the_whole(self, all_records: SearchQuerySet) -> None:
        results = all_records.filter(year__gte=2000).order_by("-year")
        whole = all_keys(results)
        for part in (slice(0, 1), slice(7, 33), slice(len(whole) - 3, len(whole)), slice(len(whole), len(whole) + 9)):
            assert keys(results.all()[part]) == whole[part]
        assert keys([results.all()[len(whole) - 1]]) == whole[-1:]
        assert keys(results.all()[5:]) == whole[5:]
        assert keys(results.all()[:]) == whole

    def test_a_slice_past_the_window_is_walked_to(
        self, engine: Engine, all_records: SearchQuerySet, searches: list[Request], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        results = all_records.order_by("sort_key")
        whole = all_keys(results)
        monkeypatch.setattr(type(engine), "window", 100)
        monkeypatch.setattr("search.engines.haystack.paging.KEYS", 100)
        searches.clear()
        assert keys(results.all()[1000:1010]) == whole[1000:1010]
        assert all(request.after or request.offset + request.size <= 100 for request in searches)
        assert max(request.size for request in searches) <= 100
        searches.clear()
        assert all_keys(results) == whole
        assert len(searches) <= public() / 100 + 5

    def test_reading_goes_on_from_where_it_was(self, engine: Engine, searches: list[Request]) -> None:
        from search.clauses import Everything

        reading, request = Reading(), Request(Everything())
        answer, hits = read(engine, request, 0, None, reading)
        assert len(hits) == answer.total
        for start, stop in ((0, 50), (50, 100), (300, 310), (100, 400), (20, 30), (answer.total, answer.total + 5)):
            assert read(engine, request, start, stop, reading)[1] == hits[start:stop]

    def test_results_can_be_kept(self, all_records: SearchQuerySet) -> None:
        results = all_records.filter(year=2015).narrow("status:in_force").highlight()
        assert len(list(results)) > 1
        copied = pickle.loads(pickle.dumps(results))  # noqa: S301 - our own
        assert [result.id for result in copied] == [result.id for result in results]
        assert [result.title_en for result in copied] == [result.title_en for result in results]
        assert copied[0].get_additional_fields() == results[0].get_additional_fields()
        assert copied.query.build_query() == results.query.build_query()


class TestSimilar:
    def test_similar_standards(self, all_records: SearchQuerySet) -> None:
        standard = Standard.objects.get(designation="ISO 9001:2015")
        similar = all_records.more_like_this(standard)
        found = [result.object for result in similar[:10]]
        assert len(found) == 10
        assert similar.count() > 10
        assert not [one for one in found if one.undated_slug == "iso-9001"]
        assert all("quality" in one.title_en.lower() or "management" in one.title_en.lower() for one in found)

    def test_similar_among_others(self, all_records: SearchQuerySet) -> None:
        standard = Standard.objects.get(designation="ISO 14001:2015")
        current = all_records.filter(status="in_force").more_like_this(standard)
        assert {result.status for result in current[:20]} == {"in_force"}
        assert current.count() < all_records.more_like_this(standard).count()
        assert all_records.models(Standard).more_like_this(standard)[0].pk
        deferred = Standard.objects.defer("title_en").get(pk=standard.pk)
        assert keys(all_records.more_like_this(deferred)[:5]) == keys(all_records.more_like_this(standard)[:5])

    def test_without_an_object_there_is_none(self, all_records: SearchQuerySet) -> None:
        with pytest.raises(MoreLikeThisError):
            EngineSearchQuery().run_mlt()


def test_spelling(all_records: SearchQuerySet) -> None:
    assert all_records.auto_query("vocabulery").spelling_suggestion() == "vocabulary"
    assert all_records.spelling_suggestion("qualty managemnt") == "quality management"
    assert all_records.set_spelling_query("managemnt").spelling_suggestion() == "management"
    assert all_records.auto_query("vocabulary").spelling_suggestion() is None
    assert all_records.filter(status="in_force").spelling_suggestion() is None


def test_no_results_and_none(all_records: SearchQuerySet) -> None:
    assert list(all_records.filter(title_en="zzzyx")) == []
    assert list(all_records.none()) == []
    assert all_records.filter(year__gt=3000).count() == 0
