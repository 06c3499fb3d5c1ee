"""A status as a chip: a dot and a word on a soft ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QWidget

from revmentor_desktop.gui import theme

HEIGHT = 21
BEFORE, AFTER, DOT_AT = 20, 9, 11
LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def chip_colours(kind: str) -> tuple[str, str]:
    """Ink and ground of a kind: "ok", "warn", "bad", "info", or "plain"."""
    t = theme.tokens()
    return {
        "ok": (t.ok, t.ok_soft),
        "warn": (t.warn, t.warn_soft),
        "bad": (t.bad, t.bad_soft),
        "info": (t.info, t.info_soft),
    }.get(kind, (t.muted, t.sunken))


def chip_font(font: QFont) -> QFont:
    """The chip's own, a little smaller than what is around it."""
    made = QFont(font)
    made.setWeight(QFont.Weight.Medium)
    made.setPixelSize(12)
    return made


def paint_chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    kind: str,
    font: QFont,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """Draw the chip at the leading edge of ``rect``; what does not fit is elided."""
    ink, ground = chip_colours(kind)
    font = chip_font(font)
    metrics = QFontMetrics(font)
    room = max(0, rect.width() - BEFORE - AFTER)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width = min(rect.width(), metrics.horizontalAdvance(shown) + BEFORE + AFTER)
    top = rect.center().y() - HEIGHT // 2
    place = QStyle.visualRect(direction, rect, QRect(rect.left(), top, width, HEIGHT))
    words = QStyle.visualRect(direction, place, place.adjusted(BEFORE, 0, -AFTER + 1, 0))
    mirrored = direction == Qt.LayoutDirection.RightToLeft
    dot = place.right() - DOT_AT if mirrored else place.left() + DOT_AT
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(place), HEIGHT / 2, HEIGHT / 2)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(QPointF(dot, place.center().y() + 0.5), 2.6, 2.6)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    painter.drawText(words, QStyle.visualAlignment(direction, LEADING), shown)
    painter.restore()


class Chip(QLabel):
    """A chip on a page; its text is what a screen reader says."""

    def __init__(self, text: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._kind = kind
        width = QFontMetrics(chip_font(self.font())).horizontalAdvance(text)
        # One more, or rounding may elide it.
        self.setFixedSize(width + BEFORE + AFTER + 1, HEIGHT + 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the theme that is on."""
        painter = QPainter(self)
        paint_chip(
            painter, self.rect(), self.text(), self._kind, self.font(), self.layoutDirection()
        )
