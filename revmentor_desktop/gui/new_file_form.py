"""A new file: whose it is, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.welcome import short_folder
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import files


class NewFileForm(FormDialog):
    """The organisation's name, and hers; the place has a sensible answer already.

    ``goes_on``: a staff list is brought in next.

    Signals:
        made: the open Workspace of the new file.
    """

    made = Signal(object)

    def __init__(
        self, clock: Callable[[], datetime], goes_on: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Whose staff list is it?") if goes_on else _("New file"),
            _("Next: choose the list …") if goes_on else _("Make the file"),
            parent,
        )
        self.resize(600, 330)
        self._clock = clock
        self._folder = files.documents_dir()
        words = _("One file holds everything: staff, pairs, session logs and letters.")
        self.top.addWidget(label(words, "muted", wrap=True))
        self.name = TextField()
        self.name.setPlaceholderText(_("e.g. Harbour Bank"))
        self.add_row(_("&Organisation"), self.name)
        self.coordinator = TextField()
        self.coordinator.setPlaceholderText(_("stands under the letters; may be given later"))
        self.add_row(_("&Your name"), self.coordinator)
        self._place = label("", wrap=True)
        self.form.addRow(label(_("Kept as")), self._place_row())
        self.name.textChanged.connect(self._show_path)
        self._show_path()
        self.name.setFocus()

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return files.free_path(self._folder, self.name.value())

    def save(self) -> None:
        """Make the file and hand it on, open."""
        if not self.name.value():
            self.name.setFocus()
            raise UserError(_("Say whose file this is. The name stands on every letter."))
        name, coordinator = self.name.value(), self.coordinator.value()
        self.made.emit(files.new(self.path, name, self._clock, coordinator))

    def _place_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        self._place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._place, 1)
        layout.addWidget(button(_("C&hange folder …"), self._choose_folder))
        return row

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._show_path()

    def _show_path(self) -> None:
        self.show_error("")
        path = self.path
        self._place.setText(f"{short_folder(path.parent)} / {path.name}")
