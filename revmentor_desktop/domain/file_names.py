"""Names of files out of names of people: safe on every system, and each of them once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from revmentor_desktop.domain.base import clean

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('<>:"/\\|?*\n\t')
LONGEST = 120
"""Bytes of a name without its ending; most systems stop at 255, and sync services earlier."""


def file_name(text: str, otherwise: str = "-") -> str:
    """The text as the name of a file without its ending; ``otherwise`` where nothing is left."""
    kept = "".join(" " if char in _FORBIDDEN else char for char in clean(text))
    kept = "".join(char for char in kept if unicodedata.category(char) not in {"Cf", "Co", "Cn"})
    kept = _shortened(" ".join(kept.split())).strip(" .")
    if not kept:
        return otherwise
    return f"_{kept}" if kept.partition(".")[0].strip().casefold() in _RESERVED else kept


def _shortened(text: str) -> str:
    return text.encode()[:LONGEST].decode("utf-8", "ignore")


def unique_names(texts: Iterable[str], ending: str) -> list[str]:
    """A file name for each text, no two the same where capitals and small letters are one."""
    taken: set[str] = set()
    made = []
    for text in texts:
        stem = file_name(text)
        name, number = f"{stem}{ending}", 1
        while unicodedata.normalize("NFKD", name).casefold() in taken:
            number += 1
            name = f"{stem} ({number}){ending}"
        taken.add(unicodedata.normalize("NFKD", name).casefold())
        made.append(name)
    return made
