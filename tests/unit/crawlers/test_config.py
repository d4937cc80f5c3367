"""Every source's YAML, and what is refused; strict reading; documents; bundles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawlers import bundle, config, strict
from crawlers.documents import Document
from crawlers.errors import BundleError, ConfigError, RecordError, StructureChanged
from crawlers.running import spider_class
from crawlers.session import fingerprint

GOOD: dict[str, Any] = yaml.safe_load((config.SOURCES_DIR / "iso.yml").read_text(encoding="utf-8"))


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources with one that has no YAML yet."""
    monkeypatch.setattr(config, "SOURCES_DIR", tmp_path)
    config.load.cache_clear()
    (tmp_path / "example.py").write_text("")
    return tmp_path / "example.yml"


@pytest.mark.parametrize("name", config.names())
def test_every_source_has_a_valid_yaml_and_one_spider(name: str) -> None:
    loaded = config.load(name)
    assert loaded.expected.items[0] < loaded.expected.items[1]
    assert spider_class(name).name == name
    assert len(fingerprint(name)) == 16


@pytest.mark.parametrize(
    "changes",
    [
        {"data_url": "ftp://example.org/"},
        {"title": "one language"},
        {"frequency": "sometimes"},
        {"verification": "surely"},
        {"expected": {"items": [1]}},
        {"publisher": ""},
        {"colour": "red"},
        {"name": "../other"},
    ],
)
def test_what_a_yaml_may_not_say(written: Path, changes: dict[str, Any]) -> None:
    written.write_text(yaml.safe_dump(GOOD | changes, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"example\.yml"):
        config.load("example")


@pytest.mark.parametrize("text", ["title: [", "- a list", "", "just words"])
def test_a_malformed_yaml_is_named(written: Path, text: str) -> None:
    written.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"example\.yml"):
        config.load("example")


def test_a_source_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match="iso"):
        config.load("../iso")


def test_exact_counts() -> None:
    assert strict.expect_one(["x"], "heading") == "x"
    assert strict.expect_at_most_one([], "heading") is None
    with pytest.raises(StructureChanged, match="expected 1 of heading, found 2"):
        strict.expect_at_most_one(["x", "y"], "heading")
    with pytest.raises(StructureChanged, match="colour"):
        strict.expect_keys({"name": 1, "colour": 2}, ["name"], "row")


def test_values_are_taken_with_their_types() -> None:
    row = {"n": 1, "flag": True, "none": None}
    assert strict.pop(row, "n", int) == 1
    assert strict.pop(row, "none", str, default="") == ""
    assert row == {"flag": True}
    for key, kind, reason in (("flag", int, "wrong_type"), ("gone", str, "missing_value")):
        with pytest.raises(RecordError) as caught:
            strict.pop(dict(row), key, kind)
        assert caught.value.reason == reason
    with pytest.raises(RecordError, match="unknown_value"):
        strict.look_up({"a": 1}, "b", "letter")


def test_documents_are_read_as_often_as_wanted() -> None:
    document = Document.of("https://example.org/", b"one\ntwo")
    assert [list(document.lines()), list(document.lines())] == [[b"one\n", b"two"]] * 2
    assert document.read() == b"one\ntwo"


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        json.dumps({"documents": [{"url": "https://example.org/", "file": "../../etc/passwd"}]}),
        json.dumps({"documents": [{"url": "file:///etc/passwd", "file": "x"}]}),
    ],
)
def test_a_bad_manifest_is_refused(manifest: str, tmp_path: Path, settings: Any) -> None:
    settings.CRAWL_BUNDLE_DIR = tmp_path
    bundle.recordings.cache_clear()
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "manifest.json").write_text(manifest)
    with pytest.raises(BundleError):
        bundle.recordings("example")
    with pytest.raises(BundleError, match="no bundled recording"):
        bundle.recordings("other")
