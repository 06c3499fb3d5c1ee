"""One value for many rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.table.delegates import edit_text, make_field
from revmentor_desktop.gui.table.model import TableModel
from revmentor_desktop.i18n import _


class BulkEdit(FormDialog):
    """Sets one column of some rows as one step."""

    def __init__(
        self,
        context: Context,
        model: TableModel,
        key: str,
        ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        self._model, self._ids = model, ids
        self._column = model.source.column(key)
        assert self._column.editor is not None
        title = _(self._column.title)
        rows = model.source.counted(len(ids))
        super().__init__(title, _("Set for {rows}").format(rows=rows), parent)
        self.field = make_field(context, self._column.editor, self)
        self.add_row(title, self.field)
        self.field.setFocus()

    def save(self) -> None:
        """Set the value on every row, or on none."""
        self._model.set_values(
            self._ids, {self._column.key: self.field.value()}, edit_text(self._column)
        )
