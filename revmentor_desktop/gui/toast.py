"""Says what was just done, with Undo; it goes by itself, but not while it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

SHOWN_MS = 8000


class Toast(QFrame):
    """One line at the lower edge of the window."""

    def __init__(self, undo: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        self._text = label("")
        self._undo: QPushButton = button(_("Undo"), undo)
        row.addWidget(self._text)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._undo.clicked.connect(self.hide)
        self._undo.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undoable: bool) -> None:
        """Show a sentence, with Undo where there is something to take back."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo.setVisible(undoable)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def enterEvent(self, event: object) -> None:
        """Wait while the mouse rests on it."""
        self._timer.stop()

    def leaveEvent(self, event: object) -> None:
        """Go on counting."""
        if not self._undo.hasFocus():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; wait while Undo has the keyboard."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return False

    def _place(self) -> None:
        self.adjustSize()
        host = self.parentWidget()
        assert host is not None
        self.setMaximumWidth(host.width() - 40)
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - 44)
