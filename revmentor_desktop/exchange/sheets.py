"""Reads a spreadsheet or CSV file into plain cells, within limits, whoever made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.books import book_pages, is_book
from revmentor_desktop.exchange.cells import (
    LARGEST_BYTES,
    MOST_ABOVE,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Lines,
    is_blank,
    refuse_size,
)
from revmentor_desktop.exchange.headings import field_of
from revmentor_desktop.exchange.text_sheets import text_lines
from revmentor_desktop.i18n import _

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Cell", "Sheet", "read_sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading; ``rows[i]`` stands in row ``numbers[i]`` of the file.

    ``name`` is the file's; ``page`` the one that was read of a workbook's ``pages``.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    pages: tuple[str, ...] = ()
    page: str = ""
    encoding: str = ""
    separator: str = ""


def read_sheet(path: Path, page: str | None = None, encoding: str | None = None) -> Sheet:
    """The table of a CSV, XLSX, XLS or ODS file. Every fault is a UserError.

    Of a workbook the page with the most known headings is read, unless ``page`` names one.
    """
    name = path.name
    data = _bytes(path)
    if not is_book(data):
        lines, encoding, separator = text_lines(name, data, encoding)
        header, rows, numbers = _table(name, lines)
        return Sheet(name, header, rows, numbers, encoding=encoding, separator=separator)
    pages = book_pages(name, data, page)
    if not pages:
        raise UserError(_("“{name}” has no rows. Choose another file.").format(name=name))
    title, lines = max(pages, key=lambda found: _known_headings(found[1]))
    header, rows, numbers = _table(name, lines)
    return Sheet(name, header, rows, numbers, tuple(title for title, _lines in pages), title)


def _bytes(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise UserError(_("“{name}” is a folder, not a list.").format(name=name))
        size = path.stat().st_size
        if size == 0:
            raise UserError(_("“{name}” is empty. Choose another file.").format(name=name))
        if size > LARGEST_BYTES:
            raise UserError(
                _(
                    "“{name}” is larger than {n} MB. Save just the staff list as a file of its own."
                ).format(name=name, n=LARGEST_BYTES // 2**20)
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(_("“{name}” is not there any more.").format(name=name)) from None
    except (OSError, ValueError):
        raise UserError(
            _("“{name}” cannot be read. Is it open in another program?").format(name=name)
        ) from None


def _table(
    name: str, lines: Lines
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...], tuple[int, ...]]:
    """Cut off title rows above the heading, empty rows, and columns without anything."""
    filled = [(number, cells) for number, cells in lines if not all(map(is_blank, cells))]
    if not filled:
        raise UserError(_("“{name}” has no rows. Choose another file.").format(name=name))
    head = _head(filled)
    body = filled[head + 1 :]
    header = ["" if cell is None else " ".join(str(cell).split()) for cell in filled[head][1]]
    if _is_a_person(filled[head][1]):
        body, header = filled[head:], []
    width = max([len(header), *(len(cells) for _n, cells in body)])
    refuse_size(name, width, len(body))
    header += [""] * (width - len(header))
    rows = [cells + [None] * (width - len(cells)) for _n, cells in body]
    used = [at for at in range(width) if header[at] or not all(is_blank(row[at]) for row in rows)]
    return (
        _distinct([header[at] or _("Column {n}").format(n=at + 1) for at in used]),
        tuple(tuple(row[at] for at in used) for row in rows),
        tuple(number for number, _cells in body),
    )


def _distinct(header: Sequence[str]) -> tuple[str, ...]:
    """The second column of a name gets a number, so that each can be spoken of."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _head(filled: Lines) -> int:
    """The heading is the row with the most known headings, where at least two are known; else
    the first row that is nearly as wide as the widest.
    """
    first = [cells for _number, cells in filled[:MOST_ABOVE]]
    known = [_known_in(cells) for cells in first]
    if max(known) > 1:
        return known.index(max(known))
    widths = [sum(not is_blank(cell) for cell in cells) for cells in first]
    return next(at for at, width in enumerate(widths) if width * 10 >= max(widths) * 7)


def _known_headings(lines: Lines) -> int:
    filled = [cells for _number, cells in lines if not all(map(is_blank, cells))]
    return max(map(_known_in, filled[:MOST_ABOVE]), default=-1)


def _known_in(cells: Sequence[Cell]) -> int:
    texts = [cell for cell in cells if isinstance(cell, str) and 0 < len(cell) < 80]
    return len({field_of(text) for text in texts} - {None})


def _is_a_person(cells: Sequence[Cell]) -> bool:
    """A list without a heading begins with a person at once: a date or an e-mail address."""
    if _known_in(cells) > 1:
        return False
    return any(
        isinstance(cell, date)
        or (isinstance(cell, str) and re.fullmatch(r"\S+@\S+\.\w+|\d{4}-\d\d-\d\d", cell))
        for cell in cells
    )
