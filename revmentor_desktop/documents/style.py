"""How paper looks: one family, 10.5/15 pt, one accent, spacing in multiples of 5 pt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import HexColor

INK, MUTED, RULE = "#1C2430", "#586474", "#C9CFD8"
ACCENT = "accent"
"""Stands for the organisation's own colour."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; measures in points. ``keep``: it stays with what follows."""

    size: float = 10.5
    leading: float = 15
    after: float = 10
    bold: bool = False
    colour: str = INK
    align: Literal["start", "middle", "end"] = "start"
    keep: bool = False


BODY = Style()
HEADING = Style(16, 20, 15, bold=True, colour=ACCENT, keep=True)
SUBHEADING = Style(12.5, 17, 5, bold=True, keep=True)
LEAD = Style(after=2.5, keep=True)
"""A paragraph that is wholly bold: it introduces what follows."""
DISPLAY = Style(28, 35, 10, bold=True, colour=ACCENT, align="middle")
SMALL = Style(8, 11, 5, colour=MUTED)
ITEM = Style(after=0)
CELL = Style(9.5, 13, 0)
CARD_HEAD = Style(11, 15, 5, bold=True, colour=ACCENT)
CARD = Style(10, 14, 0)


@dataclass(frozen=True, slots=True)
class Look:
    """What varies: the accent colour and the width of the text in points."""

    accent: str
    width: float

    def colour(self, name: str) -> str:
        """A colour as #RRGGBB, the accent filled in."""
        return self.accent if name == ACCENT else name


def rgb(colour: str) -> str:
    """A colour as operands of a page's drawing language, e.g. ``.11 .14 .19``."""
    made = HexColor(colour)
    return f"{made.red:.3f} {made.green:.3f} {made.blue:.3f}"
