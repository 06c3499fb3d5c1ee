"""Work on other people's files cannot hang or fell the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange import worker
from revmentor_desktop.exchange.sheets import read_sheet
from revmentor_desktop.i18n import current_language, language


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    worker.stop()


def test_a_result_a_refusal_and_the_same_worker_again(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Name,Site\nAda,Bath\n", encoding="utf-8")
    assert worker.run_untrusted(read_sheet, tmp_path / "a.csv").rows == (("Ada", "Bath"),)
    number = worker.run_untrusted(os.getpid)
    with pytest.raises(UserError, match=r"none\.csv"):
        worker.run_untrusted(read_sheet, tmp_path / "none.csv")
    assert worker.run_untrusted(os.getpid) == number != os.getpid()


def test_a_worker_that_hangs_is_given_up_and_the_next_works() -> None:
    worker.run_untrusted(os.getpid)
    with pytest.raises(UserError, match="too long"):
        worker.run_untrusted(time.sleep, 30, seconds=0.2)
    assert worker.run_untrusted(len, "abc") == 3


def test_a_worker_that_dies_is_a_refusal() -> None:
    with pytest.raises(UserError):
        worker.run_untrusted(os._exit, 3)
    assert worker.run_untrusted(len, "abc") == 3


def test_the_language_goes_along() -> None:
    with language("de_DE"):
        assert worker.run_untrusted(current_language) == "de_DE"
    assert worker.run_untrusted(current_language) == "en_GB"


def test_our_own_fault_tells_its_kind_and_no_content() -> None:
    with pytest.raises(RuntimeError, match="ValueError"):
        worker.run_untrusted(int, "Ada")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_too_much_memory_is_a_refusal() -> None:
    with pytest.raises(UserError, match="too large"):
        worker.run_untrusted(bytes, 3 * 2**30)
    assert worker.run_untrusted(len, "abc") == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_two_cells_a_world_apart_end_the_worker_and_not_the_program(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = book.worksheets[0]["XFD1048576"] = "Name"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="far away"):
        worker.run_untrusted(read_sheet, tmp_path / "a.xlsx")
    assert worker.run_untrusted(len, "abc") == 3


def test_the_program_itself_can_start_the_worker(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Name,Site\nAda,Bath\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text('Name,Site\n"Ada,Bath\n', encoding="utf-8")
    base = [sys.executable, "-m", "revmentor_desktop"]
    where = {**os.environ, "REVMENTOR_DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*base, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=where, check=False)

    file = tmp_path / "a.revmentor"
    assert run("new", file).returncode == 0
    done = run("import", file, tmp_path / "a.csv")
    assert (done.returncode, done.stderr) == (0, "")
    refused = run("import", file, tmp_path / "b.csv")
    assert refused.returncode == 2
    assert "line 2" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
