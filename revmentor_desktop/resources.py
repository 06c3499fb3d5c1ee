"""Finds a file of resources/, from a source checkout, an installed wheel or the frozen app."""

from __future__ import annotations

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
