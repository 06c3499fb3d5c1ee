"""The table on screen: keyboard, clipboard, column chooser and bulk edit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.table.bulk_edit import BulkEdit
from revmentor_desktop.gui.table.delegates import CellDelegate
from revmentor_desktop.gui.table.model import TableModel
from revmentor_desktop.gui.table.paste import pasted_changes
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.tables import set_each

LAYOUT_VERSION = 1


class TableView(QTableView):
    """Shows a TableModel.

    Signals:
        record_opened: the record of this id is asked for (Enter or double click on a cell that
            cannot be edited in place, or the menu).
        selection_changed: which rows are chosen has changed.
        refused: one sentence why something was not done.
    """

    record_opened = Signal(int)
    selection_changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        context: Context,
        model: TableModel,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._model, self._settings = context, model, settings
        self._kept: set[int] = set()
        self.extra_actions: Sequence[QAction] = ()
        self.setModel(model)
        self.setItemDelegate(CellDelegate(context, model, self))
        self._look()
        self._restore_layout()
        self._connect()

    def _look(self) -> None:
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
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setAccessibleName(_("Columns"))

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._on_header_clicked)
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sectionResized.connect(self._save_layout)
        header.sectionMoved.connect(self._save_layout)
        self._model.modelAboutToBeReset.connect(self._keep_selection)
        self._model.modelReset.connect(self._restore_selection)
        self.doubleClicked.connect(self._on_double_clicked)
        delegate = self.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        delegate.refused.connect(self.refused)

    # What is chosen

    def selected_ids(self) -> list[int]:
        """The ids of the chosen rows, in order; ranges are read, never single cells."""
        rows = {row for part in self._ranges() for row in range(part.top(), part.bottom() + 1)}
        return [self._model.id_at(row) for row in sorted(rows)]

    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.bottom() - part.top() + 1 for part in self._ranges())

    def _ranges(self) -> list[QItemSelectionRange]:
        return list(self.selectionModel().selection())  # type: ignore[call-overload]

    def select_ids(self, ids: Sequence[int]) -> None:
        """Choose these rows and bring the first into view."""
        wanted = set(ids)
        last = self._model.columnCount() - 1
        chosen = QItemSelection()
        first = -1
        for row, id_ in enumerate(self._model.ids()):
            if id_ in wanted:
                first = row if first < 0 else first
                chosen.select(self._model.index(row, 0), self._model.index(row, last))
        flag = QItemSelectionModel.SelectionFlag
        if first >= 0:
            at = self._model.index(first, self._first_visible())
            self.selectionModel().setCurrentIndex(at, flag.NoUpdate)
            self.scrollTo(at)
        self.selectionModel().select(chosen, flag.ClearAndSelect)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        """Tell who shows what is chosen."""
        super().selectionChanged(now, before)
        self.selection_changed.emit()

    def _keep_selection(self) -> None:
        few = 0 < self.selected_count() < 5000
        self._kept = set(self.selected_ids()) if few else set()

    def _restore_selection(self) -> None:
        if self._kept:
            self.select_ids(list(self._kept))
        self._show_order()
        self.selection_changed.emit()

    # Columns

    def chooser_menu(self) -> QMenu:
        """The columns with a tick each."""
        menu = QMenu(self)
        for at, column in enumerate(self._model.columns):
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.setEnabled(at > 0)
            action.toggled.connect(partial(self._on_column_toggled, at))
        menu.addSeparator()
        menu.addAction(_("As it was at first")).triggered.connect(self.reset_layout)
        return menu

    def reset_layout(self) -> None:
        """Show the declared columns at their declared widths."""
        header = self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, not column.shown)
            self.setColumnWidth(at, column.width)
        self._save_layout()

    def _on_column_toggled(self, at: int, shown: bool) -> None:
        self.setColumnHidden(at, not shown)
        if shown and self.columnWidth(at) < 60:
            self.setColumnWidth(at, self._model.columns[at].width)
        self._save_layout()

    def _on_header_menu(self, where: QPoint) -> None:
        self.chooser_menu().popup(self.horizontalHeader().mapToGlobal(where))

    def _layout_key(self) -> str:
        keys = ",".join(column.key for column in self._model.columns)
        return f"table/{self._model.source.name}/{LAYOUT_VERSION}/{keys}"

    def _save_layout(self) -> None:
        self._settings.setValue(self._layout_key(), self.horizontalHeader().saveState())

    def _restore_layout(self) -> None:
        stored = self._settings.value(self._layout_key())
        if stored is None or not self.horizontalHeader().restoreState(stored):
            header = self.horizontalHeader()
            header.blockSignals(True)
            for at, column in enumerate(self._model.columns):
                self.setColumnHidden(at, not column.shown)
                self.setColumnWidth(at, column.width)
            header.blockSignals(False)
        self._show_order()

    def _on_header_clicked(self, section: int) -> None:
        key, descending = self._model.order
        clicked = self._model.columns[section].key
        self._model.sort_by(clicked, not descending if clicked == key else False)

    def _show_order(self) -> None:
        key, descending = self._model.order
        at = [column.key for column in self._model.columns].index(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, order)

    def _first_visible(self) -> int:
        header = self.horizontalHeader()
        places = (header.logicalIndex(at) for at in range(header.count()))
        return next(at for at in places if not header.isSectionHidden(at))

    # What is done

    def open_current(self) -> None:
        """Ask for the record of the current row."""
        index = self.currentIndex()
        if index.isValid():
            self.record_opened.emit(self._model.id_at(index.row()))

    def delete_selected(self) -> None:
        """Delete the chosen rows; Undo brings them back."""
        ids = self.selected_ids()
        if not ids:
            return
        text = ngettext("{n} row deleted", "{n} rows deleted", len(ids))
        try:
            self._context.do(text, self._model.source.delete, ids)
        except UserError as refusal:
            self.refused.emit(str(refusal))

    def copy(self) -> None:
        """Copy the chosen rows as a block for a spreadsheet, in the order of the screen."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(at) for at in range(header.count())]
        columns = [self._model.columns[at] for at in places if not self.isColumnHidden(at)]
        ids = self.selected_ids()
        rows = self._context.read(self._model.source.rows, ids) if ids else {}
        lines = ["\t".join(_flat(column.text(rows[id_])) for column in columns) for id_ in ids]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Paste a spreadsheet block at the current cell: all of it as one step, or nothing."""
        try:
            changes = self._pasted()
            if changes:
                text = ngettext("{n} row pasted", "{n} rows pasted", len(changes))
                self._context.do(text, set_each, self._model.source, changes)
        except UserError as refusal:
            self.refused.emit(str(refusal))

    def _pasted(self) -> list[tuple[int, dict[str, object]]]:
        at = self.currentIndex()
        if not at.isValid():
            raise UserError(_("Choose the cell where the first value belongs, then paste."))
        header = self.horizontalHeader()
        first = header.visualIndex(at.column())
        places = [header.logicalIndex(place) for place in range(first, header.count())]
        columns = [self._model.columns[p] for p in places if not self.isColumnHidden(p)]
        selected = self.selected_ids()
        below = self._model.ids()[at.row() :]
        return pasted_changes(
            QGuiApplication.clipboard().text(), columns, below, selected, self._context
        )

    def bulk_edit(self, key: str) -> None:
        """Set one column of all chosen rows."""
        dialog = BulkEdit(self._context, self._model, key, self.selected_ids(), self)
        dialog.open()

    def _on_double_clicked(self, index: Any) -> None:  # noqa: ANN401
        if self._model.columns[index.column()].editor is None:
            self.record_opened.emit(self._model.id_at(index.row()))

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits or opens, Del deletes, copy and paste."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.delete_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            index = self.currentIndex()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.edit(
                index, QAbstractItemView.EditTrigger.EditKeyPressed, event
            ):
                self.open_current()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen rows, also by Shift+F10."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.context_menu().popup(where)

    def context_menu(self) -> QMenu:
        """Open, the page's own actions, copy and paste, bulk edit, delete."""
        menu = QMenu(self)
        count = len(self.selected_ids())
        menu.addAction(icon("eye"), _("Open"), self.open_current).setEnabled(count == 1)
        menu.addActions(list(self.extra_actions))
        menu.addSeparator()
        menu.addAction(icon("copy"), _("Copy"), self.copy).setEnabled(count > 0)
        menu.addAction(_("Paste"), self.paste)
        title = ngettext("Set for {n} row", "Set for {n} rows", count)
        bulk = menu.addMenu(icon("pencil"), title)
        bulk.setEnabled(count > 0)
        for column in self._model.columns:
            if column.editor is not None:
                bulk.addAction(_(column.title), partial(self.bulk_edit, column.key))
        menu.addSeparator()
        menu.addAction(icon("trash-2"), _("Delete"), self.delete_selected).setEnabled(count > 0)
        return menu


def _flat(text: str) -> str:
    return " ".join(text.split())
