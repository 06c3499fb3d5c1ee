"""One click prints what reads differently than when it was printed last; the button counts it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.task import Task
from revmentor_desktop.i18n import ngettext
from revmentor_desktop.jobs.changed import changed
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace


class ChangedButton(QPushButton):
    """Shown only where something has changed; ``found`` is how much.

    Signals:
        pack_chosen: the pack of all that has changed.
    """

    pack_chosen = Signal(object)

    def __init__(self, context: Context, programme_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._programme_id = context, programme_id
        self._pack: Pack | None = None
        self._task: Task | None = None
        self._asked = 0
        self.found = 0
        self.setIcon(icon("refresh-cw"))
        self.setIconSize(QSize(16, 16))
        self.clicked.connect(self._on_clicked)
        self.hide()
        self.count()

    def count(self) -> None:
        """Compare, away from the window, all that was printed with what it would say now."""
        self._asked += 1
        if self._task is not None:
            self._task.cancel()
        self._task = self._context.start(
            _changed, self._asked, self._context.workspace, self._programme_id,
            self._context.today(), on_done=self._on_counted,
        )  # fmt: skip

    def _on_counted(self, result: tuple[int, Pack, int]) -> None:
        number, pack, count = result
        if number == self._asked:
            self._pack, self.found = pack, count
            text = ngettext("Print what changed ({n})", "Print what changed ({n})", count)
            self.setText(f" {text}")
            self.setAccessibleName(text)
            self.setVisible(count > 0)

    def _on_clicked(self) -> None:
        if self._pack is not None:
            self.pack_chosen.emit(self._pack)


def _changed(
    number: int, workspace: Workspace, programme_id: int, day: date, progress: Progress
) -> tuple[int, Pack, int]:
    """The pack and its size with the number of the request, so that stale answers are dropped."""
    return number, *changed(workspace, programme_id, day, progress)
