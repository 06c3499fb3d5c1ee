"""What the system's viewer is handed is private, and does not stay behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.jobs import viewed


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_copy_is_the_users_own_and_goes(data_dir: Path) -> None:
    one, other = viewed.keep_for_viewer(b"%PDF one"), viewed.keep_for_viewer(b"%PDF two")
    assert one != other
    assert one.is_relative_to(data_dir)
    assert one.read_bytes() == b"%PDF one"
    if os.name == "posix":
        assert one.stat().st_mode & 0o777 == 0o600
        assert one.parent.stat().st_mode & 0o777 == 0o700
    viewed.forget_viewed()
    assert not one.exists()
    assert not other.exists()
    viewed.forget_viewed()


def test_a_full_disk_is_told_in_words(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> int:
        raise OSError(28, "No space left on device", str(data_dir / "viewed"))

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(UserError, match="disk is full"):
        viewed.keep_for_viewer(b"%PDF")
    assert list(data_dir.rglob("*.pdf")) == []
