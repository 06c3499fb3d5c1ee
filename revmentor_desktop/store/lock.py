"""One file, one window: the system's lock, freed when a process is killed."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _, format_date, format_time
from revmentor_desktop.store.atomic import sentence


class Lock:
    """Held while a file is open. Who holds it stands in a note beside it, for the message."""

    def __init__(self, path: Path, data_dir: Path, now: datetime) -> None:
        folder, name = path.parent, path.name
        if not os.access(folder, os.W_OK):  # files of one name in two folders share no lock
            name = f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}.{name}"
            folder = data_dir / "locks"
        self._lock = FileLock(folder / f".{name}.lock")
        self.note = folder / f".{name}.lock-note"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(self._held_sentence(path)) from None
        except OSError as fault:
            raise UserError(sentence(fault, path)) from fault
        with suppress(OSError):
            self.note.write_text(
                json.dumps({"who": who(), "host": socket.gethostname(), "at": now.isoformat()})
            )

    def release(self) -> None:
        """Let others open the file; the lock's own files go too."""
        with suppress(OSError):
            self.note.unlink(missing_ok=True)
        # Removed while it is held, where the system allows: afterwards it may be another's.
        with suppress(OSError):
            Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()
        if os.name == "nt":
            with suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)

    def _held_sentence(self, path: Path) -> str:
        try:
            note = json.loads(self.note.read_text())
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
