"""Draws on a canvas and says what each mark is: text of an element, or decoration."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics

from revmentor_desktop.documents import shaping
from revmentor_desktop.documents.lines import Bit, Line
from revmentor_desktop.documents.structure import Element, text_string
from revmentor_desktop.documents.style import rgb

MOST_KEPT = 20_000


class Pen:
    """Writes a page's drawing language straight into the canvas; ``tagged``: with marks."""

    def __init__(self, canvas: Any, tagged: bool = True) -> None:  # noqa: ANN401
        self.canvas = canvas
        self.tagged = tagged
        self._marks: list[list[Element]] = [[]]
        self._pages = 0
        self._open: Element | None | bool = False
        self._fill = ""
        self._written: dict[tuple[Bit, float], str] = {}
        self._rules: list[str] = []

    @property
    def page(self) -> int:
        """The page that is being drawn, from 0."""
        return self._pages

    def begin(self, element: Element | None) -> None:
        """What follows belongs to an element; None: it is decoration."""
        if not self.tagged or element is self._open:
            return
        self._end_mark()
        if element is None:
            self._write("/Artifact BMC")
        else:
            number = len(self._marks[-1])
            self._marks[-1].append(element)
            element.kids.append((self._pages, number))
            self._write(f"/{element.kind} <</MCID {number}>> BDC")
        self._open = element

    def line(self, line: Line, x: float, y: float, size: float, colour: str) -> None:
        """A line of text from ``x`` on, its foot at ``y``."""
        self._colour(colour)
        parts = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        if line.has_left:
            for bit, left in _as_read(line.bits):
                parts.append(f"1 0 0 1 {x + left * size:.2f} {y:.2f} Tm {self._bit(bit, size)}")
        else:
            parts.extend(self._bit(bit, size) for bit in line.bits)
        parts.append("ET")
        self._write(" ".join(parts))

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, wide: float = 0.5,
             dash: str = "[]") -> None:  # fmt: skip
        """A straight line; all of a page are drawn when it ends, as decoration."""
        self._rules.append(
            f"{rgb(colour)} RG {wide:g} w {dash} 0 d {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        )

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled box, as decoration."""
        self._rules.append(f"{rgb(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled dot, as decoration."""
        bend = radius * 0.5523
        self._rules.append(
            f"{rgb(colour)} rg {x - radius:.2f} {y:.2f} m "
            f"{x - radius:.2f} {y + bend:.2f} {x - bend:.2f} {y + radius:.2f} {x:.2f} "
            f"{y + radius:.2f} c {x + bend:.2f} {y + radius:.2f} {x + radius:.2f} "
            f"{y + bend:.2f} {x + radius:.2f} {y:.2f} c {x + radius:.2f} {y - bend:.2f} "
            f"{x + bend:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c {x - bend:.2f} "
            f"{y - radius:.2f} {x - radius:.2f} {y - bend:.2f} {x - radius:.2f} {y:.2f} c f"
        )

    def shape(self, element: Element | None, drawing: str, colour: str) -> None:
        """Filled shapes in the drawing language, of an element."""
        self.begin(element)
        self._colour(colour)
        self._write(drawing)

    def picture(self, picture: Any, x: float, y: float,  # noqa: ANN401
                width: float, height: float) -> None:  # fmt: skip
        """A picture with its lower left corner at ``x``, ``y``."""
        self.canvas.drawImage(picture, x, y, width, height, mask="auto")

    def form(self, element: Element | None, name: str, x: float = 0, y: float = 0) -> None:
        """What was drawn once under a name, of an element or as decoration."""
        self.begin(element)
        self._write(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
        self.canvas.doForm(name)
        self._write("Q")

    def finish(self) -> None:
        """Draw the rules and end what is open: before a page or a form ends."""
        if self._rules:
            self.begin(None)
            self._write("q " + "\n".join(self._rules) + " Q")
            self._rules.clear()
        if self.tagged:
            self._end_mark()
        self._fill = ""

    def end_page(self) -> None:
        """Close the page."""
        self.finish()
        self.canvas.showPage()
        self._pages += 1
        self._marks.append([])

    def take_marks(self) -> list[list[Element]]:
        """Of each page since the last time, the element of each numbered mark."""
        taken, self._marks = self._marks[:-1], [[]]
        return taken

    def _end_mark(self) -> None:
        if self._open is not False:
            self._write("EMC")
            self._open = False

    def _write(self, text: str) -> None:
        self.canvas._code.append(text)

    def _colour(self, colour: str) -> None:
        if colour != self._fill:
            self._write(f"{rgb(colour)} rg")
            self._fill = colour

    def _bit(self, bit: Bit, size: float) -> str:
        key = (bit, size)
        written = self._written.get(key)
        if written is None:
            written = self._shaped(bit, size) if bit.shaped else self._plain(bit, size)
            if len(self._written) > MOST_KEPT:
                self._written.clear()
            self._written[key] = written
        return written

    def _plain(self, bit: Bit, size: float) -> str:
        return " ".join(
            f"{name} {size:g} Tf ({shown}) Tj" for name, shown in self._encoded(bit.text, bit.font)
        )

    def _encoded(self, text: str, font_name: str) -> list[tuple[str, str]]:
        font = pdfmetrics.getFont(font_name)
        document = self.canvas._doc
        return [
            (font.getSubsetInternalName(subset, document), escapePDF(data))
            for subset, data in font.splitString(text, document)
        ]

    def _shaped(self, bit: Bit, size: float) -> str:
        """Each glyph at its place, marked so that readers know what it spells."""
        to_left = bool(bit.level % 2)
        glyphs = shaping.shape(bit.text, bit.font, to_left).glyphs
        parts = [_spelt(bit.text, "".join(glyph.char for glyph in glyphs), to_left)]
        font = raised = ""
        move = 0.0
        for glyph in glyphs:
            ((name, shown),) = self._encoded(glyph.char, bit.font)
            if name != font:
                parts.append(f"{name} {size:g} Tf")
                font = name
            rise = f"{glyph.up * size / 1000:.3f} Ts" if glyph.up else "0 Ts"
            if rise != (raised or "0 Ts"):
                parts.append(rise)
                raised = rise
            move += glyph.right
            parts.append(f"[{-move:.1f} ({shown})] TJ" if abs(move) > 0.05 else f"({shown}) Tj")
            move = glyph.advance - glyph.width - glyph.right
        if raised not in ("", "0 Ts"):
            parts.append("0 Ts")
        if abs(move) > 0.05:
            parts.append(f"[{-move:.1f}] TJ")
        parts.append("EMC")
        return " ".join(parts)


def _spelt(text: str, drawn: str, to_left: bool) -> str:
    """The mark that opens shaped glyphs: their text, where they do not tell it themselves."""
    if to_left and unicodedata.normalize("NFKC", drawn[::-1]) == unicodedata.normalize(
        "NFKC", text
    ):
        # Viewers turn such a stretch round themselves, and would turn round a text of ours too.
        return "/ReversedChars BMC"
    return f"/Span <</ActualText {text_string(text)}>> BDC"


def _as_read(bits: Sequence[Bit]) -> Iterator[tuple[Bit, float]]:
    """The bits of a line with their left edges; what runs to the left comes as it is read."""
    left = 0.0
    waiting: list[tuple[Bit, float]] = []
    for bit in bits:
        if bit.level % 2:
            waiting.append((bit, left))
        else:
            yield from reversed(waiting)
            waiting.clear()
            yield bit, left
        left += bit.width
    yield from reversed(waiting)
