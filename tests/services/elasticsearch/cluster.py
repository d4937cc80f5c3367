"""Several nodes that form one cluster."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from tests.services import folders
from tests.services.elasticsearch.node import Elasticsearch
from tests.services.errors import DidNotStart

QUICK = {
    "cluster.fault_detection.follower_check.interval": "500ms",
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.leader_check.interval": "500ms",
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.publish.timeout": "10s",
}
"""A paused node is noticed after seconds rather than after half a minute."""


class Cluster:
    """A cluster of so many nodes; each is a server that can be killed, paused and started again by itself."""

    def __init__(
        self, size: int = 3, *, heap_mb: int = 512, long_lived: bool = False, settings: Mapping[str, str] | None = None
    ) -> None:
        self._snapshots = folders.make("snapshots")
        self.nodes = [
            Elasticsearch(heap_mb=heap_mb, long_lived=long_lived, snapshots=self._snapshots) for _ in range(size)
        ]
        together = {
            "cluster.name": self.nodes[0].folder.name,
            "discovery.type": "multi-node",
            "discovery.seed_hosts": ",".join(node.transport for node in self.nodes),
            "cluster.initial_master_nodes": ",".join(node.folder.name for node in self.nodes),
        }
        for node in self.nodes:
            node.settings |= {**together, **QUICK, **(settings or {})}

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    @property
    def url(self) -> str:
        """Every node's address, in the form of the portal's setting."""
        return ",".join(self.urls)

    def start(self) -> Self:
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait()
        self.wait("green", len(self.nodes))
        return self

    def wait(self, status: str, nodes: int, patience: float = 120) -> None:
        """Wait until a living node sees this status (or a better one) and so many nodes."""
        deadline = time.monotonic() + patience
        wanted = {"wait_for_status": status, "wait_for_nodes": str(nodes), "timeout": "5s"}
        while not any(node.running and not node.paused and node.health(**wanted) for node in self.nodes):
            if time.monotonic() > deadline:
                raise DidNotStart(f"the cluster has not become {status} with {nodes} nodes within {patience:.0f} s")
            time.sleep(0.1)

    def close(self) -> None:
        for node in self.nodes:
            if node.running:
                node.kill()  # its data goes anyway, so no shard needs to move
            node.close()

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
