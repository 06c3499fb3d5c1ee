"""Brings in a staff list: choose a file, match its columns, see every problem, then store it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange import columns, staff_sheet
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import DateField
from revmentor_desktop.gui.import_columns import ImportColumns
from revmentor_desktop.gui.progress_sheet import ProgressSheet
from revmentor_desktop.gui.widgets import EmptyState, button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import import_staff
from revmentor_desktop.jobs.import_staff import Imported, Plan
from revmentor_desktop.services import organisation
from revmentor_desktop.services.programmes import ProgrammeRow

LIST_KIND = "(*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods)"
FILE, COLUMNS = range(2)
MOST_LINES = 6
"""So many problems show at once; the columns keep the rest of the room."""


class ImportWindow(QDialog):
    """Nothing is stored before the last step; then it is one step that can be undone."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Bring in a staff list"))
        # Whoever has a role in the list gets it in the programme that is open.
        self._programme = programme if programme and programme.closed_on is None else None
        self.setAcceptDrops(True)
        self.resize(980, 720)
        self._context = context
        self._sheet: Sheet | None = None
        self._checked: staff_sheet.StaffSheet | None = None
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self._title = label(_("Bring in a staff list"), "title")
        self._sub = label("", "muted", wrap=True)
        outer.addWidget(self._title)
        outer.addWidget(self._sub)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._file_page())
        self._stack.addWidget(self._columns_page())
        outer.addWidget(self._stack, 1)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        outer.addWidget(self._error)
        outer.addLayout(self._buttons())
        self._show_step(FILE)

    @property
    def error(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return "" if self._error.isHidden() else self._error.text()

    @property
    def summary(self) -> str:
        """What the list holds, in one line."""
        return self._summary.text()

    @property
    def boxes(self) -> list[QComboBox]:
        """A choice of field for each column; none before a list has been read."""
        return self.columns.boxes

    def _file_page(self) -> QWidget:
        return EmptyState(
            "upload",
            _("Choose your staff list, or drop it here"),
            _("CSV, XLSX, XLS or ODS. One row for each person; titles above the table do no harm."),
            [(_("Choose a file …"), self.choose_file)],
        )

    def _columns_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.columns = ImportColumns()
        self.columns.changed.connect(self.check)
        layout.addWidget(self.columns, 3)
        told = QHBoxLayout()
        told_label = label(_("Everyone on this list was told of the programme on"))
        self.told_on = DateField(self._context.today())
        self.told_on.setAccessibleName(told_label.text())
        self.told_on.setFixedWidth(220)
        told.addWidget(told_label)
        told.addWidget(self.told_on)
        told.addWidget(label(_("leave blank if not yet"), "muted"))
        told.addStretch()
        layout.addLayout(told)
        self._summary = label("", "hint", wrap=True)
        layout.addWidget(self._summary)
        self.problems = QListWidget()
        self.problems.setAccessibleName(_("Problems in the list"))
        layout.addWidget(self.problems)
        return page

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._another = button(_("Another file …"), self.choose_file)
        row.addWidget(self._another)
        row.addStretch()
        row.addWidget(button(_("Cancel"), self.reject))
        self.store_button = button(_("Bring them in"), self.store, kind="filled")
        self.store_button.setDefault(True)
        row.addWidget(self.store_button)
        return row

    # Steps

    def choose_file(self) -> None:
        """Ask for the file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Staff list"), "", _("Lists") + f" {LIST_KIND}"
        )
        if path:
            self.load(Path(path))

    def load(self, path: Path) -> None:
        """Read a file away from the window."""
        self._refuse("")
        task = self._context.start(
            import_staff.read_list, path,
            on_done=self._on_read, on_failed=self._on_failed, label=_("Reading the list"),
        )  # fmt: skip
        ProgressSheet(task, self)

    def store(self) -> None:
        """Store what was checked: one backup, one transaction, one undo."""
        if self._sheet is None or self._checked is None:
            return
        try:
            programme_id = self._programme.id if self._programme is not None else None
            plan = Plan(self._sheet, self._checked, self.told_on.value(), programme_id)
        except UserError as refusal:
            self._refuse(str(refusal))
            return
        self.store_button.setEnabled(False)
        task = self._context.start(
            import_staff.store, self._context.workspace, plan,
            on_done=self._on_stored, on_failed=self._on_failed, label=_("Bringing people in"),
        )  # fmt: skip
        task.ended.connect(self._on_ended)
        ProgressSheet(task, self)

    def _on_read(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.columns.fill(sheet, columns.propose_mapping(sheet))
        self._show_step(COLUMNS)
        self.check()

    def _on_stored(self, imported: Imported) -> None:
        outcome = imported.outcome
        text = imported.summary().splitlines()[0]
        if self._checked is not None and (lost := self._checked.lost_managers):
            text += "; " + ngettext(
                "{n} manager is not known and left blank",
                "{n} managers are not known and left blank",
                lost,
            )
        self._context.adopt(text, outcome.changed, outcome.inverse)
        self.accept()

    def _on_failed(self, refusal: UserError) -> None:
        self._refuse(str(refusal))

    def _on_ended(self) -> None:
        self.store_button.setEnabled(self._checked is not None)

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._another.setVisible(step == COLUMNS)
        self.store_button.setVisible(step == COLUMNS)
        text = _("Nothing is stored until you have seen what comes in.")
        if step == COLUMNS and self._sheet is not None:
            rows = ngettext("{n} row", "{n} rows", len(self._sheet.rows))
            matched = sum(box.currentData() is not None for box in self.boxes)
            text = _("{name} · {rows}. {n} of {all} columns are recognised; nothing is stored "
                     "until the last step.").format(
                name=self._sheet.name, rows=rows, n=matched, all=len(self.boxes))  # fmt: skip
        self._sub.setText(text)

    def check(self) -> None:
        """Read the people with the chosen columns, and list every problem."""
        assert self._sheet is not None
        self._checked = None
        self.problems.clear()
        try:
            self._checked = import_staff.check(
                self._context.workspace, self._sheet, self.columns.mapping()
            )
        except UserError as refusal:
            self._refuse(str(refusal))
            self._summary.hide()
            self.store_button.setEnabled(False)
            return
        self._refuse("")
        self.problems.addItems([problem.sentence() for problem in self._checked.problems])
        self.problems.setVisible(bool(self._checked.problems))
        lines = min(len(self._checked.problems), MOST_LINES)
        self.problems.setFixedHeight(lines * self.problems.sizeHintForRow(0) + 18)
        self._summary.setText(self._summary_text(self._checked))
        self._summary.show()
        people = len(self._checked.people)
        self.store_button.setEnabled(people > 0)
        self.store_button.setText(ngettext("Bring in {n} person", "Bring in {n} people", people))
        # At once, or the longer text is cut until something else moves.
        self._outer.activate()

    def _summary_text(self, checked: staff_sheet.StaffSheet) -> str:
        managers = sum(p.manager_row is not None or bool(p.manager_text) for p in checked.people)
        parts = [
            ngettext("{n} person", "{n} people", len(checked.people)),
            ngettext("{n} with a manager", "{n} with a manager", managers),
        ]
        if checked.problems:
            parts.append(
                ngettext(
                    "{n} problem, mended as said below",
                    "{n} problems, mended as said below",
                    len(checked.problems),
                )
            )
        if not any(person.level for person in checked.people):
            has_levels = bool(self._context.read(organisation.levels))
            parts.append(
                _("no levels: give them in Staff")
                if has_levels
                else _("levels are proposed from titles and managers")
            )
        if with_role := sum(person.role is not None for person in checked.people):
            parts.append(
                ngettext("{n} with a role in {programme}", "{n} with a role in {programme}",
                         with_role).format(programme=self._programme.name)
                if self._programme is not None
                else _("roles are left out: make a programme first")
            )  # fmt: skip
        if checked.unclear_dates:
            parts.append(_("dates such as 03/04/21 are read with the day first"))
        return "  ·  ".join(parts)

    def _refuse(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    # Dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        path = _dropped(event.mimeData())
        if path:
            self.load(Path(path))


def _dropped(data: QMimeData) -> str:
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
