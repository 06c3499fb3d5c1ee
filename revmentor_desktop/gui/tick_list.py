"""A list to be ticked off: found by typing, ticked with the space bar, all or none at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, ngettext

ID = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class Tickable:
    """One line. ``note`` is what tells it from its namesakes."""

    id: int
    text: str
    note: str = ""


class TickList(QWidget):
    """Which lines are ticked.

    Signals:
        changed: a tick was set or taken away.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(220)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        self._count = label("", "muted")
        row.addWidget(self._count, 1)
        row.addWidget(button(_("Tick all"), partial(self._tick_shown, True), kind="flat"))
        row.addWidget(button(_("Tick none"), partial(self._tick_shown, False), kind="flat"))
        layout.addLayout(row)
        self.search.textChanged.connect(self._on_searched)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.itemActivated.connect(_turn)

    def fill(self, lines: Sequence[Tickable], ticked: Collection[int] = ()) -> None:
        """Show other lines."""
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.text}  ·  {line.note}" if line.note else line.text)
            item.setData(ID, line.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(CHECKED if line.id in ticked else UNCHECKED)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._on_ticked()

    def ticked(self) -> list[int]:
        """The ids of the ticked lines, in the order of the list; also those not found just now."""
        return [item.data(ID) for item in self._items() if item.checkState() == CHECKED]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search into the list; Enter ticks the only line that is found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shown = [item for item in self._items() if not item.isHidden()]
            if event.key() == Qt.Key.Key_Down and shown:
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.list.setCurrentItem(shown[0])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.text():
                if len(shown) == 1:
                    _turn(shown[0])
                    self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item for item in items if item is not None]

    def _on_searched(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            shown = item.text().casefold()
            item.setHidden(not all(word in shown for word in words))

    def _on_ticked(self) -> None:
        self._count.setText(
            ngettext("{n} of {all} ticked", "{n} of {all} ticked", len(self.ticked())).format(
                all=self.list.count()
            )
        )
        self.changed.emit()

    def _tick_shown(self, on: bool) -> None:
        self.list.blockSignals(True)
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(CHECKED if on else UNCHECKED)
        self.list.blockSignals(False)
        self._on_ticked()


def _turn(item: QListWidgetItem) -> None:
    item.setCheckState(UNCHECKED if item.checkState() == CHECKED else CHECKED)
