"""The kinds of block as the editor offers them: in words, and by what they are edited with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from revmentor_desktop.domain.templates import BlockKind
from revmentor_desktop.domain.wordings import Written
from revmentor_desktop.i18n import N_


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of block is edited. ``words``: "" none, "line" one line, "lines" some, "grid"
    cells. ``sign`` stands before each line. ``points``: the size of its letters. ``rows``: it may
    take its rows from a list. ``count``: what its number means. ``starts``: what a new one holds.
    ``hint`` stands where nothing is written yet. ``two_cells``: a row has no more and no fewer.
    """

    title: str
    words: str = "lines"
    sign: str = ""
    points: int = 10
    bold: bool = False
    rows: bool = False
    count: str = ""
    starts: Written | None = None
    hint: str = N_("Write here")
    two_cells: bool = False


SHAPES: Mapping[BlockKind, Shape] = {
    "heading": Shape(N_("Heading"), "line", points=14, bold=True),
    "subheading": Shape(N_("Subheading"), "line", points=11, bold=True),
    "paragraph": Shape(N_("Paragraph")),
    "bullets": Shape(N_("List"), sign="–"),
    "checklist": Shape(N_("List to tick"), sign="☐"),
    "small": Shape(N_("Small print"), points=9),
    "display": Shape(N_("Large centred line"), "line", points=16),
    "table": Shape(
        N_("Table"), "grid", rows=True, count=N_("Empty rows below"),
        starts=Written("table", ("|", "|")),
    ),
    "steps": Shape(
        N_("Dated steps"), "grid", rows=True, two_cells=True, starts=Written("steps", ("|",))
    ),
    "cards": Shape(
        N_("Cards to cut out"), "grid", rows=True, two_cells=True, starts=Written("cards", ("|",))
    ),
    "blanks": Shape(
        N_("Labels with a line to write on"), sign="__", hint=N_("A label on each line")
    ),
    "lines": Shape(
        N_("Ruled lines to write on"), "", count=N_("Lines"), starts=Written("lines", count=3)
    ),
    "signatures": Shape(
        N_("Signatures"), sign="✍", hint=N_("A name on each line"),
        starts=Written("signatures", ("{{coordinator.name}}",)),
    ),
    "address": Shape(N_("Address, in the envelope’s window")),
    "qr": Shape(N_("QR code"), "line"),
    "space": Shape(
        N_("Gap"), "", count=N_("Height, in steps of 5 points"), starts=Written("space", count=2)
    ),
    "pagebreak": Shape(N_("New page"), "", starts=Written("pagebreak")),
}  # fmt: skip

TEXT_KINDS: tuple[BlockKind, ...] = (
    "heading", "subheading", "paragraph", "bullets", "checklist", "small", "display",
)  # fmt: skip
"""A block of one of these kinds can be turned into any other."""


def new_block(kind: BlockKind) -> Written:
    """A block as it is added."""
    return SHAPES[kind].starts or Written(kind, ("",))
