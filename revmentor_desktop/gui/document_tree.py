"""The documents by occasion, each with a tick; ticked ones show their place in the printing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    OCCASION_NAMES,
    OCCASIONS,
    DocumentKind,
)
from revmentor_desktop.gui import theme
from revmentor_desktop.i18n import _

KIND = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class DocumentTree(QTreeWidget):
    """Which documents, in which order; Alt+Up and Alt+Down move one.

    Signals:
        changed: another document is ticked, or they are in another order.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[DocumentKind] = []
        self._items: dict[DocumentKind, QTreeWidgetItem] = {}
        self.setAccessibleName(_("Documents"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(10)
        self.setItemsExpandable(False)
        self.setObjectName("documents")
        for occasion, kinds in OCCASIONS.items():
            group = QTreeWidgetItem([_(OCCASION_NAMES[occasion])])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self.font()
            font.setWeight(font.Weight.DemiBold)
            group.setFont(0, font)
            self.addTopLevelItem(group)
            for kind in kinds:
                item = QTreeWidgetItem(group, [_(DOCUMENT_NAMES[kind])])
                item.setData(0, KIND, kind)
                item.setCheckState(0, UNCHECKED)
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                self._items[kind] = item
        self.expandAll()
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, 30)
        self.itemChanged.connect(self._on_item_changed)

    def kinds(self) -> tuple[DocumentKind, ...]:
        """The ticked documents, in the order of printing."""
        return tuple(self._order)

    def set_kinds(self, kinds: Iterable[DocumentKind]) -> None:
        """Tick these and no others, in this order."""
        self._order = list(dict.fromkeys(kinds))
        self._show()
        self._reveal()
        self.changed.emit()

    def item_of(self, kind: DocumentKind) -> QTreeWidgetItem:
        """The line of a document."""
        return self._items[kind]

    def move_document(self, step: int) -> None:
        """Print the current document earlier (-1) or later (1)."""
        item = self.currentItem()
        kind = item.data(0, KIND) if item is not None else None
        if kind not in self._order:
            return
        at = self._order.index(kind)
        to = at + step
        if 0 <= to < len(self._order):
            self._order.insert(to, self._order.pop(at))
            self._show()
            self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the first ticked document can be seen."""
        super().showEvent(event)
        self._reveal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the document in the order of printing."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_document(step)
        else:
            super().keyPressEvent(event)

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        kind = item.data(0, KIND)
        if kind is None or (kind in self._order) == (item.checkState(0) == CHECKED):
            return
        if kind in self._order:
            self._order.remove(kind)
        else:
            self._insert(kind)
        self._show()
        self.changed.emit()

    def _insert(self, kind: DocumentKind) -> None:
        """Put a document before the first that usually follows it."""
        usual = list(DocumentKind)
        later = (k for k in self._order if usual.index(k) > usual.index(kind))
        follower = next(later, None)
        at = self._order.index(follower) if follower is not None else len(self._order)
        self._order.insert(at, kind)

    def _reveal(self) -> None:
        for kind in reversed(self._order):
            self.scrollToItem(self._items[kind])

    def _show(self) -> None:
        self.blockSignals(True)
        muted = QBrush(QColor(theme.tokens().muted))
        for kind, item in self._items.items():
            on = kind in self._order
            item.setCheckState(0, CHECKED if on else UNCHECKED)
            place = str(self._order.index(kind) + 1) if on and len(self._order) > 1 else ""
            item.setText(1, place)
            item.setForeground(1, muted)
            spoken = _("{document}, number {n} in the pack").format(document=item.text(0), n=place)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken if place else item.text(0))
        self.blockSignals(False)
        self.viewport().update()
