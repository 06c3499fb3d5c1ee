"""Writes a file beside its target and puts it in place whole: the old one stays until then."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _


@contextmanager
def atomic_write(target: Path) -> Iterator[BinaryIO]:
    """A binary file that becomes ``target`` when the block ends without an exception.

    Raises UserError where the folder is missing or read-only, the disk is full, or the target is
    open in another program; then and on any other exception the old file stays whole.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    if target.is_dir():
        raise UserError(_("“{name}” is a folder. Give a file name.").format(name=target))
    try:
        with _private(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError as fault:
        raise UserError(sentence(fault, target)) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _private(part: Path) -> BinaryIO:
    handle = os.open(
        part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600
    )
    return os.fdopen(handle, "wb")


def sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets a folder be synced (Windows does not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sentence(fault: OSError, target: Path) -> str:
    """What went wrong with a file, in words, and what to do."""
    name = target.name
    if fault.errno == errno.ENOENT:
        return _("The folder “{folder}” is not there. Choose another place for “{name}”.").format(
            folder=target.parent, name=name
        )
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _(
            "The disk is full, so “{name}” could not be written. Make room and try again."
        ).format(name=name)
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return _(
            "“{name}” cannot be written: the folder is read-only or the file is open in "
            "another program. Close it there, or choose another place."
        ).format(name=name)
    return _("“{name}” could not be written: {reason}.").format(
        name=name, reason=os.strerror(fault.errno or 0)
    )
