"""Pages of a PDF as pictures, for the preview in the window."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import pypdfium2

_one_at_a_time = Lock()
"""PDFium is not safe for several threads at once."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page on white: 4 bytes a pixel (blue, green, red, unused), ``stride`` bytes a line."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """An open PDF."""

    def __init__(self, data: bytes) -> None:
        with _one_at_a_time:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)

    def size(self, at: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with _one_at_a_time:
            width, height = self._document.get_page_size(at)
            return float(width), float(height)

    def render(self, at: int, scale: float) -> Picture:
        """A page, ``scale`` pixels to the point."""
        with _one_at_a_time:
            page = self._document[at]
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            page.close()
            return picture

    def close(self) -> None:
        """Free the document."""
        with _one_at_a_time:
            self._document.close()
