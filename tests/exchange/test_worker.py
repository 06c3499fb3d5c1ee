"""Work on other people's files cannot hang or fell the program."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange import worker
from revmentor_desktop.exchange.sheets import read_sheet


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
