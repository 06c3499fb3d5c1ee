"""Kill -9 at random moments: nothing acknowledged is lost, nothing is half done, no PDF is torn.

Each kind is killed fifty times, at a seeded moment after the first sign of life.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic

import pypdfium2
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from revmentor_desktop.jobs import files
from revmentor_desktop.store import backups, migrations
from revmentor_desktop.store.connection import connect

KILLS = 50
CHILD = Path(__file__).with_name("child.py")


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 0)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def started(kind: str, file: Path, first: int) -> subprocess.Popen[str]:
    """The child with its work before it."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), kind, str(file), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(CHILD.parents[2])},
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line == "-1\n", line
    return child


def time_of_one(kind: str, file: Path) -> float:
    """How many seconds one piece of work takes on this machine, as busy as it is."""
    copy = file.with_name("measured") / file.name
    copy.parent.mkdir()
    shutil.copy(file, copy)
    child = started(kind, copy, 0)
    assert child.stdout is not None
    begin = monotonic()
    child.stdout.readline()
    taken = monotonic() - begin
    child.kill()
    child.communicate()
    return taken


def killed_runs(kind: str, file: Path, longest: float) -> Iterator[list[int]]:
    """Start the child, kill it at a random moment, and give what it had acknowledged.

    ``longest``: the latest moment, in seconds; on a slow machine twice the time of one piece of
    work, so that some are done.
    """
    longest = max(longest, 2 * time_of_one(kind, file))
    chance = random.Random(f"{kind} kills")
    for run in range(KILLS):
        child = started(kind, file, 1_000_000 + run * 10_000)
        assert child.stdout is not None
        killer = threading.Timer(chance.uniform(0, longest), child.kill)
        killer.start()
        lines = child.stdout.read().splitlines()
        killer.join()
        child.wait()
        child.stdout.close()
        yield [int(line) for line in lines if line.strip("-").isdecimal()]


def numbers(session: Session) -> list[str]:
    return [row[0] for row in session.execute(text("SELECT staff_number FROM staff"))]


def test_an_acknowledged_edit_is_never_lost(tmp_path: Path) -> None:
    file = tmp_path / "a.revmentor"
    files.new(file, "A", clock).close()
    acknowledged: set[str] = set()
    for done in killed_runs("edits", file, 0.15):
        acknowledged |= {str(number) for number in done}
        assert backups.verify(file) == []
        with files.open_file(file, clock) as workspace:
            stored = set(workspace.read(numbers))
        assert acknowledged <= stored
        assert len(stored - acknowledged) <= KILLS, "more was stored than could be under way"
    assert len(acknowledged) > KILLS


def test_an_import_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.revmentor"
    files.new(file, "A", clock).close()
    for done in killed_runs("imports", file, 0.4):
        with files.open_file(file, clock) as workspace:
            stored = workspace.read(numbers)
        lists: dict[str, int] = {}
        for number in stored:
            lists[number.split("-")[0]] = lists.get(number.split("-")[0], 0) + 1
        assert set(lists.values()) <= {500}, "half an import was kept"
        assert {str(number) for number in done} <= set(lists)
        assert backups.verify(file) == []


def test_a_pack_is_never_torn(tmp_path: Path) -> None:
    sample = files.sample_copy(clock)
    file = tmp_path / "a.revmentor"
    sample.save_copy(file)
    sample.close()
    target = tmp_path / "pack.pdf"
    for done in killed_runs("packs", file, 0.5):
        if target.exists():
            data = target.read_bytes()
            assert data.rstrip().endswith(b"%%EOF")
            document = pypdfium2.PdfDocument(data)
            assert len(document) >= 12
            document.close()
        else:
            assert not done, "an acknowledged pack is gone"
    assert target.exists()
    assert backups.verify(file) == []


def test_a_migration_is_done_or_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.revmentor"
    files.new(old, "A", clock).close()
    file = tmp_path / "a.revmentor"
    shutil.copy(old, file)
    seen, newest = set(), migrations.schema_version()
    for _done in killed_runs("migrate", file, 0.12):
        raw = connect(file, "rw")
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        columns = {row[1] for row in raw.execute("PRAGMA table_info(staff)")}
        raw.close()
        seen.add(version)
        whole = (version == newest + 1) == ("made_anew" in tables) == ("extra" in columns)
        assert whole, "a migration was half done"
        assert version in (newest, newest + 1)
        shutil.copy(old, file)
    assert migrations.schema_version() == newest
    assert seen
