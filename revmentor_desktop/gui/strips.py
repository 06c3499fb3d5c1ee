"""Small painted charts: bars of a few figures, said in words to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from revmentor_desktop.gui import theme


class Bars(QWidget):
    """One bar for each (name, figure), with the figure above and the name below."""

    def __init__(self, title: str, figures: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._figures = list(figures)
        words = ", ".join(f"{name}: {figure}" for name, figure in figures)
        self.setAccessibleName(f"{title}: {words}")
        self.setMinimumSize(QSize(max(240, 44 * len(self._figures)), 170))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, in reading direction."""
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(0, 20, 0, -24)
        most = max([figure for _name, figure in self._figures] + [1])
        slot = area.width() / max(1, len(self._figures))
        painter.setPen(QColor(t.line))
        painter.drawLine(area.left(), area.bottom() + 1, area.right(), area.bottom() + 1)
        for at, (name, figure) in enumerate(self._figures):
            place = QRect(int(at * slot), area.top(), int(slot), area.height())
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
            height = area.height() * figure / most
            width = min(52.0, slot * 0.62)
            bar = QRectF(place.center().x() - width / 2, area.bottom() - height, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.charts[0]))
            if figure:
                painter.drawRoundedRect(bar, 4, 4)
            painter.setPen(QColor(t.text))
            above = QRect(place.left(), int(bar.top()) - 20, place.width(), 18)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(figure))
            painter.setPen(QColor(t.muted))
            below = QRect(place.left(), area.bottom() + 5, place.width(), 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
