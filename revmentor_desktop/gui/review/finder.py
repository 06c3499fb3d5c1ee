"""Finds the best set of pairs: at once where that is quick, else away from the window."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

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


class Question(NamedTuple):
    """What is looked for: with None read anew, and under the stored rules."""

    number: int
    collected: Collected | None
    rules: Rules | None


class Finder(QObject):
    """One question at a time; while it is answered only the newest of those that follow is kept.

    Signals:
        found: a Review, and whether it is under the stored rules or others that are tried.
        failed: a UserError.
        worked: whether it is at work, or the newest question answered, may be another than before.
    """

    found = Signal(object, bool)
    failed = Signal(object)
    worked = Signal()

    def __init__(self, context: Context, programme_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._id = context, programme_id
        self.only: frozenset[int] = frozenset()
        self._last: Review | None = None
        self._task: Task | None = None
        self._next: Question | None = None
        self._asked = self._read = self._answered = 0

    @property
    def is_current(self) -> bool:
        """Whether the newest question is answered; not so while it is computed, or was stopped."""
        return self._answered == self._asked

    @property
    def is_busy(self) -> bool:
        """Whether an answer that is wanted is being looked for away from the window."""
        is_running = self._task is not None and not self._task.is_cancelled
        return is_running or self._next is not None

    def begin(self) -> None:
        """The first answer: the libraries are loaded for it, so it is never quick."""
        self._look(None, None)

    def collect(self) -> None:
        """Somebody has written: read everything anew."""
        self._read = self._asked + 1
        if self._last is None or not is_quick(self._last.collected):
            self._look(None, None)
            return
        try:
            collected = self._context.read(
                matching.collect, self._id, self._context.today(), self.only
            )
        except UserError as refusal:
            self._asked += 1
            self.worked.emit()
            self.failed.emit(refusal)
            return
        self._look(collected, None)

    def try_rules(self, rules: Rules) -> None:
        """The same people under other rules, while she tries them."""
        if self._last is not None:
            # What was written since the last answer is not in it.
            is_read = self._answered >= self._read
            self._look(self._last.collected if is_read else None, rules)

    def cancel(self) -> None:
        """What is being looked for is not wanted any more."""
        self._next = None
        if self._task is not None:
            self._task.cancel()
        self.worked.emit()

    def _look(self, collected: Collected | None, rules: Rules | None) -> None:
        self._asked += 1
        question = Question(self._asked, collected, rules)
        if collected is not None and is_quick(collected):
            self.cancel()
            self._tell(question.number, review(collected, rules, self._last), rules is None)
            return
        if self._task is not None:
            self._next = question
        else:
            self._start(question)
        self.worked.emit()

    def _start(self, question: Question) -> None:
        self._task = self._context.start(
            _find, question, self._context.workspace, self._id, self._context.today(),
            self.only, self._last,
            on_done=partial(self._on_done, question), on_failed=self._on_failed,
        )  # fmt: skip
        self._task.ended.connect(self._on_ended)

    def _on_done(self, question: Question, answer: Review) -> None:
        # A stale answer is better than none while a newer one is looked for, unless cancelled.
        self._tell(question.number, answer, question.rules is None)

    def _on_failed(self, refusal: UserError) -> None:
        self.failed.emit(refusal)

    def _on_ended(self) -> None:
        self._task = None
        if self._next is not None:
            question, self._next = self._next, None
            self._start(question)
        self.worked.emit()

    def _tell(self, number: int, answer: Review, is_stored: bool) -> None:
        self._last, self._answered = answer, number
        self.worked.emit()
        self.found.emit(answer, is_stored)


def is_quick(collected: Collected) -> bool:
    """Whether a review of so many people is there within a frame or two."""
    pool = collected.pool
    return not collected.is_slow and len(pool.mentees) * len(pool.mentors) <= QUICK


def answers_at_once(shown: Review) -> bool:
    """Whether other partners, their cost and what would help are found within a frame or two."""
    return is_quick(shown.collected) and shown.is_plain


def _find(
    question: Question, workspace: Workspace, programme_id: int, today: date,
    only: frozenset[int], previous: Review | None, progress: Progress,
) -> Review:  # fmt: skip
    collected = question.collected
    if collected is None:
        collected = workspace.read(matching.collect, programme_id, today, only)
    progress(1, 2)
    return review(collected, question.rules, previous, progress)
