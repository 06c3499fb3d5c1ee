"""What sits behind "Details", computed away from the window while the fold is open."""

from __future__ import annotations

from PySide6.QtCore import QObject

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.pair_panel import PairPanel
from revmentor_desktop.gui.review.proposal_card import ProposalCard
from revmentor_desktop.gui.review.rules_panel import RulesPanel
from revmentor_desktop.services import firmness
from revmentor_desktop.services.firmness import Details
from revmentor_desktop.services.review import Review

PAUSE_MS = 250
"""They are computed so long after the last of several quick changes."""


class DetailsFold(QObject):
    """Fills the fold of the rules panel, and the chips and figures of the pairs."""

    def __init__(
        self, context: Context, proposal: ProposalCard, pair: PairPanel, rules: RulesPanel
    ) -> None:
        super().__init__(rules)
        self._proposal, self._pair, self._rules = proposal, pair, rules
        self._review: Review | None = None
        self._aside = Aside(context, self, PAUSE_MS)
        self._aside.answered.connect(self._on_answered)
        rules.details_wanted.connect(self._on_wanted)

    def show_review(self, review: Review) -> None:
        """What was known is of another review; look anew once no weight moves."""
        self._review = review
        self._aside.cancel()
        if self._proposal.model.solid is not None:
            self._proposal.model.show_firm(None)
            self._rules.details.show_wait()
        if self._rules.details_section.is_open and not self._rules.is_moving:
            self._aside.ask(firmness.details, review)

    def cancel(self) -> None:
        """They are not wanted any more."""
        self._aside.cancel()

    def _on_wanted(self, wanted: bool) -> None:
        self._proposal.view.show_firm(wanted)
        self._pair.show_figures(wanted)
        if wanted and self._review is not None:
            self._aside.ask(firmness.details, self._review)

    def _on_answered(self, found: Details) -> None:
        self._proposal.model.show_firm(found.solid)
        self._rules.details.show_details(found, len(self._proposal.model.pairs()))
