"""A wording while it is edited: kept whole, also with faults, every step of it to be taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.templates import Fault
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.jobs import letter_wording


class Draft(QObject):
    """The wording of one document in the editor. ``saved``: what the file holds.

    Signals:
        changed: by hand, by a command, or by undo and redo.
    """

    changed = Signal()

    def __init__(self, kind: DocumentKind, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self.kind = kind
        self.wording = self.saved = wording
        self.stack = QUndoStack(self)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds it as it is."""
        return self.wording == self.saved

    def faults(self) -> list[Fault]:
        """What keeps it from being saved."""
        return letter_wording.faults(self.kind, self.wording)

    def change(self, text: str, wording: Wording, place: str = "") -> None:
        """Take a change in under a name; those at one ``place`` in a row are one step."""
        if wording != self.wording:
            self.stack.push(_Change(self, text, wording, place))

    def follow(self, stored: Wording) -> None:
        """The file holds this now: what is not being changed here becomes it."""
        was_saved, self.saved = self.is_saved, stored
        if was_saved and stored != self.wording:
            self.stack.clear()
            self.take(stored)

    def take(self, wording: Wording) -> None:
        """Be another wording now; for the steps of the undo stack."""
        self.wording = wording
        self.changed.emit()


class _Change(QUndoCommand):
    """One step from a wording to another."""

    def __init__(self, draft: Draft, text: str, wording: Wording, place: str) -> None:
        super().__init__(text)
        self._draft, self._place = draft, place
        self._before, self._after = draft.wording, wording

    def redo(self) -> None:
        """Do it, first and again."""
        self._draft.take(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._draft.take(self._before)

    def id(self) -> int:
        """Steps of one place may become one."""
        return 1 if self._place else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Become one with the next step at the same place."""
        if not isinstance(other, _Change) or other._place != self._place:
            return False
        self._after = other._after
        return True
