"""The pages of a PDF below each other, as on paper: white in every theme, at any size."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from revmentor_desktop.documents.preview import POINTS_TO_THE_INCH
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.page_images import PageImages
from revmentor_desktop.i18n import _

GAP = 14
"""Pixels between two pages and around them."""
LEAST, MOST, STEP = 0.25, 4.0, 1.2
SHARPEST = 5.0
"""Pixels to the point that a page is drawn with at most: 360 dots to the inch."""


class Fit(Enum):
    """A size that follows the window's."""

    WIDTH = "width"
    PAGE = "page"


class PageView(QAbstractScrollArea):
    """Scrolls through pages. Ctrl and the wheel change the size under the pointer.

    Signals:
        page_changed: the page that is read now, counted from 0.
        zoom_changed: the size has changed.
    """

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: PageImages | None = None
        self._zoom: Fit | float = Fit.WIDTH
        self._tops: list[float] = []
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("Page"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def zoom(self) -> Fit | float:
        """The size that is chosen: a fit, or a factor (1.0 is the size on paper)."""
        return self._zoom

    @property
    def factor(self) -> float:
        """The size as it is: 1.0 is the size on paper."""
        return self._scale() * POINTS_TO_THE_INCH / self.logicalDpiX()

    @property
    def page(self) -> int:
        """The page that is read now, counted from 0."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._images.pages.count if self._images is not None else 0

    def set_images(self, images: PageImages) -> None:
        """Show the pages of another PDF, from the first."""
        self._images = images
        images.drawn.connect(self._on_drawn)
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._page = -1
        self._on_scrolled()

    def show_page(self, at: int) -> None:
        """Bring the head of a page to the top."""
        if self._tops:
            at = max(0, min(at, self.count - 1))
            self.verticalScrollBar().setValue(round(self._tops[at]) - GAP)
            # A short last page cannot come to the top, and is read all the same.
            self._tell_page(at)

    def set_zoom(self, zoom: Fit | float, about: QPoint | None = None) -> None:
        """Change the size; what is at ``about`` (the middle by default) stays there."""
        if isinstance(zoom, float):
            zoom = max(LEAST, min(MOST, zoom))
        port = self.viewport()
        about = about or QPoint(port.width() // 2, port.height() // 3)
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        before = self._scale()
        place = [bar.value() + at for bar, at in zip(bars, about.toTuple(), strict=True)]
        self._zoom = zoom
        self._lay_out()
        grown = self._scale() / before
        for bar, at, was in zip(bars, about.toTuple(), place, strict=True):
            bar.setValue(round(was * grown - at))
        port.update()
        self.zoom_changed.emit()

    def zoom_in(self) -> None:
        """A step larger."""
        self.set_zoom(self.factor * STEP)

    def zoom_out(self) -> None:
        """A step smaller."""
        self.set_zoom(self.factor / STEP)

    def _on_drawn(self, at: int) -> None:
        # Also the last picture of the PDF before this one may still come.
        if at < len(self._tops) and self.page_rect(at).intersects(QRectF(self.viewport().rect())):
            self.viewport().update()

    def _on_scrolled(self) -> None:
        if self._tops:
            middle = self.verticalScrollBar().value() + self.viewport().height() / 3
            self._tell_page(max(0, bisect_right(self._tops, middle) - 1))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are seen; those not yet drawn as blank paper."""
        colours = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.sunken))
        if self._images is None or not self._tops:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = min(SHARPEST, self._scale() * self.devicePixelRatioF())
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        # The one that is read now is asked for last, and so drawn first.
        for at in sorted(range(first, last), key=lambda page: page == self._page):
            rect = self.page_rect(at)
            painter.fillRect(rect, Qt.GlobalColor.white)
            picture = self._images.picture(at, scale)
            if picture is not None:
                painter.drawPixmap(rect, picture, QRectF(picture.rect()))
            painter.setPen(QColor(colours.border))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.property("kbd"):
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the fit, and to the page that is read."""
        page = self._page
        self._lay_out()
        if isinstance(self._zoom, Fit) and page > 0:
            self.show_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last page; the rest scrolls."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Home:
            self.show_page(0)
        elif event.key() == Qt.Key.Key_End:
            self.show_page(self.count - 1)
        elif step and self._zoom is Fit.PAGE:
            self.show_page(self._page + step)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl change the size, else scroll."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.set_zoom(self.factor * STEP ** (turned / 120), event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def _scale(self) -> float:
        """Pixels of the window to the point."""
        if isinstance(self._zoom, float):
            return self._zoom * self.logicalDpiX() / POINTS_TO_THE_INCH
        sizes = self._images.pages.sizes if self._images is not None else ((595.0, 842.0),)
        port = self.viewport()
        scale = (port.width() - 2 * GAP) / max(width for width, _height in sizes)
        if self._zoom is Fit.PAGE:
            tallest = max(height for _width, height in sizes)
            scale = min(scale, (port.height() - 2 * GAP) / tallest)
        return max(0.05, scale)

    def _lay_out(self) -> None:
        sizes = self._images.pages.sizes if self._images is not None else ()
        scale, top = self._scale(), float(GAP)
        self._tops = []
        for _width, height in sizes:
            self._tops.append(top)
            top += round(height * scale) + GAP
        port = self.viewport()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, round(top) - port.height()))
        down.setPageStep(max(1, port.height() - 2 * GAP))
        down.setSingleStep(48)
        widest = max((width for width, _height in sizes), default=0) * scale + 2 * GAP
        across.setRange(0, max(0, round(widest) - port.width()))
        across.setPageStep(port.width())
        across.setSingleStep(48)

    def page_rect(self, at: int) -> QRectF:
        """Where a page is in the window's port."""
        assert self._images is not None
        scale = self._scale()
        width, height = (round(side * scale) for side in self._images.pages.sizes[at])
        across = self.horizontalScrollBar()
        left = (self.viewport().width() + across.maximum() - width) / 2 - across.value()
        return QRectF(round(left), self._tops[at] - self.verticalScrollBar().value(), width, height)

    def _tell_page(self, at: int) -> None:
        if at != self._page:
            self._page = at
            self.page_changed.emit(at)
