"""One object, prepared by Haystack, and many, projected in bulk: the documents are the same."""

from __future__ import annotations

from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID

from content.standards.models import FilePage, Standard
from search import documents, schema
from search.engines.haystack.indexes import SchemaField
from search.search_indexes import StandardIndex
from tests.factories import make_file, make_standard, relate


def as_document(standard: Standard) -> dict[str, Any]:
    """What Haystack prepares of one object, without what is Haystack's own."""
    prepared: dict[str, Any] = StandardIndex().full_prepare(standard)
    assert prepared.pop(ID) == f"standards.standard.{standard.pk}"
    assert (prepared.pop(DJANGO_CT), prepared.pop(DJANGO_ID)) == ("standards.standard", str(standard.pk))
    return prepared


def test_one_object_gives_the_document_that_the_bulk_gives(loaded: None, db: None) -> None:
    """Over every tenth of the bundled records, and all that are special."""
    special = Standard.objects.filter(files__isnull=False) | Standard.objects.exclude(title_zh="")
    ids = [
        *Standard.objects.public().order_by("pk").values_list("pk", flat=True)[::10],
        *special.values_list("pk", flat=True),
    ]
    bulk = {each["key"]: each for each in documents.standard_documents(sorted(set(ids))) if each["type"] == "standard"}
    assert len(bulk) == len(set(ids)) > 100
    for standard in Standard.objects.filter(pk__in=ids):
        assert as_document(standard) == bulk[f"standard:{standard.pk}"]


def test_likewise_of_records_that_hang_together(loaded: None, db: None) -> None:
    old, new = make_standard("ISO 99001:2008", status="superseded"), make_standard("ISO 99001:2015", ics=("03.120.10",))
    adoption = make_standard("GB/T 99001-2016", title_zh="质量管理体系 要求", ccs=("A00",), scope="本标准规定了要求。")
    relate(new, "replaces", old)
    relate(adoption, "adopts", new, degree="IDT")
    relate(adoption, "replaces", "GB/T 19001-2008")
    file = make_file(adoption)
    FilePage.objects.create(file=file, number=1, text="第一页 PVC-U")
    FilePage.objects.create(file=file, number=2, text=" ")
    ids = [old.pk, new.pk, adoption.pk]
    bulk = list(documents.standard_documents(ids))
    assert [as_document(each) for each in (old, new, adoption)] == [each for each in bulk if each["type"] == "standard"]
    assert [each for one in (old, new, adoption) for each in StandardIndex().documents(one)] == bulk


def test_the_index_has_the_fields_of_the_schema() -> None:
    index = StandardIndex()
    content, *fields = index.fields.values()
    assert content.document
    assert [field.schema_field for field in fields if isinstance(field, SchemaField)] == list(schema.FIELDS)
    assert len(fields) == len(schema.FIELDS)
    assert index.get_updated_field() == "updated_at"
