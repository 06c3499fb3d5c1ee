"""What is filled in by hand: lines to write on, labels with a line, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from revmentor_desktop.documents import style, tables
from revmentor_desktop.documents.lines import Line
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import (
    SIGNATURE,
    WRITING_LINE,
    Copy,
    Ruled,
    Strip,
    TextStrip,
    draw_line,
)
from revmentor_desktop.documents.structure import Element, alternative
from revmentor_desktop.documents.style import INK, RULE
from revmentor_desktop.domain.templates import Block, Piece
from revmentor_desktop.i18n import _

MOST_KEPT_LINES = 8
"""A last paragraph of so many lines stays whole with the signature."""
COORDINATOR = (Piece("", "coordinator.name"),)
Label = tuple[Element, Sequence[Line]]


def lines_to_write_on(copy: Copy, block: Block) -> None:
    """Append ruled lines."""
    copy.add([Ruled(copy.look.width) for _at in range(block.count)], 15)


class _Blanks(Strip):
    """Labels beside one another, each with a line to write on."""

    __slots__ = ("copy", "labels")

    def __init__(self, copy: Copy, labels: Sequence[Label]) -> None:
        tallest = max(len(found) for _element, found in labels)
        super().__init__(max(WRITING_LINE, 14.0 * tallest) + 5)
        self.copy, self.labels = copy, labels

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw each label and its rule up to the next label."""
        share = self.copy.look.width / len(self.labels)
        foot = top - self.height
        for at, (element, found) in enumerate(self.labels):
            left = x + at * share
            pen.begin(element)
            for number, line in enumerate(found):
                y = foot + 12 + 14 * (len(found) - 1 - number)
                draw_line(pen, line, style.CELL, self.copy.look, left, y, share)
            widest = max((line.width for line in found), default=0) * style.CELL.size
            end = left + share - (10 if at < len(self.labels) - 1 else 0)
            pen.rule(left + widest + 5, foot, end, foot, RULE)


def blanks(copy: Copy, block: Block) -> None:
    """Append labels, several in a row where a bar stands between, each with a line."""
    for cells in tables.cells_of(copy, block):
        room = copy.look.width / len(cells) * 0.6
        labels = [
            (Element("P", copy.section), copy.lines(cell, style.CELL, room)) for cell in cells
        ]
        copy.add([_Blanks(copy, labels)])
    if block.lines:
        copy.strips[-1].after += 10


class _Signatures(Strip):
    """A line to sign on above each name."""

    __slots__ = ("copy", "names", "part", "rows")

    def __init__(self, copy: Copy, names: Sequence[Label], part: float) -> None:
        self.rows = max(len(found) for _element, found in names)
        super().__init__(45 + 13 * self.rows, slack=7.5)
        self.copy, self.names, self.part = copy, names, part

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines, the names below them."""
        foot = top - self.height + 13 * self.rows
        for at, (element, found) in enumerate(self.names):
            left = x + at * (self.part + self.copy.look.width * 0.08)
            pen.rule(left, foot + 5, left + self.part, foot + 5, INK)
            pen.begin(element)
            for number, line in enumerate(found):
                y = foot + 2 - 13 * number
                draw_line(pen, line, style.CELL, self.copy.look, left, y, self.part)


class _Signed(Strip):
    """The scanned signature above the coordinator's name."""

    __slots__ = ("copy", "element", "wide")

    def __init__(self, copy: Copy, size: tuple[float, float], element: Element) -> None:
        super().__init__(size[1] + 5, keep=True)
        self.copy, self.wide, self.element = copy, size[0], element

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it where the text begins, or in the middle of a certificate."""
        if self.copy.centred:
            x += (self.copy.look.width - self.wide) / 2
        pen.form(self.element, SIGNATURE, x, top - self.height + 5)


def signatures(copy: Copy, block: Block) -> None:
    """Append lines to sign on, half the width each; or the coordinator's scanned signature."""
    if not block.lines:
        return
    _keep_last_paragraph(copy)
    if copy.setting.signature and block.lines == (COORDINATOR,):
        words = _("Signature of {name}").format(name=copy.text(COORDINATOR[0]))
        figure = Element("Figure", copy.section, alternative(words))
        copy.add([_Signed(copy, copy.setting.signature, figure)])
        copy.paragraph(COORDINATOR, style.BODY)
        return
    part = copy.look.width * (0.46 if len(block.lines) > 1 else 0.5)
    names = [
        (Element("P", copy.section), copy.lines(pieces, style.CELL, part)) for pieces in block.lines
    ]
    copy.add([_Signatures(copy, names, part)], 10)


def _keep_last_paragraph(copy: Copy) -> None:
    """A signature never stands alone on a page: it keeps the paragraph before it, and where that
    is one line, such as a greeting, the one before that too.
    """
    last: Element | None = None
    for kept, strip in enumerate(list(reversed(copy.strips))[:MOST_KEPT_LINES]):
        if isinstance(strip, TextStrip):
            if kept > 1 and strip.element is not last:
                return
            last = strip.element
        strip.keep = True
