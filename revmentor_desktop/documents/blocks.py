"""Each kind of block of a template as strips; values are merged, never parsed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from revmentor_desktop.documents import lines, qr, style, tables
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import (
    WRITING_LINE,
    Copy,
    Pieces,
    Ruled,
    Setting,
    Strip,
    TextStrip,
    Values,
    draw_line,
)
from revmentor_desktop.documents.structure import BULLETED, Element, alternative
from revmentor_desktop.documents.style import INK, MUTED, RULE
from revmentor_desktop.domain.templates import Block, Document, Piece
from revmentor_desktop.i18n import _

MOST_KEPT_LINES = 8
"""A last paragraph of so many lines stays whole with the signature."""
DISPLAY_LEAST = 20
"""A name is set smaller to stay on one line, but not smaller than this."""
SIGNATURE = (Piece("", "coordinator.name"),)


def set_document(document: Document, values: Values, setting: Setting, section: Element) -> Copy:
    """The strips of a document for one reader, and its elements below ``section``."""
    copy = Copy(setting, values, section)
    copy.centred = any(block.kind == "display" for block in document.blocks)
    for block in document.blocks:
        if is_shown(block, values):
            KINDS[block.kind](copy, block)
    return copy


def is_shown(block: Block, values: Values) -> bool:
    """Whether a block's conditions hold."""
    if block.when and not values.get(block.when):
        return False
    return not (block.unless and values.get(block.unless))


def address_lines(block: Block, values: Values) -> tuple[str, ...]:
    """The lines of an address as they stand in the window; what is empty is left out."""
    copy = Copy(Setting(style.Look("", 0)), values, Element("Sect"))
    made: list[str] = []
    for pieces in block.lines:
        text = "".join(map(copy.text, pieces))
        made.extend(line.strip() for line in text.splitlines() if line.strip(" ,·"))
    return tuple(made)


def _address(copy: Copy, block: Block) -> None:
    """In the window of an envelope, else in the text."""
    element = Element("P", copy.section)
    texts = address_lines(block, copy.values)
    if copy.setting.in_window:
        copy.address = (element, texts)
        return
    made: list[Strip] = []
    for text in texts:
        found = copy.plain(text, style.ITEM, copy.look.width)
        made += copy.set(found, style.ITEM, element)
    copy.add(made, 20)


def _heading(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        copy.paragraph(pieces, style.HEADING, "H2" if copy.headed else "H1")
        copy.headed = True


def _subheading(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        copy.paragraph(pieces, style.SUBHEADING, "H2" if copy.headed else "H1")
        copy.headed = True


def _display(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        natural = lines.natural_width(copy.words(pieces, bold=True))[0]
        size = min(style.DISPLAY.size, max(DISPLAY_LEAST, copy.look.width / max(natural, 0.01)))
        kind = replace(style.DISPLAY, size=size // 0.5 / 2, leading=size * 1.25)
        copy.paragraph(pieces, kind, "P" if copy.headed else "H1")
        copy.headed = True


def _paragraph(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        if pieces and all(piece.bold for piece in pieces):
            copy.paragraph(pieces, style.LEAD, "H2" if copy.headed else "P")
        else:
            copy.paragraph(pieces, style.BODY)


def _small(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        copy.paragraph(pieces, style.SMALL)


class _Item(Strip):
    """The first line of a list's item, with its mark."""

    __slots__ = ("first", "label", "mark")

    def __init__(self, first: Strip, mark: TextStrip) -> None:
        super().__init__(first.height, first.after, first.keep, first.slack)
        self.first, self.mark = first, mark

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the mark, then the line."""
        self.mark.draw(pen, x, top)
        self.first.draw(pen, x, top)


def _list(copy: Copy, block: Block, mark: str, indent: float, gap: float) -> None:
    parent = Element("L", copy.section, BULLETED)
    kind = replace(style.ITEM, align="middle") if copy.centred else style.ITEM
    indent = 0 if copy.centred else indent
    mark_lines = copy.plain(mark, kind, 100)
    room = copy.look.width - indent
    made: list[Strip] = []
    for pieces in block.lines:
        value = copy.values.get(pieces[0].field, "") if _is_one_field(pieces) else ""
        items = (
            [copy.plain(text, kind, room) for text in value if isinstance(text, str)]
            if isinstance(value, tuple)
            else [copy.lines(pieces, kind, room)]
        )
        for found in items:
            item = Element("LI", parent)
            label = Element("Lbl", None if copy.centred else item)
            strips = copy.set(found, kind, Element("LBody", item), indent)
            if not strips:
                continue
            if not copy.centred:
                sign = TextStrip(mark_lines[0], kind, copy.look, label, 0, indent)
                strips[0] = _Item(strips[0], sign)
            strips[-1].after = gap
            made.extend(strips)
    if made:
        made[-1].after = 0
    copy.add(made, 10)


def _is_one_field(pieces: Pieces) -> bool:
    return len(pieces) == 1 and bool(pieces[0].field)


def _bullets(copy: Copy, block: Block) -> None:
    _list(copy, block, "–", 14, 0)


def _checklist(copy: Copy, block: Block) -> None:
    _list(copy, block, "☐", 18, 5)


def _lines(copy: Copy, block: Block) -> None:
    copy.add([Ruled(copy.look.width) for _at in range(block.count)], 15)


class _Blanks(Strip):
    """Labels beside one another, each with a line to write on."""

    __slots__ = ("copy", "parts")

    def __init__(self, copy: Copy, parts: list[tuple[Element, list[TextStrip]]]) -> None:
        super().__init__(max(WRITING_LINE + 5, *(14.0 * len(p[1]) + 5 for p in parts)))
        self.copy, self.parts = copy, parts

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw each label and its rule up to the next label."""
        share = self.copy.look.width / len(self.parts)
        for at, (element, strips) in enumerate(self.parts):
            left = x + at * share
            foot = top - self.height
            widest = 0.0
            for number, strip in enumerate(reversed(strips)):
                pen.begin(element)
                draw_line(pen, strip.line, strip.style, strip.look, left,
                          foot + 12 + 14 * number, share)  # fmt: skip
                widest = max(widest, strip.line.width * strip.style.size)
            end = left + share - (10 if at < len(self.parts) - 1 else 0)
            pen.rule(left + widest + 5, foot, end, foot, RULE)


def _blanks(copy: Copy, block: Block) -> None:
    for cells in tables.cells_of(copy, block):
        share = copy.look.width / len(cells)
        parts = []
        for cell in cells:
            element = Element("P", copy.section)
            found = copy.lines(cell, style.CELL, share * 0.6)
            parts.append(
                (
                    element,
                    [TextStrip(one, style.CELL, copy.look, element, 0, share) for one in found],
                )
            )
        copy.add([_Blanks(copy, parts)])
    copy.strips[-1].after += 10


class _Signatures(Strip):
    """A line to sign on above each name; the coordinator's own signature where it was scanned."""

    __slots__ = ("copy", "names", "rows")

    def __init__(self, copy: Copy, names: list[tuple[Element, list[TextStrip]]]) -> None:
        self.rows = max(len(strips) for _element, strips in names)
        super().__init__(45 + 13 * self.rows, slack=7.5)
        self.copy, self.names = copy, names

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines, the names below them."""
        part = self.part(self.copy, len(self.names))
        for at, (element, strips) in enumerate(self.names):
            left = x + at * (part + self.copy.look.width * 0.08)
            foot = top - self.height + 13 * self.rows
            pen.rule(left, foot + 5, left + part, foot + 5, INK)
            for number, strip in enumerate(strips):
                pen.begin(element)
                draw_line(pen, strip.line, strip.style, strip.look, left,
                          foot + 2 - 13 * number, part)  # fmt: skip

    @staticmethod
    def part(copy: Copy, count: int) -> float:
        """How wide one line to sign on is."""
        return copy.look.width * (0.46 if count > 1 else 0.5)


class _Signed(Strip):
    """The scanned signature above the coordinator's name."""

    __slots__ = ("copy", "element", "picture", "size")

    def __init__(self, copy: Copy, data: bytes, element: Element) -> None:
        self.picture = ImageReader(io.BytesIO(data))
        width, height = self.picture.getSize()
        scale = min(40 / height, 160 / width)
        self.size = (width * scale, height * scale)
        super().__init__(self.size[1] + 5, keep=True)
        self.copy, self.element = copy, element

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the picture."""
        if self.copy.centred:
            x += (self.copy.look.width - self.size[0]) / 2
        pen.picture(self.element, self.picture, x, top - self.height + 5, *self.size)


def _signatures(copy: Copy, block: Block) -> None:
    _keep_last_paragraph(copy)
    if copy.setting.signature and block.lines == (SIGNATURE,):
        name = copy.text(SIGNATURE[0])
        figure = Element("Figure", copy.section, alternative(_("Signature of {name}").format(
            name=name)))  # fmt: skip
        copy.add([_Signed(copy, copy.setting.signature, figure)])
        copy.paragraph(SIGNATURE, style.BODY)
        return
    part = _Signatures.part(copy, len(block.lines))
    names = []
    for pieces in block.lines:
        element = Element("P", copy.section)
        found = copy.lines(pieces, style.CELL, part)
        names.append(
            (element, [TextStrip(one, style.CELL, copy.look, element, 0, part) for one in found])
        )
    copy.add([_Signatures(copy, names)], 10)


def _keep_last_paragraph(copy: Copy) -> None:
    """A signature never stands alone on a page: it keeps the paragraph before it."""
    last: Element | None = None
    for strip in list(reversed(copy.strips))[:MOST_KEPT_LINES]:
        if last is not None and isinstance(strip, TextStrip) and strip.element is not last:
            return
        strip.keep = True
        if isinstance(strip, TextStrip):
            last = strip.element


def _qr(copy: Copy, block: Block) -> None:
    for pieces in block.lines:
        text = "".join(map(copy.text, pieces))
        figure = Element("Figure", copy.section, alternative(_("QR code of {text}").format(
            text=text)))  # fmt: skip
        copy.add([qr.Square(text, figure)], 2.5, keep=True)
        copy.paragraph(pieces, style.SMALL)


def _space(copy: Copy, block: Block) -> None:
    copy.add([Strip(5 * max(1, block.count))])


def _pagebreak(copy: Copy, _block: Block) -> None:
    gap = Strip(0)
    gap.fresh = True
    copy.add([gap])


class _Step(Strip):
    """One step of a dated list: the line that joins the steps, and a dot on it."""

    __slots__ = ("copy", "date", "is_last", "place", "texts")

    def __init__(self, copy: Copy, date: list[Strip], texts: list[Strip], place: float,
                 is_last: bool) -> None:  # fmt: skip
        height = max(sum(s.height for s in date), sum(s.height for s in texts))
        super().__init__(height + 10)
        self.copy, self.date, self.texts, self.place = copy, date, texts, place
        self.is_last = is_last

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the date, the dot and what happens then."""
        at = x + self.place - 12.5
        if not self.is_last:
            pen.rule(at, top - 11, at, top - self.height - 4, RULE, 1)
        for strips in (self.date, self.texts):
            y = top
            for strip in strips:
                strip.draw(pen, x, y)
                y -= strip.height
        pen.dot(at, top - 7.5, 2.5, self.copy.look.accent)


def _steps(copy: Copy, block: Block) -> None:
    parent = Element("L", copy.section)
    rows = tables.rows_of(copy, block)
    widest = max(
        (line.width for row in rows for line in copy.plain(row[0], style.CELL, 120)), default=0
    )
    place = widest * style.CELL.size + 30
    head = style.Style(9.5, 15, 0, colour=MUTED)
    note = style.Style(9.5, 13, 0, colour=MUTED)
    for at, row in enumerate(rows):
        item = Element("LI", parent)
        date = copy.set(copy.plain(row[0], head, 120), head, Element("Lbl", item))
        body = Element("LBody", item)
        texts: list[Strip] = []
        for number, text in enumerate(row[1:]):
            kind = note if number else style.ITEM
            texts += copy.set(copy.plain(text, kind, copy.look.width - place), kind, body, place)
        copy.add([_Step(copy, date, texts, place, at == len(rows) - 1)])
    if rows:
        copy.strips[-1].after = 5


KINDS: Mapping[str, Callable[[Copy, Block], None]] = {
    "address": _address,
    "heading": _heading,
    "subheading": _subheading,
    "display": _display,
    "paragraph": _paragraph,
    "small": _small,
    "bullets": _bullets,
    "checklist": _checklist,
    "table": tables.table,
    "steps": _steps,
    "cards": tables.cards,
    "blanks": _blanks,
    "lines": _lines,
    "signatures": _signatures,
    "qr": _qr,
    "space": _space,
    "pagebreak": _pagebreak,
}
