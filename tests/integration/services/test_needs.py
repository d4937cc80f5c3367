"""What is missing is named; what does not fit is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.services import debian
from tests.services.elasticsearch import java
from tests.services.errors import Missing


def _absent() -> None:
    raise Missing("absent")


def test_who_is_not_root_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "NEEDED", {"here": lambda: None, "absent": _absent, "gone": _absent})
    assert debian.main() == 1
    assert capsys.readouterr().err.endswith("apt-get install absent gone\n")
    assert debian.main(["gone"]) == 1
    assert capsys.readouterr().err.endswith("apt-get install gone\n")
    assert debian.main(["here"]) == 0


@pytest.mark.parametrize(("version", "fits"), [("17.0.15", False), ("21", True), ("25.0.2", True), ("26", False)])
def test_only_a_java_that_the_server_supports_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    assert java.Java(tmp_path).fits() is fits
