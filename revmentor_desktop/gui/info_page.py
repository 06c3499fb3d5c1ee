"""A page about one person or one pair: cards of facts, kept up to date while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.widgets import Card, button, clear, label
from revmentor_desktop.i18n import _


class InfoPage(QDialog):
    """The base of the pages for when the phone rings. It closes when its subject is gone.

    Signals:
        person_opened, pair_opened: the page of somebody else is asked for.
    """

    person_opened = Signal(int)
    pair_opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 680)
        self._context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        head = QHBoxLayout()
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._title, self._sub = label("", "title"), label("", "muted")
        self._words.addWidget(self._title)
        self._words.addWidget(self._sub)
        head.addLayout(self._words, 1)
        self.actions_row = QHBoxLayout()
        head.addLayout(self.actions_row)
        outer.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Page"))
        page = QWidget()
        page.setObjectName("page")
        self.cards = QVBoxLayout(page)
        self.cards.setContentsMargins(0, 0, 8, 0)
        self.cards.setSpacing(14)
        scroll.setWidget(page)
        outer.addWidget(scroll, 1)
        context.changed.connect(self._on_changed)

    def fill(self) -> None:
        """Build the cards anew; UserError where the subject is gone."""
        raise NotImplementedError

    def refill(self) -> None:
        """Show what is known now."""
        clear(self.cards)
        try:
            self.fill()
        except UserError:
            self.close()
            return
        self.cards.addStretch()

    def set_title(self, title: str, sub: str) -> None:
        """Whom the page is about."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self._sub.setText(sub)

    def add_facts(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        """A card of labels and texts in two columns."""
        card = Card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(facts):
            name_label, shown = label(name, "muted"), label(text, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name_label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        card.body.addLayout(grid)
        self.cards.addWidget(card)

    def add_lines(
        self,
        title: str,
        lines: Sequence[tuple[str, str, Callable[[], object] | None]],
        none: str,
    ) -> None:
        """A card of lines: a text, a note at the right, and perhaps what a click opens."""
        card = Card(title)
        if not lines:
            card.body.addWidget(label(none, "muted"))
        for text, note, act in lines:
            row = QHBoxLayout()
            if act is None:
                row.addWidget(label(text, wrap=True), 1)
            else:
                row.addWidget(button(text, act, kind="flat"))
                row.addStretch()
            row.addWidget(label(note, "muted"))
            card.body.addLayout(row)
        self.cards.addWidget(card)

    def _on_changed(self, tables: frozenset[str]) -> None:
        self.refill()
