"""Reads the rows of an XLSX, XLS or ODS file, after a look at how far it would unpack."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.cells import (
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MOST_ABOVE,
    Lines,
    is_blank,
    refuse_size,
    tidied,
)
from revmentor_desktop.i18n import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_PACKED, _OLE = b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_book(data: bytes) -> bool:
    """Whether the first bytes are those of a workbook, whatever the file is called."""
    return data.startswith((_PACKED, _OLE))


def book_pages(name: str, data: bytes, wanted: str | None) -> list[tuple[str, Lines]]:
    """The pages of a workbook that are filled and not hidden, or the one that was asked for."""
    _refuse_bomb(name, data)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _pages(name, book, wanted)
    except PasswordError:
        raise UserError(
            _("“{name}” is protected by a password. Save a copy without one.").format(name=name)
        ) from None
    except (CalamineError, ValueError, OSError, KeyError):
        raise UserError(
            _(
                "“{name}” is damaged or not a spreadsheet. Open it in your spreadsheet "
                "program and save it anew."
            ).format(name=name)
        ) from None


def _pages(name: str, book: CalamineWorkbook, wanted: str | None) -> list[tuple[str, Lines]]:
    from python_calamine import SheetVisibleEnum

    titles = [
        page.name
        for page in book.sheets_metadata
        if page.visible == SheetVisibleEnum.Visible or page.name == wanted
    ]
    if wanted is not None and wanted not in titles:
        raise UserError(
            _("“{name}” has no page “{page}”. It has: {pages}.").format(
                name=name, page=wanted, pages=", ".join(titles)
            )
        )
    chosen = [wanted] if wanted is not None else titles
    pages = []
    for title in chosen:
        lines = _lines(name, book.get_sheet_by_name(title))
        if lines or wanted is not None:
            pages.append((title, lines))
    return pages


def _lines(name: str, page: CalamineSheet) -> Lines:
    if page.start is None:
        return []
    refuse_size(name, page.width, page.height - MOST_ABOVE)
    above = page.start[0]
    lines = []
    for number, row in enumerate(page.iter_rows(), start=1):
        if number <= above:
            continue
        cells = [tidied(value) for value in row]
        if not all(is_blank(cell) for cell in cells):
            lines.append((number, cells))
    return lines


def _refuse_bomb(name: str, data: bytes) -> None:
    """A small file that unpacks to a huge one is refused before it is unpacked."""
    if not data.startswith(_PACKED):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return  # what is damaged is refused by the reader
    if unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * len(data)):
        raise UserError(
            _(
                "“{name}” unpacks to far more than it holds and is not read. Save just the "
                "staff list as a file of its own."
            ).format(name=name)
        )
