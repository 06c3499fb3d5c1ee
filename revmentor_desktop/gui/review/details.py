"""Computes what sits behind "Details" away from the window: the newest question wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.task import Task
from revmentor_desktop.services.firmness import Details, details
from revmentor_desktop.services.review import Review

PAUSE_MS = 250


class DetailsFinder(QObject):
    """Answers a little after the last of several quick changes.

    Signals:
        found: Details.
    """

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._review: Review | None = None
        self._task: Task | None = None
        self._number = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._start)

    def look(self, review: Review) -> None:
        """Compute the details of this review."""
        self.cancel()
        self._review = review
        self._pause.start()

    def cancel(self) -> None:
        """They are not wanted any more."""
        self._pause.stop()
        self._number += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        self._task = self._context.start(
            _numbered, self._number, self._review, on_done=self._on_done
        )

    def _on_done(self, result: tuple[int, Details]) -> None:
        number, found = result
        if number == self._number:
            self._task = None
            self.found.emit(found)


def _numbered(number: int, review: Review, progress: Progress) -> tuple[int, Details]:
    """The details with the number of their request, so that a stale one is dropped."""
    return number, details(review, progress)
