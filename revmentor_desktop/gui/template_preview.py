"""How the edited document will look, drawn by the real engine as one writes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.templates import Wording
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.page_images import PageImages
from revmentor_desktop.gui.page_view import PageView
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import letter_preview
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace


class TemplatePreview(QWidget):
    """The pages of one document, for a pair or person that is chosen."""

    def __init__(
        self, context: Context, programme_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._programme_id = context, programme_id
        self._kind: DocumentKind | None = None
        self._wording: Wording | None = None
        self._asked = 0
        self._images: PageImages | None = None
        self.choice = ChoiceField([], strict=True, blank=_("sample values"))
        self.choice.setAccessibleName(_("Shown for"))
        self.choice.currentIndexChanged.connect(self.draw)
        row = QHBoxLayout()
        row.addWidget(label(_("Shown for"), "muted"))
        row.addWidget(self.choice, 1)
        self.note = label("", "muted", wrap=True)
        self.pages = PageView()
        self.pages.setAccessibleName(_("Preview"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.note)

    def show_kind(self, kind: DocumentKind, wording: Wording) -> None:
        """Show another document, for the first one whom it is for."""
        self._kind, self._wording = kind, wording
        self.note.setText("")
        found = self._context.read(
            letter_preview.choices, self._programme_id, kind, self._context.today()
        )
        self.choice.blockSignals(True)
        self.choice.set_choices(found, _("sample values"))
        self.choice.setCurrentIndex(1 if found else 0)
        self.choice.blockSignals(False)
        self.draw()

    def show_wording(self, wording: Wording) -> None:
        """Show the document changed."""
        if wording != self._wording:
            self._wording = wording
            self.draw()
        elif self._images is not None:
            self.note.setText("")

    def hold(self) -> None:
        """Leave the pages as they were, while the wording has a fault."""
        self.note.setText(_("Shown as it was before the fault."))

    def draw(self) -> None:
        """Draw it away from the window; only the newest request is shown."""
        if self._kind is None or self._wording is None:
            return
        try:
            chosen = self.choice.value()
        except UserError:
            return
        self._asked += 1
        self._context.start(
            _numbered, self._asked, self._context.workspace, self._kind, self._wording, chosen,
            on_done=self._on_drawn, on_failed=self._on_failed,
        )  # fmt: skip

    def _on_drawn(self, result: tuple[int, bytes | UserError]) -> None:
        number, drawn = result
        if number != self._asked:
            return
        if isinstance(drawn, UserError):
            self.note.setText(str(drawn))
            return
        self.note.setText("")
        place = self.pages.verticalScrollBar().value()
        before, self._images = self._images, PageImages(self._context, PdfPages(drawn), self)
        self.pages.set_images(self._images)
        self.pages.verticalScrollBar().setValue(place)
        if before is not None:
            before.close()
            before.deleteLater()

    def _on_failed(self, refusal: UserError) -> None:
        self.note.setText(str(refusal))


def _numbered(
    number: int,
    workspace: Workspace,
    kind: DocumentKind,
    wording: Wording,
    chosen: Pack | None,
    progress: Progress,
) -> tuple[int, bytes | UserError]:
    """The preview, or why there is none, with the number of its request."""
    try:
        return number, letter_preview.preview(workspace, kind, wording, chosen, progress)
    except UserError as refusal:
        return number, refusal
