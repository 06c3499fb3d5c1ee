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
        self.offer_button: QPushButton = button("", self._on_offer_clicked)
        self._offered: Callable[[], object] | None = None
        row.addWidget(self._text)
        row.addWidget(self.offer_button)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._undo.clicked.connect(self.hide)
        for one in (self._undo, self.offer_button):
            one.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, undoable: bool, offer: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a sentence, with Undo where there is something to take back.

        ``offer``: what could be done next, the text of its button and what it does.
        """
        self.offer_button.setVisible(offer is not None)
        self._offered = None
        if offer is not None:
            self.offer_button.setText(offer[0])
            self.offer_button.setAccessibleName(offer[0])
            self._offered = offer[1]
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
        if not self._has_keyboard():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; wait while Undo has the keyboard."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched in (self._undo, self.offer_button) and self.isVisible():
            if event.type() == QEvent.Type.FocusIn:
                self._timer.stop()
            elif event.type() == QEvent.Type.FocusOut:
                self._timer.start()
        return False

    def _on_offer_clicked(self) -> None:
        offered = self._offered
        self.hide()
        if offered is not None:
            offered()

    def _has_keyboard(self) -> bool:
        return self._undo.hasFocus() or self.offer_button.hasFocus()

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
