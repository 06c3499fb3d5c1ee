"""Each kind of block of a template as strips; values are merged, never parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from revmentor_desktop.documents import handwriting, lines, qr, style, tables, timeline
from revmentor_desktop.documents.lines import Line
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Pieces, Setting, Strip, TextStrip, Values
from revmentor_desktop.documents.structure import BULLETED, Element, alternative
from revmentor_desktop.domain.templates import Block, Document
from revmentor_desktop.i18n import _

DISPLAY_LEAST = 20
"""A name is set smaller to stay on one line, but not smaller than this."""


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

    __slots__ = ("first", "mark")

    def __init__(self, first: Strip, mark: TextStrip) -> None:
        super().__init__(first.height, first.after, first.keep, first.slack)
        self.first, self.mark = first, mark

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the mark, then the line."""
        self.mark.draw(pen, x, top)
        self.first.draw(pen, x, top)


def _list(copy: Copy, block: Block, mark: str, indent: float, gap: float) -> None:
    kind = replace(style.ITEM, align="middle") if copy.centred else style.ITEM
    indent = 0 if copy.centred else indent
    items = _items(copy, block, kind, copy.look.width - indent)
    if not items:
        return
    parent = Element("L", copy.section, BULLETED)
    sign = copy.plain(mark, kind, 100)[0]
    for at, found in enumerate(items):
        item = Element("LI", parent)
        label = None if copy.centred else Element("Lbl", item)
        strips = copy.set(found, kind, Element("LBody", item), indent)
        if label:
            strips[0] = _Item(strips[0], TextStrip(sign, kind, copy.look, label, 0, indent))
        copy.add(strips, 10 if at == len(items) - 1 else gap)


def _items(copy: Copy, block: Block, kind: style.Style, room: float) -> list[tuple[Line, ...]]:
    """The lines of each item; a line that is one list is as many items as that has."""
    items: list[tuple[Line, ...]] = []
    for pieces in block.lines:
        value = copy.values.get(pieces[0].field, "") if _is_one_field(pieces) else ""
        if isinstance(value, tuple):
            items += [copy.plain(text, kind, room) for text in value if isinstance(text, str)]
        else:
            items.append(copy.lines(pieces, kind, room))
    return [found for found in items if found]


def _is_one_field(pieces: Pieces) -> bool:
    return len(pieces) == 1 and bool(pieces[0].field)


def _bullets(copy: Copy, block: Block) -> None:
    _list(copy, block, "–", 14, 0)


def _checklist(copy: Copy, block: Block) -> None:
    _list(copy, block, "☐", 18, 5)


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
    "steps": timeline.steps,
    "cards": tables.cards,
    "blanks": handwriting.blanks,
    "lines": handwriting.lines_to_write_on,
    "signatures": handwriting.signatures,
    "qr": _qr,
    "space": _space,
    "pagebreak": _pagebreak,
}
