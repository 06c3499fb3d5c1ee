"""What a cell of somebody else's list may be, how it is tidied, and how much is read at most."""

from __future__ import annotations

import math
from datetime import date, datetime

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _, format_number

LARGEST_BYTES = 50 * 2**20
LARGEST_UNPACKED = 100 * 2**20
LARGEST_RATIO = 100
MOST_COLUMNS, MOST_ROWS = 200, 100_000
MOST_ABOVE = 20
"""Rows of titles that may stand above the heading."""

Cell = str | int | float | date | None
Lines = list[tuple[int, list[Cell]]]
"""Rows with the number that each has in the file."""

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"))


def tidied(value: object) -> Cell:
    """A cell of any reader as one of the kinds of Cell, without what cannot be seen."""
    if isinstance(value, str):
        return tidied_text(value)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _number(value)
    return tidied_text(str(value))


def tidied_text(text: str) -> str:
    """Text without control characters and marks of no width, and without spaces around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return clean(text).translate(_INVISIBLE).strip()


def _number(value: float) -> Cell:
    if not math.isfinite(value):
        return ""
    return int(value) if value.is_integer() else value


def cell_text(cell: Cell) -> str:
    """A cell as one line of text.

    The apostrophe with which an export disarms a formula is taken away again.
    """
    if cell is None:
        return ""
    text = " ".join(str(cell).split())
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA_STARTS else text


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or cell == ""


def refuse_size(name: str, width: int, height: int) -> None:
    """A list that is too large is refused, never cut."""
    if width > MOST_COLUMNS:
        raise UserError(
            _("“{name}” has {n} columns; at most {most} can be read.").format(
                name=name, n=format_number(width), most=MOST_COLUMNS
            )
        )
    if height > MOST_ROWS:
        raise UserError(
            _("“{name}” has more than {most} rows; that is the most that can be read.").format(
                name=name, most=format_number(MOST_ROWS)
            )
        )
