"""The proposed pairs as a table model: ticked or not, locked or not, new since the last step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from revmentor_desktop.domain.base import collated, fold
from revmentor_desktop.gui.review.bar import Bar
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services.suggestions import Suggestion

Couple = tuple[int, int]
"""Ids of (mentor, mentee)."""
Index = QModelIndex | QPersistentModelIndex

DISPLAY = Qt.ItemDataRole.DisplayRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
TICKED = Qt.ItemDataRole.CheckStateRole
HORIZONTAL = Qt.Orientation.Horizontal
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Column(IntEnum):
    """The columns, in the order of the screen."""

    TICK = 0
    MENTOR = 1
    MENTEE = 2
    BAR = 3
    REASON = 4
    FIRM = 5
    LOCK = 6


TITLES = {
    Column.TICK: "",
    Column.BAR: N_("In favour"),
    Column.REASON: N_("Why these two"),
    Column.FIRM: N_("Firm"),
    Column.LOCK: "",
}
ORDERS: Mapping[Column, Callable[[Suggestion], Any]] = {
    Column.MENTOR: lambda line: (collated(line.mentor), collated(line.mentee)),
    Column.MENTEE: lambda line: (collated(line.mentee), collated(line.mentor)),
    Column.BAR: lambda line: (line.score, collated(line.mentor)),
    Column.LOCK: lambda line: (not line.locked, collated(line.mentor)),
}


class ProposalModel(QAbstractTableModel):
    """Shows the lines of a review.

    Signals:
        ticks_changed: other pairs are ticked now.
    """

    ticks_changed = Signal()

    def __init__(self, mentor: str, mentee: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = {**TITLES, Column.MENTOR: mentor, Column.MENTEE: mentee}
        self._all: Sequence[Suggestion] = ()
        self._shown: list[Suggestion] = []
        self._are_ticked, self._others = True, set[Couple]()
        self._words = ""
        self._order, self._backwards = Column.MENTOR, False
        self.fresh: frozenset[Couple] = frozenset()
        self.solid: frozenset[Couple] | None = None

    # What is shown

    def show_pairs(self, pairs: Sequence[Suggestion], fresh: frozenset[Couple]) -> None:
        """Show other lines; ``fresh`` are those that the last step has made."""
        self._all = pairs
        stale, self.fresh = self.fresh, fresh
        found = self._found()
        before = self._shown
        if [line.couple for line in found] != [line.couple for line in before]:
            self._reset(found)
        elif found:
            self._shown = found
            # While a weight moves, it is mostly the bars that change.
            only_bars = fresh == stale and [*map(_bare, found)] == [*map(_bare, before)]
            first, last = (Column.BAR,) * 2 if only_bars else (Column.TICK, Column.LOCK)
            self.dataChanged.emit(self.index(0, first), self.index(len(found) - 1, last))
        self.ticks_changed.emit()

    def show_firm(self, solid: frozenset[Couple] | None) -> None:
        """Which pairs stay under other weights; None while that is not known."""
        self.solid = solid
        if self._shown:
            last = self.index(len(self._shown) - 1, Column.FIRM)
            self.dataChanged.emit(self.index(0, Column.FIRM), last)

    def search(self, words: str) -> None:
        """Show only pairs with these letters in one of the names."""
        self._words = fold(words)
        self._reset(self._found())

    def pairs(self) -> Sequence[Suggestion]:
        """All pairs, shown or not."""
        return self._all

    def pair_at(self, row: int) -> Suggestion | None:
        """The line of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def shows(self, couple: Couple) -> bool:
        """Whether a pair is among those that are found by the search."""
        return any(line.couple == couple for line in self._shown)

    def row_of(self, couple: Couple) -> int:
        """The row of a couple, or of who is with one of the two now; -1 where there is none."""
        mentor, mentee = couple
        found = {line.couple: row for row, line in enumerate(self._shown)}
        if couple in found:
            return found[couple]
        by_mentee = [row for (_m, other), row in found.items() if other == mentee]
        by_mentor = [row for (other, _m), row in found.items() if other == mentor]
        return next(iter((*by_mentee, *by_mentor)), -1)

    # What is ticked

    def ticked(self) -> list[Suggestion]:
        """The ticked lines, also those that a search hides."""
        return [line for line in self._all if self.is_ticked(line)]

    def is_ticked(self, line: Suggestion) -> bool:
        """Whether she wants this line; one that is new, as she wanted all or none."""
        return self._are_ticked != (line.couple in self._others)

    def tick_all(self, on: bool) -> None:
        """Tick all lines or none, also those that come later."""
        self._are_ticked, self._others = on, set()
        self._ticks_shown()

    def toggle_tick(self, row: int) -> None:
        """Tick a row, or not any more."""
        line = self.pair_at(row)
        if line is not None:
            self._others ^= {line.couple}
            self._ticks_shown()

    def _ticks_shown(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
        self.ticks_changed.emit()

    # Qt's own names

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many lines show."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The columns, hidden ones too."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """Words for every cell, also for those that are painted."""
        if role == TICKED and index.column() == Column.TICK:
            return CHECKED if self.is_ticked(self._shown[index.row()]) else UNCHECKED
        if role in (DISPLAY, ACCESSIBLE):
            words = self.words(self._shown[index.row()], Column(index.column()))
            return words if role == ACCESSIBLE or index.column() != Column.TICK else None
        return None

    def words(self, line: Suggestion, column: Column) -> str:
        """A cell in words."""
        if column is Column.MENTOR:
            return f"{line.mentor}, {line.mentor_job}" if line.mentor_job else line.mentor
        if column is Column.MENTEE:
            return f"{line.mentee}, {line.mentee_job}" if line.mentee_job else line.mentee
        if column is Column.BAR:
            return Bar.of(line.parts).words
        if column is Column.REASON:
            return line.reason
        if column is Column.FIRM:
            return self.firm_words(line)
        if column is Column.LOCK:
            return _("Locked") if line.locked else _("Not locked")
        return _("Accept this pair")

    def firm_words(self, line: Suggestion) -> str:
        """Whether the pair stays when the weights are a little different."""
        if self.solid is None:
            return ""
        return _("solid") if line.couple in self.solid else _("toss-up")

    def headerData(self, at: int, way: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        """The programme's own words for the roles, and what the other columns are."""
        if way != HORIZONTAL:
            return None
        if role == DISPLAY:
            return _(self._titles[Column(at)])
        if role == ACCESSIBLE:
            names = {Column.TICK: _("Accept"), Column.LOCK: _("Lock")}
            return names.get(Column(at), _(self._titles[Column(at)]))
        return None

    def setData(self, index: Index, value: Any, role: int = DISPLAY) -> bool:  # noqa: ANN401
        """Tick or not."""
        if role != TICKED:
            return False
        self.toggle_tick(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen, and the first column ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Another order of the lines."""
        if Column(column) in ORDERS:
            self._order = Column(column)
            self._backwards = order == Qt.SortOrder.DescendingOrder
            self._reset(self._found())

    def _found(self) -> list[Suggestion]:
        found = [line for line in self._all if self._words in fold(f"{line.mentor}\n{line.mentee}")]
        return sorted(found, key=ORDERS[self._order], reverse=self._backwards)

    def _reset(self, found: list[Suggestion]) -> None:
        self.beginResetModel()
        self._shown = found
        self.endResetModel()


def _bare(pair: Suggestion) -> Suggestion:
    """A pair without what its bar shows."""
    return replace(pair, score=0, known=0, parts=(), rules="")
