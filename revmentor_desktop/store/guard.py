"""Notices a file that was changed, replaced or deleted underneath, before anything is written."""

from __future__ import annotations

from pathlib import Path

from revmentor_desktop.domain.errors import UserError


class FileChangedUnderneath(UserError):  # noqa: N818 - it says what happened
    """Somebody else changed the file; nothing more is written to it."""


Identity = tuple[int, int, int, int]


def identity(path: Path) -> Identity | None:
    """Device, inode, size and time of the last change; None where there is no file.

    By ``stat`` alone: closing any handle on the live file would drop SQLite's locks (POSIX).
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
