"""The rows of a form: words and fields beside each other, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from revmentor_desktop.documents import qr
from revmentor_desktop.documents.lines import Line
from revmentor_desktop.documents.pages import BOTTOM, TOP_FIRST, Page, Paper, lay_out
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Strip, draw_line
from revmentor_desktop.documents.structure import Element, alternative
from revmentor_desktop.documents.style import (
    BODY,
    CELL,
    HEADING,
    INK,
    RULE,
    SMALL,
    Style,
    rgb,
)
from revmentor_desktop.domain.returns import TICKED
from revmentor_desktop.i18n import _

Rect = tuple[float, float, float, float]
GROUND, EDGE = "#F5F6F8", "#848E9C"
FIELD, GAP, TICK = 20.0, 10.0, 10.0
"""Points: the height of a field of one line, the space between two, the side of a tick box."""
LEAST_LINES, MOST_LINES = 30.0, 100.0
"""Points: how high a box to write several lines in is at least and at most."""
LABEL = replace(SMALL, after=0)
CODE = replace(LABEL, size=7, leading=9, align="end")
TOPIC = replace(CELL, bold=True, after=3)


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in. ``lines``: a box for several; ``box``: to tick; ``radio``: one of some.

    ``says``: what a screen reader says and a pointer shows, ``group`` likewise of all the radio
    buttons of a name. ``options``: of a choice, what is stored with what is shown. ``value``: what
    is stored where a box is ticked or a button chosen.
    """

    name: str
    kind: Literal["text", "lines", "choice", "box", "radio"]
    says: str
    options: Sequence[tuple[str, str]] = ()
    value: str = TICKED
    group: str = ""

    @property
    def is_button(self) -> bool:
        """Ticked or chosen, not written into."""
        return self.kind in ("box", "radio")


class Placed(NamedTuple):
    """A field on page ``page`` (from 0) at ``rect``: left, bottom, right, top in points."""

    field: Field
    page: int
    rect: Rect


class _Words(NamedTuple):
    lines: Sequence[Line]
    style: Style
    element: Element | None
    left: float
    width: float


class _Code(NamedTuple):
    text: str
    element: Element
    left: float


class _Blank(NamedTuple):
    field: Field
    left: float
    width: float
    height: float


_Part = _Words | _Code | _Blank


class Row(Strip):
    """Words and fields, each so many points below the upper edge (``drop``), from ``left`` on."""

    __slots__ = ("_parts", "_sheet", "ruled")

    def __init__(self, sheet: Sheet, after: float, keep: bool) -> None:
        super().__init__(0, after, keep)
        self._sheet = sheet
        self._parts: list[tuple[float, _Part]] = []
        self.ruled = False

    def words(
        self, text: str, style: Style, left: float, width: float, drop: float = 0, kind: str = "P"
    ) -> float:
        """Add a text; returns how far it reaches down."""
        copy = self._sheet.copy
        lines = copy.plain(text, style, width)
        words = _Words(lines, style, Element(kind, copy.section), left, width)
        return self._add(words, drop, len(lines) * style.leading)

    def code(self, text: str, left: float) -> float:
        """Add a text as a code for a camera; returns how far it reaches down."""
        says = alternative(_("QR code: {code}").format(code=text))
        code = _Code(text, Element("Figure", self._sheet.copy.section, says), left)
        return self._add(code, 0, qr.SIDE)

    def field(
        self, field: Field, left: float, width: float = TICK, height: float = 0, drop: float = 0
    ) -> float:
        """Add a field; returns how far it reaches down."""
        Element("Form", self._sheet.copy.section)
        height = height or (TICK if field.is_button else FIELD)
        return self._add(_Blank(field, left, width, height), drop, height)

    def labelled(self, label: str, field: Field, left: float, width: float, lines: int = 1) -> None:
        """Add a field under its label, which takes ``lines`` lines or as many as it needs."""
        drop = self.words(label, LABEL, left, width)
        self.field(field, left, width, drop=max(drop, lines * LABEL.leading) + 2)

    def ticked(self, text: str, field: Field, left: float, width: float) -> None:
        """Add a box or button with its text beside it."""
        self.field(field, left, drop=(CELL.leading - TICK) / 2)
        self.words(text, CELL, left + TICK + 6, width - TICK - 6)

    def grow(self, points: float) -> None:
        """Make the row, and the fields in it, so much higher."""
        self.height += points
        self._parts = [
            (drop, part._replace(height=part.height + points) if isinstance(part, _Blank) else part)
            for drop, part in self._parts
        ]

    def again(self) -> Row:
        """The words of the row for another page, where they are not read out a second time."""
        row = Row(self._sheet, 0, keep=True)
        row._parts = [
            (drop, part._replace(element=None))
            for drop, part in self._parts
            if isinstance(part, _Words)
        ]
        row.height, row.ruled = self.height, self.ruled
        return row

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words and the grounds of the fields, and note where the fields are."""
        for drop, part in self._parts:
            at = top - drop
            if isinstance(part, _Words):
                pen.begin(part.element)
                for line in part.lines:
                    look = self._sheet.copy.look
                    draw_line(pen, line, part.style, look, x + part.left, at, part.width)
                    at -= part.style.leading
            elif isinstance(part, _Code):
                drawing = qr.drawing(part.text, x + part.left, at - qr.SIDE, qr.SIDE)
                pen.shape(part.element, drawing, INK)
            else:
                left = x + part.left
                rect = (left, at - part.height, left + part.width, at)
                pen.shape(None, _ground(part.field, rect), GROUND)
                self._sheet.placed.append(Placed(part.field, pen.page, _inner(part.field, rect)))
        if self.ruled:
            pen.rule(x, top - self.height, x + self._sheet.width, top - self.height, RULE, 0.4)

    def _add(self, part: _Part, drop: float, height: float) -> float:
        self._parts.append((drop, part))
        self.height = max(self.height, drop + height)
        return drop + height


class Sheet:
    """A form as rows, from the top; ``placed`` holds its fields once it is drawn."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.placed: list[Placed] = []
        self._growing: list[Row] = []

    @property
    def width(self) -> float:
        """The width of the text, as on the letters."""
        return self.copy.look.width

    def row(self, after: float = GAP, keep: bool = False) -> Row:
        """A new row at the end. ``keep``: it stays on the page of the next one."""
        row = Row(self, after, keep)
        self.copy.add([row])
        return row

    def begin(self, title: str, names: str, line: str, how: str, token: str) -> None:
        """The title, whose form it is and what to do, and at the right the code of the form."""
        row = self.row()
        width = self.width - qr.SIDE - 2 * GAP
        drop = row.words(title, HEADING, 0, width, kind="H1") + 5
        drop = row.words(names, replace(BODY, bold=True), 0, width, drop)
        drop = row.words(line, CELL, 0, width, drop) + 5
        row.words(how, CELL, 0, width, drop)
        depth = row.code(token, self.width - qr.SIDE + qr.quiet(token))
        said, _dot, signature = token.rpartition(".")
        row.words(f"{said}.\n{signature}", CODE, 0, self.width, depth)

    def labelled(self, *asked: tuple[str, Field]) -> None:
        """Fields beside each other, equally wide, each under its label."""
        width = (self.width - (len(asked) - 1) * GAP) / len(asked)
        lines = max(len(self.copy.plain(label, LABEL, width)) for label, _field in asked)
        row = self.row()
        for at, (label, field) in enumerate(asked):
            row.labelled(label, field, at * (width + GAP), width, lines)

    def heading(self, text: str, hint: str = "") -> None:
        """What the next fields are about, with a word on how to fill them in."""
        row = self.row(after=3, keep=True)
        drop = row.words(text, TOPIC, 0, self.width, kind="H2")
        if hint:
            row.words(hint, LABEL, 0, self.width, drop)

    def lines(self, name: str, label: str, hint: str = "") -> None:
        """A box to write several lines in, under its heading; it grows where there is room."""
        self.heading(label, hint)
        row = self.row()
        row.field(Field(name, "lines", label), 0, self.width, LEAST_LINES)
        self._growing.append(row)

    def pages(self, paper: Paper) -> list[Page]:
        """The rows on pages; the room that is left on the last one goes to the boxes."""
        pages = lay_out(self.copy.strips, paper, TOP_FIRST)
        last = [strip for strip, _top in pages[-1]]
        growing = [row for row in self._growing if row in last]
        if not growing:
            return pages
        lowest, top = pages[-1][-1]
        room = (top - lowest.height - BOTTOM) / len(growing)
        for row in growing:
            row.grow(max(0.0, min(room, MOST_LINES - LEAST_LINES)))
        return lay_out(self.copy.strips, paper, TOP_FIRST)


def _inner(field: Field, rect: Rect) -> Rect:
    """Where the field itself is on its ground: what is typed keeps off the edge."""
    left, bottom, right, top = rect
    if field.is_button:
        return rect
    off = 1 if top - bottom >= FIELD else 0
    return left + 3, bottom + off, right - 3, top - off


def _ground(field: Field, rect: Rect) -> str:
    """The box of a field, in the drawing language: filled and with an edge."""
    left, bottom, right, top = rect
    edge, wide = (EDGE, 0.8) if field.is_button else (RULE, 0.5)
    radius = (top - bottom) / 2 if field.kind == "radio" else 2.5
    pull = radius * 0.4477  # how far the handles of a quarter circle lie from its corner
    inner = (left + radius, bottom + radius, right - radius, top - radius)
    path = (
        f"{inner[0]:.2f} {bottom:.2f} m {inner[2]:.2f} {bottom:.2f} l "
        f"{right - pull:.2f} {bottom:.2f} {right:.2f} {bottom + pull:.2f} "
        f"{right:.2f} {inner[1]:.2f} c {right:.2f} {inner[3]:.2f} l "
        f"{right:.2f} {top - pull:.2f} {right - pull:.2f} {top:.2f} "
        f"{inner[2]:.2f} {top:.2f} c {inner[0]:.2f} {top:.2f} l "
        f"{left + pull:.2f} {top:.2f} {left:.2f} {top - pull:.2f} "
        f"{left:.2f} {inner[3]:.2f} c {left:.2f} {inner[1]:.2f} l "
        f"{left:.2f} {bottom + pull:.2f} {left + pull:.2f} {bottom:.2f} "
        f"{inner[0]:.2f} {bottom:.2f} c b"
    )
    fill = "1 1 1" if field.is_button else rgb(GROUND)
    return f"q {fill} rg {rgb(edge)} RG {wide} w {path} Q"
