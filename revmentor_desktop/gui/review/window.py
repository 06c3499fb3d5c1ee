"""The review of the proposed pairs: who with whom, why, who waits; changed, locked and accepted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review import memory
from revmentor_desktop.gui.review.body import Body
from revmentor_desktop.gui.review.details import DetailsFold
from revmentor_desktop.gui.review.export import ProposalExport
from revmentor_desktop.gui.review.finder import Finder
from revmentor_desktop.gui.review.frame import Foot, Head
from revmentor_desktop.gui.review.partners import Seeker
from revmentor_desktop.gui.review.proposal_model import Couple
from revmentor_desktop.gui.review.steps import Steps
from revmentor_desktop.gui.toast import Toast
from revmentor_desktop.gui.widgets import EmptyState
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import decisions, proposals
from revmentor_desktop.services.diagnosis import Remedy
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion

READ = frozenset(
    {"decisions", "programmes", "enrolments", "wishes", "ties", "pairs", "staff", "interests",
     "topics", "levels"}
)  # fmt: skip
"""The tables that a proposal is read from."""


class ReviewWindow(QDialog):
    """A proposal is computed, and becomes pairs where it is accepted. All decisions are stored.

    Signals:
        pairs_made: the ids of the pairs that were accepted.
        command_requested: a command of the main window, by name.
    """

    pairs_made = Signal(object)
    command_requested = Signal(str)

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        settings: QSettings,
        only: frozenset[int] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Proposed pairs"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setMinimumSize(860, 560)
        self.resize(1280, 800)
        self._context, self._programme, self._settings = context, programme, settings
        self.review: Review | None = None
        self._settled: frozenset[Couple] | None = None
        self._wanted: Couple | None = None
        self._is_over = False
        self.finder = Finder(context, programme.id, self)
        self.finder.only = only
        self.export = ProposalExport(context, self)
        self.steps = Steps(context, programme.id, self)
        self._build(programme)
        self._connect()
        self._show_kept()
        memory.restore(self, settings)
        self.finder.begin()

    def _build(self, programme: ProgrammeRow) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 14)
        outer.setSpacing(12)
        self.head = Head(self._context, self)
        outer.addWidget(self.head)
        self.body = Body(self._context, programme)
        self.rules, self.proposal = self.body.rules, self.body.proposal
        self.waiting, self.pair = self.body.waiting, self.body.pair
        self.details = DetailsFold(self._context, self.proposal, self.pair, self.rules)
        outer.addWidget(self.body, 1)
        self.foot = Foot(self)
        outer.addWidget(self.foot)
        self.toast = Toast(self.head.undo, self)

    def _connect(self) -> None:
        self.finder.found.connect(self._on_found)
        self.finder.failed.connect(self._on_failed)
        self.finder.worked.connect(self._show_work)
        self._context.changed.connect(self._on_changed)
        self._context.said.connect(self._on_said)
        self._context.refused.connect(self._on_refused)
        self.head.rules_toggled.connect(self.rules.setVisible)
        self.head.export_wanted.connect(self._on_export_wanted)
        self.head.stepping.connect(self.rules.finish)
        self.head.start_again_wanted.connect(self.steps.start_again)
        self.steps.choosing.connect(self._on_choosing)
        self.rules.tried.connect(self.finder.try_rules)
        self.rules.changed.connect(self.steps.save_rules)
        self.rules.decided.taken_back.connect(self.steps.take_back)
        view = self.proposal.view
        view.couple_chosen.connect(self._show_chosen)
        for part in (view, self.pair):
            part.partner_wanted.connect(self.choose_partner)
            part.lock_toggled.connect(self._on_lock_toggled)
            part.menu_requested.connect(self._show_menu)
        view.ruled_out.connect(self._on_ruled_out)
        self.pair.chosen.connect(self.steps.choose)
        self.pair.exception_wanted.connect(self.steps.choose_with_exception)
        self.pair.allowed_again.connect(self.steps.allow_again)
        self.pair.keep_apart_wanted.connect(self.steps.keep_apart)
        self.pair.line_exception_wanted.connect(self._on_line_exception_wanted)
        self.waiting.partner_wanted.connect(self.choose_partner_for)
        self.waiting.remedy_wanted.connect(self._on_remedy_wanted)
        self.waiting.left_out.connect(self.steps.leave_out)
        self.waiting.brought_back.connect(self.steps.bring_back)
        self.proposal.model.ticks_changed.connect(self._show_ticks)
        self.foot.all_toggled.connect(self.proposal.model.tick_all)
        self.foot.accept_button.clicked.connect(self.accept)
        self.foot.close_button.clicked.connect(self.reject)
        self.foot.stopped.connect(self.finder.cancel)
        self.foot.again_wanted.connect(self.finder.collect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for what has the keyboard, never for a button elsewhere; Esc clears first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.proposal.search.text():
            self.proposal.search.clear()
        else:
            super().keyPressEvent(event)

    # What she does

    @property
    def chosen(self) -> Suggestion | None:
        """The pair that is chosen in the table."""
        couple = self.proposal.view.chosen
        if self.review is None or couple is None:
            return None
        return self.review.find(*couple)

    def choose_partner(self) -> None:
        """Choose another partner for either of the chosen two, the mentee first."""
        if self.chosen is not None:
            mentor, mentee = self.chosen.couple
            self.choose_partner_for(Seeker(mentee, False), Seeker(mentor, True))

    def choose_partner_for(self, *seekers: Seeker) -> None:
        """Choose a partner for somebody, paired or waiting, or for either of two."""
        if self.review is not None:
            self.steps.choose_partner(self.review, *seekers)

    def accept(self) -> None:
        """Make pairs of the ticked suggestions, as one step."""
        self.rules.finish()
        ticked = self.proposal.model.ticked()
        if not ticked or not self._is_newest():
            return
        text = ngettext(
            "{n} pair made: now ask both sides",
            "{n} pairs made: now ask both sides of each",
            len(ticked),
        )
        made: Sequence[int] = ()
        self._is_over = True
        try:
            made = self._context.do(
                text, proposals.accept, self._programme.id, ticked, self._context.today()
            )
        except UserError as refusal:
            self.foot.show_error(str(refusal))
            return
        finally:
            self._is_over = bool(made)
        memory.remember(self, self._settings)
        self.pairs_made.emit(made)
        super().accept()

    def reject(self) -> None:
        """Close; what was decided stays, nothing is accepted."""
        self.rules.finish()
        memory.remember(self, self._settings)
        self._is_over = True
        self.finder.cancel()
        self.details.cancel()
        super().reject()

    def _leave_for(self, command: str) -> None:
        """Close, and go on with a command of the main window."""
        self.reject()
        self.command_requested.emit(command)

    def _on_lock_toggled(self) -> None:
        if self.chosen is not None:
            self.steps.toggle_lock(self.chosen)

    def _on_ruled_out(self) -> None:
        if self.chosen is not None:
            self.steps.rule_out(self.chosen)

    def _on_line_exception_wanted(self, pair: Suggestion) -> None:
        if self.review is not None:
            self.steps.except_from_line(self.review, pair)

    def _show_menu(self, where: QPoint) -> None:
        if self.chosen is not None:
            self.steps.menu(self.chosen, self.choose_partner).popup(where)

    def _on_export_wanted(self, ending: str) -> None:
        self.rules.finish()
        if self.review is not None and self._is_newest():
            self.export.choose_target(self.review, ending)

    def _on_remedy_wanted(self, remedy: Remedy) -> None:
        self.rules.finish()
        self.steps.apply(remedy)

    def _is_newest(self) -> bool:
        """Whether the pairs are the answer to all that she has decided; else say that."""
        if not self.finder.is_current:
            self.foot.show_error(_("The pairs are being looked for anew. Please wait for them."))
        return self.finder.is_current

    # What comes of it

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._is_over:
            return
        if "programmes" in tables:
            # Undo may take back the programme itself, which the finder says.
            with suppress(UserError):
                self._show_kept()
        elif "presets" in tables:
            self.rules.show_presets()
        if tables & READ:
            self.finder.collect()

    def _show_kept(self) -> None:
        self.rules.show_kept(self._context.read(decisions.stored_rules, self._programme.id))

    def _show_work(self) -> None:
        is_current = self.finder.is_current or self.review is None
        self.foot.show_work(is_busy=self.finder.is_busy, is_current=is_current)
        self.head.can_export = is_current

    def _on_found(self, review: Review, is_stored: bool) -> None:
        self.review = review
        couples = frozenset(pair.couple for pair in review.suggestions)
        fresh = couples - self._settled if self._settled is not None else frozenset()
        self.foot.show_error("")
        if is_stored and self.finder.is_current and not self.rules.is_moving:
            self._settled = couples
        self.head.show_review(review, self._programme)
        self.body.show_review(review, fresh, self._leave_for)
        if self._wanted in couples:
            self.proposal.choose(self._wanted)
            self._wanted = None
        self._show_chosen()
        self.details.show_review(review)

    def _on_failed(self, refusal: UserError) -> None:
        if self.review is None:
            self.body.show_instead(EmptyState("circle-alert", _("No proposal"), str(refusal)))
        else:
            self.foot.show_error(str(refusal))

    def _on_said(self, text: str, undoable: bool) -> None:
        if not self._is_over:
            self.toast.say(text, undoable)

    def _on_choosing(self, couple: Couple) -> None:
        self._wanted = couple

    def _on_refused(self, sentence: str) -> None:
        self._wanted = None
        self.toast.say(sentence, False)

    def _show_chosen(self, _couple: Couple | None = None) -> None:
        if self.review is not None:
            self.pair.show_pair(self.review, self.chosen)

    def _show_ticks(self) -> None:
        model = self.proposal.model
        self.foot.show_ticks(len(model.ticked()), len(model.pairs()))
