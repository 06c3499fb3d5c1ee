"""The review of the proposed pairs: who with whom, who waits, and why; accept all or some."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import matching as job
from revmentor_desktop.services import proposals
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class MatchingWindow(QDialog):
    """A proposal is computed when the window opens, and kept only where it is accepted.

    Signals:
        accepted_pairs: how many pairs were made.
        command_requested: a command of the main window, by name.
    """

    accepted_pairs = Signal(int)
    command_requested = Signal(str)

    def __init__(
        self, context: Context, programme: ProgrammeRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Proposed pairs"))
        self.resize(1080, 720)
        self._context, self._programme = context, programme
        self.review: Review | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(label(_("Proposed pairs"), "title"))
        self._sub = label(_("Looking for the best set of pairs …"), "muted")
        outer.addWidget(self._sub)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        outer.addWidget(self._bar)
        self.notice = label("", "hint", wrap=True)
        self.notice.hide()
        outer.addWidget(self.notice)
        frame = Card()
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self._make_table(programme))
        outer.addWidget(frame, 3)
        self.waiting = Card(_("Waiting for a partner"))
        self._waiting_table = _table((_("Name"), _("Role"), _("Why")), self.waiting)
        self.waiting.body.addWidget(self._waiting_table)
        self.waiting.hide()
        outer.addWidget(self.waiting, 2)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        outer.addWidget(self._error)
        outer.addLayout(self._make_buttons())
        context.start(
            job.proposal, context.workspace, programme.id,
            on_done=self._on_proposed, on_failed=self._on_failed,
        )  # fmt: skip

    def _make_table(self, programme: ProgrammeRow) -> QTableWidget:
        titles = (programme.mentor, programme.mentee, _("Why these two"), _("Known"))
        self.table = _table(titles, self)
        self.table.setAccessibleName(_("Proposed pairs"))
        self.table.itemChanged.connect(self._on_ticked)
        return self.table

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.all_box = QCheckBox(_("&All of them"))
        self.all_box.setChecked(True)
        self.all_box.clicked.connect(self._on_all_clicked)
        row.addWidget(self.all_box)
        row.addStretch()
        row.addWidget(button(_("Close"), self.reject))
        self.accept_button = button(_("Accept"), self.accept, kind="filled")
        self.accept_button.setEnabled(False)
        self.accept_button.setDefault(True)
        row.addWidget(self.accept_button)
        return row

    def accept(self) -> None:
        """Make pairs of the ticked suggestions, as one step."""
        chosen = self.chosen()
        if self.review is None or not chosen:
            return
        text = ngettext("{n} pair proposed", "{n} pairs proposed", len(chosen))
        today = self._context.today()
        try:
            self._context.do(text, proposals.accept, self._programme.id, chosen, today)
        except UserError as refusal:
            self._error.setText(str(refusal))
            self._error.show()
            return
        self.accepted_pairs.emit(len(chosen))
        super().accept()

    def chosen(self) -> list[Suggestion]:
        """The ticked suggestions."""
        if self.review is None:
            return []
        return [
            entry
            for at, entry in enumerate(self.review.suggestions)
            if self._first(at).checkState() == CHECKED
        ]

    def _on_proposed(self, review: Review) -> None:
        self.review = review
        self._bar.hide()
        pairs = ngettext("{n} pair", "{n} pairs", len(review.suggestions))
        self._sub.setText(
            _("{pairs} for {mentees} and {mentors}. Nothing is stored until you accept.").format(
                pairs=pairs,
                mentees=f"{review.mentees} × {self._programme.mentee}",
                mentors=f"{review.mentors} × {self._programme.mentor}",
            )
        )
        self.notice.setText(review.notice)
        self.notice.setVisible(bool(review.notice))
        self.table.blockSignals(True)
        self.table.setRowCount(len(review.suggestions))
        for at, entry in enumerate(review.suggestions):
            first = QTableWidgetItem(_with_job(entry.mentor, entry.mentor_job))
            first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(CHECKED)
            self.table.setItem(at, 0, first)
            known = _("{n} %").format(n=entry.known)
            mentee = _with_job(entry.mentee, entry.mentee_job)
            for column, text in enumerate((mentee, entry.reason, known), start=1):
                self.table.setItem(at, column, QTableWidgetItem(text))
        self.table.blockSignals(False)
        _fit(self.table, 2)
        self._show_waiting(review)
        self._on_ticked()

    def _show_waiting(self, review: Review) -> None:
        self.waiting.setVisible(bool(review.waiting))
        self._waiting_table.setRowCount(len(review.waiting))
        for at, person in enumerate(review.waiting):
            for column, text in enumerate((person.name, person.role, person.why)):
                self._waiting_table.setItem(at, column, QTableWidgetItem(text))
        _fit(self._waiting_table, 2)

    def _on_failed(self, refusal: UserError) -> None:
        self._bar.hide()
        self._sub.setText("")
        self._error.setText(str(refusal))
        self._error.show()

    def _on_ticked(self) -> None:
        count = len(self.chosen())
        self.accept_button.setEnabled(count > 0)
        self.accept_button.setText(ngettext("Accept {n} pair", "Accept {n} pairs", count))
        self.all_box.setChecked(count == self.table.rowCount() and count > 0)

    def _on_all_clicked(self, on: bool) -> None:
        for at in range(self.table.rowCount()):
            self._first(at).setCheckState(CHECKED if on else UNCHECKED)

    def _first(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        assert item is not None
        return item


def _with_job(name: str, job_title: str) -> str:
    return f"{name}\n{job_title}" if job_title else name


def _table(titles: tuple[str, ...], parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(titles), parent)
    table.setHorizontalHeaderLabels(list(titles))
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.setObjectName("review")
    line = theme.tokens().line
    table.setStyleSheet(
        f"QTableView::item {{ padding: 7px 10px; border-bottom: 1px solid {line}; }}"
    )
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table


def _fit(table: QTableWidget, wide: int) -> None:
    """The sentence takes the room that is left."""
    header = table.horizontalHeader()
    for column in range(table.columnCount()):
        table.setColumnWidth(column, 210 if column < wide else 90)
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
