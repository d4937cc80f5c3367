"""ISO Open Data's file: what its lines become, and what broken ones do."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.standards.items import RelationItem, StandardItem
from crawlers.documents import MAX_LINE, Document, Rejected
from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers.iso import parse_deliverable, parse_deliverables

QUALITY: dict[str, Any] = {
    "id": 62085,
    "deliverableType": "IS",
    "supplementType": None,
    "reference": "ISO 9001:2015",
    "title": {"en": "Quality management systems — Requirements", "fr": "Systèmes de management de la qualité"},
    "publicationDate": "2015-09-22",
    "edition": 5,
    "icsCode": ["03.100.70", "03.120.10"],
    "ownerCommittee": "ISO/TC 176/SC 2",
    "currentStage": 9092,
    "replaces": [46486, 99999999],
    "replacedBy": None,
    "languages": ["en", "fr"],
    "pages": {"en": 29},
    "scope": {"en": "<p>Requirements where an organization:</p>\\n<ul><li>wants &amp; needs</li></ul>\\n"},
}
REFERENCES = {62085: "ISO 9001:2015", 46486: "ISO 9001:2008", 54538: "ISO 9001:2008/Cor 1:2009"}


def line(**changes: Any) -> bytes:
    return orjson.dumps(QUALITY | changes)


def read(*lines: bytes) -> list[StandardItem | Rejected]:
    return list(parse_deliverables(Document.of("https://example.org/iso.jsonl", b"\n".join(lines) + b"\n")))


def test_a_line_says_all_it_has() -> None:
    assert parse_deliverable(line(), REFERENCES) == StandardItem(
        key="62085",
        url="https://www.iso.org/standard/62085.html",
        designation="ISO 9001:2015",
        title_en="Quality management systems — Requirements",
        title_fr="Systèmes de management de la qualité",
        scope="Requirements where an organization:\n- wants & needs",
        edition="5",
        status="in_force",
        stage="90.92",
        published="2015-09-22",
        ics=("03.100.70", "03.120.10"),
        committee="ISO/TC 176/SC 2",
        languages=("en", "fr"),
        pages=29,
        relations=(RelationItem(kind="replaces", designation="ISO 9001:2008"),),
    )


def test_a_field_nobody_reads_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    assert len(read(line(abstract="…"), line(id=2, abstract="…"))) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "https://example.org/iso.jsonl: fields nobody reads: abstract"
    ]


@pytest.mark.parametrize(
    ("stage", "replaced_by", "status"),
    [
        (0, None, "draft"),
        (3060, None, "draft"),
        (4098, None, "withdrawn"),
        (6000, None, "upcoming"),
        (6060, None, "in_force"),
        (9060, None, "in_force"),
        (9093, None, "in_force"),
        (9599, None, "withdrawn"),
        (9599, [46486], "superseded"),
    ],
)
def test_stage_tells_status(stage: int, replaced_by: list[int] | None, status: str) -> None:
    assert parse_deliverable(line(currentStage=stage, replacedBy=replaced_by), REFERENCES).status == status


@pytest.mark.parametrize("absent", ["languages", "pages", "scope", "publicationDate", "icsCode", "ownerCommittee"])
def test_absent_and_null_values_say_nothing(absent: str) -> None:
    without = {name: value for name, value in QUALITY.items() if name != absent}
    assert parse_deliverable(orjson.dumps(without), REFERENCES) == parse_deliverable(line(**{absent: None}), REFERENCES)


def test_dates_keep_their_precision() -> None:
    assert parse_deliverable(line(publicationDate="2009-11"), REFERENCES).published == "2009-11"
    assert parse_deliverable(line(publicationDate=None), REFERENCES).published == ""


def test_placeholder_titles_are_no_titles() -> None:
    title = {"en": "Steel", "fr": "Titre manque - Partie 1: Titre manque"}
    assert parse_deliverable(line(title=title), REFERENCES).title_fr == ""


def test_kind_where_the_reference_does_not_tell() -> None:
    assert parse_deliverable(line(deliverableType="TTA", reference="ISO/TTA 1:1994"), REFERENCES).kind
    amendment = line(reference="ISO 9001:2015/Amd 1:2024", supplementType="Amd", deliverableType="IS")
    assert parse_deliverable(amendment, REFERENCES).kind == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "missing_value"),
        ({"id": True}, "wrong_type"),
        ({"reference": 9001}, "wrong_type"),
        ({"reference": " "}, "invalid_value"),
        ({"currentStage": 6061}, "unknown_value"),
        ({"currentStage": "6060"}, "wrong_type"),
        ({"deliverableType": "POEM"}, "unknown_value"),
        ({"publicationDate": "22.09.2015"}, "bad_date"),
        ({"publicationDate": "2015-19-22"}, "invalid_value"),
        ({"icsCode": ["3.100"]}, "invalid_value"),
        ({"icsCode": "03.100.70"}, "wrong_type"),
        ({"title": {"en": "x" * 1001}}, "invalid_value"),
        ({"title": {"en": ["x"]}}, "wrong_type"),
        ({"scope": {"en": 5}}, "wrong_type"),
        ({"title": {"en": "a\u0000b"}}, "invalid_value"),
        ({"scope": {"en": "a\u0000b"}}, "invalid_value"),
        ({"pages": {"en": -1}}, "invalid_value"),
    ],
)
def test_bad_values_are_named(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_deliverable(line(**changes), REFERENCES)
    assert caught.value.reason == reason


def test_a_broken_line_is_set_aside_and_reading_goes_on() -> None:
    good = [line(id=number) for number in range(10, 20)]
    records = read(*good[:5], b'{"id": 7, "reference": "ISO 1:2', b"", *good[5:])
    assert [one.key for one in records] == ["10", "11", "12", "13", "14", "7", "15", "16", "17", "18", "19"]
    broken = records[5]
    assert isinstance(broken, Rejected)
    assert (broken.key, broken.reason) == ("7", "not_json")
    assert broken.raw["line"].startswith('{"id": 7')


@pytest.mark.parametrize("body", [b"", b"<html><body>Moved</body></html>\n", b"id;reference\n1;ISO 1:2016\n", b"[]\n"])
def test_another_document_stops_the_run(body: bytes) -> None:
    with pytest.raises(StructureChanged):
        list(parse_deliverables(Document.of("https://example.org/", body)))


def test_an_endless_line_stops_the_run() -> None:
    with pytest.raises(StructureChanged):
        list(parse_deliverables(Document.of("https://example.org/", b"{" * (MAX_LINE + 1))))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(QUALITY)), JSON, max_size=5))
def test_any_value_in_any_field_gives_an_item_or_a_reason(changes: dict[str, Any]) -> None:
    try:
        changed = orjson.dumps(QUALITY | changes)
    except TypeError:  # integers beyond 64 bits, lone surrogates: no JSON that orjson writes
        return
    try:
        assert parse_deliverable(changed, REFERENCES).key
    except RecordError as problem:
        assert problem.reason


@given(st.binary(max_size=200))
def test_any_bytes_among_good_lines_cost_one_record_at_most(dirt: bytes) -> None:
    good = [line(id=number) for number in range(1, 21)]
    records = read(*good[:10], dirt.replace(b"\n", b" "), *good[10:])
    items = [one for one in records if isinstance(one, StandardItem)]
    assert [one.key for one in items] == [str(number) for number in range(1, 21)]
    assert len(records) - len(items) <= 1
