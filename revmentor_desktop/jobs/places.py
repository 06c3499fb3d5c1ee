"""Where the program keeps its own files; known before the first paint, so it needs no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from revmentor_desktop.resources import data_dir as data_dir

ENDING = ".revmentor"
_NOT_IN_NAMES = '<>:"/\\|?*'
_RESERVED = frozenset(
    (
        "CON",
        "PRN",
        "AUX",
        "NUL",
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"),
    )
)
"""Names that Windows keeps for its devices, with any ending."""


def documents_dir() -> Path:
    """Where a new file is offered to be kept."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def file_stem(name: str) -> str:
    """A name, as somebody typed it, as the name of a file that every system allows; no ending.

    At most 80 characters and 200 bytes; blank where nothing of it can stay.
    """
    kept = "".join(
        " " if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in name
    )
    stem = " ".join(kept.split())[:80].encode("utf-8")[:200].decode("utf-8", "ignore").strip(". ")
    reserved = stem.partition(".")[0].strip().upper() in _RESERVED
    return f"_{stem}" if reserved else stem


def _as_one(name: str) -> str:
    """The name as a system sees it that does not tell capitals and composed letters apart."""
    return unicodedata.normalize("NFKD", name).casefold()


def file_names(texts: Iterable[str], ending: str) -> list[str]:
    """A file name out of each text, no two the same where capitals and small letters are one."""
    taken: set[str] = set()
    made = []
    for text in texts:
        stem = file_stem(text) or "-"
        name, number = f"{stem}{ending}", 1
        while _as_one(name) in taken:
            number += 1
            name = f"{stem} {number}{ending}"
        taken.add(_as_one(name))
        made.append(name)
    return made


def free_path(folder: Path, name: str) -> Path:
    """A path for a new file called after ``name`` that every system allows and nobody has."""
    stem = file_stem(name) or "RevMentor"
    path, number = folder / f"{stem}{ENDING}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{ENDING}"
    return path
