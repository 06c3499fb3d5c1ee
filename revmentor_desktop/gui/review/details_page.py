"""What sits behind "Details": how firm the pairs are, what a place is worth, who would rather."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from revmentor_desktop.gui.widgets import clear, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.firmness import Details


class DetailsPage(QWidget):
    """A few lists in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.show_wait()

    def show_wait(self) -> None:
        """They are being computed."""
        clear(self._column)
        self._column.addWidget(label(_("Trying other weights …"), "muted", wrap=True))

    def show_details(self, found: Details, pairs: int) -> None:
        """Show what was found."""
        clear(self._column)
        solid = ngettext(
            "{n} pair stays though the weights change by a fifth",
            "{n} pairs stay though the weights change by a fifth",
            len(found.solid),
        )
        tossed = pairs - len(found.solid)
        if tossed:
            solid += "; " + ngettext("{n} is a toss-up", "{n} are a toss-up", tossed)
        self._add(_("How firm"), [f"{solid}."])
        self._add(_("The weakest pair"), [found.floor] if found.floor else [])
        self._add(_("What one more place is worth"), found.places)
        self._add(_("Who would both have more in common"), found.rather)

    def _add(self, title: str, sentences: Sequence[str]) -> None:
        if not sentences:
            return
        heading = label(title, "heading", wrap=True)
        heading.setContentsMargins(0, 6, 0, 0)
        self._column.addWidget(heading)
        for sentence in sentences:
            self._column.addWidget(label(sentence, wrap=True))
