"""Tables and cards: cells side by side in rows."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from revmentor_desktop.documents import lines, style
from revmentor_desktop.documents.lines import Line
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Strip, draw_line
from revmentor_desktop.documents.structure import TH_COLUMN, TH_ROW, Element
from revmentor_desktop.documents.style import RULE, Style
from revmentor_desktop.domain.templates import Block, Piece

GAP = 10
"""Between two columns."""
ABOVE, BELOW = 5, 5
SMALL_TABLE = 230
"""Points: a table no higher than this is never cut."""
TO_WRITE_IN = 27.5
HEAD = Style(9.5, 13, 0, bold=True)
CARD_PAD, CARD_HEIGHT = 15, 45 * mm
Cell = tuple[Element, tuple[Line, ...], Style]
Column = tuple[float, float]


def cells_of(copy: Copy, block: Block) -> list[list[list[Piece]]]:
    """The cells of a block's lines: the fixed text is cut at each bar, values never are."""
    kept = copy.setting.cells.get(id(block))
    if kept is None:
        kept = copy.setting.cells[id(block)] = (block, [_cut(pieces) for pieces in block.lines])
    return kept[1]


def _cut(pieces: Sequence[Piece]) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = piece.text.split("|") if not piece.field else [""]
        for at, part in enumerate(parts):
            if at:
                cells.append([])
            if part or piece.field:
                cells[-1].append(Piece(part, piece.field, piece.bold, piece.italic))
    return cells


def rows_of(copy: Copy, block: Block) -> list[tuple[str, ...]]:
    """The rows of a list field; else the block's own lines, cut into cells."""
    if block.rows:
        value = copy.values.get(block.rows, ())
        rows = (value,) if isinstance(value, str) else value
        return [(row,) if isinstance(row, str) else row for row in rows]
    return [tuple("".join(map(copy.text, cell)) for cell in row) for row in cells_of(copy, block)]


class _Row(Strip):
    """Cells side by side with a thin rule below; ``first``: also above.

    ``columns``: the left edge of each cell and the room in it.
    """

    __slots__ = ("cells", "columns", "copy", "first", "tallest")

    def __init__(self, copy: Copy, cells: Sequence[Cell], columns: Sequence[Column],
                 least: float) -> None:  # fmt: skip
        self.tallest = max((len(found) * kind.leading for _e, found, kind in cells), default=0)
        super().__init__(max(self.tallest + ABOVE + BELOW, least), slack=0 if least else 3)
        self.copy, self.cells, self.columns = copy, cells, columns
        self.first = False

    def draw(self, pen: Pen, x: float, top: float, again: bool = False) -> None:
        """Draw each cell's lines; ``again``: as decoration, since they were read before."""
        above = min(ABOVE, (self.height - self.tallest) / 2)
        for (element, found, kind), (left, room) in zip(self.cells, self.columns, strict=True):
            y = top - above
            for line in found:
                pen.begin(None if again else element)
                draw_line(pen, line, kind, self.copy.look, x + left, y, room)
                y -= kind.leading
        right = x + self.copy.look.width
        if self.first:
            pen.rule(x, top, right, top, RULE)
        pen.rule(x, top - self.height, right, top - self.height, RULE)


class _Again(Strip):
    """A table's heading row once more, at the head of the next page."""

    __slots__ = ("row",)

    def __init__(self, row: _Row) -> None:
        super().__init__(row.height)
        self.row = row

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the row as decoration."""
        self.row.draw(pen, x, top, again=True)


def table(copy: Copy, block: Block) -> None:
    """Append a table: the lines, then the rows of a list, then empty rows to write in."""
    fixed = cells_of(copy, block)
    rows: list[list[list[Piece] | str]] = [list(row) for row in fixed]
    if block.rows:
        rows += [list(row) for row in rows_of(copy, block)]
    count = max(map(len, rows), default=0)
    if not count:
        return
    headed = bool(block.rows) or _is_head(fixed[0])
    rows += [[""] * count for _at in range(block.count)]
    widths = _widths(copy, rows, count, headed)
    columns = [
        (sum(widths[:at]), widths[at] - (GAP if at < count - 1 else 0)) for at in range(count)
    ]
    parent = Element("Table", copy.section)
    made: list[Strip] = []
    for at, row in enumerate(rows):
        is_head = headed and at == 0 and bool(fixed)
        to_write_in = at >= len(rows) - block.count or (not is_head and _has_gap(row))
        made.append(_row(copy, row, columns, parent, is_head, headed, to_write_in))
    _tie(made, headed and bool(fixed))
    copy.add(made, 15)


def _has_gap(row: Sequence[list[Piece] | str]) -> bool:
    return any(
        not (cell if isinstance(cell, str) else "".join(p.field or p.text for p in cell)).strip()
        for cell in row
    )


def _tie(rows: Sequence[Strip], has_head: bool) -> None:
    """A small table stays whole; a large one repeats its heading on each page."""
    first = rows[0]
    assert isinstance(first, _Row)
    first.first = True
    if sum(row.height for row in rows) < SMALL_TABLE:
        for row in rows[:-1]:
            row.keep = True
    elif has_head:
        first.keep = True
        again = _Again(first)
        for row in rows[2:]:
            row.above = again


def _is_head(row: Sequence[Sequence[Piece]]) -> bool:
    return all(cell and all(piece.bold for piece in cell) for cell in row)


def _row(copy: Copy, row: Sequence[list[Piece] | str], columns: Sequence[Column],
         parent: Element, is_head: bool, headed: bool, to_write_in: bool) -> _Row:  # fmt: skip
    line = Element("TR", parent)
    cells: list[Cell] = []
    for at, (_left, room) in enumerate(columns):
        cell = row[at] if at < len(row) else ""
        kind = HEAD if is_head else style.CELL
        scope = TH_COLUMN if is_head else TH_ROW if at == 0 and not headed else ""
        element = Element("TH" if scope else "TD", line, scope)
        found = (
            copy.plain(cell, kind, room) if isinstance(cell, str) else copy.lines(cell, kind, room)
        )
        cells.append((element, found, kind))
    return _Row(copy, cells, columns, TO_WRITE_IN if to_write_in else 0)


def _widths(
    copy: Copy, rows: Sequence[Sequence[list[Piece] | str]], count: int, headed: bool
) -> list[float]:
    """Columns as wide as their text where there is room; columns to write in get the rest."""
    natural, least = [0.0] * count, [0.0] * count
    empty = [True] * count
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            words = lines.words(cell) if isinstance(cell, str) else copy.words(cell)
            whole, widest = lines.natural_width(words)
            natural[at] = max(natural[at], whole * 9.5 * 1.06 + GAP)
            least[at] = max(least[at], widest * 9.5 * 1.06 + GAP)
            if words.words and not (headed and number == 0):
                empty[at] = False
    total = copy.look.width
    if sum(natural) <= total:
        spare = total - sum(natural)
        open_columns = [at for at in range(count) if empty[at]] or [count - 1]
        return [
            one + (spare / len(open_columns) if at in open_columns else 0)
            for at, one in enumerate(natural)
        ]
    return _squeezed(natural, least, total)


def _squeezed(natural: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """Narrow columns keep their width; the others share what is left by how much they hold."""
    widths = dict.fromkeys(range(len(natural)), 0.0)
    left, open_columns = total, set(widths)
    while open_columns:
        fair = left / len(open_columns)
        narrow = {at for at in open_columns if natural[at] <= fair}
        if not narrow:
            break
        for at in narrow:
            widths[at] = natural[at]
            left -= natural[at]
        open_columns -= narrow
    whole = sum(natural[at] ** 0.5 for at in open_columns)
    for at in open_columns:
        widths[at] = left * natural[at] ** 0.5 / whole
    short = [at for at in open_columns if widths[at] < least[at] <= total / len(natural)]
    if short and len(short) < len(open_columns):
        for at in short:
            others = open_columns - set(short)
            missing = least[at] - widths[at]
            widths[at] = least[at]
            for other in others:
                widths[other] -= missing / len(others)
    return [widths[at] for at in range(len(natural))]


class _Cards(Strip):
    """Two cards side by side, with dashed lines to cut along."""

    __slots__ = ("cards", "copy")

    def __init__(self, copy: Copy, cards: Sequence[Sequence[Cell]]) -> None:
        super().__init__(max([CARD_HEIGHT, *map(_card_height, cards)]))
        self.copy, self.cards = copy, cards

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw both and the lines around them."""
        half = self.copy.look.width / 2
        for at, card in enumerate(self.cards):
            y = top - CARD_PAD
            left = x + at * half
            for element, found, kind in card:
                for line in found:
                    pen.begin(element)
                    draw_line(pen, line, kind, self.copy.look, left + CARD_PAD, y,
                              half - 2 * CARD_PAD)  # fmt: skip
                    y -= kind.leading
                y -= kind.after
            right, foot = left + half, top - self.height
            for line_at in ((left, top, right, top), (left, foot, right, foot),
                            (left, top, left, foot), (right, top, right, foot)):  # fmt: skip
                pen.rule(*line_at, RULE, dash="[3 3]")


def _card_height(card: Sequence[Cell]) -> float:
    return 2 * CARD_PAD + sum(
        len(found) * kind.leading + kind.after for _element, found, kind in card
    )


def cards(copy: Copy, block: Block) -> None:
    """Append cards, two in a row: a heading and its text on each."""
    rows = rows_of(copy, block)
    room = copy.look.width / 2 - 2 * CARD_PAD
    made: list[Strip] = []
    for at in range(0, len(rows), 2):
        pair = []
        for row in rows[at : at + 2]:
            part = Element("Sect", copy.section)
            pair.append(
                [
                    (Element("P", part), copy.plain(text, kind, room), kind)
                    for text, kind in zip(row, _kinds(len(row)), strict=True)
                ]
            )
        made.append(_Cards(copy, pair))
    copy.add(made, 15)


def _kinds(count: int) -> list[Style]:
    return [style.CARD_HEAD, *[style.CARD] * (count - 1)]
