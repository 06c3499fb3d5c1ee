"""A file is written whole or not at all, and every fault of the environment is one sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.store.atomic import atomic_write


def write(target: Path, data: bytes = b"new") -> None:
    with atomic_write(target) as file:
        file.write(data)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"old")
    return path


def left_over(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_it_replaces_the_old_file_and_leaves_nothing_else(target: Path) -> None:
    write(target)
    assert target.read_bytes() == b"new"
    assert left_over(target) == ["pack.pdf"]


@pytest.mark.parametrize("fault", [Cancelled(), ValueError("bug"), UserError("No.")])
def test_whatever_stops_it_the_old_file_stays_whole(target: Path, fault: Exception) -> None:
    def half() -> None:
        with atomic_write(target) as file:
            file.write(b"half")
            raise fault

    with pytest.raises(type(fault)):
        half()
    assert target.read_bytes() == b"old"
    assert left_over(target) == ["pack.pdf"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="The folder .* is not there"):
        write(tmp_path / "none" / "pack.pdf")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write(tmp_path)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, "open in another program"), (errno.ENOSPC, "The disk is full")],
)
def test_a_file_that_is_open_elsewhere_and_a_full_disk(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match=sentence):
        write(target)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert left_over(target) == ["pack.pdf"]
