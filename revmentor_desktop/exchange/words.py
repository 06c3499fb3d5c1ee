"""Cuts a cell that lists several things into the things."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import cache

from revmentor_desktop import resources
from revmentor_desktop.domain.base import fold


@cache
def _shipped() -> tuple[str, ...]:
    data = json.loads(resources.path("topics", "en_GB.json").read_text("utf-8"))
    return tuple(str(entry["name"]) for entry in data["topics"])


class Topics:
    """The names of the topics there are; some hold commas."""

    def __init__(self, names: Collection[str] | None = None) -> None:
        self._names = {fold(name) for name in (_shipped() if names is None else names)}

    def __contains__(self, text: str) -> bool:
        return fold(text) in self._names


def split_words(text: str) -> tuple[str, ...]:
    """Words parted by commas, semicolons, bars or strokes; each once."""
    if not text:
        return ()
    return _once(re.split(r"[,;|/]", text))


def split_topics(text: str, topics: Topics) -> tuple[str, ...]:
    """Topics parted by lines, semicolons, bars or commas, but not by a comma of their own names."""
    if not text:
        return ()
    found: list[str] = []
    for part in re.split(r"[;|\n]", text):
        pieces = [" ".join(piece.split()) for piece in part.split(",")]
        at = 0
        while at < len(pieces):
            end = next(
                (
                    end
                    for end in range(min(len(pieces), at + 6), at + 1, -1)
                    if ", ".join(pieces[at:end]) in topics
                ),
                at + 1,
            )
            found.append(", ".join(pieces[at:end]))
            at = end
    return _once(found)


def _once(parts: Collection[str]) -> tuple[str, ...]:
    trimmed = (part.strip(" •·\t") for part in parts)
    return tuple(dict.fromkeys(part for part in trimmed if part))
