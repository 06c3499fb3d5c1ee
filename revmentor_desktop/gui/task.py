"""Long work off the window's thread, with progress and cancel."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from revmentor_desktop.domain.errors import Cancelled

REPORT_SECONDS = 0.04


class Task(QObject):
    """One piece of long work. It lives in the window's thread; only its runnable leaves.

    Signals:
        progressed: (done, total).
        done: with what the job returned.
        failed: with the exception.
        ended: always the last, also after a cancel.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        job: Callable[..., Any],
        *args: Any,  # noqa: ANN401
        label: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self._cancelled = False
        self._reported = 0.0
        self._runnable = _Runnable(self, job, args)
        self._runnable.setAutoDelete(False)

    @property
    def is_cancelled(self) -> bool:
        """Whether the user has asked it to stop."""
        return self._cancelled

    def start(self) -> None:
        """Hand the work to the thread pool, unless it has been stopped before it began."""
        if self._cancelled:
            self.ended.emit()
            return
        QThreadPool.globalInstance().start(self._runnable)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._cancelled = True

    def report(self, done: int, total: int) -> None:
        """The job's progress; raises Cancelled once the user has stopped it."""
        if self._cancelled:
            raise Cancelled
        # A job of many small steps must not flood the window's event queue.
        now = time.monotonic()
        if done >= total or now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self.progressed.emit(done, total)


class _Runnable(QRunnable):
    def __init__(self, task: Task, job: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__()
        self._task, self._job, self._args = task, job, args
        # The language is a context variable, and a new thread starts without any.
        self._variables = copy_context()

    def run(self) -> None:
        """Do the work; whatever comes of it reaches the window's thread by a signal."""
        try:
            value = self._variables.run(self._job, *self._args, progress=self._task.report)
        except Cancelled:
            pass
        except Exception as fault:  # noqa: BLE001 - handed on to the window, which tells or reports
            self._task.failed.emit(fault)
        else:
            self._task.done.emit(value)
        self._task.ended.emit()
