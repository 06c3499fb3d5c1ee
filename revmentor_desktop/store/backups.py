"""Silent, dated, verified copies of a file, and the way back from them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.store import migrations
from revmentor_desktop.store.atomic import part_of, sentence, sweep, sync_folder
from revmentor_desktop.store.connection import APPLICATION_ID, connect

LATEST, DAYS, WEEKS = 10, 7, 4
REASONS = ("close", "import", "migration", "restore", "asked")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. Its name holds time, counter and reason, so that the list needs no file read."""

    path: Path
    at: datetime
    counter: int
    reason: str
    size: int

    @property
    def local(self) -> datetime:
        """When it was made, by this computer's clock (``at`` is UTC)."""
        return self.at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def folder(data_dir: Path, file_uuid: str) -> Path:
    """Where the backups of one file lie."""
    return data_dir / "backups" / file_uuid


def listed(place: Path) -> list[Backup]:
    """The backups in a folder, newest first."""
    found = []
    for path in place.glob("*.revmentor"):
        stamp, _dash, rest = path.stem.partition("-")
        counter, _dash, reason = rest.partition("-")
        with suppress(ValueError, OSError):
            at = datetime.strptime(stamp, "%Y%m%dT%H%M%S")
            found.append(Backup(path, at, int(counter), reason, path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.at, backup.counter), reverse=True)


def make(raw: Any, place: Path, now: datetime, reason: str) -> Backup:  # noqa: ANN401
    """A verified copy of an open connection's file; the older ones are thinned."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    counter = raw.execute("SELECT change_counter FROM file_meta").fetchone()[0]
    target = place / f"{now:%Y%m%dT%H%M%S}-{counter:08d}-{reason}.revmentor"
    copy_to(raw, target)
    sweep(target, None)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_suffix(".sha256").write_text(digest)
    kept = keep(listed(place), now.date())
    for backup in listed(place):
        if backup not in kept:
            backup.path.unlink(missing_ok=True)
            backup.path.with_suffix(".sha256").unlink(missing_ok=True)
    return Backup(target, now.replace(microsecond=0), counter, reason, target.stat().st_size)


def keep(backups: Sequence[Backup], today: date) -> set[Backup]:
    """Which backups stay: the 10 latest, the last of each of 7 days and of each of 4 weeks."""
    ordered = sorted(backups, key=lambda backup: (backup.at, backup.counter), reverse=True)
    kept = set(ordered[:LATEST])
    days: set[date] = set()
    weeks: set[tuple[int, int]] = set()
    for backup in ordered:
        day, week = backup.at.date(), backup.at.isocalendar()[:2]
        if day not in days and today - day < timedelta(days=DAYS):
            kept.add(backup)
        if week not in weeks and today - day < timedelta(weeks=WEEKS):
            kept.add(backup)
        days.add(day)
        weeks.add((week[0], week[1]))
    return kept


def copy_to(raw: Any, target: Path, replace: bool = True) -> None:  # noqa: ANN401
    """Copy an open file's content to ``target``, checked before it gets its name."""
    if not replace and target.exists():
        raise UserError(
            _("“{name}” exists already and is never written over. Choose another name.").format(
                name=target.name
            )
        )
    part = part_of(target)
    try:
        part.touch(mode=0o600)
        with closing(connect(part, "rwc")) as copy:
            copy.execute("PRAGMA journal_mode=OFF")  # the part is thrown away where this fails
            raw.backup(copy)
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise UserError(_("The copy is damaged and was not kept. Try another place."))
        handle = os.open(part, os.O_RDWR)
        os.fsync(handle)
        os.close(handle)
        # A killed program's journal would be played into the new file and break it.
        target.with_name(f"{target.name}-journal").unlink(missing_ok=True)
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError as fault:
        raise UserError(sentence(fault, target)) from fault
    except driver.Error as fault:
        raise UserError(
            _(
                "“{name}” could not be written: the disk may be full. Make room and try again."
            ).format(name=target.name)
        ) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check_backup(backup: Path) -> None:
    """Refuse a backup that has changed since it was made, or that is no whole file of ours."""
    digest = backup.with_suffix(".sha256")
    # A program killed at the wrong moment leaves it empty or unwritten; the content decides then.
    known = digest.read_text() if digest.exists() else ""
    if known and known != hashlib.sha256(backup.read_bytes()).hexdigest():
        raise UserError(_("This backup is damaged. Choose another date."))
    if problems := verify(backup):
        raise UserError(" ".join(problems))


def restore_to(backup: Path, target: Path) -> None:
    """Make a new file out of a backup; an existing file is never written over."""
    if target.exists():
        raise UserError(
            _("“{name}” exists already and is never written over. Choose another name.").format(
                name=target.name
            )
        )
    check_backup(backup)
    with closing(connect(backup, "ro")) as raw:
        copy_to(raw, target, replace=False)


def verify(path: Path) -> list[str]:
    """What is wrong with a file, one sentence each; empty where it is whole. Changes nothing."""
    if refusal := refuse(path):
        return [refusal]
    # What a killed process left behind is taken back first, which a read-only connection cannot.
    journal = path.with_name(f"{path.name}-journal")
    with closing(connect(path, "rw" if journal.exists() else "ro")) as raw:
        try:
            state = raw.execute("PRAGMA integrity_check").fetchall()
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        except driver.Error:
            return [damaged(path)]
    if state[0][0] != "ok" or broken:
        return [damaged(path)]
    return []


def damaged(path: Path) -> str:
    """The sentence for a file whose content is broken."""
    return _("“{name}” is damaged. Restore it from a backup (File > Restore).").format(
        name=path.name
    )


def refuse(path: Path) -> str:
    """Why a file cannot be opened at all; "" where it can. Reads a few bytes, writes none."""
    if path.is_dir():
        return _("“{name}” is a folder, not a RevMentor file.").format(name=path.name)
    if not path.exists():
        return _("“{name}” is not there any more. Was it moved or renamed?").format(name=path.name)
    if path.stat().st_size == 0:
        return _("“{name}” is empty. Restore it from a backup (File > Restore).").format(
            name=path.name
        )
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return _("“{name}” cannot be read. Check that you may open it.").format(name=path.name)
    # https://www.sqlite.org/fileformat2.html#the_database_header. Read as bytes, before anything
    # is connected: a read-only connection could not take back what a killed process left behind.
    ours = header[:16] == b"SQLite format 3\0" and header[68:72] == APPLICATION_ID.to_bytes(4)
    version = int.from_bytes(header[60:64])
    if not ours:
        return _("“{name}” is not a RevMentor file, or it is damaged.").format(name=path.name)
    if version > migrations.schema_version():
        return _(
            "“{name}” was made by a newer RevMentor (file version {version}). Install the "
            "newer program to open it; nothing was changed."
        ).format(name=path.name, version=version)
    return ""
