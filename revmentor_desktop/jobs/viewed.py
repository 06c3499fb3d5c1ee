"""PDFs that are handed to the system's viewer: letters of people, so they do not stay behind."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs.places import data_dir
from revmentor_desktop.store.atomic import sentence

FOLDER = "viewed"


def keep_for_viewer(data: bytes) -> Path:
    """Write a PDF where only this user can read it, until ``forget_viewed``."""
    folder = data_dir() / FOLDER / secrets.token_hex(4)
    path = folder / f"{_('Pack')}.pdf"
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        handle = os.open(
            path, os.O_CREAT | os.O_WRONLY | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as fault:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(sentence(fault, path)) from fault
    return path


def forget_viewed() -> None:
    """Remove them all, when the program starts and when it ends; what a viewer still holds (on
    Windows) goes the next time.
    """
    with suppress(OSError):
        shutil.rmtree(data_dir() / FOLDER, ignore_errors=True)
