"""A template and the values of a pair become flowables; values are merged, never parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from revmentor_desktop.documents import fonts
from revmentor_desktop.domain.templates import Block, Document, Piece

INK, MUTED, RULE = HexColor("#1C2430"), HexColor("#586474"), HexColor("#C9CFD8")
BODY, LEADING = 10.5, 15
Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Look:
    """What varies: the accent colour and the width of the text in points."""

    accent: str
    width: float


@cache
def style(name: str, accent: str, shaped: bool = False) -> ParagraphStyle:
    """The paragraph styles: one family, 10.5/15, spacing in multiples of 5."""
    body: dict[str, Any] = {
        "fontName": fonts.font_name("NotoSans", False, False), "fontSize": BODY,
        "leading": LEADING, "textColor": INK, "spaceAfter": 10, "alignment": TA_LEFT,
        "shaping": 1 if shaped else 0, "splitLongWords": 1,
        "bulletFontName": fonts.font_name("NotoSans", False, False),
    }  # fmt: skip
    bold = fonts.font_name("NotoSans", True, False)
    change: dict[str, dict[str, Any]] = {
        "paragraph": {},
        "lead": {"spaceAfter": 2, "keepWithNext": 1},
        "bullet": {"leftIndent": 14, "spaceAfter": 0},
        "heading": {"fontName": bold, "fontSize": 16, "leading": 20, "textColor": HexColor(accent),
                    "spaceAfter": 15},
        "cell": {"fontSize": 9.5, "leading": 13, "spaceAfter": 0},
        "small": {"fontSize": 8, "leading": 11, "textColor": MUTED, "spaceAfter": 0},
    }  # fmt: skip
    return ParagraphStyle(name, **{**body, **change[name]})


@cache
def _fragment(name: str, accent: str) -> Any:  # noqa: ANN401
    """A parsed fragment of the style, to be copied for every piece of text."""
    return Paragraph("x", style(name, accent)).frags[0]


def paragraph(pieces: Sequence[Piece], values: Values, name: str, look: Look) -> Paragraph:
    """A paragraph of merged pieces. The text never passes the markup parser."""
    frags, shaped = [], False
    heavy = name == "heading"
    for piece in pieces:
        for run in fonts.runs(_text(piece, values), piece.bold or heavy, piece.italic):
            shaped = shaped or run.shaped
            copy = _fragment(name, look.accent).clone(text=run.text, fontName=run.font)
            frags.append(copy)
    if not frags:
        frags = [_fragment(name, look.accent).clone(text="")]
    return Paragraph("", style(name, look.accent, shaped), frags=frags)


def _text(piece: Piece, values: Values) -> str:
    if not piece.field:
        return piece.text
    value = values.get(piece.field, "")
    return value if isinstance(value, str) else ", ".join(value)


class Lines(Flowable):
    """Ruled lines to write on."""

    def __init__(self, count: int, width: float) -> None:
        super().__init__()
        self.count, self.line_width = count, width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """A line every 8.5 mm."""
        return self.line_width, self.count * 8.5 * mm + 10

    def draw(self) -> None:
        """Draw the lines."""
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.5)
        for number in range(1, self.count + 1):
            at = self.count * 8.5 * mm + 10 - number * 8.5 * mm
            self.canv.line(0, at, self.line_width, at)


def story(document: Document, values: Values, look: Look) -> list[Flowable | list[Flowable]]:
    """The flowables of a document; an inner list is kept together on one page."""
    made: list[Flowable | list[Flowable]] = []
    for block in document.blocks:
        if (block.when and not values.get(block.when)) or (
            block.unless and values.get(block.unless)
        ):
            continue
        made.extend(_block(block, values, look))
    return _with_signature(_with_leads(made))


def _block(block: Block, values: Values, look: Look) -> list[Flowable | list[Flowable]]:
    if block.kind == "bullets":
        return list(_bullets(block, values, look))
    if block.kind == "table":
        return [_table(block, values, look), Spacer(1, 12)]
    if block.kind == "lines":
        return [Lines(block.count, look.width)]
    if block.kind == "signatures":
        return [[_signatures(block, values, look)]]
    if block.kind == "space":
        return [Spacer(1, 5 * max(1, block.count))]
    name = "heading" if block.kind == "heading" else "paragraph"
    return [paragraph(pieces, values, _lead(name, pieces), look) for pieces in block.lines]


def _lead(name: str, pieces: Sequence[Piece]) -> str:
    """A paragraph that is wholly bold introduces what follows and stays with it."""
    return "lead" if name == "paragraph" and all(piece.bold for piece in pieces) else name


def _bullets(block: Block, values: Values, look: Look) -> list[Flowable]:
    made: list[Flowable] = []
    for pieces in block.lines:
        value = values.get(pieces[0].field, "") if len(pieces) == 1 and pieces[0].field else ""
        rows = [(Piece(text),) for text in value] if isinstance(value, tuple) else [pieces]
        for row in rows:
            item = paragraph(row, values, "bullet", look)
            item.bulletText = "–"
            made.append(item)
    return [*made, Spacer(1, 10)]


def _table(block: Block, values: Values, look: Look) -> Table:
    rows = [_cells(pieces) for pieces in block.lines]
    cells = [[paragraph(cell, values, "cell", look) for cell in row] for row in rows]
    count = max(len(row) for row in rows)
    for row in cells:
        row.extend([paragraph((), values, "cell", look)] * (count - len(row)))
    shares = {2: (0.2, 0.8), 3: (0.14, 0.28, 0.58), 4: (0.14, 0.29, 0.19, 0.38)}.get(count)
    widths = [look.width * share for share in shares or (1 / count,) * count]
    table = Table(cells, colWidths=widths, hAlign="LEFT")
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.font_name("NotoSans", False, False)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
            ("LINEABOVE", (0, 0), (-1, 0), 0.5, RULE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
    )
    return table


def _cells(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The cells of a row: the fixed text is cut at each bar, values never are."""
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = piece.text.split("|") if not piece.field else [""]
        for at, part in enumerate(parts):
            if at:
                cells.append([])
            if part or piece.field:
                cells[-1].append(Piece(part, piece.field, piece.bold, piece.italic))
    return cells


def _signatures(block: Block, values: Values, look: Look) -> Table:
    """A line to sign on above each name, half the width each."""
    names = [paragraph(pieces, values, "cell", look) for pieces in block.lines]
    row: list[Any] = []
    for name in names:
        row.extend([name, ""])
    part = look.width * (0.46 if len(names) > 1 else 0.5)
    blank = [""] * len(row)
    widths = [part, look.width * 0.06] * len(names)
    table = Table([blank, row], colWidths=widths, rowHeights=[40, None], hAlign="LEFT")
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.font_name("NotoSans", False, False)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 1), (-1, 1), 4),
            *[("LINEABOVE", (at * 2, 1), (at * 2, 1), 0.5, INK) for at in range(len(names))],
        ]
    )
    return table


def _with_leads(made: list[Flowable | list[Flowable]]) -> list[Flowable | list[Flowable]]:
    """A bold lead stays on the page of what it introduces."""
    done: list[Flowable | list[Flowable]] = []
    at = 0
    while at < len(made):
        one = made[at]
        lead = isinstance(one, Paragraph) and one.style.name == "lead"
        if lead and at + 1 < len(made) and isinstance(made[at + 1], Flowable):
            done.append([one, made[at + 1]])
            at += 2
        else:
            done.append(one)
            at += 1
    return done


def _with_signature(made: list[Flowable | list[Flowable]]) -> list[Flowable | list[Flowable]]:
    """A signature never stands alone on a page: it keeps the paragraph before it."""
    done: list[Flowable | list[Flowable]] = []
    for one in made:
        if isinstance(one, list) and isinstance(one[-1], Table) and done:
            before = done.pop()
            done.append([*(before if isinstance(before, list) else [before]), *one])
        else:
            done.append(one)
    return done
