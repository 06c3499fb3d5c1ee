"""Template files of the editor: a wording is handed on, and brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DOCUMENT_NAMES
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.exchange import letter_files
from revmentor_desktop.exchange.letter_files import SUFFIX, LetterFile
from revmentor_desktop.gui.context import Context
from revmentor_desktop.i18n import N_, _

if TYPE_CHECKING:
    from revmentor_desktop.gui.template_window import TemplateWindow

FILE_KIND = N_("RevMentor template files (*.revletter)")


class TemplateFiles(QObject):
    """Writes and reads the wording of the document that is edited."""

    def __init__(self, context: Context, window: TemplateWindow) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    def export(self) -> None:
        """Ask where the template file goes."""
        name = f"{_(DOCUMENT_NAMES[self._window.draft.kind])}{SUFFIX}"
        start = self._context.workspace.path.parent / name
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save as a template file"), str(start), _(FILE_KIND)
        )
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(SUFFIX))

    def export_to(self, path: Path) -> None:
        """Write the wording as a template file; one with a fault is not handed on."""
        draft = self._window.draft
        try:
            for fault in draft.faults():
                raise UserError(fault.sentence)
            letter_files.write(path, LetterFile(draft.kind, self._window.language, draft.wording))
        except UserError as refusal:
            self._window.say(str(refusal), "error")
        else:
            self._window.say(_("Saved as {name}").format(name=path.name))

    def bring_in(self) -> None:
        """Ask for a template file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Bring in a template file"), "", _(FILE_KIND)
        )
        if chosen:
            self.bring_in_from(Path(chosen))

    def bring_in_from(self, path: Path) -> None:
        """Take in the wording of a template file for its document; Undo brings the old back."""
        try:
            letter = letter_files.read(path)
        except UserError as refusal:
            self._window.say(str(refusal), "error")
            return
        self._window.show_document(letter.kind)
        draft = self._window.draft
        wording = Wording(draft.wording.title, letter.wording.blocks)
        draft.change(_("Bring in a template file"), wording)
        self._window.save()
