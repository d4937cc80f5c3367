"""A backup whose index is a snapshot that Elasticsearch keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.portal.test_backup import Portal, lose
from tests.services.elasticsearch import Elasticsearch
from tests.services.fixtures import Starter

REPOSITORY = "backups"


class Indexed(Portal):
    """A portal with an Elasticsearch of its own, which has a snapshot repository."""

    def __init__(self, folder: Path, node: Elasticsearch) -> None:
        super().__init__(folder, ELASTICSEARCH_URL=node.url, ELASTICSEARCH_SNAPSHOTS=REPOSITORY)
        self.node = node

    def backup(self, *options: str) -> str:
        """The name of the snapshot."""
        folder = Path(self.do("backup", self.home, *options).strip())
        kept = json.loads((folder / "manifest.json").read_text())["index"]
        assert kept["repository"] == REPOSITORY
        return str(kept["name"])

    def snapshots(self) -> list[str]:
        said = self.node.call("GET", f"/_snapshot/{REPOSITORY}/_all")
        return [one["snapshot"] for one in said["snapshots"]]

    def lose_index(self) -> None:
        for index in self.node.call("GET", "/standards-*"):
            self.node.call("DELETE", f"/{index}")

    def live(self) -> str:
        """The index that is read."""
        aliases = self.node.call("GET", "/standards-*/_alias")
        (found,) = [name for name, facts in aliases.items() if _is_read(facts["aliases"])]
        return str(found)


def _is_read(aliases: dict[str, Any]) -> bool:
    return any(alias.count("-") == 1 for alias in aliases)


def _unscored(picture: dict[str, Any]) -> dict[str, Any]:
    """A document that was deleted still counts in the frequencies of words, until the engine tidies up."""
    found = {query: [(name, marked) for name, _score, marked in hits] for query, hits in picture["found"].items()}
    return picture | {"found": found}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, module_server: Starter) -> Indexed:
    node = module_server(Elasticsearch)
    node.call("PUT", f"/_snapshot/{REPOSITORY}", {"type": "fs", "settings": {"location": str(node.snapshots / "here")}})
    one = Indexed(tmp_path_factory.mktemp("indexed"), node)
    one.fill()
    return one


def test_the_index_is_there_again_without_being_built(portal: Indexed) -> None:
    before = portal.picture()
    assert before["found"]["ctext"]
    name = portal.backup()
    lose(portal)
    portal.lose_index()
    said = portal.do("restore", portal.home)
    assert f"The index is that of the snapshot {name}" in said
    assert "The index holds what the database holds" in said
    assert portal.picture() == before
    portal.do("search", "verify", "--check")


def test_what_changed_after_the_snapshot_is_brought_up_to_date(portal: Indexed) -> None:
    before = portal.picture()
    name = portal.backup()
    live = portal.live()
    # As if a record had been written to the database between the snapshot and the copy.
    everything = {"query": {"term": {"type": {"value": "standard"}}}, "size": 1}
    (hit,) = portal.node.call("POST", f"/{live}/_search", everything)["hits"]["hits"]
    portal.node.call("DELETE", f"/{live}/_doc/{hit['_id'].replace(':', '%3A')}?refresh=true")
    portal.node.call("DELETE", f"/_snapshot/{REPOSITORY}/{name}")
    body = {"indices": live, "include_global_state": False}
    portal.node.call("PUT", f"/_snapshot/{REPOSITORY}/{name}?wait_for_completion=true", body)
    portal.lose_index()
    said = portal.manage("restore", portal.home, "--replace")
    assert said.returncode == 0, said.stderr
    assert f"The index is that of the snapshot {name}" in said.stdout
    assert "built anew" not in said.stderr
    portal.do("search", "verify", "--check")
    assert _unscored(portal.picture()) == _unscored(before)


def test_without_the_snapshot_the_index_is_built_anew(portal: Indexed) -> None:
    before = portal.picture()
    name = portal.backup()
    portal.node.call("DELETE", f"/_snapshot/{REPOSITORY}/{name}")
    said = portal.manage("restore", portal.home, "--replace")
    assert said.returncode == 0, said.stderr
    assert "The index is built anew" in said.stderr
    assert name in said.stderr
    assert _unscored(portal.picture()) == _unscored(before)


def test_a_backup_that_goes_takes_its_snapshot_along(portal: Indexed) -> None:
    first = portal.backup()
    assert first in portal.snapshots()
    second = portal.backup("--keep", "1")
    assert portal.snapshots() == [second]


def test_a_repository_that_is_not_there_is_named(portal: Indexed) -> None:
    portal.environment["ELASTICSEARCH_SNAPSHOTS"] = "nowhere"
    refused = portal.manage("backup", portal.home)
    portal.environment["ELASTICSEARCH_SNAPSHOTS"] = REPOSITORY
    assert refused.returncode == 1
    assert "nowhere" in refused.stderr
    assert "Register the repository" in refused.stderr
    assert not list(portal.home.glob("*.partial"))
