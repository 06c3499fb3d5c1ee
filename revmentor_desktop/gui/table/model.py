"""The one table model: ids in order, rows fetched in blocks when they are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
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

BLOCK = 96
FIRST_HITS = 200
CACHED_ROWS = 6000
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
        self._texts: list[str] | None = None
        self._search = ""
        self._order, self._descending = source.columns[0].key, False
        self._filters: dict[str, object] = {}
        self._own_edit = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._finish_search)
        context.changed.connect(self._on_changed)
        self._set_source(source)
        self._all: list[int] = []
        self._shown: list[int] = []
        self._hits: list[int] | None = None

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
        return bool(self._search or any(self._filters.values()))

    def set_source(self, source: TableSource[Any]) -> None:
        """Show another source of the same kind (another programme)."""
        self._set_source(source)
        self.reload()

    def _set_source(self, source: TableSource[Any]) -> None:
        self._source = source
        self._columns = source.columns
        self._rows: dict[int, Any] = {}

    def sort_by(self, key: str, descending: bool) -> None:
        """Order by a column; SQL does it on stored keys."""
        self._order, self._descending = key, descending
        self.reload()

    def set_filters(self, filters: Mapping[str, object]) -> None:
        """Narrow by the chosen filters."""
        self._filters = dict(filters)
        self.reload()

    def reload(self) -> None:
        """Read the ids anew; rows and search texts follow when they are needed."""
        self.beginResetModel()
        self._rows.clear()
        self._texts = None
        self._all = self._context.read(
            self._source.ids, self._order, self._descending, self._filters
        )
        self._shown, self._hits = self._all, None
        if self._search:
            self._begin_search(self._search)
        self.endResetModel()
        self._tell()

    def set_search(self, text: str) -> None:
        """Show the rows that hold every word; the first hits at once, the rest when idle."""
        folded = fold(text).strip()
        if folded == self._search:
            return
        grown = bool(self._search) and folded.startswith(self._search) and self._hits is not None
        candidates = self._hits if grown else None
        self._search = folded
        self.beginResetModel()
        if folded:
            self._begin_search(folded, candidates)
        else:
            self._idle.stop()
            self._shown, self._hits = self._all, None
        self.endResetModel()
        self._tell()

    def _begin_search(self, folded: str, candidates: Sequence[int] | None = None) -> None:
        texts = self._search_texts()
        words = folded.split()
        places = range(len(texts)) if candidates is None else candidates
        hits = (at for at in places if all(word in texts[at] for word in words))
        first = list(islice(hits, FIRST_HITS))
        self._shown = [self._all[at] for at in first]
        self._hits = None
        self._pending = (hits, first)
        self._idle.start(60)
        if len(first) < FIRST_HITS:
            self._idle.stop()
            self._hits = first

    def _finish_search(self) -> None:
        hits, first = self._pending
        rest = list(hits)
        start = len(self._shown)
        if rest:
            self.beginInsertRows(QModelIndex(), start, start + len(rest) - 1)
            self._shown = [*self._shown, *(self._all[at] for at in rest)]
            self.endInsertRows()
        self._hits = [*first, *rest]
        self._tell()

    def finish_search(self) -> None:
        """Complete a search that is still going on, for an action on all hits."""
        if self._idle.isActive():
            self._idle.stop()
            self._finish_search()

    def _search_texts(self) -> list[str]:
        if self._texts is None:
            self._texts = self._context.read(
                self._source.search_texts, self._order, self._descending, self._filters
            )
        return self._texts

    def _tell(self) -> None:
        self.counted.emit(-1 if self._idle.isActive() else len(self._shown), len(self._all))

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._own_edit:
            # A cell that was edited here stays where it is; the next reload puts it in order.
            return
        if tables & self._source.reads:
            self.reload()

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

    def set_values(self, ids: Sequence[int], values: Mapping[str, object], text: str = "") -> None:
        """Change columns of some rows as one step that can be undone; UserError refuses."""
        self._own_edit = True
        try:
            self._context.do(text, self._source.set_values, ids, values)
        finally:
            self._own_edit = False
        for id_ in ids:
            self._rows.pop(id_, None)
        self._texts = None
        self.dataChanged.emit(
            self.index(0, 0), self.index(len(self._shown) - 1, len(self._columns) - 1)
        )

    # Qt's own names

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if role in (DISPLAY, ACCESSIBLE):
            row = self._row(index.row())
            return self._columns[index.column()].text(row) if row is not None else ""
        if role == ALIGN:
            return RIGHT if self._columns[index.column()].align == "right" else LEFT
        if role == EDIT:
            row = self._row(index.row())
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
        if index.isValid() and self._columns[index.column()].editor is not None:
            return PLAIN_FLAGS | EDITABLE
        return PLAIN_FLAGS

    def _row(self, at: int) -> Any:  # noqa: ANN401
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
