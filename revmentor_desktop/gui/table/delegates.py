"""Paints cells as text or as a status chip, and edits them in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
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
Index = QModelIndex | QPersistentModelIndex
SELECTED = QStyle.StateFlag.State_Selected
FOCUS = QStyle.StateFlag.State_HasFocus


class CellDelegate(QStyledItemDelegate):
    """One delegate for all columns.

    Signals:
        refused: why an edit was not stored.
    """

    refused = Signal(str)

    def __init__(self, context: Context, model: TableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell: selection, text or chip, and the line below."""
        t = theme.tokens()
        column = self._model.columns[index.column()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        selected = bool(state & SELECTED)
        if selected:
            painter.fillRect(rect, QColor(t.selection))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = str(index.data(DISPLAY) or "")
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        font: QFont = option.font  # type: ignore[attr-defined]
        if text and column.chip is not None:
            row = self._model.row_of(self._model.id_at(index.row()))
            paint_chip(painter, inner, text, column.chip(row), font)
        elif text:
            colour = t.selection_text if selected else t.muted if column.muted else t.text
            if column.strong:
                font = QFont(font)
                font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Medium)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            align = Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight
                if column.align == "right"
                else Qt.AlignmentFlag.AlignLeading
            )
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, align, shown)
        if state & FOCUS and self.parent().property("kbd"):
            painter.setPen(QColor(t.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height; the width follows the text."""
        metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
        text = str(index.data(DISPLAY) or "")
        return QSize(metrics.horizontalAdvance(text) + 2 * PADDING + 26, theme.ROW_HEIGHT)

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
            if value != column.value(self._model.row_of(id_)):
                self._model.set_values([id_], {column.key: value}, edit_text(column))
        except UserError as refusal:
            self.refused.emit(str(refusal))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The field covers its cell."""
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]


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


def paint_chip(painter: QPainter, rect: QRect, text: str, kind: str, font: QFont) -> None:
    """A status as a rounded chip with a dot and a word."""
    t = theme.tokens()
    ink, ground = {
        "ok": (t.ok, t.ok_soft), "warn": (t.warn, t.warn_soft), "bad": (t.bad, t.bad_soft),
        "info": (t.info, t.info_soft),
    }.get(kind, (t.muted, t.sunken))  # fmt: skip
    font = QFont(font)
    font.setWeight(QFont.Weight.Medium)
    font.setPixelSize(12)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 28)
    width = metrics.horizontalAdvance(shown) + 28
    option = QStyle.visualRect(
        painter_direction(painter), rect, QRect(rect.left(), rect.center().y() - 10, width, 21)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(option), 10.5, 10.5)
    painter.setBrush(QColor(ink))
    leading = option.left() + 12 if option.left() == rect.left() else option.right() - 11
    painter.drawEllipse(QPointF(leading, option.center().y() + 0.5), 2.6, 2.6)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    inner = (
        option.adjusted(20, 0, -8, 0)
        if leading < option.center().x()
        else option.adjusted(8, 0, -20, 0)
    )
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
    painter.restore()


def painter_direction(painter: QPainter) -> Qt.LayoutDirection:
    """The reading direction of what is being painted."""
    return painter.layoutDirection()
