"""Paints cells as text or as a status chip, and edits them in place."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.chips import paint_chip
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import (
    ChoiceField,
    DateField,
    Field,
    NumberField,
    TextField,
    TickField,
    TokenField,
)
from revmentor_desktop.gui.table.model import DISPLAY, TableModel
from revmentor_desktop.i18n import _
from revmentor_desktop.services.tables import Column, Editor

PADDING = 10
CHIP_ROOM = 26
LEAST_EDITOR = {"date": 150, "choice": 170, "tokens": 260}
"""An editor may be wider than its cell, so that what it holds can be read."""
Index = QModelIndex | QPersistentModelIndex
# As numbers: each operation on an enum of Qt costs as much as painting half a cell.
SELECTED = QStyle.StateFlag.State_Selected.value
FOCUS = QStyle.StateFlag.State_HasFocus.value
RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
ELIDE = Qt.TextElideMode.ElideRight
MIDDLE = Qt.AlignmentFlag.AlignVCenter
LEFT = MIDDLE | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
FIGURE = re.compile(r"\d")
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


class CellDelegate(QStyledItemDelegate):
    """One delegate for all columns.

    Signals:
        refused: why an edit was not stored.
    """

    refused = Signal(str)

    def __init__(self, context: Context, model: TableModel, table: QWidget) -> None:
        super().__init__(table)
        self._context = context
        self._model = model
        self._table = table
        self._base = QFont()
        self._fonts: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell: selection, text or chip, and the line below."""
        t = theme.tokens()
        column = self._model.columns[index.column()]
        rect, state = option.rect, option.state.value
        selected = bool(state & SELECTED)
        if selected:
            painter.fillRect(rect, QColor(t.selection))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = self._model.row_at(index.row())
        text = column.text(row) if row is not None else ""
        if text:
            inner = rect.adjusted(PADDING, 0, -PADDING, 0)
            if column.chip is not None:
                kind = column.chip(row)
                paint_chip(painter, inner, text, kind, option.font, option.direction)
            else:
                colour = t.selection_text if selected else t.muted if column.muted else t.text
                self._paint_text(painter, option, inner, text, column, colour)
        if state & FOCUS and self._table.property("kbd"):
            painter.setPen(QColor(t.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        text: str,
        column: Column[Any],
        colour: str,
    ) -> None:
        font, metrics = self._font_of(option, column, text)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        at_right = (column.align == "right") != (option.direction == RIGHT_TO_LEFT)
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, ELIDE, inner.width())
        painter.drawText(inner, RIGHT if at_right else LEFT, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height; the width follows the text."""
        column = self._model.columns[index.column()]
        text = str(index.data(DISPLAY) or "")
        _font, metrics = self._font_of(option, column, text)
        width = metrics.horizontalAdvance(text) + 2 * PADDING
        return QSize(width + (CHIP_ROOM if column.chip else 2), theme.ROW_HEIGHT)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the whole text of a cell that is too narrow for it, never as markup."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = str(index.data(DISPLAY) or "")
        fits = self.sizeHint(option, index).width() <= option.rect.width()
        QToolTip.showText(event.globalPos(), "" if fits else as_tool_tip(text), view)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for the column's kind of value."""
        column = self._model.columns[index.column()]
        assert column.editor is not None
        field = make_field(self._context, column.editor, parent)
        field.setAccessibleName(_(column.title))
        field.setStyleSheet("border-radius: 0; padding: 0 8px;")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value in its field."""
        column = self._model.columns[index.column()]
        row = self._model.row_of(self._model.id_at(index.row()))
        editor.set_value(column.value(row))  # type: ignore[attr-defined]
        if isinstance(editor, TextField | DateField | TokenField):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: ANN401
        """Store what was typed, where it differs; say it where it is refused."""
        column = self._model.columns[index.column()]
        id_ = self._model.id_at(index.row())
        try:
            value = editor.value()  # type: ignore[attr-defined]
            before = column.value(self._model.row_of(id_))
            if value != before and (value or before):
                self._model.set_values([id_], {column.key: value}, edit_text(column))
        except UserError as refusal:
            self.refused.emit(str(refusal))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The field covers its cell, and more where the cell is narrow."""
        column = self._model.columns[index.column()]
        least = LEAST_EDITOR.get(column.editor.kind, 0) if column.editor is not None else 0
        rect = QRect(option.rect)
        over = max(0, least - rect.width())
        room = self._table.width() - rect.right() - 1
        rect.adjust(-max(0, over - max(0, room)), 0, min(over, max(0, room)), 0)
        editor.setGeometry(rect)

    def _font_of(
        self, option: QStyleOptionViewItem, column: Column[Any], text: str
    ) -> tuple[QFont, QFontMetrics]:
        """The table's font; where there are no figures to line up, signs have their own width."""
        if option.font != self._base:
            self._base, self._fonts = QFont(option.font), {}
        kind = (column.strong, FIGURE.search(text) is not None)
        if kind not in self._fonts:
            font = QFont(option.font)
            if column.strong:
                font.setWeight(QFont.Weight.Medium)
            if not kind[1]:
                font.unsetFeature(theme.TABULAR)
            self._fonts[kind] = font, QFontMetrics(font)
        return self._fonts[kind]


def as_tool_tip(text: str) -> str:
    """Text that a tool tip shows letter by letter: tool tips would read markup in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").join(("<span>", "</span>"))


def edit_text(column: Column[Any]) -> str:
    """What the undo of an edit in a column is called."""
    return _("{column} changed").format(column=_(column.title))


def make_field(context: Context, editor: Editor, parent: QWidget | None = None) -> Field:
    """The field that edits a kind of value."""
    choices = context.read(editor.choices) if editor.choices is not None else []
    if editor.kind == "date":
        return DateField(context.today(), parent)
    if editor.kind == "choice":
        return ChoiceField(choices, editor.strict, parent=parent)
    if editor.kind == "tokens":
        return TokenField(choices, parent)
    if editor.kind == "number":
        return NumberField(0, 100_000, parent)
    if editor.kind == "yesno":
        return TickField(parent)
    return TextField(parent)
