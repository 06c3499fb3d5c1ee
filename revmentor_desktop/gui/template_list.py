"""The list of documents, by occasion, with a mark where the wording is one's own or has a fault."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    OCCASION_NAMES,
    OCCASIONS,
    DocumentKind,
)
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.i18n import _
from revmentor_desktop.services.templates import TemplateRow

KIND = Qt.ItemDataRole.UserRole


class DocumentList(QListWidget):
    """All documents that have a wording.

    Signals:
        chosen: the kind of a document.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Documents"))
        self.setIconSize(QSize(14, 14))
        self._items: dict[DocumentKind, QListWidgetItem] = {}
        self._headings: list[QListWidgetItem] = []
        self._own: set[DocumentKind] = set()
        self._faulty: set[DocumentKind] = set()
        for occasion, kinds in OCCASIONS.items():
            self._headings.append(_heading(_(OCCASION_NAMES[occasion])))
            self.addItem(self._headings[-1])
            for kind in kinds:
                item = QListWidgetItem(_(DOCUMENT_NAMES[kind]))
                item.setData(KIND, kind)
                self._items[kind] = item
                self.addItem(item)
        self._colour_headings()
        self.currentItemChanged.connect(self._on_current_changed)

    def show_rows(self, rows: Sequence[TemplateRow]) -> None:
        """Mark those whose wording is the organisation's own."""
        self._own = {row.kind for row in rows if row.is_own}
        self._mark()

    def mark_faulty(self, kind: DocumentKind, faulty: bool) -> None:
        """Mark a document that cannot be saved as it is."""
        (self._faulty.add if faulty else self._faulty.discard)(kind)
        self._mark()

    def select(self, kind: DocumentKind) -> None:
        """Show which document is edited."""
        self.blockSignals(True)
        self.setCurrentItem(self._items[kind])
        self.blockSignals(False)

    def marks(self) -> dict[DocumentKind, str]:
        """What is said of the documents that have a mark."""
        every = {kind: item.toolTip() for kind, item in self._items.items()}
        return {kind: words for kind, words in every.items() if words}

    def changeEvent(self, event: QEvent) -> None:
        """The headings keep to the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_headings"):
            self._colour_headings()

    def _colour_headings(self) -> None:
        for item in self._headings:
            item.setForeground(QColor(theme.tokens().muted))

    def _mark(self) -> None:
        for kind, item in self._items.items():
            name, words, token = "", "", "muted"
            if kind in self._faulty:
                name, words, token = "triangle-alert", _("Has a fault, not saved"), "bad"
            elif kind in self._own:
                name, words = "pencil", _("Your own wording")
            item.setIcon(icon(name or "file-text", token))
            item.setToolTip(words)
            about = f"{item.text()}, {words}" if words else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, about)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KIND) is not None:
            self.chosen.emit(item.data(KIND))


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont(item.font())
    font.setPointSize(9)
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    return item
