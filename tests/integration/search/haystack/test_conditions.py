"""Every lookup and every way to combine conditions, against the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Q
from haystack.backends import SQ
from haystack.forms import FacetedSearchForm
from haystack.inputs import AutoQuery, Clean, Exact, Not, PythonData, Raw
from haystack.query import SearchQuerySet

from content.standards.models import Standard
from search.engines.errors import EngineQueryError
from search.engines.haystack import EngineSearchQuery


def found(results: SearchQuerySet) -> set[int]:
    return {int(pk) for pk in results.values_list("pk", flat=True)}


def meant(condition: Q) -> set[int]:
    return set(Standard.objects.public().filter(condition).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("lookup", "value", "condition"),
    [
        ("status", "in_force", Q(status="in_force")),
        ("status__exact", "withdrawn", Q(status="withdrawn")),
        ("status__in", ["withdrawn", "draft"], Q(status__in=["withdrawn", "draft"])),
        ("status__in", {"withdrawn"}, Q(status="withdrawn")),
        ("status__in", [], Q(pk=None)),
        ("year", 2015, Q(year=2015)),
        ("year__exact", "2015", Q(year=2015)),
        ("year__in", [2015, "2008", 1], Q(year__in=[2015, 2008])),
        ("year__gt", 2015, Q(year__gt=2015)),
        ("year__gte", 2015, Q(year__gte=2015)),
        ("year__lt", 1980, Q(year__lt=1980)),
        ("year__lte", 1980, Q(year__lte=1980)),
        ("year__gt", 2014.5, Q(year__gt=2014)),
        ("year__range", (2008, 2010), Q(year__range=(2008, 2010))),
        ("year__range", [2010, 2008], Q(pk=None)),
        ("published__gte", date(2015, 9, 2), Q(published__gte="2015-09-02")),
        ("published__lt", "1980-01-01", Q(published__lt="1980-01-01") & ~Q(published="")),
        ("published__range", [datetime(2008, 1, 1), datetime(2008, 12, 31)], Q(published__startswith="2008")),
        ("body", "ISO", Q(body="ISO")),
        ("body__startswith", "ISO", Q(body__code__startswith="ISO")),
        ("body__endswith", "IEC", Q(body__code__endswith="IEC")),
        ("body__contains", "O/I", Q(body__code__contains="O/I")),
        ("body__gt", "ISO", Q(body__code__gt="ISO")),
        ("body__range", ("ISO", "ISO/IEC"), Q(body__code__range=("ISO", "ISO/IEC"))),
        ("ics", "03.120.10", Q(ics="03.120.10")),
        ("ics__startswith", "03.12", Q(ics__code__startswith="03.12")),
        ("slug", "iso-9001-2015", Q(slug="iso-9001-2015")),
        ("title_en", "vocabulary", Q(title_en__iregex=r"\bvocabular(y|ies)\b")),
        ("title_en", "quality vocabulary", Q(title_en__iregex=r"\bquality") & Q(title_en__iregex=r"\bvocabular")),
        ("title_en__exact", "quality management systems", Q(title_en__iregex="quality management systems?")),
        ("title_en__startswith", "vocab", Q(title_en__iregex=r"\bvocab")),
        ("title_en__endswith", "graphy", Q(title_en__iregex=r"graphy\b")),
        ("title_en__contains", "ocabul", Q(title_en__icontains="ocabul")),
        ("title_fr__startswith", "véhic", Q(title_fr__iregex=r"\bv(é|e)hic")),
        ("title_zh", "标准", Q(title_zh__contains="标准")),
        ("title_zh__contains", "标准", Q(title_zh__contains="标准")),
        ("title_zh__exact", "标准化", Q(title_zh__contains="标准化")),
        ("designation", "ISO 9001:2015", Q(designation="ISO 9001:2015")),
        ("designation__exact", "iso9001-2015", Q(designation="ISO 9001:2015")),
        ("undated", "ISO 9001", Q(undated_slug="iso-9001")),
        ("family", "ISO 9001", Q(family_slug="iso-9001")),
        ("number", "9001", Q(number="9001")),
    ],
)
def test_lookups(all_records: SearchQuerySet, lookup: str, value: Any, condition: Q) -> None:
    wanted = meant(condition)
    assert found(all_records.filter(**{lookup: value})) == wanted
    assert wanted or condition == Q(pk=None), "the records must have some, or the test says nothing"
    assert all_records.exclude(**{lookup: value}).count() == Standard.objects.public().count() - len(wanted)


def test_words_that_are_misspelled(all_records: SearchQuerySet) -> None:
    assert found(all_records.filter(title_en__fuzzy="vocabulery")) >= meant(Q(title_en__iregex=r"\bvocabular(y|ies)\b"))
    assert found(all_records.filter(title_en="vocabulery")) == set()


def test_combinations(all_records: SearchQuerySet) -> None:
    current, old, iso = SQ(status="in_force"), SQ(year__lt=1990), SQ(body="ISO")
    in_force, early, of_iso = Q(status="in_force"), Q(year__lt=1990), Q(body="ISO")
    assert found(all_records.filter(current, old)) == meant(in_force & early)
    assert found(all_records.filter(current).filter(old)) == meant(in_force & early)
    assert found(all_records.filter(current | old)) == meant(in_force | early)
    assert found(all_records.filter(current).filter_or(old)) == meant(in_force | early)
    assert found(all_records.filter((current & ~old) | ~iso)) == meant((in_force & ~early) | ~of_iso)
    assert found(all_records.exclude(current | old)) == meant(~(in_force | early))
    assert found(all_records.filter(current) & all_records.filter(old)) == meant(in_force & early)
    assert found(all_records.filter(current) | all_records.filter(old)) == meant(in_force | early)
    assert found(all_records.exclude(status="in_force").exclude(year__lt=1990)) == meant(~in_force & ~early)


def test_identity(all_records: SearchQuerySet) -> None:
    standard = Standard.objects.get(designation="ISO 9001:2015")
    for condition in (
        {"id": f"standards.standard.{standard.pk}"},
        {"django_id": standard.pk},
        {"django_id__in": [standard.pk]},
        {"key": f"standard:{standard.pk}"},
        {"django_ct": "standards.standard", "slug": standard.slug},
    ):
        assert found(all_records.filter(**condition)) == {standard.pk}
    assert all_records.filter(django_ct="provenance.source").count() == 0
    with pytest.raises(EngineQueryError):
        len(all_records.filter(id="provenance.source.1"))


def test_the_content_is_searched_as_the_site_does(all_records: SearchQuerySet) -> None:
    for results in (all_records.auto_query("ISO 9001:2015"), all_records.filter(content="iso 9001-2015")):
        assert results[0].object.designation == "ISO 9001:2015"
    assert all_records.auto_query("quality management systems requirements")[0].object.undated_slug == "iso-9001"
    titles = all_records.auto_query("质量管理").values_list("title_en", flat=True)[:5]
    assert all("uality management" in title for title in titles)


def test_what_people_type(all_records: SearchQuerySet) -> None:
    quality = all_records.auto_query("quality management")
    assert found(all_records.auto_query("quality management -systems")) == {
        pk for pk in found(quality) if not meant(Q(pk=pk, title_en__icontains="system") | Q(title_fr="systems", pk=pk))
    }
    phrase = found(all_records.auto_query('"quality management systems"'))
    assert phrase <= found(quality)
    assert meant(Q(title_en__icontains="quality management systems")) <= phrase
    in_titles = all_records.auto_query('"quality management" -systems', fieldname="title_en")
    assert found(in_titles) == meant(Q(title_en__icontains="quality management") & ~Q(title_en__iregex=r"\bsystems?\b"))
    assert found(all_records.auto_query("")) == meant(Q())


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"',
            "-",
            "*:*",
            "title_en:(",
            "[* TO *]",
            "{",
            "AND OR NOT",
            "\\",
            "a~5",
            "status:in_force",
            "\ud800",
        ),
        *("/.*.*.*x/", "44°48'40''N 20°28'32''E", "x" * 5000, "(" * 500, " OR ".join(["a"] * 500), "\u202e\u0000é"),
    ],
)
def test_hostile_texts_are_words(all_records: SearchQuerySet, text: str) -> None:
    everything = all_records.count()
    for results in (
        all_records.auto_query(text),
        all_records.filter(content=text),
        all_records.filter(title_en__startswith=text),
        all_records.filter(title_zh__contains=text),
        all_records.filter(body__contains=text),
        all_records.filter(title_en=Exact(text)),
        all_records.autocomplete(title_en=text) if text.strip() else all_records.none(),
    ):
        assert len(results) < everything


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        (Clean("vocabulary"), Q(title_en__iregex=r"\bvocabular(y|ies)\b")),
        (Exact("quality management"), Q(title_en__icontains="quality management")),
        (Not("vocabulary"), ~Q(title_en__iregex=r"\bvocabular(y|ies)\b")),
        (
            AutoQuery("rubber -vocabulary"),
            Q(title_en__iregex=r"\brubber") & ~Q(title_en__iregex=r"\bvocabular(y|ies)\b"),
        ),
        (Raw("vocabulary"), Q(title_en__iregex=r"\bvocabular(y|ies)\b")),
        (PythonData("vocabulary"), Q(title_en__iregex=r"\bvocabular(y|ies)\b")),
    ],
)
def test_input_types(all_records: SearchQuerySet, value: Any, condition: Q) -> None:
    assert found(all_records.filter(title_en=value)) == meant(condition)


def test_raw_queries(all_records: SearchQuerySet) -> None:
    assert all_records.raw_search("*:*").count() == Standard.objects.public().count()
    assert found(all_records.raw_search("status:in_force AND year:2015")) == meant(Q(status="in_force", year=2015))
    combined = all_records.raw_search("year:[2008 TO 2010]").filter(status="in_force")
    assert found(combined) == meant(Q(year__range=(2008, 2010), status="in_force"))
    with pytest.raises(EngineQueryError):
        len(all_records.raw_search("title_en:((("))


def test_narrowing(all_records: SearchQuerySet) -> None:
    assert found(all_records.narrow('status:"in_force"').narrow("year:2015")) == meant(Q(status="in_force", year=2015))
    condition = (SQ(status="in_force") & ~SQ(year__lt=2000)) | SQ(body="IEC")
    assert found(all_records.narrow(condition)) == meant((Q(status="in_force") & ~Q(year__lt=2000)) | Q(body="IEC"))
    hostile = 'x") OR *:* OR title_en:("y'
    assert all_records.narrow(SQ(title_en=hostile)).count() == 0
    # As Haystack's own form of facets writes what a reader chose.
    chosen = EngineSearchQuery().clean('in_force" OR "withdrawn')
    assert all_records.narrow(f'status:"{chosen}"').count() == 0


def test_models(all_records: SearchQuerySet) -> None:
    assert all_records.models(Standard).count() == Standard.objects.public().count()
    with pytest.warns(UserWarning, match="not registered"):
        assert all_records.models(type(Standard.objects.first().body)).count() == 0  # type: ignore[union-attr]


def test_autocomplete(all_records: SearchQuerySet) -> None:
    assert found(all_records.autocomplete(title_en="qual man sys")) >= meant(
        Q(title_en__icontains="quality management system")
    )
    assert found(all_records.autocomplete(title_en="vocab")) == meant(Q(title_en__iregex=r"\bvocab"))


def test_the_forms_of_haystack(all_records: SearchQuerySet) -> None:
    form = FacetedSearchForm({"q": "vocabulary"}, selected_facets=['status:x" OR "in_force'])
    assert form.is_valid()
    assert form.search().count() == 0
    form = FacetedSearchForm({"q": "vocabulary"}, selected_facets=["status:in_force"])
    assert form.is_valid()
    assert found(form.search()) == found(all_records.auto_query("vocabulary").filter(status="in_force"))
    form = FacetedSearchForm({"q": "vocabulery"})
    assert form.is_valid()
    assert form.get_suggestion() == "vocabulary"


@pytest.mark.parametrize(
    "condition",
    [
        {"nosuch": 1},
        {"year__range": 5},
        {"year": "MMXV"},
        {"year__startswith": "20"},
        {"title_en__gt": "a"},
        {"status": None},
    ],
)
def test_what_can_not_be_asked_is_said(all_records: SearchQuerySet, condition: dict[str, Any]) -> None:
    with pytest.raises(EngineQueryError):
        len(all_records.filter(**condition))
