"""Looks through a pack before anything is written, and lists what needs her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.printed import DocumentKind, Scope
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.preflight_table import Finding, PreflightTable
from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import Card, EmptyState, button, label
from revmentor_desktop.i18n import _, format_number, ngettext
from revmentor_desktop.jobs import preflight
from revmentor_desktop.jobs.preflight import Preflight
from revmentor_desktop.services.issued import State
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.services.preflight import PreflightRow
from revmentor_desktop.store.workspace import Workspace

Key = tuple[DocumentKind, Subject]


class PackCheck(QWidget):
    """The preflight of the ``pack`` that is chosen; ``found`` is what it found.

    Signals:
        checked: the pack has been looked through.
        record_opened: the problem whose record is asked for.
        confirmed_wanted: only the pairs that have both said yes are to be printed.
    """

    checked = Signal()
    record_opened = Signal(object)
    confirmed_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.pack: Pack | None = None
        self._task: Task | None = None
        self._asked = 0
        self._names: Mapping[Subject, str] = {}
        self.found = Preflight(())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        row = QHBoxLayout()
        self._words = label(_("Looking through the letters …"), "muted")
        row.addWidget(self._words, 1)
        self.confirmed_button = button(_("Only confirmed pairs"), self.confirmed_wanted.emit)
        self.confirmed_button.hide()
        row.addWidget(self.confirmed_button)
        self.only_needed = QCheckBox(_("Only what needs me"))
        self.only_needed.setChecked(True)
        row.addWidget(self.only_needed)
        layout.addLayout(row)
        self._stack = QStackedWidget()
        self.table = PreflightTable()
        self._fine = EmptyState(
            "circle-check", _("Nothing needs you"), _("Every letter can be printed as it is.")
        )
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._fine)
        card = Card()
        card.body.setContentsMargins(1, 6, 1, 6)
        card.body.addWidget(self._stack)
        layout.addWidget(card, 1)
        self.only_needed.toggled.connect(self._show)
        self.table.record_opened.connect(self.record_opened)

    @property
    def is_running(self) -> bool:
        """Whether the pack is still being looked through."""
        return self._task is not None

    def rows(self) -> list[PreflightRow]:
        """The letters that would be printed now."""
        only = self.pack.only if self.pack is not None else "all"
        return [row for row in self.found.rows if only in ("all", row.issue.state)]

    def needed(self) -> int:
        """How many letters, answers and names need her."""
        letters = sum(row.needs_her for row in self.rows())
        answers = len(self.found.baselines) + len(self.undecided())
        return letters + answers + self.found.is_unsigned

    def undecided(self) -> list[int]:
        """The pairs that would be printed and have not both said yes."""
        return [id_ for id_ in self._pairs() if id_ in self.found.undecided]

    def confirmed(self) -> list[int]:
        """The pairs that would be printed and have both said yes."""
        return [id_ for id_ in self._pairs() if id_ not in self.found.undecided]

    def _pairs(self, left_out: frozenset[Key] = frozenset()) -> list[int]:
        rows = [row for row in self.rows() if (row.kind, row.subject) not in left_out]
        pairs = [row.subject.id for row in rows if row.subject.scope is Scope.PAIR]
        return list(dict.fromkeys(pairs))

    def summary(self) -> str:
        """How many letters there are, how many were printed, and how much there is to look at."""
        every = ngettext("{n} letter", "{n} letters", len(self.rows()))
        refused = sum(any(one.what == "refused" for one in row.problems) for row in self.rows())
        if refused:
            every = _("{n} of {letters} can be printed").format(
                n=format_number(len(self.rows()) - refused), letters=every
            )
        printed = sum(row.issue.state != "missing" for row in self.rows())
        if printed:
            before = ngettext("{n} printed before", "{n} printed before", printed)
            every = f"{every}, {before}"
        needed = self.needed()
        if not needed:
            return _("{letters}, all ready").format(letters=every)
        return ngettext("{letters}, {n} thing to look at", "{letters}, {n} things to look at",
                        needed).format(letters=every)  # fmt: skip

    def counted(self, state: State) -> int:
        """How many of the letters were never printed, or have changed since."""
        return sum(row.issue.state == state for row in self.found.rows)

    def doubts(self, left_out: frozenset[Key]) -> str:
        """What she should know before these letters are printed, "" where there is nothing."""
        rows = [row for row in self.rows() if (row.kind, row.subject) not in left_out]
        baselines = len(self.found.baselines)
        gaps = sum(any(one.what in ("missing", "address") for one in row.problems) for row in rows)
        # Where she has chosen what changed, she knows.
        is_all = self.pack is not None and self.pack.only == "all"
        again = is_all * sum(row.issue.state == "changed" for row in rows)
        undecided = len(set(self._pairs(left_out)) & set(self.found.undecided))
        said = [
            text
            for count, text in (
                (undecided, undecided_text(undecided)),
                (self.found.is_unsigned, _("Your name is missing under the letters.")),
                (baselines, baselines_text(baselines)),
                (gaps, ngettext("{n} letter has a gap.", "{n} letters have a gap.", gaps)),
                (again, ngettext("{n} letter was printed before and says something else now.",
                                 "{n} letters were printed before and say something else now.",
                                 again)),
            )
            if count
        ]  # fmt: skip
        return " ".join(said)

    def look(self, pack: Pack, names: Mapping[Subject, str]) -> None:
        """Look through another pack; ``names`` tells what people are called."""
        self.stop()
        self._names = names
        self.pack = pack
        # All of it, so that what is missing and what has changed can be counted.
        self._task = self._context.start(
            _numbered, self._asked, self._context.workspace, replace(pack, only="all"),
            on_done=self._on_done, on_failed=partial(self._on_failed, self._asked),
        )  # fmt: skip
        self._task.ended.connect(partial(self._on_ended, self._asked))

    def stop(self) -> None:
        """Look no further; nothing is known of the pack then."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._asked += 1
        self.pack = None
        self.found = Preflight(())

    def forget(self) -> None:
        """Show nothing of a pack that cannot be printed."""
        self.stop()
        self._show()

    def _on_done(self, result: tuple[int, Preflight]) -> None:
        number, found = result
        if number == self._asked:
            self.found = found
            self._show()

    def _on_failed(self, number: int, refusal: UserError) -> None:
        if number == self._asked:
            self._words.setText(str(refusal))

    def _on_ended(self, number: int) -> None:
        if number == self._asked:
            self._task = None
            self.checked.emit()

    def _show(self) -> None:
        # What is to mend stands above what is only good to know.
        rows = sorted(self.rows(), key=lambda row: not row.needs_her)
        needed = self.only_needed.isChecked()
        findings = [_unsigned()] if self.found.is_unsigned else []
        findings += [self._undecided(id_) for id_ in self.undecided()]
        findings += [self._baseline(id_) for id_ in self.found.baselines]
        findings += [line for row in rows if row.problems or not needed for line in _lines(row)]
        self.table.show_findings(findings)
        self._stack.setCurrentWidget(self.table if findings else self._fine)
        self._words.setText(self.summary())
        self.confirmed_button.setVisible(bool(self.undecided() and self.confirmed()))

    def _undecided(self, pair_id: int) -> Finding:
        subject = Subject(Scope.PAIR, pair_id)
        text = _("Not both of them have said yes yet")
        return Finding(self._names.get(subject, subject.code), "", text, "undecided", None, pair_id)

    def _baseline(self, staff_id: int) -> Finding:
        who = self._names.get(Subject(Scope.PERSON, staff_id), "")
        text = _("The baseline questionnaire is not answered")
        return Finding(who, "", text, "baseline", staff_id)


def undecided_text(count: int) -> str:
    """That so many pairs have not said yes."""
    return ngettext("{n} pair has not said yes on both sides yet.",
                    "{n} pairs have not said yes on both sides yet.", count)  # fmt: skip


def baselines_text(count: int) -> str:
    """That so many people have not answered the baseline."""
    return ngettext(
        "{n} baseline outstanding: one person has not answered the first questionnaire.",
        "{n} baselines outstanding: so many people have not answered the first questionnaire.",
        count,
    )


def _unsigned() -> Finding:
    text = _("Your name is missing under the letters")
    return Finding(_("All letters"), "", text, "unsigned", form="organisation")


def _lines(row: PreflightRow) -> list[Finding]:
    """A line for each thing about a letter, or one that says it is ready."""
    if not row.problems:
        person, pair = row.subject.scope is Scope.PERSON, row.subject.scope is Scope.PAIR
        id_ = row.subject.id
        return [
            Finding(row.who, row.document, "", "ready", id_ if person else None,
                    id_ if pair else None)
        ]  # fmt: skip
    return [
        Finding(row.who, row.document, one.text, one.what, one.staff_id, one.pair_id, one.form)
        for one in row.problems
    ]


def _numbered(
    number: int, workspace: Workspace, pack: Pack, progress: Progress
) -> tuple[int, Preflight]:
    """What was found with the number of its request, so that stale answers are dropped."""
    return number, preflight.check(workspace, pack, progress)
