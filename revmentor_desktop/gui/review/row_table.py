"""A small table of plain rows with two lines in a cell: who waits, and other partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.review.bar import Bar, paint_bar
from revmentor_desktop.gui.review.painting import (
    MOST_LINES,
    PADDING,
    ROW,
    ink,
    paint_ground,
    paint_lines,
    paint_small,
    paint_two,
)
from revmentor_desktop.gui.review.proposal_model import ACCESSIBLE, DISPLAY, HORIZONTAL, Index
from revmentor_desktop.gui.table.delegates import as_tool_tip

Row = Any
NARROW = 260
"""A table narrower than this shows no last column, pixels; its tool tips and neighbours do."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})


@dataclass(frozen=True, slots=True)
class Cells:
    """A column. ``width``: pixels, or below 1 a share of what the others leave.

    With ``below`` a second, smaller line; with ``bar`` that is above; else the text wraps.
    """

    title: str
    width: float
    text: Callable[[Row], str]
    below: Callable[[Row], str] | None = None
    bar: Callable[[Row], Bar] | None = None

    def words(self, row: Row) -> str:
        """The whole cell in words."""
        below = self.below(row) if self.below is not None else ""
        bar = self.bar(row).words if self.bar is not None else ""
        return ", ".join(filter(None, (bar, self.text(row), below)))


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Cells]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if role in (DISPLAY, ACCESSIBLE):
            return self.columns[index.column()].words(self.rows[index.row()])
        return None

    def headerData(self, at: int, way: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        return self.columns[at].title if way == HORIZONTAL and role == DISPLAY else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: _Model, table: QWidget) -> None:
        super().__init__(table)
        self._model, self._table = model, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, row = self._model.columns[index.column()], self._model.rows[index.row()]
        paint_ground(painter, option, bool(self._table.property("kbd")))
        inner = option.rect.adjusted(PADDING, 0, -PADDING, -1)
        if column.bar is not None:
            above = QRect(inner.left(), inner.top() + 10, inner.width(), 16)
            paint_bar(painter, above, column.bar(row), option.direction)
            below = QRect(inner.left(), inner.top() + 28, inner.width(), 18)
            paint_small(painter, option, below, column.text(row))
        elif column.below is not None:
            paint_two(painter, option, inner, column.text(row), column.below(row))
        else:
            painter.setPen(QColor(ink(option)))
            paint_lines(painter, inner, column.text(row), MOST_LINES, option.direction)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:  # fmt: skip
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words = self._model.columns[index.column()].words(self._model.rows[index.row()])
        QToolTip.showText(event.globalPos(), as_tool_tip(words), view)
        return True


class RowTable(QTableView):
    """Shows plain rows; ``key`` tells the same row again when the rows are exchanged.

    Signals:
        row_chosen: another row is chosen, or None.
        opened: Enter or a double click on the chosen row.
    """

    row_chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Cells],
        key: Callable[[Row], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._key = _Model(columns), key
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self._rows, self))
        self.setFont(theme.table_font())
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_opened)

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows.rows

    @property
    def chosen(self) -> Row | None:
        """The chosen row."""
        at = self.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the same one stays chosen, or the first is."""
        if list(rows) == list(self.rows):
            return
        before = self._key(self.chosen) if self.chosen is not None else None
        scrolled = self.verticalScrollBar().value()
        self._rows.show_rows(rows)
        keys = [self._key(row) for row in rows]
        self.choose(keys.index(before) if before in keys else 0)
        self.verticalScrollBar().setValue(scrolled)

    def choose(self, row: int) -> None:
        """Choose a row."""
        flags = QItemSelectionModel.SelectionFlag
        index = self._rows.index(row, max(0, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.row_chosen.emit(self.chosen)

    def _on_opened(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    # Qt's own names

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        """Tell who shows the chosen row."""
        super().selectionChanged(now, before)
        self.row_chosen.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; who uses the arrows sees where she is."""
        if event.key() in ENTER:
            self._on_opened()
        else:
            self.setProperty("kbd", True)
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring around the current cell is for the keyboard."""
        self.setProperty("kbd", False)
        super().mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        room = self.viewport().width()
        columns = list(self._rows.columns)
        self.setColumnHidden(len(columns) - 1, room < NARROW)
        if room < NARROW:
            columns.pop()
        free = room - sum(column.width for column in columns if column.width >= 1)
        whole = sum(column.width for column in columns if column.width < 1)
        for at, column in enumerate(columns):
            share = column.width if column.width >= 1 else free * column.width / whole
            self.setColumnWidth(at, int(share))
