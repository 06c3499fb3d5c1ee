"""Which columns show, how wide and in which order; remembered on this machine."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from revmentor_desktop.gui.table.model import TableModel
from revmentor_desktop.i18n import _

LAYOUT_VERSION = 2
LEAST_WIDTH = 60
SQUEEZE = 0.8


class ColumnHeader(QHeaderView):
    """The header of a TableView: sorting, the column chooser, and the memory of both widths.

    What is remembered is known by the columns' keys, so another column makes it start anew.
    """

    def __init__(self, model: TableModel, settings: QSettings, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._model, self._settings, self._table = model, settings, table
        self._is_remembered = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(48)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(_("Columns"))

    def begin(self) -> None:
        """Once the table has the model: show what is remembered, and remember from now on."""
        # The table hides the arrow when it is given a header.
        self.setSortIndicatorShown(True)
        stored = self._settings.value(self._key())
        self._is_remembered = stored is not None and self.restoreState(stored)
        if not self._is_remembered:
            self._show_declared()
        self.show_order()
        self.sectionClicked.connect(self._on_clicked)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.sectionResized.connect(self._remember)
        self.sectionMoved.connect(self._remember)

    def visible(self) -> list[int]:
        """The columns that show, in the order of the screen."""
        places = (self.logicalIndex(at) for at in range(self.count()))
        return [at for at in places if not self.isSectionHidden(at)]

    def chooser_menu(self) -> QMenu:
        """The columns with a tick each."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for at, column in enumerate(self._model.columns):
            action = menu.addAction(_(column.title).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(at))
            action.setEnabled(at > 0)
            action.toggled.connect(partial(self._on_toggled, at))
        menu.addSeparator()
        menu.addAction(_("As it was at first")).triggered.connect(self.reset_layout)
        return menu

    def reset_layout(self) -> None:
        """Show the declared columns at their declared widths."""
        for at in range(self.count()):
            self.moveSection(self.visualIndex(at), at)
        self._show_declared()
        self.fit()
        self._remember()

    def fit(self) -> None:
        """Squeeze the declared widths a little where that makes room for the last column."""
        if self._is_remembered:
            return
        shown = self.visible()
        wanted = sum(self._model.columns[at].width for at in shown)
        room = self._table.viewport().width()
        if not wanted or not SQUEEZE <= room / wanted < 1:
            return
        self.blockSignals(True)
        for at in shown:
            self.resizeSection(at, int(self._model.columns[at].width * room / wanted))
        self.blockSignals(False)
        self._table.updateGeometries()

    def show_order(self) -> None:
        """The arrow stands at the column that the rows are ordered by."""
        key, descending = self._model.order
        at = [column.key for column in self._model.columns].index(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(at, order)

    def _key(self) -> str:
        keys = ",".join(column.key for column in self._model.columns)
        return f"table/{self._model.source.name}/{LAYOUT_VERSION}/{keys}"

    def _remember(self) -> None:
        self._is_remembered = True
        self._settings.setValue(self._key(), self.saveState())

    def _show_declared(self) -> None:
        self.blockSignals(True)
        for at, column in enumerate(self._model.columns):
            self.setSectionHidden(at, not column.shown)
            self.resizeSection(at, column.width)
        self.blockSignals(False)
        self._is_remembered = False

    def _on_toggled(self, at: int, shown: bool) -> None:
        self.setSectionHidden(at, not shown)
        if shown and self.sectionSize(at) < LEAST_WIDTH:
            self.resizeSection(at, self._model.columns[at].width)
        self._remember()

    def _on_clicked(self, section: int) -> None:
        key, descending = self._model.order
        clicked = self._model.columns[section].key
        self._model.sort_by(clicked, not descending if clicked == key else False)

    def _on_menu_requested(self, where: QPoint) -> None:
        self.chooser_menu().popup(self.mapToGlobal(where))
