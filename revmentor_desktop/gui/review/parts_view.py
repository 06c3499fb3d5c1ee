"""What speaks for the chosen two, reason by reason, with a small meter each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.review.bar import KIND_OF
from revmentor_desktop.gui.table.delegates import as_tool_tip
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import in_points
from revmentor_desktop.services.suggestions import Part

ROW = 24
METER = 64
SWATCH = 10
LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
TRAILING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class PartsView(QWidget):
    """Painted rows: they change with every step of a slider, and no widget is made for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self.shows_figures = False

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show the parts of another score."""
        changed = len(parts) != len(self._parts)
        self._parts = parts
        self.setAccessibleName("; ".join(f"{part.title}: {_words(part)}" for part in parts))
        if changed:
            self.updateGeometry()
        self.update()

    # Qt's own names

    def sizeHint(self) -> QSize:
        """A row for each part."""
        return QSize(200, ROW * len(self._parts))

    def minimumSizeHint(self) -> QSize:
        """The same: rows are not cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in reading direction."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, part in enumerate(self._parts):
            self._paint_row(painter, QRect(0, at * ROW, self.width(), ROW), part)

    def event(self, event: QEvent) -> bool:
        """The whole row in words as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = event.pos().y() // ROW
            if 0 <= at < len(self._parts):
                part = self._parts[at]
                text = f"{part.title}: {_words(part)}"
                QToolTip.showText(event.globalPos(), as_tool_tip(text), self)
            return True
        return super().event(event)

    def _paint_row(self, painter: QPainter, row: QRect, part: Part) -> None:
        t, way = theme.tokens(), self.layoutDirection()
        kind = KIND_OF.get(part.key)
        dot = QStyle.visualRect(
            way, row, QRect(0, row.center().y() - SWATCH // 2 + 1, SWATCH, SWATCH)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.charts[kind] if kind is not None else t.bad))
        painter.drawRoundedRect(QRectF(dot), 2.5, 2.5)
        end = self._paint_end(painter, row, part)
        words = QRect(SWATCH + 8, row.top(), row.width() - SWATCH - 16 - end, ROW)
        words = QStyle.visualRect(way, row, words)
        painter.setPen(QColor(t.text))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(part.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, QStyle.visualAlignment(way, LEADING), shown)

    def _paint_end(self, painter: QPainter, row: QRect, part: Part) -> int:
        """The meter, or words where it has nothing to say; returns how wide that is."""
        t, way = theme.tokens(), self.layoutDirection()
        if part.known and part.most > 0 and not self.shows_figures:
            place = QRect(row.width() - METER, row.center().y() - 3, METER, 7)
            place = QStyle.visualRect(way, row, place)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.border))
            painter.drawRoundedRect(QRectF(place), 3, 3)
            share = max(0.0, min(1.0, part.points / part.most))
            filled = QRect(place.left(), place.top(), round(METER * share), 7)
            painter.setBrush(QColor(t.charts[KIND_OF.get(part.key, 0)]))
            painter.drawRoundedRect(QRectF(QStyle.visualRect(way, place, filled)), 3, 3)
            return METER
        text = _words(part) if not part.known or part.most <= 0 else _figures(part)
        width = QFontMetrics(self.font()).horizontalAdvance(text) + 2
        place = QStyle.visualRect(way, row, QRect(row.width() - width, row.top(), width, ROW))
        painter.setPen(QColor(t.muted))
        painter.drawText(place, QStyle.visualAlignment(way, TRAILING), text)
        return width


def _words(part: Part) -> str:
    if not part.known:
        return _("not known")
    if part.most <= 0:
        return _("takes off {n}").format(n=in_points(-part.points))
    return _("{n} % of what is possible").format(n=round(100 * part.points / part.most))


def _figures(part: Part) -> str:
    points, most = in_points(part.points), in_points(part.most)
    return _("{points} of {most}").format(points=points, most=most)
