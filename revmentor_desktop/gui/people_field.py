"""Several people, chosen one by one by typing, each with a button that takes them out again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.widgets import button, clear, label
from revmentor_desktop.i18n import _


class PeopleField(QWidget):
    """``choices``: (staff id, name). ``value()`` is the ids in the order of the choices."""

    def __init__(
        self, name: str, choices: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = dict(choices)
        self._chosen: set[int] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.chooser = ChoiceField(choices, strict=True)
        self.chooser.setAccessibleName(name)
        self.chooser.setCurrentIndex(-1)
        line = self.chooser.lineEdit()
        assert line is not None
        line.setPlaceholderText(_("Type a name and choose"))
        line.installEventFilter(self)
        column.addWidget(self.chooser)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        self.setFocusProxy(self.chooser)
        self.chooser.activated.connect(self._on_activated)

    def value(self) -> tuple[int, ...]:
        """Who is chosen; UserError where a name was typed that is nobody's."""
        self.take_typed()
        return tuple(id_ for id_ in self._names if id_ in self._chosen)

    def set_value(self, ids: Sequence[int]) -> None:
        """Show other people."""
        self._chosen = set(ids) & self._names.keys()
        self._show()

    def take_typed(self) -> None:
        """Take in whose name stands in the field; UserError where it is nobody's."""
        found = self.chooser.value()
        if found is not None:
            self._chosen.add(found)
            self._show()
        self.chooser.setCurrentIndex(-1)
        self.chooser.clearEditText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter after a name takes it in, and does not close a form."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entered and self.chooser.currentText().strip():
                self._on_chosen()
                return True
        return super().eventFilter(watched, event)

    def _on_activated(self, _at: int) -> None:
        # Qt writes the chosen name into the field only after this signal.
        QTimer.singleShot(0, self, self._on_chosen)

    def _on_chosen(self) -> None:
        try:
            self.take_typed()
        except UserError:
            return

    def _remove(self, staff_id: int) -> None:
        self._chosen.discard(staff_id)
        self._show()
        self.chooser.setFocus()

    def _show(self) -> None:
        clear(self._rows)
        for id_, name in self._names.items():
            if id_ in self._chosen:
                row = QHBoxLayout()
                row.addWidget(label(name, wrap=True), 1)
                out = button("", partial(self._remove, id_), "x", "flat")
                out.setText("")
                out.setFixedSize(26, 26)
                out.setStyleSheet("padding: 0;")
                out.setAccessibleName(_("Take out: {name}").format(name=name))
                row.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)
                self._rows.addLayout(row)
