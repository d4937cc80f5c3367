"""What the README says is true: settings, sources, commands, and its example of a source."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

from crawlers import config
from crawlers.documents import Document
from portal.settings.env import BASE_DIR

README = (BASE_DIR / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_every_setting_is_in_the_table_and_none_is_made_up() -> None:
    sources = [*(BASE_DIR / "portal" / "settings").glob("*.py"), *(BASE_DIR / "portal" / "launch").glob("*.py")]
    read = {name for path in sources for name in re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', path.read_text())}
    internal = {"EXPECT_BUNDLES"}
    documented = set(
        re.findall(r"`([A-Z_]{4,})`", "".join(re.findall(r"^\| (`.*?) \|", section("Settings"), re.MULTILINE)))
    )
    assert documented == read - internal


def test_every_source_is_in_the_table_with_its_verification() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .*? \| (\w+)", section("Sources"), re.MULTILINE))
    words = {"recorded": "verified", "documented": "documented"}
    assert rows == {name: words[config.load(name).verification] for name in config.names()}


def test_every_make_target_and_command_exists() -> None:
    shown = subprocess.run(["make", "help"], cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"make (\w+)  ", shown))
    assert set(re.findall(r"`make (\w+)", README)) | set(re.findall(r"^make (\w+)", README, re.MULTILINE)) <= targets
    assert set(re.findall(r"manage\.py (\w+)", README)) <= set(get_commands())


def test_the_example_of_a_source_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme.yml").write_text(blocks("yaml")[0], encoding="utf-8")
    (tmp_path / "acme.py").write_text(blocks("python")[0], encoding="utf-8")
    monkeypatch.setattr(config, "SOURCES_DIR", tmp_path)
    assert config.load.__wrapped__("acme").expected.items == (100, 5000)
    written: dict[str, Any] = {}
    exec(compile(blocks("python")[0], "acme.py", "exec"), written)  # noqa: S102 -- the README's own code
    row = {
        "id": 7,
        "page": "https://acme.example/7",
        "number": "ISO 7:2020",
        "title": "T",
        "state": "void",
        "date": "2020",
    }
    (item,) = written["parse_list"](Document.of("https://acme.example/list.json", json.dumps([row]).encode()))
    assert (item.key, item.designation, item.status) == ("7", "ISO 7:2020", "withdrawn")
    assert written["AcmeSpider"].name == "acme"
