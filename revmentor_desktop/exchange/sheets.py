"""Reads a spreadsheet or CSV file into plain cells, within limits, whoever made it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

LARGEST_BYTES = 50 * 2**20
LARGEST_UNPACKED = 100 * 2**20
LARGEST_RATIO = 100
MOST_COLUMNS, MOST_ROWS = 200, 100_000
BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading; ``rows[i]`` stands in row ``numbers[i]`` of the file."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]


def read_sheet(path: Path) -> Sheet:
    """The first table of a CSV, XLSX, XLS or ODS file. Every fault is a UserError."""
    try:
        size = path.stat().st_size
    except OSError:
        raise UserError(_("“{name}” is not there any more.").format(name=path.name)) from None
    if path.is_dir():
        raise UserError(_("“{name}” is a folder, not a list.").format(name=path.name))
    if size == 0:
        raise UserError(_("“{name}” is empty. Choose another file.").format(name=path.name))
    if size > LARGEST_BYTES:
        raise UserError(
            _(
                "“{name}” is larger than {n} MB. Save just the staff list as a file of its own."
            ).format(name=path.name, n=LARGEST_BYTES // 2**20)
        )
    try:
        book = path.suffix.casefold() in BOOKS
        lines = _book_lines(path) if book else _text_lines(path)
        return _table(path.name, lines)
    except OSError:
        raise UserError(
            _("“{name}” cannot be read. Is it open in another program?").format(name=path.name)
        ) from None


def _table(name: str, lines: Sequence[tuple[int, list[Cell]]]) -> Sheet:
    """Cut off title rows above the heading, empty rows, and columns without anything."""
    filled = [(number, cells) for number, cells in lines if any(c not in (None, "") for c in cells)]
    if not filled:
        raise UserError(_("“{name}” has no rows. Choose another file.").format(name=name))
    head = _head(filled)
    header = [str(cell if cell is not None else "").strip() for cell in filled[head][1]]
    body = filled[head + 1 :]
    width = max([len(header), *(len(cells) for _n, cells in body)])
    if width > MOST_COLUMNS:
        raise UserError(
            _("“{name}” has {n} columns; at most {most} can be read.").format(
                name=name, n=width, most=MOST_COLUMNS
            )
        )
    if len(body) > MOST_ROWS:
        raise UserError(
            _("“{name}” has {n} rows; at most {most} can be read.").format(
                name=name, n=len(body), most=MOST_ROWS
            )
        )
    header += [""] * (width - len(header))
    rows = [[*cells, *[None] * (width - len(cells))] for _n, cells in body]
    used = [at for at in range(width) if header[at] or any(r[at] not in (None, "") for r in rows)]
    return Sheet(
        name,
        tuple(header[at] or _("Column {n}").format(n=at + 1) for at in used),
        tuple(tuple(row[at] for at in used) for row in rows),
        tuple(number for number, _cells in body),
    )


def _head(filled: Sequence[tuple[int, list[Cell]]]) -> int:
    """The heading is the first row that is nearly as wide as the widest of the first twenty."""
    widths = [sum(c not in (None, "") for c in cells) for _n, cells in filled[:20]]
    widest = max(widths)
    return next(at for at, width in enumerate(widths) if width * 10 >= widest * 7)


def _text_lines(path: Path) -> list[tuple[int, list[Cell]]]:
    text = _decoded(path)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[Cell]]] = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, [clean(cell).strip() for cell in cells]))
            if len(cells) > MOST_COLUMNS or len(lines) > MOST_ROWS + 20:
                break  # refused by its size in _table
            start = reader.line_num + 1
    except csv.Error as fault:
        if "unexpected end" in str(fault):
            raise UserError(
                _(
                    "“{name}”, line {n}: a quotation mark is opened here and never closed. "
                    "Close it or remove it, then try again."
                ).format(name=path.name, n=start)
            ) from None
        raise UserError(
            _(
                "“{name}”, line {n} cannot be read: a quotation mark stands in the wrong "
                "place, or a cell is too long."
            ).format(name=path.name, n=start)
        ) from None
    return lines


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    if b"\0" in data[:4096]:
        raise UserError(
            _("“{name}” is not a table. Choose a CSV, XLSX, XLS or ODS file.").format(
                name=path.name
            )
        )
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:200_000], cp_isolation=["cp1252", "cp1250", "cp1251", "iso8859_7"])
    best = guess.best()
    encoding = best.encoding if best is not None else "cp1252"
    return data.decode(encoding, "replace")


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the most equal number of cells."""
    sample = [line for line in text[:20_000].splitlines()[:30] if line.strip()]

    def quality(sign: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, sign) for line in sample]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max((",", ";", "\t", "|"), key=quality)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _book_lines(path: Path) -> list[tuple[int, list[Cell]]]:
    _refuse_bomb(path)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            lines = list(_cells(book.get_sheet_by_name(name).iter_rows()))
            if lines:
                return lines
    except (CalamineError, ValueError, OSError, KeyError):
        raise UserError(
            _(
                "“{name}” is damaged or not a spreadsheet. Open it in your spreadsheet "
                "program and save it anew."
            ).format(name=path.name)
        ) from None
    raise UserError(_("“{name}” has no rows. Choose another file.").format(name=path.name))


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS + 20:
            return
        if len(row) > 16_384:
            row = row[: MOST_COLUMNS + 1]
        cells = [_cell(value) for value in row]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if cells:
            yield number, cells


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    return value if isinstance(value, int | float) else clean(str(value)).strip()


def _refuse_bomb(path: Path) -> None:
    """A small file that unpacks to a huge one is refused before it is unpacked."""
    if not zipfile.is_zipfile(path):
        return
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * path.stat().st_size):
            raise UserError(
                _(
                    "“{name}” unpacks to far more than it holds and is not read. Save just the "
                    "staff list as a file of its own."
                ).format(name=path.name)
            )
