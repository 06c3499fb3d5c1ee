"""The proposal in the middle: search, table, legend; or what to do where there can be none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.review.bar import Legend
from revmentor_desktop.gui.review.proposal_model import Couple, ProposalModel
from revmentor_desktop.gui.review.proposal_view import ProposalView
from revmentor_desktop.gui.widgets import Card, EmptyState, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review

SEARCHED = 12
"""So many pairs are found without a search field."""


class ProposalCard(QWidget):
    """The table with what belongs to it."""

    def __init__(self, programme: ProgrammeRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._programme = programme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.model = ProposalModel(programme.mentor, programme.mentee, self)
        self.view = ProposalView(self.model)
        column.addLayout(self._make_top())
        frame = Card()
        frame.body.setContentsMargins(1, 6, 1, 6)
        self._none = label("", "muted", wrap=True)
        self._none.setContentsMargins(16, 12, 16, 12)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self._legend = Legend()
        frame.body.addWidget(self._none, 1)
        frame.body.addWidget(self.view, 1)
        frame.body.addWidget(self._legend)
        column.addWidget(frame, 1)

    def show_review(self, review: Review, fresh: frozenset[Couple]) -> None:
        """Show the pairs of another review."""
        self.model.show_pairs(review.suggestions, fresh)
        self.search.setVisible(len(review.suggestions) >= SEARCHED or bool(self.search.text()))
        self._none.setText(_("The rules allow none of these people to be a pair."))
        self._none.setVisible(not review.suggestions)
        for part in (self.view, self._legend):
            part.setVisible(bool(review.suggestions))

    def choose(self, couple: Couple) -> None:
        """Choose a pair and bring it into view, also where the search would hide it."""
        if not self.model.shows(couple):
            self.search.clear()
        self.view.choose(couple)

    def nothing(self, review: Review, command: Callable[[str], object]) -> EmptyState | None:
        """What to do where there is nobody to be matched; None where there is."""
        if review.suggestions or (review.mentees and review.mentors):
            return None
        pairs = len(review.collected.paired)
        if pairs and not review.mentees:
            return EmptyState(
                "circle-check",
                _("Everybody has a partner"),
                ngettext(
                    "There is {n} pair, and nobody in the role “{role}” waits.",
                    "There are {n} pairs, and nobody in the role “{role}” waits.",
                    pairs,
                ).format(role=self._programme.mentee),
                [(_("Show the pairs"), partial(command, "pairs"))],
            )
        return EmptyState(
            "users",
            _("Nobody to be matched yet"),
            review.notice,
            [
                (_("Go to Staff"), partial(command, "staff")),
                (_("Propose roles"), partial(command, "propose_roles")),
            ],
        )

    def _make_top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a name  (Ctrl+F)"))
        self.search.setAccessibleName(_("Find a name"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(300)
        self.search.textChanged.connect(self.model.search)
        find = QAction(self)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)
        row.addWidget(self.search, 1)
        row.addStretch()
        return row
