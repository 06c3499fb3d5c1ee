"""What the disk and the system do to a file, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """The environment's faults in plain words; all else is our bug and goes on as it is."""
    try:
        yield
    except DatabaseError as fault:
        reason = str(fault.orig)
        for sign, sentence in _FAULTS:
            if sign in reason:
                raise UserError(_(sentence).format(name=path.name)) from None
        raise


_FAULTS = (
    ("disk is full", "The disk is full, so the change was not kept. Make room and try again."),
    ("disk I/O error", "“{name}” could not be written: the disk may be full or was removed. "
     "Nothing was lost; try again."),
    ("readonly database", "“{name}” is read-only, so nothing can be changed. Save a copy "
     "elsewhere."),
    ("unable to open", "“{name}” cannot be written: its folder may be read-only. Save a copy "
     "elsewhere."),
    ("database is locked", "“{name}” is in use by another program. Wait a moment and try again."),
    ("malformed", "“{name}” is damaged. Restore it from a backup (File > Restore)."),
    ("not a database", "“{name}” is not a RevMentor file, or it is damaged."),
)  # fmt: skip
