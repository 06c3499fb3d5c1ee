"""The one open file: what it refuses, what it notices, and that nothing is lost on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.ledger import AuditEntry
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.jobs import files
from revmentor_desktop.services import staff, staff_choices
from revmentor_desktop.store import backups, migrations
from revmentor_desktop.store.backups import Backup
from revmentor_desktop.store.connection import connect
from revmentor_desktop.store.guard import FileChangedUnderneath
from revmentor_desktop.store.workspace import Workspace

NOW = datetime(2026, 3, 2, 9, 0)
ROOT = Path(__file__).parents[2]


def clock() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A closed file with one person; its name has all that a URI would read otherwise."""
    path = tmp_path / "ä b #1?%20.revmentor"
    with files.new(path, "Ours", clock) as workspace:
        workspace.write(staff.add, {"full_name": "Ann Ash"})
    return path


@pytest.fixture
def workspace(file: Path) -> Iterator[Workspace]:
    made = files.open_file(file, clock)
    yield made
    made.close()


def people(workspace: Workspace) -> list[str]:
    return [name for _id, name in workspace.read(staff_choices.names)]


def add(workspace: Workspace, name: str) -> None:
    workspace.write(staff.add, {"full_name": name})


def refused(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(UserError) as told:
        files.open_file(path, clock).close()
    if path.is_file():
        assert path.read_bytes() == before, "a refused file was changed"
    return str(told.value)


# What is refused


def test_not_our_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.revmentor"
    path.write_text("Dear Ann, " * 100)
    assert "is not a RevMentor file" in refused(path)
    other = tmp_path / "other.revmentor"
    raw = connect(other, "rwc")
    raw.execute("CREATE TABLE t (x)")
    raw.close()
    assert "is not a RevMentor file" in refused(other)


def test_an_empty_file_and_none_at_all(tmp_path: Path) -> None:
    empty = tmp_path / "empty.revmentor"
    empty.touch()
    assert "is empty" in refused(empty)
    assert "is not there any more" in refused(tmp_path / "gone.revmentor")
    assert not (tmp_path / "gone.revmentor").exists()
    assert "is a folder" in refused(tmp_path)


def test_a_newer_file_is_refused_before_a_byte_is_written(file: Path) -> None:
    raw = connect(file)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    assert "newer RevMentor (file version 99)" in refused(file)


def test_a_damaged_file(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(5000, 60_000, 7):
        data[at] ^= 0xFF
    file.write_bytes(data)
    assert "damaged" in refused(file)


def test_a_new_file_is_never_written_over(file: Path) -> None:
    with pytest.raises(UserError, match="never written over"):
        files.new(file, "Again", clock)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="needs to change the user")
def test_a_folder_that_is_read_only(file: Path, tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime\n"
        "from revmentor_desktop.jobs import files; from revmentor_desktop.services import staff\n"
        "from revmentor_desktop.domain.errors import UserError\n"
        "os.setuid(65534)\n"
        "try:\n"
        "    w = files.open_file(Path(sys.argv[1]), datetime.now)\n"
        "    w.write(staff.add, {'full_name': 'Bo'})\n"
        "except UserError as refusal:\n"
        "    print(refusal)\n"
    )
    (tmp_path / "data").mkdir(exist_ok=True)
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)
    (tmp_path / "data").chmod(0o777)
    file.chmod(0o644)
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert "read-only" in done.stdout or "cannot be" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is a POSIX one")
def test_a_full_disk_loses_nothing(file: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from datetime import datetime\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from revmentor_desktop.jobs import files; from revmentor_desktop.services import staff\n"
        "from revmentor_desktop.domain.errors import UserError\n"
        "w = files.open_file(Path(sys.argv[1]), datetime.now)\n"
        "size = Path(sys.argv[1]).stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try:\n"
        "    for n in range(10000): w.write(staff.add, {'full_name': f'Bo {n}' + 'x' * 200})\n"
        "except UserError as refusal:\n"
        "    print(refusal)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert "disk" in done.stdout
    assert backups.verify(file) == []


def test_a_second_instance_is_told_who_has_the_file(file: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from datetime import datetime\n"
        "from revmentor_desktop.jobs import files\n"
        "w = files.open_file(Path(sys.argv[1]), datetime.now); print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(file)], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    sentence = refused(file)
    assert "is open already: by" in sentence
    child.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    child.wait()
    child.stdout.close()
    files.open_file(file, clock).close()


# What is noticed


def test_a_deleted_file_is_noticed_and_what_she_had_is_rescued(
    workspace: Workspace, file: Path
) -> None:
    file.unlink()
    with pytest.raises(FileChangedUnderneath) as told:
        add(workspace, "Bo Birch")
    [rescued] = file.parent.glob("* (rescued*")
    assert rescued.name in str(told.value)
    with files.open_file(rescued, clock) as other:
        assert people(other) == ["Ann Ash"]
    assert not file.exists()


def test_a_replaced_file_is_never_written_to(workspace: Workspace, file: Path) -> None:
    other = file.with_name("other.revmentor")
    with files.new(other, "Other", clock) as made:
        add(made, "Somebody Else")
    content = other.read_bytes()
    os.replace(other, file)
    with pytest.raises(FileChangedUnderneath):
        add(workspace, "Bo Birch")
    assert file.read_bytes() == content


def test_a_file_overwritten_in_place_is_noticed(workspace: Workspace, file: Path) -> None:
    data = file.read_bytes()
    later = NOW.timestamp() + 10
    file.write_bytes(data)
    os.utime(file, (later, later))
    with pytest.raises(FileChangedUnderneath):
        add(workspace, "Bo Birch")


def test_what_another_program_wrote_in_place_is_not_taken_for_hers(
    workspace: Workspace, file: Path
) -> None:
    other = file.with_name("other.revmentor")
    with files.new(other, "Other", clock) as made:
        add(made, "Somebody Else")
    copies = len(workspace.backups())
    add(workspace, "Bo Birch")
    file.write_bytes(other.read_bytes())
    for ask in (lambda: add(workspace, "Cy Cedar"), lambda: workspace.back_up()):
        with pytest.raises(FileChangedUnderneath):
            ask()
    assert not list(file.parent.glob("* (rescued*"))
    workspace.close()
    assert len(workspace.backups()) == copies, "the other file was kept as a backup of hers"


def test_a_killed_programs_journal_never_gets_into_a_new_copy(
    workspace: Workspace, file: Path, tmp_path: Path
) -> None:
    """A rollback journal left beside a name would be played into whatever stands there next."""
    with connect(file, "rwc") as raw:
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("PRAGMA cache_spill=ON")
        raw.execute("UPDATE staff SET full_name = 'Half Written'")
        journal = Path(f"{file}-journal").read_bytes()
        raw.rollback()
    target = tmp_path / "copy.revmentor"
    Path(f"{target}-journal").write_bytes(journal)
    add(workspace, "Bo Birch")
    workspace.save_copy(target)
    with files.open_file(target, clock) as copy:
        assert people(copy) == ["Ann Ash", "Bo Birch"]


def test_another_users_lock_is_told_in_words(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("filelock.FileLock.acquire", denied)
    assert "right" in refused(file) or "read-only" in refused(file)


def test_a_link_and_its_file_have_one_lock(workspace: Workspace, file: Path) -> None:
    link = file.with_name("link.revmentor")
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("no links here")
    assert "is open already" in refused(link)
    assert people(workspace) == ["Ann Ash"]


def test_a_half_written_copy_an_hour_old_is_cleared_away(file: Path) -> None:
    part = file.with_name(f".{file.name}.1234abcd.part")
    young = file.with_name(f".{file.name}.5678abcd.part")
    for path in (part, young):
        path.write_bytes(b"half")
    an_hour_ago = young.stat().st_mtime - 3700
    os.utime(part, (an_hour_ago, an_hour_ago))
    files.open_file(file, clock).close()
    assert not part.exists()
    assert young.exists()


def test_our_own_writes_are_no_surprise(workspace: Workspace) -> None:
    for number in range(5):
        add(workspace, f"Person {number}")
        workspace.back_up()
    assert len(people(workspace)) == 6


# What is kept


def test_an_exception_rolls_back_the_whole_action(workspace: Workspace) -> None:
    def half(session: Session) -> None:
        staff.add(session, {"full_name": "Bo Birch"})
        raise UserError("No.")

    with pytest.raises(UserError):
        workspace.write(half)
    assert people(workspace) == ["Ann Ash"]


def test_each_write_is_one_audit_row_without_content(workspace: Workspace) -> None:
    def audit(session: Session) -> list[tuple[str, str]]:
        return [(row.action, row.who) for row in session.scalars(select(AuditEntry))]

    before = workspace.read(audit)
    add(workspace, "Bo Birch")
    after = workspace.read(audit)
    assert len(after) == len(before) + 1
    assert after[-1][0] == "staff.add"
    assert "Birch" not in str(after)


def test_a_bug_never_tells_a_name(workspace: Workspace) -> None:
    def twice(session: Session) -> None:
        for name in ("Bo Birch", "Cy Cedar"):
            person = StaffMember(full_name=name, staff_number="7")
            session.add(person)
        session.flush()

    with pytest.raises(IntegrityError) as told:
        workspace.write(twice)
    assert "Birch" not in str(told.value)
    assert "Cedar" not in str(told.value)


def test_types_and_links_are_kept(workspace: Workspace) -> None:
    def wrong_type(session: Session) -> None:
        session.execute(text("UPDATE staff SET birth_year = 'abc'"))

    def wrong_link(session: Session) -> None:
        session.execute(text("UPDATE staff SET manager_id = 4711"))

    for action in (wrong_type, wrong_link):
        with pytest.raises(IntegrityError):
            workspace.write(action)


def test_the_file_is_private(file: Path) -> None:
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0


@given(st.text(min_size=1, max_size=40))
def test_control_characters_never_come_in(name: str) -> None:
    assert "\x00" not in clean(name)


# Backups


def test_closing_backs_up_only_what_has_changed(file: Path) -> None:
    with files.open_file(file, clock) as workspace:
        count = len(workspace.backups())
    with files.open_file(file, clock) as workspace:
        assert len(workspace.backups()) == count
        add(workspace, "Bo Birch")
    with files.open_file(file, clock) as workspace:
        assert len(workspace.backups()) == count + 1
        assert workspace.backups()[0].reason == "close"


def test_restore_brings_the_date_back_and_keeps_what_was_there(workspace: Workspace) -> None:
    backup = workspace.back_up()
    add(workspace, "Bo Birch")
    workspace.restore(backup)
    assert people(workspace) == ["Ann Ash"]
    [newest, *_rest] = workspace.backups()
    assert newest.reason == "restore"
    workspace.restore(newest)
    assert people(workspace) == ["Ann Ash", "Bo Birch"]
    add(workspace, "Cy Cedar")
    assert len(people(workspace)) == 3


def test_a_backup_that_was_changed_is_refused(workspace: Workspace) -> None:
    backup = workspace.back_up()
    data = bytearray(backup.path.read_bytes())
    data[-1] ^= 1
    backup.path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        workspace.restore(backup)
    assert people(workspace) == ["Ann Ash"]


def test_a_copy_never_replaces_a_file(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "copy.revmentor"
    workspace.save_copy(target)
    with files.open_file(target, clock) as copy:
        assert people(copy) == ["Ann Ash"]
    with pytest.raises(UserError, match="never written over"):
        workspace.save_copy(target)
    with pytest.raises(UserError, match="is not there"):
        workspace.save_copy(tmp_path / "none" / "x.revmentor")


moments = st.lists(st.integers(0, 60 * 24 * 60), max_size=80)


@given(moments)
def test_ten_latest_and_one_for_each_day_and_week_stay(minutes: list[int]) -> None:
    made = [
        Backup(Path(f"{at}-{minute}"), NOW - timedelta(minutes=minute), at, "close", 1)
        for at, minute in enumerate(minutes)
    ]
    kept = backups.keep(made, NOW.date())
    newest = sorted(made, key=lambda b: (b.at, b.counter), reverse=True)
    assert set(newest[:10]) <= kept
    assert len(kept) <= 10 + 7 + 5
    for age in range(7):
        day = NOW.date() - timedelta(days=age)
        if any(b.at.date() == day for b in made):
            assert any(b.at.date() == day for b in kept)


# Migrations


def schema(path: Path) -> set[tuple[str, str]]:
    raw = connect(path, "ro")
    rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    raw.close()
    return {(name, " ".join(sql.split())) for name, sql in rows}


def test_every_table_is_strict_and_made_from_the_models(file: Path) -> None:
    found = dict(schema(file))
    for table in METADATA.sorted_tables:
        assert found[table.name].endswith("STRICT"), table.name


def test_an_older_file_is_backed_up_and_brought_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(connection: object) -> None:
        connection.exec_driver_sql("ALTER TABLE staff ADD COLUMN extra TEXT")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    with files.open_file(file, clock) as workspace:
        assert people(workspace) == ["Ann Ash"]
        assert "migration" in [backup.reason for backup in workspace.backups()]
    assert "extra" in dict(schema(file))["staff"]


def test_a_step_that_fails_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(connection: object) -> None:
        connection.exec_driver_sql("ALTER TABLE staff ADD COLUMN extra TEXT")  # type: ignore[attr-defined]
        raise ZeroDivisionError

    before, shipped = schema(file), migrations.STEPS
    monkeypatch.setattr(migrations, "STEPS", (*shipped, step))
    with pytest.raises(ZeroDivisionError):
        files.open_file(file, clock)
    assert schema(file) == before
    monkeypatch.setattr(migrations, "STEPS", shipped)
    files.open_file(file, clock).close()
