"""The shipped nginx with its names filled in, and requests to it."""

from __future__ import annotations

import http.client
import re
import shutil
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from portal.settings.env import BASE_DIR
from tests.services.folders import give
from tests.services.nginx import Nginx
from tests.services.ports import Port
from tests.services.process import family, wait_gone

SHIPPED = BASE_DIR / "deploy" / "nginx"
PURGE_KEY = "a-secret-of-tests"


@dataclass(frozen=True, slots=True)
class Answer:
    """``headers`` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Front(Nginx):
    """nginx as it is shipped, on free ports, with the folders of a test instead of the system's."""

    def __init__(self, portal: str, data: Path, site: str = "plain", **values: str) -> None:
        super().__init__(lambda _nginx: "")
        self._inside = Port()
        self._site = site
        self.kept = give_folder(self.folder / "kept")
        self._values = {
            "WEB_SERVERS": f"server {portal};",
            "DATA_ROOT": str(data),
            "CACHE_ROOT": str(self.kept),
            "CACHE_SIZE": "64m",
            "REAL_ADDRESS": "",
            "INTERNAL_LISTEN": f"127.0.0.1:{self._inside.number}",
            "PURGE_KEY": PURGE_KEY,
            "PORTAL_HOST": "127.0.0.1",
            "FORWARDED_PROTO": "http",
            "HTTP_LISTEN": f"127.0.0.1:{self.port}",
        } | values

    @property
    def inside(self) -> str:
        """The address for the portal and the operator."""
        return f"http://{self._values['INTERNAL_LISTEN']}"

    def launch(self) -> None:
        home = self.folder / "etc"
        if not home.exists():
            shutil.copytree(SHIPPED, home)
            shutil.copy("/etc/nginx/mime.types", home)
            self._fill(home)
        super(Nginx, self).launch()

    def _fill(self, home: Path) -> None:
        """What the system's package has at fixed places lies in the folder of the test."""
        (home / "conf.d").mkdir()
        for name in ("common", self._site):
            template = Template((home / "templates" / f"{name}.conf.template").read_text())
            (home / "conf.d" / f"{name}.conf").write_text(_filled(template, self._values))
        spools = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (home / "conf.d" / "test.conf").write_text(spools)
        for path in (home / "nginx.conf", home / "portal" / "log.conf"):
            text = path.read_text().replace("/run/nginx.pid", f"{self.folder}/nginx.pid")
            path.write_text(text.replace("/var/log/nginx", str(self.folder)))

    @property
    def configuration(self) -> Path:
        return self.folder / "etc" / "nginx.conf"

    def command(self) -> list[str | Path]:
        return [*super().command(), "-g", "daemon off;"]

    def ask(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
        port: int = 0,
        context: ssl.SSLContext | None = None,
    ) -> Answer:
        """One request on a connection of its own."""
        if context:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", port or self.port, timeout=30, context=context
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request(method, address, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    @contextmanager
    def without_portal(self) -> Iterator[None]:
        """While the context lasts, nobody listens where the portal did."""
        path = self.folder / "etc" / "conf.d" / "common.conf"
        present = path.read_text()
        try:
            self._with(path, re.sub(r"server 127\.0\.0\.1:\d+;", "server 127.0.0.1:9;", present))
            yield
        finally:
            self._with(path, present)

    def _with(self, path: Path, text: str) -> None:
        """Another configuration; back when all of the old one's workers have gone."""
        workers = family(self.pid)[1:]
        path.write_text(text)
        self.reload()
        wait_gone(workers)

    def close(self) -> None:
        super().close()
        self._inside.release()


def _filled(template: Template, values: Mapping[str, str]) -> str:
    """Only ``${NAMES}`` are ours; ``$names`` are nginx's."""
    text = template.template
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def give_folder(path: Path) -> Path:
    path.mkdir()
    return give(path)
