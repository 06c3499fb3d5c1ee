"""Writes a table to an Excel or CSV file in which no text can act as a formula."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from revmentor_desktop.domain.base import clean
from revmentor_desktop.exchange.cells import FORMULA_STARTS
from revmentor_desktop.store.atomic import atomic_write

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_EXCEL_YEAR = 1900
MADE = datetime(2020, 1, 1)  # the same table gives the same bytes whenever it is written
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767
WIDEST = 60
NARROWEST = 8


def write_xlsx(
    target: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Write an Excel file with one sheet: a bold header that stays, fitting widths, real dates."""
    # openpyxl takes a fifth of a second to import and only this needs it.
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(title)
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(row=1, column=column)
        _set_text(cell, heading)
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(row=number, column=column), value)
    sheet.freeze_panes = "A2"
    _set_widths(sheet, headings, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    with atomic_write(target) as file:
        file.write(_without_clock(buffer.getvalue()))


def _without_clock(data: bytes) -> bytes:
    """The workbook without the time at which it was written."""
    buffer = io.BytesIO()
    then = f"{MADE.isoformat()}Z".encode()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", then, content)
            fixed = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return buffer.getvalue()


def write_csv(
    target: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Write a CSV file that spreadsheets open as UTF-8; ``title`` has no place in it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([safe_text(heading) for heading in headings])
    writer.writerows([_plain(value) for value in row] for row in rows)
    with atomic_write(target) as file:
        file.write(buffer.getvalue().encode("utf-8-sig"))


def safe_text(text: str) -> str:
    """Text that a spreadsheet shows and never runs.

    The start is judged before control characters go and after: each could hide the other.
    """
    kept = _ILLEGAL.sub("", clean(text))
    risky = text.startswith(FORMULA_STARTS) or kept.lstrip().startswith(FORMULA_STARTS)
    return f"'{kept}" if risky else kept


def _plain(value: object) -> object:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return safe_text(str(value))
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(str(value))


def _fill(cell: Cell, value: object) -> None:
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, date) and value.year < FIRST_EXCEL_YEAR:
        _set_text(cell, value.isoformat())
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    else:
        _set_text(cell, str(value))


def _set_text(cell: Cell, text: str) -> None:
    cell.value = safe_text(text)[:LONGEST_CELL]
    cell.data_type = "s"
    if "\n" in text:
        from openpyxl.styles import Alignment

        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_widths(
    sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    from openpyxl.utils import get_column_letter

    for index, heading in enumerate(headings):
        longest = max([len(heading), *(_width(row[index]) for row in rows if index < len(row))])
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, longest + 2))


def _width(value: object) -> int:
    return max((len(line) for line in str(_plain(value)).split("\n")), default=0)


def _sheet_name(title: str) -> str:
    kept = "".join(" " if char in "[]:*?/\\" else char for char in clean(title))
    return " ".join(kept.split())[:31].strip("'") or "Sheet"
