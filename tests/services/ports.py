"""Ports that stay free until a server takes them."""

from __future__ import annotations

import socket


class Port:
    """A port of the loopback address, kept by a socket that is bound and never listens.

    Nobody else is given the port meanwhile, neither another harness nor an outgoing connection; the server itself may
    bind it, as both sides allow reuse. So a server that is killed finds its port again.
    """

    def __init__(self) -> None:
        self._kept = socket.socket()
        self._kept.bind(("127.0.0.1", 0))
        self._kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.number: int = self._kept.getsockname()[1]

    def release(self) -> None:
        self._kept.close()


def answers(port: int) -> bool:
    """Whether someone listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
