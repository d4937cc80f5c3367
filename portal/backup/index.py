"""The search index in a backup: a snapshot kept by Elasticsearch, so that a restore need not build the index anew.

The snapshot is taken before the database is copied. The database then knows a write order above every one in the
snapshot, so that what is brought up to date after a restore counts as newer.
"""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings

from portal.backup.errors import BackupError
from search.engines import get_engine
from search.engines.elastic import snapshots
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.indices import Indices
from search.engines.errors import EngineError


def take(name: str) -> dict[str, str] | None:
    """Store the index under ``name``, where ``ELASTICSEARCH_SNAPSHOTS`` says in which repository; what the manifest
    keeps of it. Raises BackupError."""
    repository, indices = settings.ELASTICSEARCH_SNAPSHOTS, _indices()
    if not repository or indices is None:
        return None
    try:
        return asdict(snapshots.take(indices, repository, f"{indices.name}-{name.lower()}"))
    except EngineError as error:
        raise BackupError(
            f"The index could not be stored in the snapshot repository {repository}: {error}. "
            "Register the repository, or unset ELASTICSEARCH_SNAPSHOTS to back up without the index"
        ) from error


def put_back(kept: dict[str, str] | None) -> str:
    """Restore the index of a backup; why not, where it cannot be: then it has to be built anew."""
    indices = _indices()
    if not kept:
        return "the backup has no snapshot of the index"
    if indices is None:
        return "the snapshot is of Elasticsearch, and the portal has the embedded engine now"
    try:
        snapshots.restore(indices, snapshots.Snapshot(**kept))
    except EngineError as error:
        return str(error)
    return ""


def forget(kept: dict[str, str] | None) -> None:
    """Let go of the snapshot of a backup that is removed. Raises BackupError."""
    indices = _indices()
    if kept and indices is not None:
        try:
            snapshots.forget(indices, snapshots.Snapshot(**kept))
        except EngineError as error:
            raise BackupError(f"The snapshot {kept['name']} in {kept['repository']} is still there: {error}") from error


def _indices() -> Indices | None:
    engine = get_engine()
    return engine.indices if isinstance(engine, ElasticEngine) else None
