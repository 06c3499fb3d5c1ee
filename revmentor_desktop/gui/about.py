"""About with every licence, and the first ten minutes."""

from __future__ import annotations

import json

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop import __version__, resources
from revmentor_desktop.gui import icons
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import N_, _

STEPS = (
    (N_("Bring in your staff list"),
     N_("File > Bring in a staff list. A spreadsheet or CSV is enough; columns are recognised, and "
        "nothing is stored until you have seen it.")),
    (N_("Make a programme"),
     N_("Programme > New programme: a name, two dates, and your own words for the two roles.")),
    (N_("Enrol people"),
     N_("Programme > Propose roles makes candidates. Look through them in Staff, record when they "
        "were told, and enrol those who take part.")),
    (N_("Propose pairs"),
     N_("Programme > Propose pairs shows the best set of pairs with a reason for each. Accept all, "
        "or only some; pair by hand where you know better.")),
    (N_("Print letters and packs"),
     N_("File > Print letters and packs: from the invitation to the certificate. For each pair two "
        "letters, an agreement, a first-meeting guide, conversation cards and log sheets.")),
    (N_("Log sessions"),
     N_("Ctrl+L. Date, minutes, topics, next date: a few seconds. Today shows who needs you.")),
    (N_("Everything can be taken back"),
     N_("Ctrl+Z. Every change is on disk at once, and a backup is made whenever you close the "
        "file: File > Restore.")),
)  # fmt: skip


class _Info(QDialog):
    """A dialog that only tells."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(640, 560)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(10)

    def finish(self) -> None:
        """Add the button that closes it."""
        row = QHBoxLayout()
        row.addStretch()
        close = button(_("Close"), self.accept, kind="filled")
        close.setDefault(True)
        row.addWidget(close)
        self.body.addLayout(row)


class HelpDialog(_Info):
    """The first ten minutes, step by step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("First ten minutes"), parent)
        self.body.addWidget(label(_("First ten minutes"), "title"))
        for number, (title, words) in enumerate(STEPS, start=1):
            step = QVBoxLayout()
            step.setSpacing(2)
            step.addWidget(label(f"{number}  {_(title)}", "cardTitle"))
            step.addWidget(label(_(words), "muted", wrap=True))
            self.body.addLayout(step)
            self.body.addSpacing(2)
        self.body.addStretch()
        self.finish()


class AboutDialog(_Info):
    """Version, and the licences of everything inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About RevMentor"), parent)
        self.resize(820, 600)
        head = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(QSize(48, 48)))
        head.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("RevMentor Desktop", "title"))
        words.addWidget(
            label(_("Version {version} · MIT licence").format(version=__version__), "muted")
        )
        head.addLayout(words)
        head.addStretch()
        self.body.addLayout(head)
        self.body.addWidget(label(_("Built with"), "heading"))
        index = resources.path("licences", "index.json").read_text("utf-8")
        self._entries = json.loads(index)
        row = QHBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Libraries"))
        self.list.addItems([entry["name"] for entry in self._entries])
        self.list.setFixedWidth(290)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Licence"))
        row.addWidget(self.list)
        beside = QVBoxLayout()
        self._licence = label("", "cardTitle", wrap=True)
        beside.addWidget(self._licence)
        beside.addWidget(self.text, 1)
        row.addLayout(beside, 1)
        row.setSpacing(14)
        self.body.addLayout(row, 1)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.setCurrentRow(0)
        self.finish()

    def _on_chosen(self, at: int) -> None:
        self._licence.setText(self._entries[at]["licence"])
        path = resources.path("licences", self._entries[at]["file"])
        self.text.setPlainText(path.read_text("utf-8"))
