"""How the edited document will look, for a pair or person that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.live_pages import LivePages
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import letter_preview


class TemplatePreview(QWidget):
    """The pages of one document; with sample values where there is nobody yet."""

    def __init__(
        self, context: Context, programme_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._programme_id = context, programme_id
        self._kind: DocumentKind | None = None
        self._wording: Wording | None = None
        self.choice = ChoiceField([], strict=True, blank=_("sample values"))
        self.choice.setAccessibleName(_("Shown for"))
        self.choice.currentIndexChanged.connect(self.draw)
        self.choice.activated.connect(self._show_start)
        row = QHBoxLayout()
        row.addWidget(label(_("Shown for"), "muted"))
        row.addWidget(self.choice, 1)
        self.pages = LivePages(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.pages, 1)

    def show_kind(self, kind: DocumentKind, wording: Wording) -> None:
        """Show another document, for the first one whom it is for."""
        self._kind, self._wording = kind, wording
        found = self._context.read(
            letter_preview.choices, self._programme_id, kind, self._context.today()
        )
        self.choice.blockSignals(True)
        self.choice.set_choices(found, _("sample values"))
        self.choice.setCurrentIndex(1 if found else 0)
        self.choice.blockSignals(False)
        self._show_start()
        self.draw()

    def show_wording(self, wording: Wording) -> None:
        """Show the document changed."""
        if wording != self._wording or self.pages.note:
            self._wording = wording
            self.draw()

    def hold(self) -> None:
        """Leave the pages as they were, while the wording has a fault."""
        self.pages.say(_("Shown as it was before the fault."))

    def draw(self) -> None:
        """Draw it anew."""
        if self._kind is None or self._wording is None:
            return
        chosen = self.choice.currentData()
        self.pages.draw(
            letter_preview.preview, self._context.workspace, self._kind, self._wording, chosen
        )

    def _show_start(self) -> None:
        """Of a name that is too long its beginning is seen."""
        edit = self.choice.lineEdit()
        assert edit is not None
        edit.setCursorPosition(0)
