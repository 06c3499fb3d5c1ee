"""Pages that follow what is edited, drawn by the real engine away from the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.page_images import PageImages
from revmentor_desktop.gui.page_view import PageView
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _


class LivePages(QWidget):
    """A PDF with a line of words under it; of several requests only the newest is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        self._images: PageImages | None = None
        self.pages = PageView()
        self.pages.setAccessibleName(_("Preview"))
        self._note = label("", "muted", wrap=True)
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._note)

    @property
    def note(self) -> str:
        """What is said under the pages, "" where they are as they should be."""
        return self._note.text()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.pages.count

    def draw(self, job: Callable[..., bytes], *args: object) -> None:
        """Show the PDF that ``job(*args, progress=...)`` makes."""
        self._asked += 1
        self._context.start(_numbered, self._asked, job, args, on_done=self._on_drawn)

    def release(self) -> None:
        """Let go of the PDF; nothing is shown any more."""
        self._asked += 1
        if self._images is not None:
            self._images.close()

    def say(self, text: str) -> None:
        """Words under the pages."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _on_drawn(self, result: tuple[int, bytes | UserError]) -> None:
        number, drawn = result
        if number != self._asked:
            return
        if isinstance(drawn, UserError):
            self.say(str(drawn))
            return
        self.say("")
        place = self.pages.verticalScrollBar().value()
        before, self._images = self._images, PageImages(self._context, PdfPages(drawn), self)
        self.pages.set_images(self._images)
        self.pages.verticalScrollBar().setValue(place)
        if before is not None:
            before.close()
            before.deleteLater()


def _numbered(
    number: int, job: Callable[..., bytes], args: tuple[Any, ...], progress: Progress
) -> tuple[int, bytes | UserError]:
    """The PDF, or why there is none, with the number of its request."""
    try:
        return number, job(*args, progress=progress)
    except UserError as refusal:
        return number, refusal
