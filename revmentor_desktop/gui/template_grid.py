"""The cells of a table, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.letter_fields import Field
from revmentor_desktop.gui.template_text import WordEdit
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import _

BAR = "|"
"""What cuts a line of a template into cells."""


class Grid(QWidget):
    """Rows of cells; ``fitted`` makes each new cell the editor's. ``fixed``: columns stay.

    Signals:
        edited: a cell, or how many there are.
    """

    edited = Signal()

    def __init__(
        self, fields: Mapping[str, Field], fitted: Callable[[WordEdit], object], fixed: bool
    ) -> None:
        super().__init__()
        self._fields, self._fitted = fields, fitted
        self._cells: list[list[WordEdit]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        layout.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(2)
        for text, act, of_columns in (
            (_("Add row"), self.add_row, False),
            (_("Add column"), self.add_column, True),
            (_("Remove row"), self.remove_row, False),
            (_("Remove column"), self.remove_column, True),
        ):
            if not (fixed and of_columns):
                row.addWidget(button(text, act, kind="flat"))
        row.addStretch()
        layout.addLayout(row)

    def edits(self) -> list[WordEdit]:
        """The cells in reading order."""
        return [cell for row in self._cells for cell in row]

    def lines(self) -> tuple[str, ...]:
        """A line for each row, with bars between the cells."""
        return tuple(
            BAR.join(" ".join(cell.lines()).replace(BAR, "/") for cell in row)
            for row in self._cells
        )

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show other rows."""
        rows = [line.split(BAR) for line in lines]
        width = max((len(row) for row in rows), default=0)
        if len(rows) != len(self._cells) or any(len(row) != width for row in self._cells):
            self._make(len(rows), width)
        for at in range(self._grid.columnCount()):
            # About as wide as what stands in it, as on paper.
            texts = [len(row[at]) for row in rows if at < len(row)]
            self._grid.setColumnStretch(at, max(14, min(40, max(texts))) if texts else 0)
        for cells, row in zip(self._cells, rows, strict=True):
            for cell, text in zip(cells, [*row, *[""] * (width - len(row))], strict=True):
                cell.set_lines([text])

    def add_row(self) -> None:
        """An empty row below the one with the caret."""
        rows = [line.split(BAR) for line in self.lines()]
        rows.insert(self._place()[0] + 1, [""] * (len(rows[0]) if rows else 2))
        self._change(rows)

    def add_column(self) -> None:
        """An empty column behind the one with the caret."""
        at = self._place()[1] + 1
        rows = [line.split(BAR) for line in self.lines()] or [[]]
        self._change([[*row[:at], "", *row[at:]] for row in rows])

    def remove_row(self) -> None:
        """Take away the row with the caret."""
        rows = [line.split(BAR) for line in self.lines()]
        if rows:
            del rows[self._place()[0]]
            self._change(rows)

    def remove_column(self) -> None:
        """Take away the column with the caret; one stays."""
        rows = [line.split(BAR) for line in self.lines()]
        at = self._place()[1]
        if rows and len(rows[0]) > 1:
            self._change([[*row[:at], *row[at + 1 :]] for row in rows])

    def _change(self, rows: Sequence[Sequence[str]]) -> None:
        row, column = self._place()
        self.set_lines([BAR.join(cells) for cells in rows])
        self.edited.emit()
        if self._cells:
            near = self._cells[min(row, len(self._cells) - 1)]
            near[min(column, len(near) - 1)].setFocus()

    def _place(self) -> tuple[int, int]:
        """Row and column of the caret; the last ones where it is elsewhere."""
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell is self._last:
                    return at, column
        return len(self._cells) - 1, (len(self._cells[0]) - 1 if self._cells else 0)

    _last: WordEdit | None = None

    def _on_entered(self) -> None:
        sender = self.sender()
        self._last = sender if isinstance(sender, WordEdit) else None

    def _make(self, rows: int, columns: int) -> None:
        for cell in self.edits():
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._last = None
        self._cells = []
        for at in range(rows):
            self._cells.append([self._cell(at, column) for column in range(columns)])

    def _cell(self, at: int, column: int) -> WordEdit:
        cell = WordEdit(self._fields, one_line=True)
        cell.setProperty("cell", True)
        cell.setAccessibleName(_("Row {n}, column {m}").format(n=at + 1, m=column + 1))
        cell.edited.connect(self.edited)
        cell.entered.connect(self._on_entered)
        self._fitted(cell)
        self._grid.addWidget(cell, at, column, Qt.AlignmentFlag.AlignTop)
        return cell
