"""Facets, stretches of time, conditions and statistics, against the database."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from statistics import fmean, stdev
from typing import Any

import pytest
from django.db.models import Q
from haystack.exceptions import FacetingError, SpatialError
from haystack.query import SearchQuerySet

from content.standards.models import Standard
from search.clauses import Request
from search.engines.errors import EngineQueryError


def counted(name: str, **condition: Any) -> dict[Any, int]:
    rows = Standard.objects.public().filter(**condition).values_list(name, flat=True)
    return dict(Counter(value for value in rows if value is not None))


def test_facets(all_records: SearchQuerySet) -> None:
    found = all_records.facet("status").facet("year").facet("body").facet_counts()
    assert found["dates"] == found["queries"] == {}
    for name in ("status", "year", "body"):
        assert dict(found["fields"][name]) == counted(name)
        counts = [count for _value, count in found["fields"][name]]
        assert counts == sorted(counts, reverse=True)


def test_facets_are_of_the_matches(all_records: SearchQuerySet) -> None:
    narrowed = all_records.filter(year=2015).narrow('body:"ISO"').facet("status")
    assert dict(narrowed.facet_counts()["fields"]["status"]) == counted("status", year=2015, body="ISO")
    assert narrowed.filter(title_en="zzzyx").facet_counts()["fields"]["status"] == []


def test_a_facet_is_not_cut_unless_one_asks(all_records: SearchQuerySet) -> None:
    classes = all_records.facet("ics").facet_counts()["fields"]["ics"]
    assert len(classes) > 100
    assert all_records.facet("ics", size=7).facet_counts()["fields"]["ics"] == classes[:7]
    both = all_records.facet("ics", size=7).facet("status", order="term").facet_counts()["fields"]
    assert both["ics"] == classes[:7]
    assert [value for value, _count in both["status"]] == sorted(value for value, _count in both["status"])
    rare = all_records.facet("ics", order="reverse_count", size=3).facet_counts()["fields"]["ics"]
    assert [count for _value, count in rare] == [1, 1, 1]
    often = all_records.facet("ics", mincount=20).facet_counts()["fields"]["ics"]
    assert often == [pair for pair in classes if pair[1] >= 20]


def test_stretches_of_time(all_records: SearchQuerySet) -> None:
    by_year = all_records.date_facet("published", date(2000, 1, 1), date(2020, 1, 1), gap_by="year").facet_counts()
    years = Counter(int(day[:4]) for day in Standard.objects.public().values_list("published", flat=True) if day)
    assert by_year["dates"]["published"] == [
        (datetime(year, 1, 1), years[year]) for year in range(2000, 2020) if years[year]
    ]
    five = all_records.date_facet("published", datetime(2000, 1, 1), datetime(2020, 1, 1), "year", 5).facet_counts()
    assert five["dates"]["published"][0] == (datetime(2000, 1, 1), sum(years[year] for year in range(2000, 2005)))
    months = all_records.filter(year=2015).date_facet("published", date(2015, 1, 1), date(2016, 1, 1), "month")
    assert (
        datetime(2015, 9, 1),
        Standard.objects.public().filter(year=2015, published__startswith="2015-09").count(),
    ) in (months.facet_counts()["dates"]["published"])


def test_conditions(all_records: SearchQuerySet) -> None:
    found = (
        all_records.query_facet("year", "[2008 TO 2010]")
        .query_facet("status", '"in_force"')
        .query_facet("title_en", "quality management")
        .facet_counts()["queries"]
    )
    assert found == {
        "year": Standard.objects.public().filter(year__range=(2008, 2010)).count(),
        "status": counted("status")["in_force"],
        "title_en": all_records.filter(title_en="quality management").count(),
    }
    two = all_records.query_facet("year", "[2008 TO 2009]").query_facet("year", "2010").facet_counts()["queries"]
    assert two == {
        "year:[2008 TO 2009]": Standard.objects.public().filter(year__in=(2008, 2009)).count(),
        "year:2010": counted("year")[2010],
    }


def test_statistics(all_records: SearchQuerySet) -> None:
    years = [year for year in Standard.objects.public().values_list("year", flat=True) if year]
    found = all_records.stats("year").stats_results()["year"]
    assert (found["count"], found["min"], found["max"], found["sum"]) == (
        len(years),
        min(years),
        max(years),
        sum(years),
    )
    assert found["missing"] == Standard.objects.public().filter(year=None).count()
    assert found["mean"] == pytest.approx(fmean(years))
    assert found["stddev"] == pytest.approx(stdev(years))
    assert found["sumOfSquares"] == pytest.approx(sum(year * year for year in years))
    by = all_records.stats_facet("year", ["status", "body"]).stats_results()["year"]["facets"]
    assert {value: one["count"] for value, one in by["status"].items() if one["count"]} == counted("status", year__gt=0)
    of_iso = Standard.objects.public().filter(body="ISO", year__gt=0).order_by("-year")
    assert by["body"]["ISO"]["max"] == of_iso[0].year
    of_few = all_records.filter(status="withdrawn").stats("year").stats_results()["year"]
    assert of_few["count"] == Standard.objects.public().filter(Q(status="withdrawn"), year__gt=0).count()


def test_figures_cost_one_search_with_the_results(all_records: SearchQuerySet, searches: list[Request]) -> None:
    results = all_records.facet("status").stats("year").filter(year__gte=2000)
    page = results[:10]
    assert len(page) == 10
    assert results.facet_counts()["fields"]["status"]
    assert results.stats_results()["year"]["count"]
    assert results.count() > 10
    assert len(searches) == 1
    assert len(results[10:20]) == 10
    assert [bool(request.facets) for request in searches] == [True, False]


@pytest.mark.parametrize(
    ("results", "error"),
    [
        (lambda all_: all_.facet("title_en"), EngineQueryError),
        (lambda all_: all_.facet("nosuch"), EngineQueryError),
        (lambda all_: all_.facet("text"), EngineQueryError),
        (lambda all_: all_.facet("status", prefix="i"), FacetingError),
        (lambda all_: all_.date_facet("status", date(2000, 1, 1), date(2001, 1, 1), "day"), EngineQueryError),
        (lambda all_: all_.date_facet("published", date(1, 1, 1), date(9999, 1, 1), "day"), EngineQueryError),
        (lambda all_: all_.date_facet("published", date(2000, 1, 1), date(2001, 1, 1), "hour"), EngineQueryError),
        (lambda all_: all_.date_facet("published", date(2000, 1, 1), date(2001, 1, 1), "century"), FacetingError),
        (lambda all_: all_.stats("status"), EngineQueryError),
        (lambda all_: all_.query_facet("year", "[2008 TO"), EngineQueryError),
    ],
)
def test_what_can_not_be_counted_is_said(all_records: SearchQuerySet, results: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        results(all_records).facet_counts()


def test_places_are_not_known(all_records: SearchQuerySet) -> None:
    all_records.query.distance_point = {"field": "place"}  # type: ignore[union-attr]
    with pytest.raises(SpatialError):
        all_records[0]
