"""Where the program keeps its own files; known before the first paint, so it needs no database."""

from __future__ import annotations

from pathlib import Path

from revmentor_desktop.resources import data_dir as data_dir

ENDING = ".revmentor"
_NOT_IN_NAMES = '<>:"/\\|?*'


def documents_dir() -> Path:
    """Where a new file is offered to be kept."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def free_path(folder: Path, name: str) -> Path:
    """A path for a new file called after ``name`` that every system allows and nobody has."""
    kept = "".join(" " if sign in _NOT_IN_NAMES or ord(sign) < 32 else sign for sign in name)
    stem = " ".join(kept.split()).strip(". ")[:80] or "RevMentor"
    path, number = folder / f"{stem}{ENDING}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{ENDING}"
    return path
