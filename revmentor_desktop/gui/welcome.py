"""The first page: look around, bring in a staff list, or start empty; and the recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.widgets import Card, button, clear, label
from revmentor_desktop.i18n import _

MOST_SHOWN = 4


class Welcome(QWidget):
    """Three cards and the recent files.

    Signals:
        sample_wanted, import_wanted, new_wanted, open_wanted: a card or button was chosen.
        file_wanted: a recent file, by its path.
    """

    sample_wanted = Signal()
    import_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    file_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        column = QWidget()
        column.setMaximumWidth(940)
        inside = QVBoxLayout(column)
        inside.setSpacing(16)
        inside.addWidget(label(_("Welcome to RevMentor"), "title"))
        inside.addWidget(
            label(_("Bring people together who would otherwise never meet. Everything stays in one "
                    "file on this computer."), "muted", wrap=True)
        )  # fmt: skip
        self._refusal = label("", "error", wrap=True)
        self._refusal.hide()
        inside.addWidget(self._refusal)
        inside.addLayout(self._cards())
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        inside.addLayout(self._recent)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 6)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)

    @property
    def refusal(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for picture, title, words, act, wanted, filled in (
            ("eye", _("Look around"),
             _("Open a sample programme with 60 invented people. Nothing that you do there matters."),
             _("Open the sample"), self.sample_wanted, False),
            ("upload", _("Bring in your staff list"),
             _("A spreadsheet or CSV file is enough. You check everything before it is stored."),
             _("Choose a list …"), self.import_wanted, True),
            ("file-plus", _("Start empty"),
             _("Make a new file and add people one by one."),
             _("Make a file …"), self.new_wanted, False),
        ):  # fmt: skip
            row.addWidget(self._card(picture, title, words, act, wanted, filled), 1)
        return row

    def _card(
        self, picture: str, title: str, words: str, act: str, wanted: SignalInstance, filled: bool
    ) -> Card:
        card = Card()
        drawing = QLabel()
        drawing.setPixmap(icon(picture, "accent").pixmap(QSize(28, 28)))
        card.body.addWidget(drawing)
        card.body.addWidget(label(title, "cardTitle"))
        text = label(words, "muted", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(text, 1)
        emit: Callable[[], object] = wanted.emit
        card.body.addWidget(button(act, emit, kind="filled" if filled else ""))
        card.setMinimumHeight(210)
        return card

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the files that were open last, and the way to another one."""
        clear(self._recent)
        present = [path for path in paths if Path(path).exists()][:MOST_SHOWN]
        if present:
            self._recent.addWidget(label(_("Recent files"), "heading"))
        for path in present:
            entry = button(Path(path).stem, partial(self.file_wanted.emit, path), kind="flat")
            entry.setStyleSheet("text-align: left;")
            self._recent.addWidget(entry, alignment=Qt.AlignmentFlag.AlignLeft)
        another = button(_("Open another file …"), self.open_wanted.emit, kind="flat")
        self._recent.addWidget(another, alignment=Qt.AlignmentFlag.AlignLeft)

    def refuse(self, sentence: str, recent: Sequence[str]) -> None:
        """Say why a file could not be opened."""
        self._refusal.setText(sentence)
        self._refusal.show()
        self.show_recent(recent)
