"""Writes a file beside its target and puts it in place whole: the old one stays until then."""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

LONGEST_STEM = 40
STALE_SECONDS = 3600
OURS = re.compile(r"\.\d[0-9a-f]{7,}\.part$")
"""How the name of a file ends that is being written: no other program's file is swept up."""
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Windows' virus scanners and indexers hold a new file for a moment."""


@contextmanager
def atomic_write(target: Path) -> Iterator[BinaryIO]:
    """A binary file that becomes ``target`` when the block ends without an exception.

    Raises UserError where the folder is missing or read-only, the disk is full, or the target is
    open in another program; then and on any other exception the old file stays whole.
    """
    if os.path.isdir(target):  # Path.is_dir raises where a name is too long
        raise UserError(_("“{name}” is a folder. Give a file name.").format(name=target))
    place = Path(os.path.realpath(target))  # a link stays a link
    part = part_of(place)
    try:
        with _private(part) as file:
            sweep(part, place)
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(part, place)
        sync_folder(place.parent)
    except OSError as fault:
        if fault.filename is not None and Path(os.fsdecode(fault.filename)) not in (part, place):
            raise  # of another file that the block was busy with
        raise UserError(sentence(fault, target)) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def part_of(place: Path) -> Path:
    """Where a file is written until it is whole: hidden beside its place."""
    return place.with_name(f"{_stem(place)}{os.getpid()}{secrets.token_hex(4)}.part")


def _stem(place: Path) -> str:
    return f".{place.name[:LONGEST_STEM]}."


def _private(part: Path) -> BinaryIO:
    handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "wb")


def sweep(made: Path, place: Path | None) -> None:
    """Remove what a killed program left of a target (None: of any) an hour ago or earlier.

    ``made`` is a file that was written just now beside it: the disk's own clock decides.
    """
    stem = _stem(place) if place else "."
    with suppress(OSError), os.scandir(made.parent) as entries:
        stale = made.stat().st_mtime - STALE_SECONDS
        for entry in entries:
            if entry.name.startswith(stem) and OURS.search(entry.name):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < stale:
                        os.unlink(entry.path)


def _put_in_place(part: Path, place: Path) -> None:
    for pause in PATIENCE if os.name == "nt" else ():
        try:
            os.replace(part, place)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(part, place)


def sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets a folder be synced (Windows and some network
    drives do not).
    """
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF):
            raise
    finally:
        os.close(handle)


def sentence(fault: OSError, target: Path) -> str:
    """What went wrong with a file, in words, and what to do."""
    name = target.name
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
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
    if fault.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        return _("“{name}” cannot be the name of a file here. Choose a shorter, plainer one."
                 ).format(name=name)  # fmt: skip
    return _("“{name}” could not be written: {reason}. Choose another place.").format(
        name=name, reason=os.strerror(fault.errno or 0)
    )


class Batch:
    """Files that are being written beside each other and appear together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[Path, Path] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new binary file that becomes ``name`` in the folder with all the others."""
        place = self._folder / name
        part = part_of(place)
        self._written[part] = place
        with _private(part) as file:
            if len(self._written) == 1:
                sweep(part, None)
            yield file
            file.flush()
            os.fsync(file.fileno())

    def put_in_place(self) -> None:
        """Give every file its name, in place of one that was there."""
        for part, place in self._written.items():
            try:
                _put_in_place(part, place)
            except OSError as fault:
                raise UserError(sentence(fault, place)) from fault
        sync_folder(self._folder)

    def discard(self) -> None:
        """Remove what has not been put in place."""
        for part in self._written:
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def atomic_folder(folder: Path) -> Iterator[Batch]:
    """Files in a folder, made where it is missing, that all appear when the block ends.

    On an exception none of them does, and a folder that was made goes again. Raises UserError
    like ``atomic_write``.
    """
    is_new = not folder.exists()
    batch = Batch(folder)
    try:
        folder.mkdir(exist_ok=True)
        yield batch
        batch.put_in_place()
    except OSError as fault:
        raise UserError(sentence(fault, folder)) from fault
    finally:
        batch.discard()
        if is_new:
            with suppress(OSError):
                folder.rmdir()  # only where nothing is in it
