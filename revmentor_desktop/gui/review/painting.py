"""Painting that the tables of the review share: a few lines in a cell, wrapped and elided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from revmentor_desktop.gui import theme

ROW = 54
PADDING = 10
LINE = 18
MOST_LINES = 3
"""So many lines of text are in a row of this height."""
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
    """Names, whose hyphens are not as wide as a figure."""
    font = theme.table_font()
    font.setWeight(QFont.Weight.Medium)
    font.unsetFeature(theme.TABULAR)
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
    _paint(painter, rect, wrapped(text, body(), rect.width(), most), body(), direction)


def paint_two(
    painter: QPainter, option: QStyleOptionViewItem, inner: QRect, first: str, second: str
) -> None:
    """Draw a name, in two lines if it must, and what is small below it."""
    names = wrapped(first, strong(), inner.width(), MOST_LINES - 1)
    height = LINE if len(names) == 1 else strong().metrics.lineSpacing()
    whole = height * (len(names) + bool(second))
    upper = QRect(inner.left(), inner.center().y() - whole // 2, inner.width(), height * len(names))
    painter.setPen(QColor(ink(option)))
    _paint(painter, upper, names, strong(), option.direction)
    if second:
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), height)
        paint_small(painter, option, lower, second)


def wrapped(text: str, kind: Type, width: int, most: int) -> list[str]:
    """The lines of a text, at most so many, the last elided at its end."""
    if kind.metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, kind.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    while layout.lineCount() < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    # Qt counts in units of UTF-16.
    units, found = text.encode("utf-16-le"), []
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        end = len(units) if at == most - 1 else 2 * (line.textStart() + line.textLength())
        piece = units[2 * line.textStart() : end].decode("utf-16-le").rstrip()
        found.append(kind.metrics.elidedText(piece, ELIDE, width))
    return found


def _paint(
    painter: QPainter, rect: QRect, lines: list[str], kind: Type, direction: Qt.LayoutDirection
) -> None:
    height = kind.metrics.lineSpacing()
    top = rect.center().y() - height * len(lines) / 2
    painter.setFont(kind.font)
    for at, line in enumerate(lines):
        place = QRect(rect.left(), int(top + at * height), rect.width(), height)
        painter.drawText(place, QStyle.visualAlignment(direction, LEADING), line)


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
