"""nginx as it is shipped, before a stand-in for the portal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.deploy.front import Front
from tests.integration.deploy.stub import Stub
from tests.services import folders
from tests.services.fixtures import Starter


@pytest.fixture(scope="module")
def portal() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture(scope="module")
def data() -> Path:
    """Holds static files as ``collectstatic`` leaves them."""
    folder = folders.make("data")
    for name, content in {
        "css/base.0123456789ab.css": b"plain",
        "css/base.0123456789ab.css.gz": b"gzip",
        "css/base.0123456789ab.css.br": b"brotli",
        "css/base.css": b"plain",
        "img/logo.0123456789ab.png": b"png",
    }.items():
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def front(portal: Stub, data: Path, module_server: Starter) -> Front:
    return module_server(lambda: Front(portal.address, data))


@pytest.fixture(autouse=True)
def _forgetful(request: pytest.FixtureRequest) -> None:
    """What reached the stand-in in one test is not the next one's."""
    if "portal" in request.fixturenames:
        stub: Stub = request.getfixturevalue("portal")
        stub.forget()
