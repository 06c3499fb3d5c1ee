"""Address labels for the people whom the pack is for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QWidget

from revmentor_desktop.documents.labels import SHEETS
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import NumberField
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.pack_output import PackOutput
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services.packs import Pack

SHEET = "pack/labels"


class LabelsForm(FormDialog):
    """Which sheets, and the first label that is still on one; then printed or saved."""

    def __init__(
        self,
        context: Context,
        pack: Pack,
        memory: Memory,
        output: PackOutput,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Address labels"), _("Save as PDF …"), parent)
        self._context, self._pack, self._memory, self._output = context, pack, memory, output
        self.top.addWidget(
            label(
                _("A label for everybody whom these documents are for. Print them at 100 %."),
                "muted",
                wrap=True,
            )
        )
        self.sheet = QComboBox()
        for name, sheet in SHEETS.items():
            text = _("{name}, {n} labels on {paper}").format(
                name=name, n=sheet.across * sheet.down, paper=sheet.paper
            )
            self.sheet.addItem(text, name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(memory.choice(SHEET))))
        self.first = NumberField(1, 1)
        self.add_row(_("&Sheets"), self.sheet)
        self.add_row(_("&First label that is left"), self.first)
        self.print_button = button(_("Print …"), self.print_labels, "printer")
        self.buttons.insertWidget(self.buttons.count() - 1, self.print_button)
        self.sheet.currentIndexChanged.connect(self._on_sheet_chosen)
        self._on_sheet_chosen()

    def accept(self) -> None:
        """Ask where to, and write them; without an answer the form stays."""
        folder = self._context.workspace.path.parent
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save as PDF"),
            str(folder / f"{_('Labels')}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".pdf"))

    def write(self, target: Path) -> None:
        """Write the labels into a PDF, whole or not at all."""
        self._remember()
        self._output.save_labels(self._pack, self.sheet.currentData(), self.first.value(), target)
        self.done(QDialog.DialogCode.Accepted)

    def print_labels(self) -> None:
        """Print them at their exact size."""
        self._remember()
        self._output.print_labels(self._pack, self.sheet.currentData(), self.first.value())
        self.done(QDialog.DialogCode.Accepted)

    def _remember(self) -> None:
        self._memory.remember_choice(SHEET, self.sheet.currentData())

    def _on_sheet_chosen(self) -> None:
        sheet = SHEETS[self.sheet.currentData()]
        self.first.setRange(1, sheet.across * sheet.down)
