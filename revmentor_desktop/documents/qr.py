"""A code for a camera, drawn as shapes: 25 mm wide with its quiet zone."""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm

from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Strip
from revmentor_desktop.documents.structure import Element
from revmentor_desktop.documents.style import INK
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

SIDE = 25 * mm
QUIET = 4
"""Modules of white on every side, which a camera needs."""


MOST_BYTES = 2213
"""What the largest code that the library makes holds at this level of correction."""


@lru_cache(maxsize=512)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code, dark or not; UserError for more text than a code holds."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise UserError(
            _("“{text} …” is too long for a QR code. Put a shorter text into it.").format(
                text=text[:60]
            )
        )
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.make()
    return tuple(tuple(bool(one) for one in row) for row in code.modules)


def drawing(text: str, x: float, y: float, side: float) -> str:
    """The code's dark modules as filled boxes; ``x``, ``y``: the lower left corner."""
    rows = _modules(text)
    step = side / (len(rows) + 2 * QUIET)
    boxes = []
    for down, row in enumerate(rows):
        at = 0
        while at < len(row):
            end = at
            while end < len(row) and row[end]:
                end += 1
            if end > at:
                boxes.append(
                    f"{x + (QUIET + at) * step:.3f} {y + side - (QUIET + down + 1) * step:.3f} "
                    f"{(end - at) * step:.3f} {step:.3f} re"
                )
            at = end + 1
    return "\n".join([*boxes, "f"])


def quiet(text: str, side: float = SIDE) -> float:
    """How wide the white around the code is, in points."""
    return QUIET * side / (len(_modules(text)) + 2 * QUIET)


class Square(Strip):
    """The code in the flow of a page."""

    __slots__ = ("element", "text")

    def __init__(self, text: str, element: Element) -> None:
        super().__init__(SIDE, keep=True)
        self.text, self.element = text, element

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the code; its quiet zone hangs out to the left so that its edge meets the text's."""
        x -= quiet(self.text)
        pen.shape(self.element, drawing(self.text, x, top - SIDE, SIDE), INK)
