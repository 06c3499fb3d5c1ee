"""What is shown while a task runs: nothing at first, then a bar, what is happening, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, format_number

QUIET_MS = 300
BAR_MS = 1000


class ProgressSheet(QDialog):
    """Blocks editing of its parent's window while a task runs; goes when the task ends.

    Nothing is seen of a task under 0.3 s; the bar and Cancel come after one second.
    """

    def __init__(self, task: Task, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(task.label)
        self.setMinimumWidth(380)
        self._task: Task | None = task
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(task.label, "cardTitle", wrap=True))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(task.label)
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        self._words = label("", "muted")
        row.addWidget(self._words, 1)
        self.cancel_button = button(_("Cancel"), self.reject)
        row.addWidget(self.cancel_button)
        layout.addLayout(row)
        self.bar.hide()
        self.cancel_button.hide()
        self._timers = [self._after(QUIET_MS, self.open), self._after(BAR_MS, self._show_bar)]
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)

    def reject(self) -> None:
        """Cancel: the task stops at its next step, and the sheet goes with it."""
        if self._task is not None:
            self._task.cancel()
        self.cancel_button.setEnabled(False)
        self._words.setText(_("Stopping …"))

    def _after(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        timer.start(milliseconds)
        return timer

    def _show_bar(self) -> None:
        self.bar.show()
        self.cancel_button.show()

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        if total > 0 and self.cancel_button.isEnabled():
            self._words.setText(
                _("{done} of {all}").format(done=format_number(done), all=format_number(total))
            )

    def _on_ended(self) -> None:
        self._task = None
        for timer in self._timers:
            timer.stop()
        self.hide()
        self.deleteLater()
