"""The levels of the organisation as a list to name, order and change, the highest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, format_number
from revmentor_desktop.services.organisation import LevelRow

ROW = Qt.ItemDataRole.UserRole


class LevelsField(QWidget):
    """Names are edited in place; the count of people stands beside them."""

    def __init__(self, rows: Sequence[LevelRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Levels"))
        self.list.setRootIsDecorated(False)
        self.list.setFixedHeight(206)
        self.list.setHeaderLabels([_("Level"), _("People")])
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        self.list.setColumnWidth(1, 90)
        self.list.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        for row in reversed(rows):
            self._insert(row, self.list.topLevelItemCount())
        self._hint = label(
            _("No levels yet: they come with the staff list, or you add them here."),
            "muted",
            wrap=True,
        )
        self._hint.setVisible(not rows)
        left = QVBoxLayout()
        left.addWidget(self._hint)
        left.addWidget(self.list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 1)
        layout.addLayout(self._buttons())
        self.list.itemDoubleClicked.connect(self._rename)
        if rows:
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def value(self) -> list[LevelRow]:
        """The levels, entry level first."""
        rows = []
        for at in reversed(range(self.list.topLevelItemCount())):
            item = self.list.topLevelItem(at)
            if item is not None:
                row: LevelRow = item.data(0, ROW)
                rows.append(LevelRow(row.id, 0, item.text(0).strip(), row.people))
        return rows

    def names(self) -> list[str]:
        """The names as they stand, the highest first."""
        return [row.name for row in reversed(self.value())]

    def add(self) -> None:
        """A new level above the chosen one, ready to be named."""
        item = self._insert(LevelRow(None, 0, _("New level")), max(0, self._at()))
        self._hint.hide()
        self.list.setCurrentItem(item)
        self.list.editItem(item, 0)

    def remove(self) -> None:
        """Take the chosen level away; its people stay, without a level."""
        if self._at() >= 0:
            self.list.takeTopLevelItem(self._at())

    def move_up(self) -> None:
        """One place up."""
        self._move(-1)

    def move_down(self) -> None:
        """One place down."""
        self._move(1)

    def _rename(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item, 0)

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        for text, act in (
            (_("Add a level"), self.add),
            (_("Rename"), self._rename),
            (_("Move up"), self.move_up),
            (_("Move down"), self.move_down),
            (_("Remove"), self.remove),
        ):
            made = button(text, act)
            made.setAutoDefault(False)
            column.addWidget(made)
        column.addStretch()
        return column

    def _insert(self, row: LevelRow, at: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.name, format_number(row.people)])
        item.setData(0, ROW, row)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list.insertTopLevelItem(at, item)
        return item

    def _at(self) -> int:
        return self.list.currentIndex().row()

    def _move(self, by: int) -> None:
        at = self._at()
        if at < 0 or not 0 <= at + by < self.list.topLevelItemCount():
            return
        item = self.list.takeTopLevelItem(at)
        if item is not None:
            self.list.insertTopLevelItem(at + by, item)
            self.list.setCurrentItem(item)
