"""The middle of the review: rules, pairs, who waits, the chosen pair; or what to do instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.frame import splitter
from revmentor_desktop.gui.review.pair_panel import PairPanel
from revmentor_desktop.gui.review.proposal_card import ProposalCard
from revmentor_desktop.gui.review.proposal_model import Couple
from revmentor_desktop.gui.review.rules_panel import RulesPanel
from revmentor_desktop.gui.review.waiting_panel import WaitingPanel
from revmentor_desktop.gui.widgets import EmptyState, clear, label
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review

SIDES = (226, 686, 318)
"""Widths of rules, proposal and the chosen pair at first, pixels."""
HEIGHTS = (430, 210)
"""Of the pairs and of who waits."""


class Body(QWidget):
    """The parts beside one another, with borders to drag."""

    def __init__(
        self, context: Context, programme: ProgrammeRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rules = RulesPanel(context)
        self.rules.setMinimumWidth(SIDES[0])
        self.proposal = ProposalCard(programme)
        self.waiting = WaitingPanel(context)
        self.pair = PairPanel(context)
        self.pair.setMinimumWidth(SIDES[2])
        self.centre = splitter(Qt.Orientation.Vertical, self.proposal, self.waiting)
        self.centre.setSizes(list(HEIGHTS))
        self.centre.setStretchFactor(0, 1)
        self.sides = splitter(Qt.Orientation.Horizontal, self.rules, self.centre, self.pair)
        self.sides.setSizes(list(SIDES))
        self.sides.setStretchFactor(1, 1)
        self.empty = QWidget()
        self._page = QVBoxLayout(self.empty)
        self.empty.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.notice = label("", "hint", wrap=True)
        self.notice.hide()
        outer.addWidget(self.notice)
        outer.addWidget(self.sides, 1)
        outer.addWidget(self.empty, 1)

    def show_review(
        self, review: Review, fresh: frozenset[Couple], go: Callable[[str], object]
    ) -> None:
        """Show another review; ``fresh``: new pairs, ``go``: leaves for a command elsewhere."""
        nothing = self.proposal.nothing(review, go)
        self.show_instead(nothing)
        self.notice.setText(review.notice)
        self.notice.setVisible(bool(review.notice) and nothing is None)
        self.rules.show_review(review)
        self.proposal.show_review(review, fresh)
        self.waiting.show_review(review, self.rules.is_moving)

    def show_instead(self, nothing: EmptyState | None) -> None:
        """What to do where there can be no proposal; None shows the proposal."""
        self.sides.setVisible(nothing is None)
        self.empty.setVisible(nothing is not None)
        clear(self._page)
        if nothing is not None:
            self._page.addWidget(nothing)
