"""nginx serves what its configuration says, and says what is wrong with it."""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

from tests.services.errors import DidNotStart
from tests.services.fixtures import Starter
from tests.services.nginx import Nginx


def text(nginx: Nginx) -> bytes:
    connection = HTTPConnection("127.0.0.1", nginx.port, timeout=5)
    connection.request("GET", "/")
    return connection.getresponse().read()


def test_it_serves_what_it_is_told_before_and_after_a_crash(own_server: Starter) -> None:
    nginx = own_server(lambda: Nginx(lambda own: f"server {{ listen 127.0.0.1:{own.port}; return 200 here; }}"))
    assert text(nginx) == b"here"
    nginx.kill()
    nginx.start()
    assert text(nginx) == b"here"


def test_a_wrong_configuration_is_named() -> None:
    with pytest.raises(DidNotStart, match='unknown directive "listne"'), Nginx(lambda own: "server { listne 1; }"):
        pytest.fail("it must not start")
