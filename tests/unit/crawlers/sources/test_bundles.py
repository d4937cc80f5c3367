"""The bundled facts are what the parsers read from the recordings, and nothing but items the store can hold."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

import pytest

from crawlers import config
from crawlers.documents import Document
from crawlers.errors import StructureChanged
from crawlers.parsers import facts
from search.designations import parse
from tests.unit.crawlers.sources import bundles
from tests.unit.crawlers.sources.conftest import Recordings

RECORDED = Path(facts.__file__).parents[1] / "recorded"
BUNDLES = ["openstd", "hbba", "ttbz", "xorg"]


@pytest.mark.parametrize("portal", bundles.PORTALS)
def test_the_facts_are_what_the_recordings_say(portal: str, samr: Recordings) -> None:
    assert lzma.decompress((RECORDED / portal / "facts.jsonl.xz").read_bytes()).decode() == bundles.facts(portal, samr)


@pytest.mark.parametrize("source", BUNDLES)
def test_the_manifest_lists_what_is_there(source: str) -> None:
    documents = json.loads((RECORDED / source / "manifest.json").read_text())["documents"]
    for document in documents:
        body = lzma.decompress((RECORDED / source / document["file"]).read_bytes())
        assert hashlib.sha256(body).hexdigest() == document["sha256"]
    assert documents[0]["url"] == str(config.load(source).data_url)
    listed = {document["file"] for document in documents} | {"manifest.json", "NOTICE"}
    assert {path.name for path in (RECORDED / source).iterdir()} == listed


@pytest.mark.parametrize("source", BUNDLES)
def test_every_fact_is_an_item_with_a_designation_and_an_address(source: str) -> None:
    body = lzma.decompress((RECORDED / source / "facts.jsonl.xz").read_bytes())
    items = list(facts.parse_facts(Document.of("bundle", body)))
    assert items
    assert len({item.key for item in items}) == len(items)
    for item in items:
        assert parse(item.designation).canonical
        assert item.url.startswith("https://")
        assert item.title_zh or item.title_en


def test_files_of_facts_are_in_the_bundle() -> None:
    documents = json.loads((RECORDED / "xorg" / "manifest.json").read_text())["documents"]
    body = lzma.decompress((RECORDED / "xorg" / "facts.jsonl.xz").read_bytes())
    wanted = {file.url for item in facts.parse_facts(Document.of("bundle", body)) for file in item.files}
    assert len(wanted) == 4
    assert wanted == {document["url"] for document in documents if document["media_type"] == "application/pdf"}


@pytest.mark.parametrize("line", [b"{}", b"x", b"[]", b'{"item": {"key": "1"}}', b'{"item": 1}'])
def test_a_damaged_bundle_is_an_error(line: bytes) -> None:
    with pytest.raises(StructureChanged, match="line 1"):
        list(facts.parse_facts(Document.of("bundle", line)))
