"""nginx, from Debian's package."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.services import debian
from tests.services.ports import answers
from tests.services.process import send
from tests.services.server import Server

MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/server.log notice;
worker_processes 2;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
}}
"""


class Nginx(Server):
    """``http`` is given the server and says what stands in the block ``http``; it listens on the server's ``port``."""

    name = "nginx"
    ends_on = signal.SIGTERM

    def __init__(self, http: Callable[[Nginx], str]) -> None:
        super().__init__()
        self._http = http
        self._program = debian.program("nginx")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def configuration(self) -> Path:
        return self.folder / "nginx.conf"

    def launch(self) -> None:
        self.configuration.write_text(MAIN.format(folder=self.folder, http=self._http(self)))
        super().launch()

    def command(self) -> Sequence[str | Path]:
        return [self._program, "-p", self.folder, "-e", self.log, "-c", self.configuration]

    def ready(self) -> bool:
        return answers(self.port)

    def reload(self) -> None:
        """Read the configuration anew, which the caller may have changed."""
        send([self.pid], signal.SIGHUP)
