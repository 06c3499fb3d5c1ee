"""Finds the best set of pairs: at once where that is quick, else away from the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.task import Task
from revmentor_desktop.services import matching
from revmentor_desktop.services.matching import Collected
from revmentor_desktop.services.review import Review, review
from revmentor_desktop.store.workspace import Workspace

QUICK = 150 * 150
"""So many possible pairs are gone through in less time than a thread needs to answer a slider."""


class Finder(QObject):
    """One question at a time; while it is answered only the newest of those that follow is kept.

    Signals:
        found: a Review, and whether it is under the stored rules or others that are tried.
        failed: a UserError.
        busy: whether an answer is being looked for away from the window.
    """

    found = Signal(object, bool)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: Context, programme_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._id = context, programme_id
        self.only: frozenset[int] = frozenset()
        self._last: Review | None = None
        self._task: Task | None = None
        self._number = 0
        self._next: tuple[Collected | None, Rules | None] | None = None

    def begin(self) -> None:
        """The first answer: the libraries are loaded for it, so it is never quick."""
        self._look(None, None, aside=True)

    def collect(self) -> None:
        """Somebody has written: read everything anew."""
        if self._last is None or not _is_quick(self._last.collected):
            self._look(None, None, aside=True)
            return
        try:
            collected = self._context.read(
                matching.collect, self._id, self._context.today(), self.only
            )
        except UserError as refusal:
            self.failed.emit(refusal)
            return
        self._look(collected, None, aside=not _is_quick(collected))

    def try_rules(self, rules: Rules) -> None:
        """The same people under other rules, while she tries them."""
        if self._last is not None:
            collected = self._last.collected
            self._look(collected, rules, aside=not _is_quick(collected))

    def cancel(self) -> None:
        """What is being looked for is not wanted any more."""
        self._next = None
        self._number += 1
        if self._task is not None:
            self._task.cancel()

    def _look(self, collected: Collected | None, rules: Rules | None, *, aside: bool) -> None:
        if not aside and collected is not None:
            self.cancel()
            self._tell(review(collected, rules, self._last), rules is None)
        elif self._task is not None:
            self._next = (collected, rules)
        else:
            self._start(collected, rules)

    def _start(self, collected: Collected | None, rules: Rules | None) -> None:
        self._number += 1
        self._task = self._context.start(
            _find, self._number, self._context.workspace, self._id, self._context.today(),
            self.only, collected, rules, self._last,
            on_done=self._on_done, on_failed=self._on_failed,
        )  # fmt: skip
        self._task.ended.connect(self._on_ended)
        self.busy.emit(True)

    def _on_done(self, result: tuple[int, Review, bool]) -> None:
        number, answer, is_stored = result
        # A stale answer is better than none while a newer one is looked for, unless cancelled.
        if number == self._number:
            self._tell(answer, is_stored)

    def _on_failed(self, refusal: UserError) -> None:
        self.failed.emit(refusal)

    def _on_ended(self) -> None:
        self._task = None
        if self._next is not None:
            (collected, rules), self._next = self._next, None
            self._start(collected, rules)
        else:
            self.busy.emit(False)

    def _tell(self, answer: Review, is_stored: bool) -> None:
        self._last = answer
        self.found.emit(answer, is_stored)


def _is_quick(collected: Collected) -> bool:
    return len(collected.pool.mentees) * len(collected.pool.mentors) <= QUICK


def _find(
    number: int, workspace: Workspace, programme_id: int, today: date, only: frozenset[int],
    collected: Collected | None, rules: Rules | None, previous: Review | None,
    progress: Progress,
) -> tuple[int, Review, bool]:  # fmt: skip
    """A review with the number of its request, and whether it is under the stored rules."""
    if collected is None:
        collected = workspace.read(matching.collect, programme_id, today, only)
    progress(1, 2)
    return number, review(collected, rules, previous), rules is None
