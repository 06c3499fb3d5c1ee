"""A document as strips: what is drawn at one height and never cut, from the top down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.units import mm

from revmentor_desktop.documents import lines
from revmentor_desktop.documents.lines import Line, Words
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.structure import Element
from revmentor_desktop.documents.style import RULE, Look, Style
from revmentor_desktop.domain.templates import Block, Piece, Value

WRITING_LINE = 8.5 * mm
"""The distance of ruled lines to write on."""
SIGNATURE = "signature"
"""The form of the file that holds the scanned signature."""
Values = Mapping[str, Value]
Pieces = Sequence[Piece]


class Strip:
    """Measures in points. ``keep``: stays on the page of the next one; ``fresh``: begins a page.

    ``slack``: so much lower it may be where a document would otherwise end on a page of its own.
    ``above``: what is drawn again above it at the head of a page, such as a table's heading.
    """

    __slots__ = ("above", "after", "fresh", "height", "keep", "slack")

    def __init__(
        self, height: float, after: float = 0, keep: bool = False, slack: float = 0
    ) -> None:
        self.height, self.after, self.keep, self.slack = height, after, keep, slack
        self.fresh = False
        self.above: Strip | None = None

    @property
    def is_blank(self) -> bool:
        """A gap, which is dropped at the top of a page."""
        return type(self) is Strip

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the upper left corner at ``x``, ``top``; a bare strip is a gap."""


class TextStrip(Strip):
    """A line of a paragraph; ``left`` and ``width``: where it may stand."""

    __slots__ = ("element", "left", "line", "look", "style", "width")

    def __init__(
        self, line: Line, style: Style, look: Look, element: Element, left: float, width: float
    ) -> None:
        super().__init__(style.leading, slack=style.leading * 0.05)
        self.line, self.style, self.look, self.element = line, style, look, element
        self.left, self.width = left, width

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the line where its paragraph is aligned."""
        pen.begin(self.element)
        draw_line(pen, self.line, self.style, self.look, x + self.left, top, self.width)


def draw_line(
    pen: Pen, line: Line, style: Style, look: Look, x: float, top: float, width: float
) -> None:
    """Draw a line in the style's alignment; ``top``: the upper edge of its leading."""
    size = style.size
    free = width - line.width * size
    if style.align == "middle":
        x += free / 2
    elif (style.align == "end") != line.to_left:
        x += free
    pen.line(line, x, top - style.leading / 2 - size * 0.36, size, look.colour(style.colour))


class Ruled(Strip):
    """A line to write on."""

    def __init__(self, width: float) -> None:
        super().__init__(WRITING_LINE, slack=1.5)
        self.width = width

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the rule at the foot."""
        pen.rule(x, top - self.height, x + self.width, top - self.height, RULE)


@dataclass(slots=True)
class Setting:
    """What a file keeps while it is set: fixed text is broken into lines only once.

    ``signature``: the size of the scanned one; ``in_window``: addresses stand in the window of an
    envelope.
    """

    look: Look
    signature: tuple[float, float] | None = None
    in_window: bool = False
    fixed: dict[tuple[int, Style, float], tuple[Pieces, tuple[Line, ...]]] = field(
        default_factory=dict
    )
    cells: dict[int, tuple[Block, list[list[list[Piece]]]]] = field(default_factory=dict)


@dataclass(slots=True)
class Copy:
    """One document for one reader while it is set."""

    setting: Setting
    values: Values
    section: Element
    strips: list[Strip] = field(default_factory=list)
    headed: bool = False
    centred: bool = False
    """A certificate: its paragraphs stand in the middle."""
    address: tuple[Element, tuple[str, ...]] | None = None
    """Drawn in the window of an envelope, above everything else."""

    @property
    def look(self) -> Look:
        """Accent and width."""
        return self.setting.look

    def text(self, piece: Piece) -> str:
        """The piece's own text, or the value of its field."""
        if not piece.field:
            return piece.text
        value = self.values.get(piece.field, "")
        return value if isinstance(value, str) else ", ".join(map(_plain, value))

    def words(self, pieces: Pieces, bold: bool = False) -> Words:
        """The merged words of some pieces."""
        return lines.joined(
            lines.words(self.text(piece), piece.bold or bold, piece.italic) for piece in pieces
        )

    def lines(self, pieces: Pieces, style: Style, width: float) -> tuple[Line, ...]:
        """The merged lines; those of fixed text are kept for the next reader."""
        key = (id(pieces), style, width)
        kept = self.setting.fixed.get(key)
        if kept is not None:
            return kept[1]
        made = lines.lines(self.words(pieces, style.bold), width, style.size)
        if not any(piece.field for piece in pieces):
            self.setting.fixed[key] = (pieces, made)
        return made

    def plain(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """The lines of a text that is no template's: a value out of a list."""
        return lines.lines(lines.words(text, style.bold), width, style.size)

    def add(self, made: Sequence[Strip], after: float = 0, keep: bool = False) -> None:
        """Append strips that belong together, with a gap after the last."""
        if made:
            made[-1].after += after
            made[-1].keep = made[-1].keep or keep
        self.strips.extend(made)

    def paragraph(self, pieces: Pieces, style: Style, kind: str = "P") -> None:
        """Append a paragraph over the whole width."""
        left = 0.0
        if self.centred:
            style = replace(style, align="middle")
            left = self.look.width * 0.08
        found = self.lines(pieces, style, self.look.width - 2 * left)
        if not found:
            return
        made = self.set(found, style, Element(kind, self.section), left)
        self.add(made, style.after, style.keep)

    def set(
        self, found: Sequence[Line], style: Style, element: Element, left: float = 0
    ) -> list[Strip]:
        """The strips of a paragraph; no line of it stands alone at a page's foot or head."""
        room = self.look.width - (2 * left if style.align == "middle" else left)
        made: list[Strip] = [
            TextStrip(line, style, self.look, element, left, room) for line in found
        ]
        if len(made) > 1:
            made[0].keep = made[-2].keep = True
        if len(made) == 3:
            made[1].keep = True
        return made


def _plain(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else " ".join(value)
