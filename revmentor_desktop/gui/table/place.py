"""Where the user is in a table: kept by id, so that a refresh does not move her."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel

if TYPE_CHECKING:
    from revmentor_desktop.gui.table.model import TableModel
    from revmentor_desktop.gui.table.view import TableView


class Change(Enum):
    """Why the model was reset, which decides what is in view afterwards."""

    REFRESHED = "refreshed"
    ORDERED = "ordered"
    NARROWED = "narrowed"


class Place:
    """The chosen rows, the current cell and what is in view, over a reset of the model."""

    def __init__(self, view: TableView, model: TableModel) -> None:
        self._view, self._model = view, model
        self._chosen: Sequence[int] = ()
        self._current: int | None = None
        self._row, self._column, self._scrolled = 0, 0, 0

    def keep(self, chosen: Sequence[int]) -> None:
        """Before the reset; ``chosen`` are the ids of the chosen rows."""
        self._chosen = chosen
        current = self._view.currentIndex()
        if current.isValid():
            self._current = self._model.id_at(current.row())
            self._row, self._column = current.row(), current.column()
        self._scrolled = self._view.verticalScrollBar().value()

    def restore(self) -> None:
        """After it: where the current row is gone, its neighbour is the current one."""
        rows = self._view.mark(self._chosen) if self._chosen else []
        ids = self._model.ids()
        if self._current is not None and ids:
            row = min(self._row, len(ids) - 1)
            if ids[row] != self._current:
                with suppress(ValueError):
                    row = ids.index(self._current)
            at = self._model.index(row, self._column)
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self._view.selectionModel().setCurrentIndex(at, flag)
        self._scroll(rows)

    def _scroll(self, chosen: Sequence[int]) -> None:
        if self._model.change is Change.REFRESHED:
            self._view.verticalScrollBar().setValue(self._scrolled)
        elif self._model.change is Change.ORDERED and chosen:
            self._view.scrollTo(self._model.index(chosen[0], self._column))
        else:
            self._view.scrollToTop()
