"""Painting that the tables of the review share: two lines in a cell, wrapped and elided."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from revmentor_desktop.gui import theme

ROW = 54
PADDING = 10
SELECTED = QStyle.StateFlag.State_Selected.value
FOCUS = QStyle.StateFlag.State_HasFocus.value
LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
ELIDE = Qt.TextElideMode.ElideRight


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, shows_ring: bool) -> None:
    """The ground of a cell, the line below it, and the ring of the keyboard."""
    t = theme.tokens()
    rect, state = option.rect, option.state.value
    if state & SELECTED:
        painter.fillRect(rect, QColor(t.selection))
    painter.setPen(QColor(t.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if state & FOCUS and shows_ring:
        painter.setPen(QColor(t.accent))
        painter.drawRect(rect.adjusted(0, 0, -1, -2))


def paint_lines(
    painter: QPainter, rect: QRect, text: str, font: QFont, most: int,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:  # fmt: skip
    """Draw ``text`` wrapped into at most ``most`` lines, the last elided, in the middle."""
    layout = QTextLayout(text, font)
    option = QTextOption(QStyle.visualAlignment(direction, LEADING))
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    option.setTextDirection(direction)
    layout.setTextOption(option)
    layout.beginLayout()
    while layout.lineCount() < most and (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
    layout.endLayout()
    metrics, count = QFontMetrics(font), layout.lineCount()
    top = rect.center().y() - metrics.lineSpacing() * count / 2
    painter.setFont(font)
    # Qt counts in units of UTF-16.
    units = text.encode("utf-16-le")
    for at in range(count):
        line = layout.lineAt(at)
        end = len(units) if at == most - 1 else 2 * (line.textStart() + line.textLength())
        piece = units[2 * line.textStart() : end].decode("utf-16-le").rstrip()
        shown = metrics.elidedText(piece, ELIDE, rect.width())
        place = QRect(
            rect.left(), int(top + at * metrics.lineSpacing()), rect.width(), metrics.lineSpacing()
        )
        painter.drawText(place, QStyle.visualAlignment(direction, LEADING), shown)


def paint_two(
    painter: QPainter, option: QStyleOptionViewItem, inner: QRect, first: str, second: str
) -> None:
    """Draw a name and what is small below it."""
    font = QFont(option.font)
    font.setWeight(QFont.Weight.Medium)
    height = 18
    top = inner.center().y() - (height if second else height // 2)
    upper = QRect(inner.left(), top, inner.width(), height)
    painter.setFont(font)
    painter.setPen(QColor(ink(option)))
    shown = QFontMetrics(font).elidedText(first, ELIDE, inner.width())
    painter.drawText(upper, QStyle.visualAlignment(option.direction, LEADING), shown)
    if second:
        paint_small(painter, option, upper.translated(0, height), second)


def paint_small(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
    """Draw a line of small, muted text."""
    font = QFont(option.font)
    font.setPixelSize(12)
    t = theme.tokens()
    painter.setFont(font)
    painter.setPen(QColor(t.selection_text if option.state.value & SELECTED else t.muted))
    shown = QFontMetrics(font).elidedText(text, ELIDE, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(option.direction, LEADING), shown)


def ink(option: QStyleOptionViewItem) -> str:
    """The colour of a cell's text."""
    t = theme.tokens()
    return t.selection_text if option.state.value & SELECTED else t.text
