"""A file is written whole or not at all, and what stopped it is said in one sentence."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.store.atomic import atomic_folder, atomic_write

KEY = "0123abcd.part"


def _names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_new_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    target = tmp_path / "päck.pdf"
    target.write_bytes(b"old")
    with atomic_write(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert _names(tmp_path) == ["päck.pdf"]
    if os.name != "nt":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("fault", [Cancelled(), ValueError("bug"), KeyboardInterrupt()])
def test_whatever_happens_the_old_file_stays(tmp_path: Path, fault: BaseException) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def stopped() -> None:
        with atomic_write(target) as file:
            file.write(b"half")
            raise fault

    with pytest.raises(type(fault)):
        stopped()
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "open in another program"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "could not be written"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_fault_of_the_disk_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, step: str
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(UserError, match=words), atomic_write(target) as file:
        file.write(b"new")
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]


def test_a_full_disk_in_the_middle_of_writing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    import signal

    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(UserError, match="disk is full"), atomic_write(target) as file:
            file.write(bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "none" / "a.pdf", tmp_path / "file" / "a.pdf"):
        with pytest.raises(UserError, match="not there"), atomic_write(place):
            pass
    with pytest.raises(UserError, match="is a folder"), atomic_write(tmp_path):
        pass
    with pytest.raises(UserError, match="name of a file"), atomic_write(tmp_path / ("n" * 300)):
        pass


def test_a_fault_of_another_file_is_not_blamed_on_this_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write(tmp_path / "a.pdf"):
        (tmp_path / "logo.png").read_bytes()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    link = tmp_path / "link.pdf"
    try:
        link.symlink_to(tmp_path / "real.pdf")
    except OSError:
        pytest.skip("links are not allowed here")
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_what_a_killed_program_left_is_swept_up(tmp_path: Path) -> None:
    for name, age in ((f".a.pdf.1{KEY}", 7200), (f".a.pdf.2{KEY}", 60), (f".b.pdf.1{KEY}", 7200)):
        (tmp_path / name).touch()
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    with atomic_write(tmp_path / "a.pdf"):
        pass
    assert _names(tmp_path) == [f".a.pdf.2{KEY}", f".b.pdf.1{KEY}", "a.pdf"]


def test_letters_of_a_killed_batch_are_swept_up_by_the_next_one(tmp_path: Path) -> None:
    write = (
        "import os, signal, sys; from pathlib import Path;"
        "from revmentor_desktop.store.atomic import atomic_folder\n"
        "with atomic_folder(Path(sys.argv[1])) as files:\n"
        "    with files.open('P001 Ann.pdf') as file: file.write(b'Dear Ann')\n"
        "    os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", write, str(tmp_path)], check=False)
    assert killed.returncode == 9
    [left] = tmp_path.iterdir()
    strangers = tmp_path / ".theirs.part"
    strangers.touch()
    for file in (left, strangers):
        then = file.stat().st_mtime - 7200
        os.utime(file, (then, then))
    with atomic_folder(tmp_path) as files, files.open("P002 Cy.pdf") as file:
        file.write(b"Dear Cy")
    assert _names(tmp_path) == [".theirs.part", "P002 Cy.pdf"]
