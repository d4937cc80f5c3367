"""The recorded lists of ISO, IEC, ITU and the Chinese portals: what parses, how it prints, how fast."""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path

import pytest

from portal.settings.env import BASE_DIR
from search.designations import find, parse
from search.designations.report import Report, main, measure, read

BUNDLE = BASE_DIR / "crawlers" / "recorded"
TAG = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)


def shape(report: Report) -> str:
    return ", ".join(f"{text} ({count})" for text, count in report.failures.most_common(20))


@pytest.mark.parametrize(
    ("name", "at_least"), [("iso.jsonl.xz", 60_000), ("iec-sample.jsonl", 400), ("itu-sample.jsonl", 600)]
)
def test_all_of_it_parses_and_prints_to_one_address_each(recorded: Path, name: str, at_least: int) -> None:
    report = measure(read(recorded / "standards" / name))
    assert report.total >= at_least
    assert report.share == 1, shape(report)
    assert not report.unstable
    assert not report.shared
    assert report.escaped <= report.total // 50


def test_all_that_is_bundled_parses() -> None:
    with lzma.open(BUNDLE / "iso" / "iso_deliverables_metadata.jsonl.xz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["reference"] for line in file]
    other = {*BUNDLE.glob("echa_*/*"), *BUNDLE.glob("flk/*"), *BUNDLE.glob("tbt_*/*")}  # other subjects
    for facts in sorted(set(BUNDLE.glob("*/facts.jsonl.xz")) - other):
        with lzma.open(facts, "rt", encoding="utf-8") as file:
            for line in file:
                item = json.loads(line)["item"]
                texts += [item["designation"], *(relation["designation"] for relation in item.get("relations", ()))]
    report = measure(texts)
    assert report.total > 50_000
    assert report.share == 1, shape(report)
    assert not report.unstable
    assert not report.shared


def test_laws_cite_what_they_cite(recorded: Path) -> None:
    cited = set()
    for path in sorted((recorded / "laws").rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for hit in find(text):
            assert text[hit.start : hit.end] == hit.text
            cited.add(hit.designation.canonical)
    assert {"GB/T 16180", "GB/T 26341-2010", "GB 19299-2015"} <= cited


def test_every_number_on_the_portals_is_found(recorded: Path) -> None:
    number = re.compile(r"(?<![A-Za-z0-9])(?:GB|JB|SN|QB)(?:/[TZ])? \d+(?:\.\d+)*-\d{4}(?!\d)")
    seen = 0
    for path in sorted((recorded / "samr").glob("*.html")):
        text = TAG.sub(" ", path.read_text(encoding="utf-8", errors="replace"))
        expected = {parse(n).canonical for n in number.findall(text)}
        assert expected <= {f.designation.canonical for f in find(text)}, path.name
        seen += len(expected)
    assert seen > 50


def test_the_report_names_every_class_of_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# a comment\nISO 9001:2015\nXYZ 12\nXYZ 34\n\nISO\n", encoding="utf-8")
    assert main([str(listed)]) == 1
    out = capsys.readouterr().out
    assert "1 of 4 parse (25.00%)" in out
    assert "2 XYZ 9 [unknown-publisher]  e.g. XYZ 12" in out
    assert "1 ISO [no-number]" in out
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps({"id": "ISO 1:2022", "relations": [["obsoletes", "ISO 1:2016"]]}), encoding="utf-8")
    assert main([str(records)]) == 0
    assert "2 of 2 parse (100.00%)" in capsys.readouterr().out
    assert main([]) == 2
