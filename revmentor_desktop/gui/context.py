"""What every tab and dialog is handed: read, do, start, and who is told of a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.gui.task import Task
from revmentor_desktop.store.backups import Backup
from revmentor_desktop.store.undo import Inverse
from revmentor_desktop.store.workspace import Workspace

T = TypeVar("T")
WAIT_MS = 10_000


class Context(QObject):
    """The window's three verbs on one open file.

    Signals:
        changed: the names of the tables that a write has changed.
        said: what the last action did, and whether it can be undone.
        refused: one sentence that tells why something was not done.
        offered: a sentence, whether what it tells can be undone, what could be done next in a
            word, and what does it.
        crashed: an exception that is our bug.
        started: a Task that the window may show.
    """

    changed = Signal(object)
    said = Signal(str, bool)
    refused = Signal(str)
    offered = Signal(str, bool, str, object)
    crashed = Signal(object)
    started = Signal(object)

    def __init__(
        self, workspace: Workspace, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.undo_stack = QUndoStack(self)
        self._clock = clock
        self._tasks: set[Task] = set()
        workspace.record_inverses()

    def now(self) -> datetime:
        """The time; tests fix it."""
        return self._clock()

    def today(self) -> date:
        """The day; tests fix it."""
        return self._clock().date()

    def read(self, query: Callable[..., T], *args: Any) -> T:  # noqa: ANN401
        """Plain rows out of the file."""
        return self.workspace.read(query, *args)

    def do(self, text: str, action: Callable[..., T], *args: Any) -> T:  # noqa: ANN401
        """Write, remember the way back under ``text``, and tell whom it concerns.

        Raises UserError where the action refuses; a dialog shows it in place.
        """
        outcome = self.workspace.write(action, *args)
        if outcome.inverse is not None and outcome.inverse.statements:
            self.undo_stack.push(_Swap(self, text, outcome.inverse))
        self.changed.emit(outcome.changed)
        if text:
            self.said.emit(text, bool(outcome.changed))
        return outcome.value

    def attempt(self, text: str, action: Callable[..., T], *args: Any) -> T | None:  # noqa: ANN401
        """Like ``do``, for a place that cannot show a refusal itself: the window says it."""
        try:
            return self.do(text, action, *args)
        except UserError as refusal:
            self.refused.emit(str(refusal))
            return None

    def start(
        self,
        job: Callable[..., Any],
        *args: Any,  # noqa: ANN401
        on_done: Callable[[Any], object],
        on_failed: Callable[[UserError], object] | None = None,
        label: str = "",
    ) -> Task:
        """Run ``job(*args, progress=...)`` off the window's thread.

        What comes of it is told in the window's thread, and not at all to a widget that is gone
        by then, nor after a cancel.
        """
        task = Task(job, *args, label=label, parent=self)
        self._tasks.add(task)
        task.done.connect(_Done(task, on_done))
        task.failed.connect(_Failed(self, on_failed))
        task.ended.connect(_Ended(self._tasks, task))
        self.started.emit(task)
        # Not before the caller has connected what else it wants to hear of the task.
        QTimer.singleShot(0, task, task.start)
        return task

    def adopt(self, text: str, changed: frozenset[str], inverse: Inverse | None) -> None:
        """Take in a write that a Task has made on the workspace: undo, refresh, word."""
        if inverse is not None and inverse.statements:
            self.undo_stack.push(_Swap(self, text, inverse))
        self.changed.emit(changed)
        self.said.emit(text, inverse is not None)

    def restore(self, backup: Backup) -> None:
        """Go back to a backup: there is nothing to undo then, and every tab reads anew."""
        self.undo_stack.clear()
        self.workspace.restore(backup)
        self.changed.emit(frozenset(METADATA.tables))

    def close(self) -> None:
        """Stop what still runs, forget what could be undone, and free the file."""
        self.cancel_all()
        self.undo_stack.clear()
        self.workspace.close()

    def cancel_all(self) -> None:
        """Stop what still runs, and wait until it has."""
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            QThreadPool.globalInstance().waitForDone(WAIT_MS)

    def swap(self, inverse: Inverse, name: str) -> Inverse | None:
        """Replay an inverse; returns the way back."""
        outcome = self.workspace.replay(inverse, name)
        self.changed.emit(outcome.changed)
        return outcome.inverse


def is_alive(told: Callable[..., object]) -> bool:
    """Whether what a callable belongs to is still there; Qt may have deleted it meanwhile."""
    while isinstance(told, partial):
        told = told.func
    owner = getattr(told, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class _Done:
    """Hands on a result, unless nobody waits for it any more."""

    def __init__(self, task: Task, told: Callable[[Any], object]) -> None:
        self._task, self._told = task, told

    def __call__(self, value: object) -> None:
        if is_alive(self._told) and not self._task.is_cancelled:
            self._told(value)


class _Failed:
    """Sorts a task's failure: the user's to mend, or our bug. Holds no widget alive."""

    def __init__(self, context: Context, told: Callable[[UserError], object] | None) -> None:
        self._context, self._told = context, told

    def __call__(self, fault: Exception) -> None:
        if not isinstance(fault, UserError):
            self._context.crashed.emit(fault)
        elif self._told is not None and is_alive(self._told):
            self._told(fault)
        else:
            self._context.refused.emit(str(fault))


class _Ended:
    def __init__(self, tasks: set[Task], task: Task) -> None:
        self._tasks, self._task = tasks, task

    def __call__(self) -> None:
        self._tasks.discard(self._task)
        # Deleted here, or the garbage collector may do it in a worker's thread.
        self._task.deleteLater()


class _Swap(QUndoCommand):
    """Exchanges a transaction for its inverse, and back."""

    def __init__(self, context: Context, text: str, inverse: Inverse) -> None:
        super().__init__(text)
        self._context = context
        self._inverse: Inverse | None = inverse
        self._done = True

    def undo(self) -> None:
        """Take the transaction back."""
        self._swap("undo")

    def redo(self) -> None:
        """Do it again; Qt also calls this when the command is pushed, which is ignored."""
        if self._done:
            self._done = False
            return
        self._swap("redo")

    def _swap(self, name: str) -> None:
        if self._inverse is None:
            return
        try:
            self._inverse = self._context.swap(self._inverse, name)
        except UserError as refusal:
            self._context.refused.emit(str(refusal))
