"""Which column of a staff list goes into which field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange import columns
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.gui.widgets import Card, label
from revmentor_desktop.i18n import _


class ImportColumns(Card):
    """A row for each column of the list: its heading, its first values, and its field.

    Signals:
        changed: another field is chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.boxes: list[QComboBox] = []
        inside = QWidget()
        inside.setObjectName("page")
        self._grid = QGridLayout(inside)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.body.addWidget(scroll)

    def fill(self, sheet: Sheet, mapping: Mapping[int, str]) -> None:
        """Show the columns of a list with their proposed fields."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        self.boxes = []
        for at, text in enumerate((_("Column in your file"), _("First values"), _("Goes into"))):
            self._grid.addWidget(label(text, "heading"), 0, at)
        for at, heading in enumerate(sheet.header):
            values = [columns.cell_text(row[at]) for row in sheet.rows[:60]]
            sample = "  ·  ".join([value for value in values if value][:2])
            self._grid.addWidget(label(heading), at + 1, 0)
            self._grid.addWidget(label(sample[:60], "muted"), at + 1, 1)
            box = QComboBox()
            box.setMinimumWidth(240)
            box.setAccessibleName(_("{column} goes into").format(column=heading))
            box.addItem(_("Not brought in"), None)
            for field, title in columns.FIELDS.items():
                box.addItem(_(title), field)
            box.setCurrentIndex(max(0, box.findData(mapping.get(at))))
            box.activated.connect(self.changed)
            self._grid.addWidget(box, at + 1, 2)
            self.boxes.append(box)
        self._grid.setRowStretch(len(sheet.header) + 1, 1)

    def mapping(self) -> dict[int, str]:
        """Column -> field as chosen; UserError where a field is chosen twice."""
        chosen: dict[int, str] = {}
        for at, box in enumerate(self.boxes):
            field = box.currentData()
            if field is not None and field in chosen.values():
                raise UserError(
                    _("“{field}” is chosen for two columns. Change one of them.").format(
                        field=_(columns.FIELDS[field])
                    )
                )
            if field is not None:
                chosen[at] = field
        return chosen
