"""A block from a spreadsheet becomes changes of rows, checked before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.typed_dates import typed_date
from revmentor_desktop.gui.context import Context
from revmentor_desktop.i18n import _
from revmentor_desktop.services.tables import Column, Editor

Changes = list[tuple[int, dict[str, object]]]


def pasted_changes(
    text: str,
    columns: Sequence[Column[Any]],
    below: Sequence[int],
    selected: Sequence[int],
    context: Context,
) -> Changes:
    """What a block changes: row by row from the current cell; one cell fills all chosen rows.

    ``columns``: the visible ones from the current cell on; ``below``: the ids from there down.
    """
    block = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
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
    changes: Changes = []
    for number, (id_, cells) in enumerate(zip(below, block, strict=False), start=1):
        if len(cells) > len(columns):
            raise UserError(
                _("Row {n} of the block has more cells than there are columns.").format(n=number)
            )
        values = {}
        for column, cell in zip(columns, cells, strict=False):
            if column.editor is None:
                raise UserError(
                    _("The column “{column}” cannot be changed here.").format(
                        column=_(column.title)
                    )
                )
            values[column.key] = _value(column, column.editor, cell.strip(), number, context)
        changes.append((id_, values))
    return changes


def _value(column: Column[Any], editor: Editor, cell: str, number: int, context: Context) -> object:
    if not cell:
        return None
    try:
        if editor.kind == "date":
            return typed_date(cell, context.today())
        if editor.kind == "number":
            return int(cell)
    except (UserError, ValueError):
        raise UserError(
            _("Row {n}, {column}: “{cell}” cannot be used. Nothing was pasted.").format(
                n=number, column=_(column.title), cell=cell
            )
        ) from None
    if editor.kind == "choice" and editor.strict and editor.choices is not None:
        known = {fold(text): value for value, text in context.read(editor.choices)}
        if fold(cell) not in known:
            raise UserError(
                _(
                    "Row {n}, {column}: “{cell}” is not one of the choices. Nothing was pasted."
                ).format(n=number, column=_(column.title), cell=cell)
            )
        return known[fold(cell)]
    return cell
