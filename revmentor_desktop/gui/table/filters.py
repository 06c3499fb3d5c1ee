"""The row of choices that narrow a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from revmentor_desktop.i18n import _
from revmentor_desktop.services.tables import Filter

WIDEST = 200


class FilterRow(QWidget):
    """One box for each filter; its first entry is no filter.

    Signals:
        chosen: another choice was made by the user.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QComboBox] = {}
        self._shown: Sequence[Filter] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def offer(self, filters: Sequence[Filter]) -> None:
        """Offer these filters; what was chosen stays chosen where it is still there."""
        if filters == self._shown:
            return
        if [made.key for made in filters] != list(self._boxes):
            self._make_boxes(filters)
        for made in filters:
            box = self._boxes[made.key]
            before = box.currentData()
            box.clear()
            box.addItem(made.title, None)
            for value, text in made.choices:
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(before)))
        self._shown = filters

    def choose(self, wanted: Mapping[str, object]) -> None:
        """Choose these values, and no filter where none is wanted."""
        for key, box in self._boxes.items():
            box.setCurrentIndex(max(0, box.findData(wanted[key])) if key in wanted else 0)

    def values(self) -> dict[str, object]:
        """What is chosen; None where nothing is."""
        return {key: box.currentData() for key, box in self._boxes.items()}

    def box(self, key: str) -> QComboBox:
        """The box of a filter."""
        return self._boxes[key]

    def _make_boxes(self, filters: Sequence[Filter]) -> None:
        for box in self._boxes.values():
            self._row.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for made in filters:
            box = QComboBox()
            box.setAccessibleName(_("Filter: {what}").format(what=made.title))
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(max(9, len(made.title) - 2))
            box.setMaximumWidth(WIDEST)
            box.activated.connect(self.chosen)
            self._boxes[made.key] = box
            self._row.addWidget(box)
