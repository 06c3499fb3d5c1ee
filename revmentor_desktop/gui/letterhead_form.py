"""The letterhead and the envelopes, with a letter under it as it will be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import ENVELOPES
from revmentor_desktop.gui import picture_files, printing
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, LongField, NumberField, TextField
from revmentor_desktop.gui.letterhead_fields import AccentField, PictureField
from revmentor_desktop.gui.live_pages import LivePages
from revmentor_desktop.gui.page_view import Fit
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import letter_preview
from revmentor_desktop.services import letters, organisation
from revmentor_desktop.services.letters import Letterhead

WAIT_MS = 300


class LetterheadForm(FormDialog):
    """What stands on every letter, and where the address shows in an envelope's window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Letterhead and envelopes"), _("Save"), parent)
        self.resize(1180, 760)
        self._context = context
        self._stored = context.read(letters.letterhead)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT_MS)
        self._later.timeout.connect(self.draw)
        self.address, self.footer, self.accent = LongField(), TextField(), AccentField()
        self.logo = PictureField(context, picture_files.logo, _("Logo"))
        self.signature = PictureField(context, picture_files.signature, _("Signature"))
        self.paper = ChoiceField([("A4", "A4"), ("Letter", "Letter")], strict=True, blank=None)
        shown = [(name, _("No window") if name == "none" else name) for name in ENVELOPES]
        self.envelope = ChoiceField(shown, strict=True, blank=None)
        self.shift_x, self.shift_y = NumberField(-10, 10), NumberField(-10, 10)
        self._add_rows()
        self.preview = LivePages(context)
        self.preview.setMinimumWidth(360)
        self.preview.pages.set_zoom(Fit.PAGE)
        self.middle.addWidget(self.preview, 1)
        self.scroll_area.setMinimumWidth(560)
        self._fill(context.read(organisation.settings))
        self._connect()
        self.finished.connect(self.preview.release)
        self.draw()
        self.address.setFocus()

    def values(self) -> dict[str, Any]:
        """What the form holds, by the name of its column; UserError where a choice is none."""
        return {
            "address": self.address.value(),
            "footer": self.footer.value(),
            "accent": self.accent.value(),
            "logo": self.logo.value(),
            "signature": self.signature.value(),
            "paper": self.paper.value(),
            "envelope": self.envelope.value(),
            "shift_x": self.shift_x.value(),
            "shift_y": self.shift_y.value(),
        }

    def head(self) -> Letterhead:
        """The letterhead as the form has it; UserError where it cannot be stored like that."""
        values = self.values()
        organisation.check_letterhead(values)
        return replace(self._stored, **values)

    def draw(self) -> None:
        """Show a letter under this letterhead."""
        try:
            head = self.head()
        except UserError as refusal:
            self.preview.say(str(refusal))
            return
        self.preview.draw(letter_preview.preview_letterhead, self._context.workspace, head)

    def save(self) -> None:
        """Store it all as one step."""
        text = _("Letterhead changed, for all that is printed from now on")
        self._context.do(text, organisation.save_settings, self.values())

    def save_test_sheet(self) -> None:
        """Ask where the window test sheet goes."""
        start = self._context.workspace.path.parent / f"{_('Window test sheet')}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Window test sheet"), str(start), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.write_test_sheet(path if path.suffix else path.with_suffix(".pdf"))

    def write_test_sheet(self, path: Path) -> None:
        """Write the sheet that shows whether the address sits in the window."""
        try:
            letter_preview.write_test_sheet(path, self.head())
        except UserError as refusal:
            self.show_error(str(refusal))
        else:
            self.show_error("")
            self._context.said.emit(_("Saved as {name}").format(name=path.name), False)

    def print_test_sheet(self) -> None:
        """Print that sheet at its exact size."""
        try:
            pages = PdfPages(letter_preview.test_sheet(self.head()))
        except UserError as refusal:
            self.show_error(str(refusal))
            return
        printer = printing.new_printer(_("Window test sheet"), False)
        try:
            if printing.ask(printer, pages.count, self):
                printing.print_pages(pages, printer)
        except UserError as refusal:
            self.show_error(str(refusal))
        finally:
            pages.close()

    def _on_changed(self) -> None:
        self.show_error("")
        window = self.envelope.currentData() != "none"
        for field in (self.shift_x, self.shift_y, self.test_button):
            field.setEnabled(window)
        self._later.start()

    def _add_rows(self) -> None:
        self.form.addRow(label(_("Letterhead"), "cardTitle"))
        self.add_row(_("&Address"), self.address)
        self.add_row(_("&Footer"), self.footer)
        self.add_row(_("A&ccent colour"), self.accent)
        self.add_row(_("&Logo"), self.logo)
        self.add_row(_("S&ignature"), self.signature)
        hint = _("A scan of your signature, black on white. It stands above your name.")
        self.form.addRow("", label(hint, "muted", wrap=True))
        self.form.addRow(label(_("Paper and envelopes"), "cardTitle"))
        self.add_row(_("Pap&er"), self.paper)
        self.add_row(_("&Window of the envelope"), self.envelope)
        for field in (self.shift_x, self.shift_y):
            field.setSuffix(_(" mm"))
            field.setMinimumWidth(90)
        self.shift_x.setAccessibleName(_("Address further right"))
        self.shift_y.setAccessibleName(_("Address further down"))
        self.test_button = button(_("Window &test sheet …"))
        menu = QMenu(self)
        menu.addAction(_("&Print …")).triggered.connect(self.print_test_sheet)
        menu.addAction(_("&Save as PDF …")).triggered.connect(self.save_test_sheet)
        self.test_button.setMenu(menu)
        self.test_button.setAutoDefault(False)
        shift = QHBoxLayout()
        shift.setSpacing(8)
        for text, field in ((_("right"), self.shift_x), (_("down"), self.shift_y)):
            shift.addWidget(label(text, "muted"))
            shift.addWidget(field)
        shift.addStretch()
        self.form.addRow(label(_("Move the address")), shift)
        test = QHBoxLayout()
        test.addWidget(self.test_button)
        test.addStretch()
        self.form.addRow("", test)

    def _fill(self, values: Mapping[str, Any]) -> None:
        for name in self.values():
            getattr(self, name).set_value(values[name])
        self.footer.setCursorPosition(0)
        self._on_changed()

    def _connect(self) -> None:
        for signal in (
            self.address.textChanged, self.footer.textChanged, self.accent.changed,
            self.logo.changed, self.signature.changed, self.paper.currentTextChanged,
            self.envelope.currentTextChanged, self.shift_x.valueChanged, self.shift_y.valueChanged,
        ):  # fmt: skip
            signal.connect(self._on_changed)
