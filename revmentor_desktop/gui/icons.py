"""Lucide icons, tinted with the theme's colours when they are painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from revmentor_desktop import resources
from revmentor_desktop.gui import theme


class _Engine(QIconEngine):
    """Draws one SVG in the colour that its place asks for."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon, muted where it is disabled and in the accent where it is on."""
        token = self._token
        if mode == QIcon.Mode.Disabled:
            token = "field_border"
        elif state == QIcon.State.On or mode == QIcon.Mode.Selected:
            token = "accent"
        _renderer(self._name, getattr(theme.tokens(), token)).render(painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon on a transparent ground."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """A copy, as Qt asks for one."""
        return _Engine(self._name, self._token)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resources.path("icons", f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def icon(name: str, token: str = "muted") -> QIcon:
    """The icon of that Lucide name, drawn in one of the theme's tokens."""
    return QIcon(_Engine(name, token))


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resources.path("icons", "revmentor.svg")))
