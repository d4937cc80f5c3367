"""One node."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, ClassVar

from tests.services import folders
from tests.services.elasticsearch import launch
from tests.services.elasticsearch.home import install
from tests.services.errors import Refused
from tests.services.ports import Port
from tests.services.server import Server


class Elasticsearch(Server):
    """A node that is a cluster by itself, unless it is told of others (see ``cluster``).

    ``long_lived`` starts it as production does, for benchmarks: slower to start, faster afterwards. Security is off; it
    listens on the loopback address only. Snapshots may be written below ``snapshots``.
    """

    name: ClassVar[str] = "elasticsearch"
    patience: ClassVar[float] = 240

    def __init__(
        self,
        *,
        heap_mb: int = 1024,
        long_lived: bool = False,
        settings: Mapping[str, str] | None = None,
        snapshots: Path | None = None,
    ) -> None:
        super().__init__()
        self._installation = install()
        self._transport = Port()
        self._heap_mb = heap_mb
        self._long_lived = long_lived
        self.snapshots = snapshots or self.folder / "snapshots"
        self.settings = {
            "cluster.name": self.folder.name,
            "node.name": self.folder.name,
            "path.home": str(self._installation.home),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "path.repo": str(self.snapshots),
            "network.host": "127.0.0.1",
            "http.port": str(self.port),
            "transport.port": str(self._transport.number),
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **(settings or {}),
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def transport(self) -> str:
        """Where other nodes reach it."""
        return f"127.0.0.1:{self._transport.number}"

    @property
    def log(self) -> Path:
        return self.folder / "logs" / "elasticsearch.log"

    def launch(self) -> None:
        for name in ("config", "data", "logs", "tmp", "snapshots"):
            (self.folder / name).mkdir(exist_ok=True)
            folders.give(self.folder / name)
        (self.folder / "config" / "log4j2.properties").write_text(launch.LOGGING)
        super().launch()

    def command(self) -> Sequence[str | Path]:
        return launch.command(self._installation, self.folder, self._heap_mb, long_lived=self._long_lived)

    def environment(self) -> Mapping[str, str]:
        temporary = str(self.folder / "tmp")
        return {"ES_PATH_CONF": str(self.folder / "config"), "ES_TMPDIR": temporary, "LIBFFI_TMPDIR": temporary}

    def greeting(self) -> bytes:
        return launch.message(self.settings, self.folder / "config", self.folder / "logs")

    def ready(self) -> bool:
        return self.health(wait_for_status="yellow", timeout="1s") in ("yellow", "green")

    def health(self, **wanted: str) -> str | None:
        """The state of the cluster as this node sees it; None if it does not answer or what is wanted does not come."""
        try:
            answer = self.call(
                "GET", "/_cluster/health?" + "&".join(f"{name}={value}" for name, value in wanted.items())
            )
        except (OSError, HTTPException, Refused):
            return None
        return str(answer["status"])

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One request, JSON to JSON. Raises ``Refused`` if the answer is an error."""
        return self.send(method, path, "" if body is None else json.dumps(body))

    def send(self, method: str, path: str, body: str, content_type: str = "application/json") -> Any:
        """The same with a body that is written already, as ``_bulk`` takes it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body.encode(), {"Content-Type": content_type})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(f"{answer.status} to {method} {path}: {text.decode()}")
        return json.loads(text)

    def close(self) -> None:
        super().close()
        self._transport.release()
