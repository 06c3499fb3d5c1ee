"""Long work off the window's thread, with progress and cancel."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import copy_context
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance
from shiboken6 import isValid

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
        _post()  # made here, so that it lives in the window's thread
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

    def finish(self, signal: SignalInstance | None, value: object) -> None:
        """In the window's thread: tell the result or the failure, and then that it has ended."""
        if not isValid(self):
            return
        if signal is not None:
            signal.emit(value)
        self.ended.emit()

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
        """Do the work, and post what came of it to the window's thread."""
        signal, value = None, None
        try:
            value = self._variables.run(self._job, *self._args, progress=self._task.report)
            signal = self._task.done
        except Cancelled:
            pass
        except Exception as fault:  # noqa: BLE001 - handed on to the window, which tells or reports
            signal, value = self._task.failed, fault
        _post().came.emit(partial(self._task.finish, signal, value))


class _Post(QObject):
    """Carries a worker's last word into the window's thread.

    It outlives every task: a task that told its end itself could be deleted by the first who hears
    of it, before the others do.
    """

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._on_came)

    def _on_came(self, tell: Callable[[], None]) -> None:
        tell()


@cache
def _post() -> _Post:
    return _Post()
