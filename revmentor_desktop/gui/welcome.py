"""The first page: look around, bring in a staff list, or start empty; and the recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from revmentor_desktop.gui.widgets import Card, Picture, button, clear, label
from revmentor_desktop.i18n import N_, _

MOST_SHOWN = 4
CARDS = (
    ("eye", N_("Look around"),
     N_("A sample programme with 60 invented people. Nothing you do there matters."),
     N_("Open the &sample"), "sample_wanted"),
    ("upload", N_("Bring in your staff list"),
     N_("A spreadsheet or CSV file will do. You see everything before it is stored."),
     N_("&Choose a list …"), "import_wanted"),
    ("file-plus", N_("Start empty"),
     N_("Make a new file, and add people one by one."),
     N_("&Make a file …"), "new_wanted"),
)  # fmt: skip


class Welcome(QWidget):
    """Three cards and the recent files.

    Signals:
        sample_wanted, import_wanted, new_wanted, open_wanted: a card or button was chosen.
        file_wanted: a recent file, by its path.
        rescue_wanted: the backups of the file that could not be opened, by its path.
    """

    sample_wanted = Signal()
    import_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    file_wanted = Signal(str)
    rescue_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._broken = ""
        column = QWidget()
        column.setMaximumWidth(960)
        inside = QVBoxLayout(column)
        inside.setSpacing(16)
        inside.addLayout(_head())
        inside.addWidget(self._trouble())
        inside.addLayout(self._cards())
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        inside.addSpacing(8)
        inside.addLayout(self._recent)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 12)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    @property
    def refusal(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return "" if self._trouble_box.isHidden() else self._refusal.text()

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the files that were open last, and the way to another one; no trouble is told."""
        self._trouble_box.hide()
        clear(self._recent)
        present = [path for path in paths if Path(path).exists()][:MOST_SHOWN]
        if present:
            self._recent.addWidget(label(_("Recent files"), "heading"))
        for path in present:
            self._recent.addLayout(self._recent_row(Path(path)))
        another = button(_("&Open another file …"), self.open_wanted.emit, "folder-open", "flat")
        self._recent.addSpacing(4)
        self._recent.addWidget(another, alignment=Qt.AlignmentFlag.AlignLeft)

    def refuse(self, sentence: str, broken: str = "") -> None:
        """Say why a file could not be opened, and offer its backups where that may help."""
        self._broken = broken
        self._refusal.setText(sentence)
        self.rescue_button.setVisible(bool(broken))
        self._trouble_box.show()

    def _trouble(self) -> QWidget:
        self._trouble_box = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Picture("circle-alert", 20, "bad"))
        self._refusal = label("", "error", wrap=True)
        row.addWidget(self._refusal, 1)
        self.rescue_button = button(_("&Restore from a backup …"), self._ask_rescue, "history")
        row.addWidget(self.rescue_button)
        self._trouble_box.body.addLayout(row)
        self._trouble_box.hide()
        return self._trouble_box

    def _ask_rescue(self) -> None:
        self.rescue_wanted.emit(self._broken)

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self.buttons: dict[str, QPushButton] = {}
        for picture, title, words, act, wanted in CARDS:
            emit: Callable[[], object] = getattr(self, wanted).emit
            filled = "filled" if wanted == "import_wanted" else ""
            self.buttons[wanted] = button(_(act), emit, kind=filled)
            row.addWidget(_card(picture, _(title), _(words), self.buttons[wanted]), 1)
        return row

    def _recent_row(self, path: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        name = path.stem.replace("&", "&&")
        entry = button(name, partial(self.file_wanted.emit, str(path)), "file-text", "flat")
        entry.setAccessibleName(path.stem)
        row.addWidget(entry)
        row.addWidget(label(short_folder(path.parent), "muted"))
        row.addStretch()
        return row


def _head() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(Picture("heart-handshake", 40))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(_("Welcome to RevMentor"), "title"))
    sentence = _("Run your reverse mentoring programme. Everything stays in one file with you.")
    words.addWidget(label(sentence, "muted", wrap=True))
    row.addLayout(words, 1)
    return row


def _card(picture: str, title: str, words: str, act: QPushButton) -> Card:
    card = Card()
    card.body.setContentsMargins(20, 20, 20, 20)
    card.body.addWidget(Picture(picture, 28))
    card.body.addSpacing(4)
    card.body.addWidget(label(title, "cardTitle"))
    text = label(words, "muted", wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    card.body.addWidget(text, 1)
    card.body.addSpacing(8)
    card.body.addWidget(act, alignment=Qt.AlignmentFlag.AlignLeft)
    card.setMinimumHeight(210)
    return card


def short_folder(folder: Path) -> str:
    """A folder as people say it: without the way to their home."""
    try:
        inside = folder.relative_to(Path.home())
    except ValueError:
        return str(folder)
    return str(inside) if inside.parts else _("Home folder")
