"""The table of proposed pairs: choosing, ticking, locking, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.review.painting import ROW
from revmentor_desktop.gui.review.proposal_delegate import ProposalDelegate
from revmentor_desktop.gui.review.proposal_model import Column, Couple, Index, ProposalModel
from revmentor_desktop.i18n import _

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})
MOVES = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
     Qt.Key.Key_PageDown}
)  # fmt: skip
NARROW = {Column.TICK: 38, Column.BAR: 116, Column.FIRM: 104, Column.LOCK: 40}
WITH_FIGURES = 148
NAME_SHARE = 0.31
"""Of the room that the narrow columns leave, for each of the two names; the reason has the rest."""
LEAST_NAME = 96


class ProposalView(QTableView):
    """Shows a ProposalModel; one line is the chosen one.

    Signals:
        couple_chosen: another pair is chosen, (mentor, mentee), or None.
        partner_wanted: another partner is to be chosen for the chosen pair.
        lock_toggled: the chosen pair is to be locked, or not any more.
        ruled_out: the chosen two are not to be a pair.
        menu_requested: the menu of the chosen pair, at a place of the screen.
    """

    couple_chosen = Signal(object)
    partner_wanted = Signal()
    lock_toggled = Signal()
    ruled_out = Signal()
    menu_requested = Signal(object)

    def __init__(self, model: ProposalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen: Couple | None = None
        self._is_refreshing = False
        self._scrolled = 0
        self._shows_firm = False
        self.setModel(model)
        self.delegate = ProposalDelegate(model, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Proposed pairs"))
        self._look()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self.doubleClicked.connect(self._on_double_clicked)
        self.clicked.connect(self._on_clicked)

    def _look(self) -> None:
        self.setFont(theme.table_font())
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(Column.MENTOR, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._model.sort)
        self.setColumnHidden(Column.FIRM, True)

    # What is chosen

    @property
    def chosen(self) -> Couple | None:
        """The chosen pair."""
        return self._chosen

    def choose(self, couple: Couple) -> None:
        """Choose a pair, or who is with one of the two now, and bring it into view."""
        row = self._model.row_of(couple)
        if row >= 0:
            self._choose_row(row)
            self.scrollTo(self._model.index(row, Column.MENTOR))

    def show_firm(self, shown: bool) -> None:
        """With figures and firmness, or without."""
        self._shows_firm = self.delegate.shows_figures = shown
        self._share_out()
        self.viewport().update()

    def _choose_row(self, row: int) -> None:
        index = self._model.index(row, max(Column.MENTOR, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )

    def _on_about_to_reset(self) -> None:
        self._is_refreshing = True
        self._scrolled = self.verticalScrollBar().value()

    def _on_reset(self) -> None:
        """Kept by who they are; where the pair is gone, who is with one of the two now."""
        row = self._model.row_of(self._chosen) if self._chosen is not None else 0
        if self._model.rowCount():
            self._choose_row(max(row, 0))
        self.verticalScrollBar().setValue(self._scrolled)
        self._is_refreshing = False
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        line = self._model.pair_at(self.currentIndex().row())
        chosen = line.couple if line is not None else None
        if chosen != self._chosen:
            self._chosen = chosen
            self.couple_chosen.emit(chosen)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.LOCK:
            self.lock_toggled.emit()
        elif index.column() == Column.TICK:
            self._model.toggle_tick(index.row())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() not in (Column.TICK, Column.LOCK):
            self.partner_wanted.emit()

    # Qt's own names

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Where only one column has changed, only that is painted anew."""
        if first.column() != last.column():
            super().dataChanged(first, last, roles)
            return
        strip = self.viewport().rect()
        strip.setLeft(self.columnViewportPosition(first.column()))
        strip.setWidth(self.columnWidth(first.column()))
        self.viewport().update(strip)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        """Tell who shows the chosen pair, but not while the lines are exchanged."""
        super().selectionChanged(now, before)
        if not self._is_refreshing:
            self._tell_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 chooses another partner, L locks, Del rules out, Space ticks."""
        if event.key() in ENTER:
            self.partner_wanted.emit()
        elif event.key() == Qt.Key.Key_L and not event.modifiers():
            self.lock_toggled.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.ruled_out.emit()
        elif event.key() == Qt.Key.Key_Space:
            self._model.toggle_tick(self.currentIndex().row())
        else:
            if event.key() in MOVES:
                self._show_ring(True)
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The ring around the current cell is for the keyboard."""
        self._show_ring(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard finds a current line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self._choose_row(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen pair, also by Shift+F10."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if self.currentIndex().isValid():
            self.menu_requested.emit(where)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here; names are found by the search field."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """The names first; where they have no room, what else stands beside the table is hidden."""
        narrow = {**NARROW, Column.FIRM: NARROW[Column.FIRM] if self._shows_firm else 0}
        if self.delegate.shows_figures:
            narrow[Column.BAR] = WITH_FIGURES
        width = self.viewport().width()
        for column in (Column.BAR, Column.FIRM):
            if width - sum(narrow.values()) < 2 * LEAST_NAME:
                narrow[column] = 0
        room = max(0, width - sum(narrow.values()))
        name = max(LEAST_NAME, int(room * NAME_SHARE))
        if room - 2 * name < LEAST_NAME or not narrow[Column.BAR]:
            name = room // 2
        widths = {**narrow, Column.MENTOR: name, Column.MENTEE: name}
        widths[Column.REASON] = room - 2 * name if name < room // 2 else 0
        for column, its in widths.items():
            self.setColumnHidden(column, its == 0)
            self.setColumnWidth(column, its)

    def _show_ring(self, shown: bool) -> None:
        if bool(self.property("kbd")) != shown:
            self.setProperty("kbd", shown)
            self.viewport().update()
