"""What this computer remembers between starts: recent files, the last tab and programme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter, QWidget

MOST_RECENT = 8


class Memory:
    """The settings of the main window. Nothing here is about a person."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def recent_files(self) -> list[str]:
        """The files that were opened last, newest first."""
        stored: Any = self._settings.value("recent", [])
        return [stored] if isinstance(stored, str) else list(stored or [])

    def last_file(self) -> str:
        """The file to go on with, "" where there is none or it is gone."""
        recent = self.recent_files()
        return recent[0] if recent and Path(recent[0]).exists() else ""

    def remember_file(self, path: str, file_uuid: str) -> None:
        """Put a file at the head of the recent ones; its uuid finds its backups if it breaks."""
        recent = [path, *(other for other in self.recent_files() if other != path)]
        self._settings.setValue("recent", recent[:MOST_RECENT])
        self._settings.setValue(f"uuids/{_key(path)}", file_uuid)

    def uuid_of(self, path: str) -> str:
        """The uuid of a file that was open here before, "" where it never was."""
        return str(self._settings.value(f"uuids/{_key(path)}", "") or "")

    def place(self, name: str, window: QWidget, *splitters: QSplitter) -> None:
        """Show a window where and as large as it was left, with its parts as they were."""
        for key, restore in _parts(name, "restore", window, splitters):
            stored: Any = self._settings.value(key)
            if stored is not None:
                restore(stored)

    def remember_place(self, name: str, window: QWidget, *splitters: QSplitter) -> None:
        """Keep where a window is, how large it is, and how its parts are."""
        for key, save in _parts(name, "save", window, splitters):
            self._settings.setValue(key, save())

    def choice(self, name: str, usual: str = "") -> str:
        """A choice that was made on this computer before."""
        return str(self._settings.value(f"choices/{name}", usual) or usual)

    def remember_choice(self, name: str, value: str) -> None:
        """Offer this choice again the next time."""
        self._settings.setValue(f"choices/{name}", value)

    def programme_of(self, file_uuid: str) -> int | None:
        """The programme that was shown last in a file."""
        stored = str(self._settings.value(f"programmes/{file_uuid}", "") or "")
        return int(stored) if stored.isdigit() else None

    def remember_programme(self, file_uuid: str, programme_id: int) -> None:
        """Show this programme again when the file is next opened."""
        self._settings.setValue(f"programmes/{file_uuid}", programme_id)


def _parts(
    name: str, verb: str, window: QWidget, splitters: Sequence[QSplitter]
) -> list[tuple[str, Callable[..., Any]]]:
    return [(f"places/{name}/window", getattr(window, f"{verb}Geometry"))] + [
        (f"places/{name}/splitter{at}", getattr(splitter, f"{verb}State"))
        for at, splitter in enumerate(splitters)
    ]


def _key(path: str) -> str:
    """A path as a settings key, which may hold no slash."""
    import hashlib

    return hashlib.sha256(str(Path(path).absolute()).encode()).hexdigest()[:24]
