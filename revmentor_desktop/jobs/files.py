"""Files as a whole: a new one, an existing one, the sample programme's copy, a damaged one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.returns import KEY_BYTES
from revmentor_desktop.jobs.places import ENDING, data_dir, documents_dir, free_path
from revmentor_desktop.services import organisation, topics
from revmentor_desktop.store import backups, migrations
from revmentor_desktop.store.atomic import sentence
from revmentor_desktop.store.backups import Backup
from revmentor_desktop.store.connection import APPLICATION_ID
from revmentor_desktop.store.lock import Lock
from revmentor_desktop.store.workspace import Workspace

__all__ = [
    "ENDING", "data_dir", "documents_dir", "free_path", "furnish", "new", "open_file",
    "rescue", "rescuing_backups", "sample_copy",
]  # fmt: skip

Clock = Callable[[], datetime]


def new(path: Path, name: str, clock: Clock, coordinator: str = "") -> Workspace:
    """A new file with its organisation and the topic library; never over an existing one.

    ``coordinator``: whose name stands under the letters.
    """
    workspace = Workspace.create(path, data_dir=data_dir(), clock=clock)
    try:
        workspace.write(furnish, name or path.stem, coordinator)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace


def furnish(session: Session, name: str, coordinator: str = "") -> None:
    """What every file has from its first day."""
    organisation.create(session, name, secrets.token_bytes(KEY_BYTES), coordinator)
    topics.seed(session)


def open_file(path: Path, clock: Clock) -> Workspace:
    """Open an existing file."""
    return Workspace.open(path, data_dir=data_dir(), clock=clock)


def rescuing_backups(path: Path, file_uuid: str) -> list[Backup]:
    """The backups that a missing, empty or damaged file can come back from, newest first.

    A whole file has none to be rescued by, nor has one that a newer program made.
    """
    if not file_uuid or path.is_dir() or _is_newer(path) or not backups.verify(path):
        return []
    return backups.listed(backups.folder(data_dir(), file_uuid))


def rescue(path: Path, backup: Backup, clock: Clock) -> Workspace:
    """Bring a damaged file back from a backup; what is left of it stays beside it."""
    backups.check_backup(backup.path)
    if path.exists():
        aside = path.with_name(f"{path.stem} (damaged {clock():%Y-%m-%d %H%M%S}){path.suffix}")
        try:
            path.rename(aside)
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists():  # it belongs to what is set aside, never to what comes back
                journal.rename(aside.with_name(f"{aside.name}-journal"))
        except OSError as fault:
            raise UserError(sentence(fault, path)) from fault
    backups.restore_to(backup.path, path)
    return open_file(path, clock)


def sample_copy(clock: Clock) -> Workspace:
    """A fresh copy of the sample programme, with dates around today."""
    from revmentor_desktop.jobs import sample

    folder = data_dir() / "sample"
    folder.mkdir(exist_ok=True)
    number = 1
    while (path := folder / f"{_sample_name(number)}{ENDING}").exists():
        if _removed(path, clock()):
            break
        number += 1
    workspace = Workspace.create(path, data_dir=data_dir(), clock=clock)
    try:
        sample.make_sample(workspace, clock().date())
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace


def _sample_name(number: int) -> str:
    return "Sample programme" if number == 1 else f"Sample programme {number}"


def _removed(path: Path, now: datetime) -> bool:
    """Remove an earlier sample, unless another window has it open."""
    try:
        lock = Lock(path, data_dir(), now)
    except UserError:
        return False
    with suppress(OSError):
        path.unlink()
    lock.release()
    return not path.exists()


def _is_newer(path: Path) -> bool:
    """Whether SQLite's file header tells of a newer program; reads a hundred bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    return ours and int.from_bytes(head[60:64], "big") > migrations.schema_version()
