"""Small parts that every page is made of: labels, buttons, cards, empty states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.gui.icons import icon


def label(text: str, name: str = "", wrap: bool = False) -> QLabel:
    """A label of plain text: what people typed is never read as markup.

    ``name``: "title", "muted", "heading", "figure", "cardTitle", "hint" or "error".
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


class Picture(QLabel):
    """A drawing that keeps to the colours of the theme when that is changed."""

    def __init__(self, icon_name: str, side: int, token: str = "accent") -> None:
        super().__init__()
        self._icon, self._size = icon(icon_name, token), QSize(side, side)
        self.setPixmap(self._icon.pixmap(self._size))

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in the new colours."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.setPixmap(self._icon.pixmap(self._size))
        super().changeEvent(event)


def button(
    text: str, clicked: Callable[[], object] | None = None, icon_name: str = "", kind: str = ""
) -> QPushButton:
    """A push button; ``kind``: "filled" (one a page), "flat" or ""."""
    made = QPushButton(f" {text}" if icon_name else text)
    if icon_name:
        made.setIcon(icon(icon_name, "on_accent" if kind == "filled" else "muted"))
        made.setIconSize(QSize(16, 16))
    if kind:
        made.setProperty(kind, True)
    made.setAccessibleName(text.replace("&", ""))
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


class Card(QFrame):
    """A white box with a rounded border; ``body`` is its layout."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        if title:
            self.body.addWidget(label(title, "cardTitle"))


class FigureCard(Card):
    """A figure with what it counts above and a note below."""

    def __init__(self, title: str, figure: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(4)
        self.body.addWidget(label(title, "muted"))
        self.body.addWidget(label(figure, "figure"))
        self.body.addWidget(label(note, "muted", wrap=True))
        self.setAccessibleName(f"{title}: {figure}, {note}")


class EmptyState(QWidget):
    """An icon, one sentence and at most two actions, where there is nothing yet to show."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        parent: QWidget | None = None,
        filled: bool = True,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        picture = Picture(icon_name, 40, "muted")
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(picture)
        self._sentence = label(sentence, "muted", wrap=True)
        for line in (label(title, "cardTitle", wrap=True), self._sentence):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        row = QHBoxLayout()
        row.addStretch()
        for at, (text, act) in enumerate(actions):
            row.addWidget(button(text, act, kind="filled" if filled and not at else ""))
        row.addStretch()
        layout.addSpacing(8)
        layout.addLayout(row)
        layout.addStretch(3)

    @property
    def sentence(self) -> str:
        """What it says under its title."""
        return self._sentence.text()

    def set_sentence(self, sentence: str) -> None:
        """Say something else under the same title."""
        self._sentence.setText(sentence)


def clear(layout: QLayout) -> None:
    """Remove everything from a layout, so that a page can be filled anew."""
    while layout.count():
        item = layout.takeAt(0)
        assert item is not None
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def expanding(widget: QWidget) -> QWidget:
    """Let a widget take the room that is left."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return widget
