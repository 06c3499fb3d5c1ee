"""The table on screen: selection, keyboard, clipboard, menu and bulk edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QSettings,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShowEvent,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table.bulk_edit import BulkEdit
from revmentor_desktop.gui.table.clipboard import copied, pasted
from revmentor_desktop.gui.table.columns import ColumnHeader
from revmentor_desktop.gui.table.delegates import CellDelegate
from revmentor_desktop.gui.table.menu import bulk_menu, context_menu
from revmentor_desktop.gui.table.model import TableModel
from revmentor_desktop.gui.table.place import Place
from revmentor_desktop.i18n import _
from revmentor_desktop.services.tables import Column, set_each

KEPT = 5000
"""A selection of more rows than this is dropped by a refresh."""
ARROWS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
     Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)  # fmt: skip
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TableView(QTableView):
    """Shows a TableModel.

    Signals:
        record_opened: the record of this id is asked for (Enter or double click on a cell that
            cannot be edited in place, or the menu).
        selection_changed: which rows are chosen has changed.
        refused: one sentence why something was not done.
        typed: letters typed into the table, which belong into a search field.
    """

    record_opened = Signal(int)
    selection_changed = Signal()
    refused = Signal(str)
    typed = Signal(str)

    def __init__(
        self,
        context: Context,
        model: TableModel,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self._place = Place(self, model)
        self.extra_actions: Sequence[QAction] = ()
        self.columns = ColumnHeader(model, settings, self)
        self.setHorizontalHeader(self.columns)
        self.setModel(model)
        delegate = CellDelegate(context, model, self)
        self.setItemDelegate(delegate)
        self._look()
        self.columns.begin()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self.doubleClicked.connect(self._on_double_clicked)
        delegate.refused.connect(self.refused)

    def _look(self) -> None:
        self.setFont(theme.table_font())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)

    def selected_ids(self) -> list[int]:
        """The ids of the chosen rows, in order; ranges are read, never single cells."""
        rows = {row for part in self._ranges() for row in range(part.top(), part.bottom() + 1)}
        return [self._model.id_at(row) for row in sorted(rows)]

    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.bottom() - part.top() + 1 for part in self._ranges())

    def select_ids(self, ids: Sequence[int]) -> None:
        """Choose these rows and bring the first into view."""
        rows = self.mark(ids)
        if rows:
            at = self._model.index(rows[0], self.columns.visible()[0])
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(at)

    def mark(self, ids: Sequence[int]) -> list[int]:
        """Choose these rows and stay where the table is; returns their places."""
        wanted = set(ids)
        rows = [row for row, id_ in enumerate(self._model.ids()) if id_ in wanted]
        last = self._model.columnCount() - 1
        chosen = QItemSelection()
        for row in rows:
            chosen.append(
                QItemSelectionRange(self._model.index(row, 0), self._model.index(row, last))
            )
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return rows

    def chooser_menu(self) -> QMenu:
        """The columns with a tick each."""
        return self.columns.chooser_menu()

    def reset_layout(self) -> None:
        """Show the declared columns at their declared widths."""
        self.columns.reset_layout()

    def open_current(self) -> None:
        """Ask for the record of the current row."""
        index = self.currentIndex()
        if index.isValid():
            self.record_opened.emit(self._model.id_at(index.row()))

    def delete_selected(self) -> None:
        """Delete the chosen rows; Undo brings them back."""
        ids = self.selected_ids()
        if ids:
            source = self._model.source
            text = _("{rows} deleted").format(rows=source.counted(len(ids)))
            self._attempt(text, source.delete, ids)

    def copy(self) -> None:
        """Copy the chosen rows as a block for a spreadsheet, in the order of the screen."""
        ids = self.selected_ids()
        if ids:
            rows = self._context.read(self._model.source.rows, ids)
            columns = [self._model.columns[at] for at in self.columns.visible()]
            data = copied(columns, [rows[id_] for id_ in ids if id_ in rows])
            QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Paste a spreadsheet block at the current cell: all of it as one step, or nothing."""
        try:
            changes = self._pasted()
        except UserError as refusal:
            self.refused.emit(str(refusal))
            return
        source = self._model.source
        text = _("{rows} pasted").format(rows=source.counted(len(changes)))
        self._attempt(text, set_each, source, changes)

    def bulk_edit(self, key: str) -> None:
        """Set one column of all chosen rows."""
        BulkEdit(self._context, self._model, key, self.selected_ids(), self.window()).open()

    def context_menu(self) -> QMenu:
        """Open, the page's own actions, copy and paste, bulk edit, delete."""
        return context_menu(self)

    def bulk_menu(self, parent: QWidget | None = None) -> QMenu:
        """The columns that can be set for all chosen rows."""
        return bulk_menu(self, parent or self)

    @property
    def rows(self) -> TableModel:
        """What is shown."""
        return self._model

    def _on_double_clicked(self, index: Any) -> None:  # noqa: ANN401
        if self._model.columns[index.column()].editor is None:
            self.open_current()

    def _on_about_to_reset(self) -> None:
        self._place.keep(self.selected_ids() if self.selected_count() <= KEPT else [])

    def _on_reset(self) -> None:
        self._place.restore()
        self.columns.show_order()
        self.selection_changed.emit()

    # Qt's own names

    def selectAll(self) -> None:
        """All rows, also those that a search has not yet come to."""
        self._model.finish_search()
        super().selectAll()

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        """Tell who shows what is chosen."""
        super().selectionChanged(now, before)
        self.selection_changed.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters go to the search field: Qt would read every row to find one."""
        if search.strip():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits or opens, Del deletes, copy and paste."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_selected()
        elif event.key() in ENTER:
            self._edit_or_open(event)
        else:
            if event.key() in ARROWS:
                self._show_ring(True)
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring around the current cell is for the keyboard."""
        self._show_ring(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard finds a current cell."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            at = self._model.index(0, self.columns.visible()[0])
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns when the width is known for the first time."""
        super().showEvent(event)
        self.columns.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen rows, also by Shift+F10."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.context_menu().popup(where)

    def _edit_or_open(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            return  # the Return that ends an edit comes here, too
        by_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        trigger = QAbstractItemView.EditTrigger.EditKeyPressed
        if by_control or not self.edit(self.currentIndex(), trigger, event):
            self.open_current()

    def _show_ring(self, shown: bool) -> None:
        if bool(self.property("kbd")) != shown:
            self.setProperty("kbd", shown)
            self.viewport().update()

    def _ranges(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(at) for at in range(chosen.count())]

    def _attempt(self, text: str, action: Any, *args: Any) -> None:  # noqa: ANN401
        try:
            self._context.do(text, action, *args)
        except UserError as refusal:
            self.refused.emit(str(refusal))

    def _pasted(self) -> list[tuple[int, dict[str, object]]]:
        at = self.currentIndex()
        if not at.isValid():
            raise UserError(_("Choose the cell where the first value belongs, then paste."))
        self._model.finish_search()
        shown = self.columns.visible()
        columns: list[Column[Any]] = [
            self._model.columns[place] for place in shown[shown.index(at.column()) :]
        ]
        below = self._model.ids()[at.row() :]
        text = QGuiApplication.clipboard().text()
        return pasted(text, columns, below, self.selected_ids(), self._context)
