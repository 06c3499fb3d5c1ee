"""Reads the rows of a CSV file: any separator, any encoding, and no quotation mark left open."""

from __future__ import annotations

import csv
import io
import re

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.cells import MOST_ABOVE, Lines, refuse_size, tidied_text
from revmentor_desktop.exchange.encodings import decoded
from revmentor_desktop.exchange.headings import field_of
from revmentor_desktop.i18n import _

SEPARATORS = (",", ";", "\t", "|")


def text_lines(name: str, data: bytes, encoding: str | None) -> tuple[Lines, str, str]:
    """The rows, the encoding and the separator of a CSV file."""
    _refuse_others(name, data)
    text, encoding = decoded(name, data, encoding)
    first, _break, _rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)  # Excel's own way to name the separator
    separator = told[1] if told else separator_of(text)
    return _rows(name, text, separator, skip=1 if told else 0), encoding, separator


def _refuse_others(name: str, data: bytes) -> None:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")):
        raise UserError(
            _(
                "“{name}” is a web page under another name. Open it in your spreadsheet program "
                "and save it as XLSX."
            ).format(name=name)
        )
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise UserError(
            _("“{name}” is not a table. Choose a CSV, XLSX, XLS or ODS file.").format(name=name)
        )


def separator_of(text: str) -> str:
    """The sign that gives headings which are known, else the most equal number of cells."""
    sample = [line for line in text[:20_000].splitlines()[:30] if line.strip()]

    def quality(sign: str) -> tuple[int, int, int]:
        counts = [sum(part.count(sign) for part in line.split('"')[::2]) for line in sample]
        usual = max(set(counts), key=lambda n: (counts.count(n), n)) if counts else 0
        fields = [
            len({field_of(part.strip('" ')) for part in line.split(sign)} - {None})
            for line in sample[:MOST_ABOVE]
            if len(line) < 10_000
        ]
        known = max(fields, default=0)
        return (known if known > 1 else 0, counts.count(usual) if usual else 0, usual)

    return max(SEPARATORS, key=quality)


def _rows(name: str, text: str, separator: str, skip: int) -> Lines:
    stream = io.StringIO(text, newline="")
    try:
        reader = csv.reader(stream, delimiter=separator, strict=True, skipinitialspace=True)
    except (TypeError, ValueError):  # "sep=" named a sign that cannot part cells
        raise UserError(
            _("“{name}” names a separator that cannot be used. Remove its first line.").format(
                name=name
            )
        ) from None
    lines: Lines = []
    start, width = 1, 0
    try:
        for cells in reader:
            width = max(width, len(cells)) if len(lines) < MOST_ABOVE else width
            if reader.line_num > start:
                _refuse_swallowed(name, cells, separator, width, start)
            if start > skip and any(cells):
                lines.append((start, [tidied_text(cell) for cell in cells]))
            refuse_size(name, len(cells), len(lines) - MOST_ABOVE)
            start = reader.line_num + 1
    except csv.Error as fault:
        raise UserError(_csv_sentence(name, start, str(fault))) from None
    return lines


def _refuse_swallowed(name: str, cells: list[str], separator: str, width: int, start: int) -> None:
    """A quotation mark that happens to be closed by one of a later row has swallowed rows."""
    for cell in cells:
        if "\n" not in cell or separator not in cell:
            continue
        most = max(line.count(separator) for line in cell.splitlines())
        if len(cells) < width or most >= width - 1 > 1:
            raise UserError(_csv_sentence(name, start, "unexpected end"))


def _csv_sentence(name: str, line: int, fault: str) -> str:
    if "unexpected end" in fault:
        text = _(
            "“{name}”, line {n}: a quotation mark is opened here and never closed. "
            "Close it or remove it, then try again."
        )
    elif "field larger" in fault:
        text = _(
            "“{name}”, line {n}: a cell is far too long; a quotation mark may be missing there. "
            "Shorten it, then try again."
        )
    else:
        text = _(
            "“{name}”, line {n}: a quotation mark stands in the wrong place. "
            "Close it or remove it, then try again."
        )
    return text.format(name=name, n=line)
