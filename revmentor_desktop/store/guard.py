"""Notices a file that was changed, replaced or deleted underneath, before anything is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.store import backups


class FileChangedUnderneath(UserError):  # noqa: N818 - it says what happened
    """Somebody else changed the file; nothing more is written to it."""


Identity = tuple[int, int, int, int]
Mark = tuple[str, int]
"""The file's own id and how often it was changed: they tell our content from any other."""


def identity(path: Path) -> Identity | None:
    """Device, inode, size and time of the last change; None where there is no file.

    By ``stat`` alone: closing any handle on the live file would drop SQLite's locks (POSIX).
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def read_mark(raw: Any) -> Mark:  # noqa: ANN401
    """The mark of what an open connection sees."""
    uuid, counter = raw.execute("SELECT uuid, change_counter FROM file_meta").fetchone()
    return uuid, counter


def changed_underneath(path: Path, raw: Any, mark: Mark, now: datetime) -> FileChangedUnderneath:  # noqa: ANN401
    """What to tell, after what she had was saved beside the file where it can still be read."""
    rescued = path.with_name(f"{path.stem} (rescued {now:%Y-%m-%d %H%M%S}){path.suffix}")
    try:
        # Only what is on the disk counts: with pages from memory the copy could be a mixture.
        raw.execute("PRAGMA shrink_memory")
        ours = read_mark(raw) == mark
        if ours and not rescued.exists():
            backups.copy_to(raw, rescued, replace=False)
    except (UserError, driver.Error, TypeError):
        ours = False
    if not ours:
        return FileChangedUnderneath(
            _(
                "“{name}” was changed or removed by another program. Nothing was written to "
                "it. Open it again, or restore a backup."
            ).format(name=path.name)
        )
    return FileChangedUnderneath(
        _(
            "“{name}” was changed or removed by another program. Nothing was written to it; "
            "what you had is in “{rescued}”. Open the one that you want to go on with."
        ).format(name=path.name, rescued=rescued.name)
    )
