"""A part of a panel that folds away under its title."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.widgets import label


class Section(QWidget):
    """A title that folds its body away; folded, a line says what is inside.

    Signals:
        unfolded: it is open now, or not any more.
    """

    unfolded = Signal(bool)

    def __init__(self, title: str, is_open: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        self.head = QToolButton()
        self.head.setObjectName("fold")
        self.head.setText(f" {title}")
        self.head.setAccessibleName(title.replace("&", ""))
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(QSize(14, 14))
        self.head.setCheckable(True)
        self.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer.addWidget(self.head)
        self._summary = label("", "muted", wrap=True)
        self._summary.setContentsMargins(19, 0, 0, 2)
        outer.addWidget(self._summary)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 6, 0, 8)
        self.body.setSpacing(10)
        outer.addWidget(inside)
        self._inside = inside
        self.head.toggled.connect(self._on_toggled)
        self.head.setChecked(is_open)
        self._on_toggled(is_open)

    @property
    def is_open(self) -> bool:
        """Whether its body shows."""
        return self.head.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Fold it away or open it."""
        self.head.setChecked(is_open)

    def summarise(self, text: str) -> None:
        """What shows while it is folded away; "" for nothing."""
        self._summary.setText(text)
        self._summary.setVisible(bool(text) and not self.is_open)

    def _on_toggled(self, is_open: bool) -> None:
        ahead = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        self.head.setIcon(
            icon("chevron-down" if is_open else "chevron-right" if ahead else "chevron-left")
        )
        self._inside.setVisible(is_open)
        self._summary.setVisible(bool(self._summary.text()) and not is_open)
        self.unfolded.emit(is_open)
