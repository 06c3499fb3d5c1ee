"""Looks through a pack before anything is written, and lists what needs her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.preflight_table import PreflightTable
from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import EmptyState, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import preflight
from revmentor_desktop.jobs.preflight import Preflight
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.preflight import PreflightRow
from revmentor_desktop.store.workspace import Workspace


class PackCheck(QWidget):
    """The preflight of the pack that is chosen.

    Signals:
        checked: the pack has been looked through.
        record_opened: the problem whose record is asked for.
    """

    checked = Signal()
    record_opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pack: Pack | None = None
        self._task: Task | None = None
        self._asked = 0
        self.found = Preflight((), ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        row = QHBoxLayout()
        self._words = label(_("Looking through the letters …"), "muted")
        row.addWidget(self._words, 1)
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
        layout.addWidget(self._stack, 1)
        self.only_needed.toggled.connect(self._show)
        self.table.record_opened.connect(self.record_opened)

    @property
    def is_running(self) -> bool:
        """Whether the pack is still being looked through."""
        return self._task is not None

    def rows(self) -> list[PreflightRow]:
        """The letters that would be printed now, without those she leaves out."""
        pack = self._pack
        if pack is None:
            return []
        return [row for row in self.found.rows if pack.only in ("all", row.issue.state)]

    def look(self, pack: Pack) -> None:
        """Look through another pack."""
        self.stop()
        self._pack = pack
        self._asked += 1
        # All of it, so that what is missing and what has changed can be counted.
        self._task = self._context.start(
            _numbered, self._asked, self._context.workspace, replace(pack, only="all"),
            on_done=self._on_done, on_failed=self._on_failed,
        )  # fmt: skip

    def stop(self) -> None:
        """Look no further; nothing is known of the pack then."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._pack = None
        self.found = Preflight((), ())

    def _on_done(self, result: tuple[int, Preflight]) -> None:
        number, found = result
        if number == self._asked:
            self._task = None
            self.found = found
            self._show()
            self.checked.emit()

    def _on_failed(self, refusal: UserError) -> None:
        self._task = None
        self._words.setText(str(refusal))
        self.checked.emit()

    def _show(self) -> None:
        rows = self.rows()
        needed = [row for row in rows if row.needs_her]
        self.table.show_rows(needed if self.only_needed.isChecked() else rows)
        nothing = self.only_needed.isChecked() and not needed
        self._stack.setCurrentWidget(self._fine if nothing else self.table)
        self._words.setText(summary(rows))


def summary(rows: Sequence[PreflightRow]) -> str:
    """How many letters there are, and how many of them need her."""
    needed = sum(row.needs_her for row in rows)
    every = ngettext("{n} letter", "{n} letters", len(rows))
    if not needed:
        return _("{letters}, all ready").format(letters=every)
    return _("{letters}, {n} of them to look at").format(letters=every, n=needed)


def _numbered(
    number: int, workspace: Workspace, pack: Pack, progress: Progress
) -> tuple[int, Preflight]:
    """What was found with the number of its request, so that stale answers are dropped."""
    progress(0, 0)
    return number, preflight.check(workspace, pack)
