"""Pages of a PDF as pictures of the window, drawn away from it when they are first looked at."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from revmentor_desktop.documents.preview import PdfPages, Picture
from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context

MOST_PIXELS = 40_000_000
"""Of all pictures that are kept: about 160 MB."""
MOST_WAITING = 24
"""What was asked for longer ago has been scrolled past, and is asked for again when it is seen."""

Asked = tuple[int, float]
"""Which page, and how many pixels to the point."""


class PageImages(QObject):
    """The pictures of one PDF. One is drawn at a time, the one asked for last first.

    Signals:
        drawn: the page whose picture has come.
    """

    drawn = Signal(int)

    def __init__(self, context: Context, pages: PdfPages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages = pages
        self._context = context
        self._kept: OrderedDict[Asked, QPixmap] = OrderedDict()
        self._pixels = 0
        self._waiting: OrderedDict[Asked, None] = OrderedDict()
        self._busy = self._closed = False

    def picture(self, at: int, scale: float) -> QPixmap | None:
        """A page, ``scale`` pixels to the point; until it is drawn a coarser one, or None."""
        asked = (at, round(scale, 3))
        if asked in self._kept:
            self._kept.move_to_end(asked)
            return self._kept[asked]
        self._waiting[asked] = None
        self._waiting.move_to_end(asked)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._draw_next()
        others = [key for key in self._kept if key[0] == at]
        return self._kept[max(others, key=lambda key: key[1])] if others else None

    def close(self) -> None:
        """Stop drawing and free the PDF; the last pictures still can be shown."""
        self._closed = True
        self.pages.close()

    def _draw_next(self) -> None:
        if self._busy or self._closed or not self._waiting:
            return
        asked, _none = self._waiting.popitem()
        self._busy = True
        self._context.start(_draw, self.pages, asked, on_done=self._on_drawn)

    def _on_drawn(self, result: tuple[Asked, Picture]) -> None:
        self._busy = False
        asked, picture = result
        self._kept[asked] = pixmap = QPixmap.fromImage(as_image(picture))
        self._pixels += pixmap.width() * pixmap.height()
        while self._pixels > MOST_PIXELS and len(self._kept) > 1:
            _key, old = self._kept.popitem(last=False)
            self._pixels -= old.width() * old.height()
        self.drawn.emit(asked[0])
        self._draw_next()


def as_image(picture: Picture) -> QImage:
    """A picture of a page as Qt paints it; it shares the picture's memory."""
    kind = QImage.Format.Format_Grayscale8 if picture.grey else QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, kind)


def _draw(pages: PdfPages, asked: Asked, progress: Progress) -> tuple[Asked, Picture]:
    return asked, pages.render(*asked)
