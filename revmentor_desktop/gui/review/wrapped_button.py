"""A button whose text goes over several lines: what can be done about somebody who waits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from revmentor_desktop.gui.widgets import label


class WrappedButton(QPushButton):
    """As high as its text needs at the width that it is given."""

    def __init__(
        self, text: str, clicked: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wrapped")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        self.words = label(text, "action", wrap=True)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self.words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(clicked)

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the lines need."""
        return max(34, self.words.heightForWidth(width - 26) + 16)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(180, self.heightForWidth(max(180, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Two words wide."""
        return QSize(120, 34)
