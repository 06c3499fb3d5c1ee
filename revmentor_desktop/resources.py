"""Finds a file of resources/, from source, an installed wheel or the frozen app; and own files."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "resources", package.parent / "resources"]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the folder resources/ is missing from this installation")


def path(*parts: str) -> Path:
    """The path of a shipped file, e.g. ``path("fonts", "NotoSans-Regular.ttf")``."""
    return _root().joinpath(*parts)


def data_dir() -> Path:
    """Backups, fonts, the log and the sample lie here; REVMENTOR_DATA_DIR chooses another folder.

    Known before the first paint, so it needs no database.
    """
    chosen = os.environ.get("REVMENTOR_DATA_DIR")
    if chosen:
        folder = Path(chosen)
    else:
        from platformdirs import user_data_path

        folder = user_data_path("revmentor-desktop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
