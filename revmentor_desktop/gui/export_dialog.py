"""Writes a list to a spreadsheet file, and says what leaves the file with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import export
from revmentor_desktop.services.programmes import ProgrammeRow

ENDINGS = {"xlsx": ".xlsx", "csv": ".csv", "ics": ".ics"}


class ExportDialog(FormDialog):
    """Which list, in which form, and then where."""

    def __init__(
        self, context: Context, programme: ProgrammeRow | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Export a list"), _("Choose where …"), parent)
        self._context, self._programme = context, programme
        self.top.addWidget(
            label(_("The file will hold people’s names. Keep it as carefully as this one."),
                  "muted", wrap=True)
        )  # fmt: skip
        lists: list[tuple[object, str]] = [("staff", _("Staff"))]
        if programme is not None:
            lists += [
                ("pairs", _("Pairs")),
                ("sessions", _("Session logs")),
                ("changes", _("Changes")),
                ("plan", _("Dates of the plan, for a calendar")),
            ]
        self.what = ChoiceField(lists, strict=True, blank=None)
        self.form_ = ChoiceField(
            [("xlsx", _("Spreadsheet (XLSX)")), ("csv", "CSV")], strict=True, blank=None
        )
        self.add_row(_("&List"), self.what)
        self.add_row(_("&As"), self.form_)
        self.what.currentIndexChanged.connect(self._on_chosen)
        self.what.setFocus()

    def _on_chosen(self) -> None:
        self.form_.setEnabled(self.what.currentData() != "plan")

    def save(self) -> None:
        """Ask where, and write."""
        what = str(self.what.value())
        ending = ".ics" if what == "plan" else ENDINGS[str(self.form_.value())]
        folder = self._context.workspace.path.parent
        start = str(folder / (self.what.currentText().split(",")[0] + ending))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), start, f"*{ending}")
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.casefold() != ending:
            path = path.with_name(path.name + ending)
        programme_id = self._programme.id if self._programme else None
        count = export.export(
            self._context.workspace, path, what, programme_id, self._context.now()
        )
        rows = ngettext("{n} row", "{n} rows", count)
        self._context.said.emit(
            _("{rows} written to {name}").format(rows=rows, name=path.name), False
        )
