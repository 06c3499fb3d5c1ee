"""Long work off the window's thread, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from revmentor_desktop.domain.errors import Cancelled


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

    def __init__(self, job: Callable[..., Any], *args: Any, label: str = "") -> None:  # noqa: ANN401
        super().__init__()
        self.label = label
        self._cancelled = False
        self._runnable = _Runnable(self, job, args)
        self._runnable.setAutoDelete(False)

    def start(self) -> None:
        """Hand the work to the thread pool."""
        QThreadPool.globalInstance().start(self._runnable)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._cancelled = True

    def report(self, done: int, total: int) -> None:
        """The job's progress; raises Cancelled once the user has stopped it."""
        if self._cancelled:
            raise Cancelled
        self.progressed.emit(done, total)


class _Runnable(QRunnable):
    def __init__(self, task: Task, job: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__()
        self._task, self._job, self._args = task, job, args

    def run(self) -> None:
        """Do the work; whatever comes of it reaches the window's thread by a signal."""
        try:
            value = self._job(*self._args, progress=self._task.report)
        except Cancelled:
            pass
        except Exception as fault:  # noqa: BLE001 - handed on to the window, which tells or reports
            self._task.failed.emit(fault)
        else:
            self._task.done.emit(value)
        self._task.ended.emit()
