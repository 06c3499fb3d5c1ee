"""One file, one window: the system's lock, freed when a process is killed."""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _, format_date, format_time


class Lock:
    """Held while a file is open. Who holds it stands in a note beside it, for the message."""

    def __init__(self, path: Path, data_dir: Path, now: datetime) -> None:
        folder = path.parent if os.access(path.parent, os.W_OK) else data_dir / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / f".{path.name}.lock")
        self._note = folder / f".{path.name}.lock-note"
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(self._held_sentence(path)) from None
        with suppress(OSError):
            self._note.write_text(
                json.dumps({"who": who(), "host": socket.gethostname(), "at": now.isoformat()})
            )

    def release(self) -> None:
        """Let others open the file; the lock's own files go too."""
        with suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):
            Path(self._lock.lock_file).unlink(missing_ok=True)

    def _held_sentence(self, path: Path) -> str:
        try:
            note = json.loads(self._note.read_text())
            at = datetime.fromisoformat(note["at"])
            return _("“{name}” is open already: by {who} on {host} since {day}, {time}. Close it "
                     "there first.").format(
                name=path.name, who=note["who"], host=note["host"],
                day=format_date(at.date()), time=format_time(at),
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            return _("“{name}” is open already in another window. Close it there first.").format(
                name=path.name
            )


def who() -> str:
    """The name of the user of this computer, for the lock's message and the audit."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
