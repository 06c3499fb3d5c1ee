"""The list of fields that a document may name, searched by typing, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from revmentor_desktop.domain.letter_fields import Field
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _

NAME = Qt.ItemDataRole.UserRole
_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FieldList(QFrame):
    """A pop-up: type to search, Enter or a click chooses, Esc closes.

    Signals:
        chosen: the name of a field.
    """

    chosen = Signal(str)

    def __init__(self, fields: Mapping[str, Field], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self.resize(440, 380)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search fields"))
        self.search.setAccessibleName(_("Search fields"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Fields"))
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setColumnCount(2)
        self.list.setColumnWidth(0, 230)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._none = label(_("No field of this document is called like that."), "muted", wrap=True)
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none)
        for name, field in fields.items():
            self._add(name, field)
        self._narrow("")
        self.search.setFocus()

    def show_at(self, place: QPoint) -> None:
        """Open below a place on the screen, and wholly on it."""
        screen = self.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width())
        y = place.y()
        if y + self.height() > screen.bottom():
            y = max(screen.top(), screen.bottom() - self.height())
        self.move(max(screen.left(), x), y)
        self.show()

    def names(self) -> list[str]:
        """The fields that are listed now."""
        return [str(item.data(0, NAME)) for item in self._items() if not item.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go through the list and Enter chooses, while the search has the caret."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _DOWN:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None and not item.isHidden():
                    self._choose(item)
                return True
        return super().eventFilter(watched, event)

    def _add(self, name: str, field: Field) -> None:
        item = QTreeWidgetItem([_(field.title), field.sample])
        item.setData(0, NAME, name)
        item.setToolTip(0, f"{{{{{name}}}}}")
        item.setForeground(1, QColor(theme.tokens().muted))
        self.list.addTopLevelItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        every = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [item for item in every if item is not None]

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        first = None
        for item in self._items():
            about = f"{item.text(0)} {item.text(1)} {item.data(0, NAME)}".casefold()
            item.setHidden(not all(word in about for word in words))
            if first is None and not item.isHidden():
                first = item
        if first is not None:
            self.list.setCurrentItem(first)
        self._none.setVisible(first is None)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(str(item.data(0, NAME)))
        self.close()
