"""A sentence within a window, with what can be done about it; nothing waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

Choices = Sequence[tuple[str, Callable[[], object]]]


class NoticeBar(QFrame):
    """Hidden until it has something to say: "warn" asks, "bad" refuses, "ok" tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        self._words = label("", wrap=True)
        self._words.setMinimumHeight(28)
        row.addWidget(self._words, 1)
        self._buttons = QHBoxLayout()
        row.addLayout(self._buttons)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, kind: str, sentence: str, choices: Choices = ()) -> None:
        """Show a sentence with its choices; each of them takes it away again."""
        self.dismiss()
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            for widget in (self, self._words):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        for text, act in (*choices, (_("Dismiss"), self.dismiss)):
            made = button(text, partial(self._choose, act), kind="flat")
            self._buttons.addWidget(made)
        self.show()
        # Said aloud by a screen reader, wherever the keyboard is.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Take it away."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()

    def _choose(self, act: Callable[[], object]) -> None:
        self.dismiss()
        act()
