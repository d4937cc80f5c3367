"""What is fetched is what was pinned; a download that fails is tried once more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.services.elasticsearch import artifacts
from tests.services.errors import FetchFailed


def test_a_file_with_another_checksum_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forge(command: Sequence[str | Path]) -> None:
        (Path(str(command[-1]).partition("=")[2]) / "forged.jar").write_text("forged")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(artifacts, "_run", forge)
    with pytest.raises(FetchFailed, match="checksum"):
        artifacts.fetch(artifacts.COMPILER)
    assert not artifacts.COMPILER.path.exists()


def test_a_failed_download_is_tried_twice_and_its_words_are_kept(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    with pytest.raises(FetchFailed, match="no route"):
        artifacts._run(["sh", "-c", f"echo x >> {tries}; echo no route; exit 1"])
    assert tries.read_text() == "x\nx\n"
