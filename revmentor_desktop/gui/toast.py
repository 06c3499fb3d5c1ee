"""Says what was just done, with Undo; it goes by itself, but not while it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

SHOWN_MS = 8000
WIDEST = 720


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
        # Said aloud by a screen reader, wherever the keyboard is.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

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
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self._undo and event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif watched is self._undo and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        assert host is not None
        room = min(host.width() - 40, WIDEST)
        self._text.setWordWrap(False)
        self._text.setMinimumWidth(0)
        too_long = self.sizeHint().width() > room
        if too_long:
            others = self.sizeHint().width() - self._text.sizeHint().width()
            self._text.setWordWrap(True)
            self._text.setMinimumWidth(room - others)
        self.setMaximumWidth(room)
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - 44)
