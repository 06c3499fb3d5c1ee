"""Answers to slow questions, computed away from the window: the newest question wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.task import Task


class Aside(QObject):
    """Computes one answer at a time; a newer question takes the place of one that waits or runs.

    Signals:
        answered: with what the job of the newest question returned.
        failed: a UserError.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject, pause_ms: int = 0) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self._next: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._start)

    def ask(self, job: Callable[..., Any], *args: Any) -> None:  # noqa: ANN401
        """Compute ``job(*args, progress=...)``, a little after the last of several questions."""
        self.cancel()
        self._next = (job, args)
        self._pause.start()

    def cancel(self) -> None:
        """No answer is wanted any more."""
        self._pause.stop()
        self._next = None
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        # Who cannot be stopped at once is waited for, or slow answers would queue for the cores.
        if self._task is None and self._next is not None:
            (job, args), self._next = self._next, None
            self._task = self._context.start(
                job, *args, on_done=self._on_done, on_failed=self._on_failed
            )
            self._task.ended.connect(self._on_ended)

    def _on_done(self, answer: object) -> None:
        self.answered.emit(answer)

    def _on_failed(self, refusal: UserError) -> None:
        self.failed.emit(refusal)

    def _on_ended(self) -> None:
        self._task = None
        if not self._pause.isActive():
            self._start()
