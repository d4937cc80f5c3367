"""ECHA's real exports: complete, with the counts that ECHA states; and what is broken is told."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

import pytest

from content.reach.items import EntryItem
from content.reach.numbers import NumberKind, read
from crawlers import config
from crawlers.documents import Document, Rejected
from crawlers.errors import StructureChanged
from crawlers.parsers import echa, facts
from tests.unit.crawlers.sources import echa_bundles

pytestmark = pytest.mark.usefixtures("recorded")
COUNTS = {"echa_candidate": 253, "echa_authorisation": 59, "echa_restriction": 78}


def read_all(source: str) -> list[EntryItem]:
    found = echa_bundles.entries(source)
    assert not [one for one in found if isinstance(one, Rejected)]
    return [one for one in found if isinstance(one, EntryItem)]


@pytest.mark.parametrize("source", COUNTS)
def test_every_entry_is_read_once(source: str) -> None:
    entries = read_all(source)
    assert len(entries) == len({one.key for one in entries}) == COUNTS[source]


@pytest.mark.parametrize("source", COUNTS)
def test_every_number_has_its_check_digit(source: str) -> None:
    for entry in read_all(source):
        for one in (entry.substance, *entry.members):
            for kind, values in ((NumberKind.CAS, one.cas), (NumberKind.EC, one.ec)):
                assert all((number := read(value, kind)) and number.sound for value in values), one


def test_groups_have_their_members() -> None:
    entries = {one.substance.name: one for one in read_all("echa_candidate")}
    group = entries["4,4'-[2,2,2-trifluoro-1-(trifluoromethyl)ethylidene]diphenol and its salts"]
    assert len(group.members) == 9
    assert group.members[0].cas == ("1478-61-1",)
    assert sum(len(one.members) for one in entries.values()) == 254
    assert entries["n-hexane"].members == ()
    assert (entries["n-hexane"].included, entries["n-hexane"].reasons) == ("2026-02-04", ("57f",))


def test_both_exports_of_the_candidate_list_say_the_same() -> None:
    document = Document.of("x", (echa_bundles.EXPORTS / "candidate_list_full.xlsx").read_bytes())
    sheet = {one.key: one for one in echa.parse_xlsx("candidate", document) if isinstance(one, EntryItem)}
    text = {one.key: one for one in read_all("echa_candidate")}
    assert len(sheet) == 253
    same = sheet.keys() & text.keys()
    assert len(same) >= 240
    assert all(set(text[key].substance.ec) == set(sheet[key].substance.ec) for key in same)


def test_dates_of_annex_xiv() -> None:
    entries = {one.key: one for one in read_all("echa_authorisation")}
    assert (entries["81-15-2"].latest_application, entries["81-15-2"].sunset) == ("2013-02-21", "2014-08-21")
    assert all(one.sunset and one.latest_application for one in entries.values())
    assert entries["12656-85-8"].reasons == ("57a", "57c")
    assert entries["12656-85-8"].sunset_note.startswith("1 March 2023")


def test_decisions_of_annex_xvii() -> None:
    (first, *_rest) = read_all("echa_restriction")
    assert first.number == "1"
    assert first.decisions == ("1976-07-27", "1982-12-03", "1985-10-01", "1989-12-21", "2009-06-22")
    assert first.included == "1976-07-27"


@pytest.mark.parametrize(
    ("text", "day"),
    [("04-feb-2026", "2026-02-04"), ("4-Mrt-2026", "2026-03-04"), ("31-Dez-2025", "2025-12-31"),
     ("2026-01-02", "2026-01-02"),
     ("31-Feb-2026", ""), ("04-xyz-2026", ""), ("", "")],
)  # fmt: skip
def test_days_in_the_languages_of_the_site(text: str, day: str) -> None:
    assert echa.day(text) == day


@pytest.mark.parametrize("body", [b"", b"<html>403</html>", b"a\tb\n", b"PK\x03\x04 broken"])
def test_what_is_no_list_is_told(body: bytes) -> None:
    with pytest.raises(StructureChanged):
        list(echa.parse_candidate_export(Document.of("x", body)))
    with pytest.raises(StructureChanged):
        list(echa.parse_xlsx("candidate", Document.of("x", body)))


def test_a_broken_row_is_set_aside() -> None:
    source = (echa_bundles.EXPORTS / "candidate-list-of-svhc-for-authorisation-export.csv").read_bytes()
    broken = source.replace(b'"04-feb-2026"', b'"04-xxx-2026"', 1)
    found = list(echa.parse_candidate_export(Document.of("x", broken)))
    (rejected,) = [one for one in found if isinstance(one, Rejected)]
    assert (rejected.key, rejected.reason) == ("110-54-3", "incomplete")
    assert len(found) == 253


@pytest.mark.parametrize("source", COUNTS)
def test_the_bundle_is_what_the_export_says(source: str) -> None:
    folder = Path(facts.__file__).parents[1] / "recorded" / source
    (document,) = json.loads((folder / "manifest.json").read_text())["documents"]
    body = lzma.decompress((folder / document["file"]).read_bytes())
    assert body.decode() == echa_bundles.text(source)
    assert hashlib.sha256(body).hexdigest() == document["sha256"]
    assert document["url"] == str(config.load(source).data_url)
    assert document["records"] == COUNTS[source]
    items = list(facts.parse_facts_as(EntryItem, Document.of("bundle", body)))
    assert len(items) == COUNTS[source]
