"""Painting that the tables of the review share: two lines in a cell, wrapped and elided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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


@dataclass(frozen=True, slots=True)
class Type:
    """A font with its metrics: to find them anew for each cell costs more than to draw it."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont) -> Type:
        """A font with its metrics."""
        return cls(font, QFontMetrics(font))


@cache
def body() -> Type:
    """What is read."""
    return Type.of(theme.table_font())


@cache
def strong() -> Type:
    """Names."""
    font = theme.table_font()
    font.setWeight(QFont.Weight.Medium)
    return Type.of(font)


@cache
def small() -> Type:
    """What stands below a name or a bar."""
    font = theme.table_font()
    font.setPixelSize(12)
    return Type.of(font)


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
    painter: QPainter, rect: QRect, text: str, most: int, direction: Qt.LayoutDirection
) -> None:
    """Draw ``text`` wrapped into at most ``most`` lines, the last elided, in the middle."""
    layout = QTextLayout(text, body().font)
    option = QTextOption(QStyle.visualAlignment(direction, LEADING))
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    option.setTextDirection(direction)
    layout.setTextOption(option)
    layout.beginLayout()
    while layout.lineCount() < most and (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
    layout.endLayout()
    metrics, count = body().metrics, layout.lineCount()
    top = rect.center().y() - metrics.lineSpacing() * count / 2
    painter.setFont(body().font)
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
    height = 18
    top = inner.center().y() - (height if second else height // 2)
    upper = QRect(inner.left(), top, inner.width(), height)
    painter.setFont(strong().font)
    painter.setPen(QColor(ink(option)))
    shown = strong().metrics.elidedText(first, ELIDE, inner.width())
    painter.drawText(upper, QStyle.visualAlignment(option.direction, LEADING), shown)
    if second:
        paint_small(painter, option, upper.translated(0, height), second)


def paint_small(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
    """Draw a line of small, muted text."""
    t = theme.tokens()
    painter.setFont(small().font)
    painter.setPen(QColor(t.selection_text if option.state.value & SELECTED else t.muted))
    shown = small().metrics.elidedText(text, ELIDE, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(option.direction, LEADING), shown)


def ink(option: QStyleOptionViewItem) -> str:
    """The colour of a cell's text."""
    t = theme.tokens()
    return t.selection_text if option.state.value & SELECTED else t.text
