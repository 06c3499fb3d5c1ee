"""Rows as a block for a spreadsheet, and a block from one as changes, checked before any write."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.typed_dates import typed_date
from revmentor_desktop.gui.context import Context
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services.tables import Column, Editor

Changes = list[tuple[int, dict[str, object]]]
YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
NO = frozenset({"no", "n", "false", "0", "-"})
UNUSABLE = N_("Row {n}, {column}: “{cell}” cannot be used. Nothing was pasted.")
NO_CHOICE = N_("Row {n}, {column}: “{cell}” is not one of the choices. Nothing was pasted.")


def copied(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> QMimeData:
    """Rows as tab-separated text, and as a table whose cells a spreadsheet takes as text.

    So "=1+1" or "007" arrives as it was typed, where the spreadsheet reads the table.
    """
    cells = [[" ".join(column.text(row).split()) for column in columns] for row in rows]
    style = 'style="mso-number-format:\\@"'
    body = "".join(
        f"<tr>{''.join(f'<td {style}>{html.escape(cell)}</td>' for cell in line)}</tr>"
        for line in cells
    )
    data = QMimeData()
    data.setText("\n".join("\t".join(line) for line in cells))
    data.setHtml(f'<meta charset="utf-8"><table>{body}</table>')
    return data


def pasted(
    text: str,
    columns: Sequence[Column[Any]],
    below: Sequence[int],
    selected: Sequence[int],
    context: Context,
) -> Changes:
    """What a block changes: row by row from the current cell; one line fills all chosen rows.

    ``columns``: the visible ones from the current cell on; ``below``: the ids from there down.
    """
    block = _block(text)
    if not block:
        raise UserError(_("There is nothing to paste."))
    if len(block) == 1 and len(selected) > 1:
        block, below = block * len(selected), selected
    if len(block) > len(below):
        raise UserError(
            _("The block has {n} rows, but there are only {m} from here down.").format(
                n=len(block), m=len(below)
            )
        )
    width = max(len(cells) for cells in block)
    if width > len(columns):
        raise UserError(
            _("The block has {n} columns, but there are only {m} from here on.").format(
                n=width, m=len(columns)
            )
        )
    for column in columns[:width]:
        if column.editor is None:
            raise UserError(
                _("The column “{column}” cannot be changed here.").format(column=_(column.title))
            )
    reading = _Reading(context)
    return [
        (id_, {c.key: reading.value(c, cell, at) for c, cell in zip(columns, cells, strict=False)})
        for at, (id_, cells) in enumerate(zip(below, block, strict=False), start=1)
    ]


def _block(text: str) -> list[list[str]]:
    text = text.rstrip("\r\n")
    if not text:
        return []
    if re.search(r'(^|[\t\n])"', text) and text.count('"') % 2 == 0:
        # A spreadsheet quotes a cell that holds a line break or a tab.
        return [[cell.strip() for cell in line] for line in csv.reader(_lines(text), "excel-tab")]
    return [[cell.strip() for cell in line.split("\t")] for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in re.split(r"\r\n|\n|\r", text)]


class _Reading:
    """Reads cells as values of their columns; the choices of a column are read once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, dict[str, object]] = {}

    def value(self, column: Column[Any], cell: str, number: int) -> object:
        """The value of a cell; UserError where it is none."""
        editor = column.editor
        assert editor is not None
        if not cell:
            return None
        try:
            if editor.kind == "date":
                return typed_date(cell, self._context.today())
            if editor.kind == "number":
                return int(cell)
            if editor.kind == "yesno":
                return _yes_or_no(cell)
        except (UserError, ValueError):
            raise _refusal(UNUSABLE, column, cell, number) from None
        if editor.kind == "choice" and editor.choices is not None:
            return self._choice(column, editor, cell, number)
        return cell

    def _choice(self, column: Column[Any], editor: Editor, cell: str, number: int) -> object:
        if column.key not in self._known:
            assert editor.choices is not None
            choices = self._context.read(editor.choices)
            self._known[column.key] = {fold(text): value for value, text in choices}
        known = self._known[column.key]
        if fold(cell) in known:
            return known[fold(cell)]
        if editor.strict:
            raise _refusal(NO_CHOICE, column, cell, number)
        return cell


def _yes_or_no(cell: str) -> bool:
    word = cell.casefold()
    if word in YES or word == _("Yes").casefold():
        return True
    if word in NO or word == _("No").casefold():
        return False
    raise ValueError(cell)


def _refusal(sentence: str, column: Column[Any], cell: str, number: int) -> UserError:
    return UserError(_(sentence).format(n=number, column=_(column.title), cell=cell))
