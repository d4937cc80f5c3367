"""What is known of a fetched body: its snapshot, whether it is new, and the keys of the records it holds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from content.provenance.models import Run, Snapshot, Source

FETCHED = "fetched"
"""Request.meta key under which a response's Fetched is found."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """``unchanged``: the last run that succeeded read this very body there, and no run has read another since."""

    snapshot_id: int
    sha256: str
    unchanged: bool


def latest(source: Source, url: str) -> Snapshot | None:
    """The last body that any run of the source got at an address."""
    return Snapshot.objects.filter(run__source=source, url=url).order_by("-pk").first()


def stored_before(source: Source, run: Run, url: str, sha256: str) -> bool:
    """Whether this very body was the last one read at the address, and by a run that succeeded."""
    earlier = Snapshot.objects.filter(run__source=source, url=url).exclude(run=run)
    last = earlier.order_by("-pk").values_list("sha256", flat=True).first()
    if last != sha256:
        return False
    good = earlier.filter(run__state=Run.State.SUCCEEDED).order_by("-pk")
    return good.values_list("sha256", flat=True).first() == sha256


@dataclass(frozen=True, slots=True)
class Keys:
    """Which records a body holds. Those ``rejected`` are listed there all the same: they are not gone."""

    taken: list[str]
    rejected: list[str]


def keep_keys(sha256: str, mark: str, taken: Sequence[str], rejected: Sequence[str] = ()) -> None:
    """Remember which records a body holds, as read by the code with fingerprint ``mark``."""
    storage = storages["snapshots"]
    name = _name(sha256, mark)
    storage.delete(name)
    text = json.dumps({"taken": list(taken), "rejected": list(rejected)})
    storage.save(name, ContentFile(gzip.compress(text.encode(), compresslevel=4, mtime=0)))


def keys_of(sha256: str, mark: str) -> Keys | None:
    """What ``keep_keys`` remembered; None if nothing, or nothing whole."""
    try:
        with storages["snapshots"].open(_name(sha256, mark)) as packed:
            return Keys(**json.loads(gzip.decompress(packed.read())))
    except (FileNotFoundError, EOFError, gzip.BadGzipFile, json.JSONDecodeError, TypeError):
        return None


def _name(sha256: str, mark: str) -> str:
    return f"keys/{sha256[:2]}/{sha256}-{mark}.json.gz"
