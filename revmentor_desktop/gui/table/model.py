"""The one table model: ids in order, rows fetched in blocks when they are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from revmentor_desktop.domain.base import fold
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table.place import Change
from revmentor_desktop.gui.table.search import Search
from revmentor_desktop.gui.table.texts import Texts
from revmentor_desktop.i18n import _
from revmentor_desktop.services.tables import Column, TableSource

# Bound once: looking these up on Qt costs more than painting the cell.
DISPLAY = Qt.ItemDataRole.DisplayRole
EDIT = Qt.ItemDataRole.EditRole
ALIGN = Qt.ItemDataRole.TextAlignmentRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
HORIZONTAL = Qt.Orientation.Horizontal
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
EDITABLE = Qt.ItemFlag.ItemIsEditable
PLAIN_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
EDITABLE_FLAGS = PLAIN_FLAGS | EDITABLE
NO_FLAGS = Qt.ItemFlag.NoItemFlags

BLOCK = 64
CACHED_ROWS = 6000
IDLE_MS = 60
NAMED_MS = 100
LARGE = 20_000
"""From so many rows on, search texts are read by a worker, before anybody types."""
FEW = 100
Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """Shows a TableSource.

    Signals:
        counted: (rows shown, rows in all); shown is -1 while a search is still going on.
    """

    counted = Signal(int, int)

    def __init__(
        self, context: Context, source: TableSource[Any], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._texts = Texts(context, self)
        self._words = ""
        self._search: Search | None = None
        self._order, self._descending = source.columns[0].key, False
        self._filters: dict[str, object] = {}
        self._own_edit = False
        self.change = Change.REFRESHED
        self._all: list[int] = []
        self._shown: list[int] = []
        self._set_source(source)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.finish_search)
        # Other rows may name what was edited, as the people of a manager do.
        self._named = QTimer(self)
        self._named.setSingleShot(True)
        self._named.setInterval(NAMED_MS)
        self._named.timeout.connect(self._repaint_all)
        self._texts.arrived.connect(self._on_texts_arrived)
        context.changed.connect(self._on_changed)

    @property
    def source(self) -> TableSource[Any]:
        """What is shown."""
        return self._source

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """The declared columns, in the model's order."""
        return self._columns

    @property
    def order(self) -> tuple[str, bool]:
        """The key of the column that orders the rows, and whether descending."""
        return self._order, self._descending

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter hides rows."""
        return bool(self._words or any(value is not None for value in self._filters.values()))

    def set_source(self, source: TableSource[Any]) -> None:
        """Show another source of the same kind (another programme)."""
        self._set_source(source)
        self.reload()

    def sort_by(self, key: str, descending: bool) -> None:
        """Order by a column; SQL does it on stored keys."""
        self._order, self._descending = key, descending
        self._read_ids(Change.ORDERED)

    def set_filters(self, filters: Mapping[str, object]) -> None:
        """Narrow by the chosen filters; None is no filter."""
        self._filters = {key: value for key, value in filters.items() if value is not None}
        self._read_ids(Change.NARROWED)

    def reload(self) -> None:
        """Read the ids anew; rows and search texts follow when they are needed."""
        self._texts.forget()
        self._read_ids(Change.REFRESHED)
        if len(self._all) > LARGE:
            self._texts.load_aside(self._source)

    def set_search(self, text: str) -> None:
        """Show the rows that hold every word; the first hits at once, the rest when idle."""
        words = " ".join(fold(text).split())
        if words == self._words:
            return
        self._words = words
        self._look_again()

    def finish_search(self) -> None:
        """Complete a search that is still going on."""
        self._idle.stop()
        if self._search is None or self._search.is_complete:
            return
        start = len(self._shown)
        more = self._search.rest()
        if more:
            self.beginInsertRows(QModelIndex(), start, start + len(more) - 1)
            self._shown = list(self._search.hits)
            self.endInsertRows()
        self._tell()

    def id_at(self, row: int) -> int:
        """The id that a row shows."""
        return self._shown[row]

    def ids(self) -> Sequence[int]:
        """The ids of the rows that are shown, in order."""
        return self._shown

    def row_of(self, id_: int) -> Any:  # noqa: ANN401
        """The plain row of an id."""
        row = self._rows.get(id_)
        if row is None:
            self._rows.update(self._context.read(self._source.rows, [id_]))
            row = self._rows[id_]
        return row

    def row_at(self, at: int) -> Any:  # noqa: ANN401
        """The plain row at a place; read with its neighbours where it is not yet at hand."""
        id_ = self._shown[at]
        row = self._rows.get(id_)
        if row is None:
            if len(self._rows) > CACHED_ROWS:
                self._rows.clear()
            start = at - at % BLOCK
            wanted = [i for i in self._shown[start : start + BLOCK] if i not in self._rows]
            self._rows.update(self._context.read(self._source.rows, wanted))
            row = self._rows.get(id_)
        return row

    def set_values(self, ids: Sequence[int], values: Mapping[str, object], text: str = "") -> None:
        """Change columns of some rows as one step that can be undone; UserError refuses.

        The rows stay where they are; the next sort, filter or refresh puts them in order.
        """
        self._own_edit = True
        try:
            self._context.do(text, self._source.set_values, ids, values)
        finally:
            self._own_edit = False
        if len(ids) > FEW:
            self._texts.forget()
            self._repaint_all()
            return
        self._texts.forget_rows(ids)
        for id_ in ids:
            self._rows.pop(id_, None)
            self._repaint(id_)
        self._named.start()

    # Qt's own names

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if role in (DISPLAY, ACCESSIBLE):
            row = self.row_at(index.row())
            return self._columns[index.column()].text(row) if row is not None else ""
        if role == ALIGN:
            return RIGHT if self._columns[index.column()].align == "right" else LEFT
        if role == EDIT:
            row = self.row_at(index.row())
            return self._columns[index.column()].value(row) if row is not None else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if orientation == HORIZONTAL:
            if role == DISPLAY:
                return _(self._columns[section].title)
            if role == ALIGN:
                return RIGHT if self._columns[section].align == "right" else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return NO_FLAGS
        editable = self._columns[index.column()].editor is not None
        return EDITABLE_FLAGS if editable else PLAIN_FLAGS

    def _set_source(self, source: TableSource[Any]) -> None:
        self._source = source
        self._columns = source.columns
        self._rows: dict[int, Any] = {}

    def _read_ids(self, change: Change) -> None:
        self.change = change
        self.beginResetModel()
        self._rows.clear()
        self._search = None
        self._all = self._context.read(
            self._source.ids, self._order, self._descending, self._filters
        )
        self._show_hits()
        self.endResetModel()
        self._tell()

    def _look_again(self) -> None:
        self.change = Change.NARROWED
        self.beginResetModel()
        self._show_hits()
        self.endResetModel()
        self._tell()

    def _show_hits(self) -> None:
        """Look for the words among all rows, or among the last hits where words only grew."""
        self._idle.stop()
        last, self._search = self._search, None
        self._shown = self._all
        texts = self._texts.of(self._source) if self._words else None
        if texts is None:
            return
        among = last.hits if last is not None and last.narrows(self._words) else self._all
        self._search = Search(self._words, among, texts)
        try:
            self._shown = list(self._search.first())
        except KeyError:
            texts = self._texts.read_again(self._source, self._all)
            self._search = Search(self._words, self._all, texts)
            self._shown = list(self._search.first())
        if not self._search.is_complete:
            self._idle.start(IDLE_MS)

    def _repaint(self, id_: int) -> None:
        with suppress(ValueError):
            row = self._shown.index(id_)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def _repaint_all(self) -> None:
        self._rows.clear()
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _tell(self) -> None:
        waiting = self._idle.isActive() or bool(self._words and self._search is None)
        self.counted.emit(-1 if waiting else len(self._shown), len(self._all))

    def _on_texts_arrived(self) -> None:
        if self._words:
            self._look_again()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not self._own_edit and tables & self._source.reads:
            self.reload()
