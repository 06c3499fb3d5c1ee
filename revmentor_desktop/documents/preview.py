"""Pages of a PDF as pictures, for the preview in the window and for a printer."""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock

import pypdfium2

from revmentor_desktop.domain.errors import Cancelled

POINTS_TO_THE_INCH = 72
_one_at_a_time = RLock()
"""PDFium is not safe for several threads at once."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page on white, ``stride`` bytes a line. 4 bytes a pixel (blue, green, red, unused), or one
    where it is ``grey``.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    grey: bool = False


class PdfPages:
    """An open PDF. Its pages may be asked for in any thread, until it is closed in one.

    ``sizes``: width and height of each page in points.
    """

    def __init__(self, data: bytes) -> None:
        self._closed = False
        with _one_at_a_time:
            self._document = pypdfium2.PdfDocument(data)
            self._document.init_forms()
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(at) for at in range(len(self._document))
            )

    @property
    def count(self) -> int:
        """How many pages it has."""
        return len(self.sizes)

    def render(self, at: int, scale: float, grey: bool = False) -> Picture:
        """A page, ``scale`` pixels to the point. Raises Cancelled where the PDF has been closed."""
        with _one_at_a_time:
            if self._closed:
                raise Cancelled
            page = self._document[at]
            bitmap = page.render(scale=scale, prefer_bgrx=not grey, grayscale=grey)
            picture = Picture(
                bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), grey
            )
            bitmap.close()
            page.close()
            return picture

    def text(self, at: int) -> str:
        """The words of a page, for a screen reader; "" where the PDF has been closed."""
        with _one_at_a_time:
            if self._closed:
                return ""
            page = self._document[at]
            words = page.get_textpage()
            text: str = words.get_text_bounded()
            words.close()
            page.close()
            return text

    def close(self) -> None:
        """Free the document."""
        with _one_at_a_time:
            if not self._closed:
                self._closed = True
                self._document.close()

    def __del__(self) -> None:
        """Free it also where nobody has shown it, and not while another page is being drawn."""
        if hasattr(self, "sizes"):
            self.close()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with _one_at_a_time, pypdfium2.PdfDocument(data) as document:
        return len(document)
