"""Which index is read, which ones are written, and how a new one takes over.

::

    NAME-MAKE             alias: the index that readers ask
    NAME-MAKE-previous    alias: the one before it, kept for a way back
    NAME-MAKE-building    alias: the one being built; the outbox writes to it as well, so that it misses nothing
    NAME-MAKE-1 … -3      the indices themselves; a build takes the free one

MAKE is a fingerprint of schema and analysis: a new version of the code never reads an index of another make, and both
can run side by side while it is deployed. That a build is going on is told by its index; its creation is the lock, its
last sign of life the way to tell a build that died.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from search.engines.elastic.client import Cluster
from search.engines.elastic.mapping import fingerprint, mappings, settings
from search.engines.errors import EngineQueryError, IndexBusy, IndexMissing
from search.schema import Schema

SLOTS = ("1", "2", "3")
SIGN_OF_LIFE = 20.0
"""Seconds between two signs of life of a build."""
DEAD_AFTER = timedelta(minutes=2)
OLD_MAKE_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One index: what it is to us, when it was built, when its build last gave a sign of life."""

    index: str
    aliases: frozenset[str]
    built: datetime
    alive: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """Where a change is written: documents through the alias, which must be there, so that no index comes about by a
    write; deletions, which can't ask for that, to the index itself."""

    alias: str
    index: str


@dataclass(frozen=True, slots=True)
class Indices:
    """The indices of one name, schema and cluster."""

    cluster: Cluster
    name: str
    schema: Schema
    shards: int = 1
    replicas: int = 0
    synonyms: str = ""
    """Name of a set of the synonyms API that the analysis is to know."""

    @property
    def live(self) -> str:
        return f"{self.name}-{self._make}"

    @property
    def previous(self) -> str:
        return f"{self.live}-previous"

    @property
    def building(self) -> str:
        return f"{self.live}-building"

    @property
    def _make(self) -> str:
        return fingerprint(self.schema)

    # What is there

    def slots(self) -> list[Slot]:
        """Our indices of the present make."""
        return self._slots(f"{self.live}-*")

    def slot(self, alias: str) -> Slot | None:
        """The index behind an alias."""
        return next((slot for slot in self.slots() if alias in slot.aliases), None)

    def current(self) -> Slot:
        """Raises IndexMissing."""
        found = self.slot(self.live)
        if found is None:
            raise IndexMissing(f"No index {self.live}; the worker or `manage.py search rebuild` builds it")
        return found

    def targets(self, *aliases: str) -> list[Target]:
        """What is behind the aliases, by default all that a change has to be written to. Raises IndexMissing where the
        first one is not there."""
        aliases = aliases or (self.live, self.building)
        behind = {alias: slot.index for slot in self.slots() for alias in slot.aliases}
        if aliases[0] not in behind:
            raise IndexMissing(f"No index {aliases[0]}; the worker or `manage.py search rebuild` builds it")
        return [Target(alias, behind[alias]) for alias in aliases if alias in behind]

    def _slots(self, pattern: str) -> list[Slot]:
        found = self.cluster.ask("GET", f"/{pattern}", filter_path="*.aliases,*.mappings._meta")
        return [_slot(index, facts) for index, facts in sorted(found.items())]

    # Building

    def create(self) -> str:
        """An empty index in a free slot, with the alias of the one being built; its name. Raises IndexBusy."""
        index, now = self.free(), datetime.now(UTC)
        mapped = mappings(self.schema) | {"_meta": _signs(now, now)}
        index_settings = settings(self.schema, shards=self.shards, replicas=0, synonyms=self.synonyms)
        index_settings["refresh_interval"] = "-1"
        body = {"settings": index_settings, "mappings": mapped, "aliases": {self.building: {}}}
        self.cluster.ask("PUT", f"/{index}", body, timeout=60.0)
        return index

    def free(self) -> str:
        """The name of an index that can be made. Raises IndexBusy."""
        now = datetime.now(UTC)
        taken = set()
        for slot in self.slots():
            if slot.aliases & {self.live, self.previous}:
                taken.add(slot.index)
            elif now - slot.alive > DEAD_AFTER:
                self._delete(slot.index)
            else:
                raise IndexBusy(f"{slot.index} is being built by another process")
        return next(name for name in (f"{self.live}-{number}" for number in SLOTS) if name not in taken)

    def claim(self, index: str) -> None:
        """Let an index that came from elsewhere be the one being built."""
        self.cluster.ask("POST", "/_aliases", {"actions": [{"add": {"index": index, "alias": self.building}}]})

    def still_building(self, index: str, begun: datetime) -> None:
        """Give a sign of life."""
        self.cluster.ask("PUT", f"/{index}/_mapping", {"_meta": _signs(begun, datetime.now(UTC))})

    def adopt(self, index: str) -> None:
        """Make the index the one that is read, at once for all; the one before it becomes the way back."""
        # Copies on other nodes come first, so that a node may be lost the moment after.
        kept = {"refresh_interval": "1s", "number_of_replicas": self.replicas}
        self.cluster.ask("PUT", f"/{index}/_settings", {"index": kept}, timeout=60.0)
        self.cluster.ask("GET", f"/_cluster/health/{index}", timeout=130.0, wait_for_no_initializing_shards="true")
        slots = self.slots()
        actions: list[dict[str, Any]] = []
        for slot in slots:
            if self.previous in slot.aliases:
                actions.append({"remove": {"index": slot.index, "alias": self.previous}})
            if self.live in slot.aliases:
                actions.append({"remove": {"index": slot.index, "alias": self.live}})
                actions.append({"add": {"index": slot.index, "alias": self.previous}})
        actions.append({"remove": {"index": index, "alias": self.building}})
        actions.append({"add": {"index": index, "alias": self.live}})
        self.cluster.ask("POST", "/_aliases", {"actions": actions})
        self.sweep()

    def discard(self, index: str) -> None:
        """Take a half-built index away."""
        self._delete(index)

    def roll_back(self) -> str:
        """Read the index before the present one again; the two change places. Raises EngineQueryError."""
        current, before = self.current(), self.slot(self.previous)
        if before is None:
            raise EngineQueryError("There is no earlier index to go back to")
        actions = [
            {"remove": {"index": current.index, "alias": self.live}},
            {"add": {"index": current.index, "alias": self.previous}},
            {"remove": {"index": before.index, "alias": self.previous}},
            {"add": {"index": before.index, "alias": self.live}},
        ]
        self.cluster.ask("POST", "/_aliases", {"actions": actions})
        return before.index

    def sweep(self) -> list[str]:
        """Delete what no alias names and no build is alive for, and indices of other makes after a day."""
        now = datetime.now(UTC)
        swept = []
        for slot in self._slots(f"{self.name}-*"):
            if slot.index.rpartition("-")[0] == self.live:
                orphan = not slot.aliases & {self.live, self.previous} and now - slot.alive > DEAD_AFTER
            else:
                orphan = _is_ours(self.name, slot.index) and now - slot.alive > OLD_MAKE_KEPT
            if orphan or self._left_over(slot):
                self._delete(slot.index)
                swept.append(slot.index)
        return swept

    def _left_over(self, slot: Slot) -> bool:
        return slot.index.rpartition("-")[0] == self.live and not slot.aliases

    def _delete(self, index: str) -> None:
        self.cluster.delete(f"/{index}", timeout=60.0)


def _is_ours(name: str, index: str) -> bool:
    """``NAME-<8 hex digits>-<slot>``: another site's indices may begin with the same word."""
    rest = index.removeprefix(f"{name}-").split("-")
    return len(rest) == 2 and len(rest[0]) == 8 and rest[1] in SLOTS


def _signs(built: datetime, alive: datetime) -> dict[str, str]:
    return {"built": built.isoformat(), "alive": alive.isoformat()}


def _slot(index: str, facts: dict[str, Any]) -> Slot:
    meta = facts.get("mappings", {}).get("_meta", {})
    epoch = datetime.fromtimestamp(0, UTC).isoformat()
    return Slot(
        index,
        frozenset(facts.get("aliases", {})),
        datetime.fromisoformat(meta.get("built", epoch)),
        datetime.fromisoformat(meta.get("alive", epoch)),
    )
