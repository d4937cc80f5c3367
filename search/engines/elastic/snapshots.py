"""Snapshots of the live index in a repository that the operator has registered with the cluster (快照仓库).

A snapshot is incremental: it stores only what no earlier one in the repository has. What a repository is and how one is
registered: https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from search.engines.elastic.indices import Indices
from search.engines.errors import BuildFailed, EngineQueryError, IndexMissing

TIMEOUT = 6 * 3600.0
"""Seconds; the first snapshot of a large index stores all of it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``live`` is the alias of the index, which tells its schema and analysis; ``index`` is what was behind it."""

    repository: str
    name: str
    live: str
    index: str


def take(indices: Indices, repository: str, name: str) -> Snapshot:
    """Store the index that is read. Raises EngineError, BuildFailed where not all of it could be stored."""
    current = indices.current()
    body = {"indices": current.index, "include_global_state": False, "ignore_unavailable": False}
    said = indices.cluster.ask(
        "PUT", f"/_snapshot/{repository}/{name}", body, timeout=TIMEOUT, wait_for_completion="true"
    )
    state = said.get("snapshot", {}).get("state")
    if state != "SUCCESS":
        raise BuildFailed(f"The snapshot {name} in {repository} ended as {state}")
    return Snapshot(repository, name, indices.live, current.index)


def restore(indices: Indices, snapshot: Snapshot) -> None:
    """Read the stored index from now on; what was read before becomes the way back, as after a build.

    Raises EngineError: EngineQueryError for an index of another schema or analysis, IndexMissing where the repository
    lacks it. Then nothing has changed.
    """
    if snapshot.live != indices.live:
        raise EngineQueryError(
            f"The snapshot {snapshot.name} is of {snapshot.live}, and this version reads {indices.live}"
        )
    index = indices.free()
    body = {
        "indices": snapshot.index,
        "rename_pattern": "^.+$",
        "rename_replacement": index,
        "include_aliases": False,
        "include_global_state": False,
        "index_settings": {"index.number_of_replicas": 0},
    }
    said = indices.cluster.ask(
        "POST",
        f"/_snapshot/{snapshot.repository}/{snapshot.name}/_restore",
        body,
        timeout=TIMEOUT,
        wait_for_completion="true",
    )
    shards = said.get("snapshot", {}).get("shards", {})
    if not shards.get("total") or shards.get("failed"):
        indices.discard(index)
        raise IndexMissing(f"The snapshot {snapshot.name} could not be restored: {shards}")
    indices.claim(index)
    indices.still_building(index, datetime.now(UTC))
    indices.adopt(index)


def forget(indices: Indices, snapshot: Snapshot) -> None:
    """Let go of a snapshot; one that is gone already is no error."""
    indices.cluster.delete(f"/_snapshot/{snapshot.repository}/{snapshot.name}", timeout=TIMEOUT)
