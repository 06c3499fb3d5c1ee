"""Writes a table to an Excel or CSV file in which no text can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from revmentor_desktop.domain.base import clean
from revmentor_desktop.store.atomic import atomic_write

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
LONGEST_CELL = 32_767
WIDEST = 60
NARROWEST = 8


def write_xlsx(
    target: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Write an Excel file with one sheet: a bold header that stays, fitting widths, real dates."""
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
        file.write(buffer.getvalue())


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
    kept = ILLEGAL_CHARACTERS_RE.sub("", clean(text))
    risky = text.startswith(FORMULA_STARTS) or kept.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{kept}" if risky else kept


def _plain(value: object) -> object:
    if value is None:
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
    if value is None or value == "":
        return
    if isinstance(value, datetime):
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
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_widths(
    sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    for index, heading in enumerate(headings):
        longest = max([len(heading), *(_width(row[index]) for row in rows if index < len(row))])
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, longest + 2))


def _width(value: object) -> int:
    return max((len(line) for line in str(_plain(value)).split("\n")), default=0)


def _sheet_name(title: str) -> str:
    kept = "".join(" " if char in "[]:*?/\\" else char for char in clean(title))
    return " ".join(kept.split())[:31].strip("'") or "Sheet"
