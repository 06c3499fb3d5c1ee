"""What the menu Programme does, and the pages of people and pairs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from revmentor_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from revmentor_desktop.gui.main_window import MainWindow


CANDIDATES = {"status": "candidate"}
"""The filter of Staff that shows them."""


class ProgrammeCommands(QObject):
    """The commands of the menu Programme, on one main window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def do_new_programme(self) -> None:
        """The form of a new programme."""
        self._open_form(None)

    def do_edit_programme(self) -> None:
        """The form of the programme that is open."""
        if self._window.programme is not None:
            self._open_form(self._window.programme.id)

    def _open_form(self, programme_id: int | None) -> None:
        from revmentor_desktop.gui.programme_form import ProgrammeForm

        if self._window.context is not None:
            form = ProgrammeForm(self._window.context, programme_id, self._window)
            form.saved.connect(self._window.choose_programme)
            form.open()

    def do_close_programme(self) -> None:
        """Close the programme, or open it again."""
        from revmentor_desktop.services import programmes

        context, programme = self._window.context, self._window.programme
        if context is None or programme is None:
            return
        if programme.closed_on is None:
            text = _("Programme closed")
            context.attempt(text, programmes.close, programme.id, context.today())
        else:
            context.attempt(_("Programme reopened"), programmes.reopen, programme.id)

    def do_add_person(self) -> None:
        """The form of a new person."""
        from revmentor_desktop.gui.staff_form import StaffForm

        if self._window.context is not None:
            StaffForm(self._window.context, None, self._window).open()

    def do_propose_roles(self) -> None:
        """Candidates for both roles, to look through; first those that there are already."""
        from revmentor_desktop.domain.programmes import EnrolmentState
        from revmentor_desktop.services import enrolments

        context, programme = self._window.context, self._window.programme
        if context is None or programme is None:
            return
        counts = context.read(enrolments.counts, programme.id)
        waiting = sum(n for (_r, state), n in counts.items() if state is EnrolmentState.CANDIDATE)
        if not waiting:
            self._propose_roles()
            return
        text = ngettext(
            "{n} candidate is not enrolled yet: have a look, then enrol",
            "{n} candidates are not enrolled yet: look through them, then enrol",
            waiting,
        )
        self._window.offer(text, False, _("Propose more"), self._propose_roles)
        self._window.show_tab("staff", CANDIDATES)

    def _propose_roles(self) -> None:
        from revmentor_desktop.services import enrolments

        context, programme = self._window.context, self._window.programme
        if context is None or programme is None:
            return
        made = context.attempt("", enrolments.propose_roles, programme.id)
        if made is None:
            return
        text = _(
            "{mentors} candidates for {mentor} and {mentees} for {mentee}: look through them, "
            "then enrol"
        )
        self._window.confirm(
            text.format(
                mentors=made[0], mentor=programme.mentor, mentees=made[1], mentee=programme.mentee
            ),
            undoable=True,
        )
        self._window.show_tab("staff", CANDIDATES)

    def do_propose_pairs(self) -> None:
        """The review of the proposed pairs."""
        self.open_review(frozenset())

    def open_review(self, only: frozenset[int]) -> None:
        """The review; ``only``: look for partners for these people, all other pairs staying."""
        from revmentor_desktop.gui.review.window import ReviewWindow

        context, programme = self._window.context, self._window.programme
        if context is not None and programme is not None:
            review = ReviewWindow(context, programme, self._window.settings, only, self._window)
            review.command_requested.connect(self._window.run_command)
            review.pairs_made.connect(self._on_pairs_made)
            review.open()

    def _on_pairs_made(self, ids: list[int]) -> None:
        self._window.show_tab("pairs", ids)

    def do_pair_by_hand(self) -> None:
        """Two people of her choice, with a warning where a rule is broken."""
        from revmentor_desktop.gui.hand_pair_form import HandPairForm

        context, programme = self._window.context, self._window.programme
        if context is not None and programme is not None:
            tab = self._window.current_tab()
            chosen = tab.chosen_people() if tab else []
            two = chosen if len(chosen) == 2 else []
            HandPairForm(context, programme, two, self._window).open()

    def do_kept_apart(self) -> None:
        """Who is never to be a pair, and why."""
        from revmentor_desktop.gui.kept_apart_page import KeptApartPage

        if self._window.context is not None:
            KeptApartPage(self._window.context, self._window).show()

    def do_answers(self) -> None:
        """What the two of the chosen pair said when they were asked."""
        tab = self._window.current_tab()
        chosen = tab.chosen_pairs() if tab else []
        if len(chosen) == 1:
            self.open_answers(chosen[0])
        else:
            self._window.tell(_("Choose one pair on the Pairs tab first."))

    def open_answers(self, pair_id: int) -> None:
        """The form of what the two of a pair said; after a no another partner is offered."""
        from revmentor_desktop.gui.answers_form import AnswersForm

        if self._window.context is not None:
            form = AnswersForm(self._window.context, pair_id, self._window)
            form.declined.connect(self._on_declined)
            form.open()

    def _on_declined(self, names: str, both: frozenset[int]) -> None:
        text = _("{names} will not be a pair; nothing has ended early. All other pairs stay.")
        again = partial(self.open_review, both)
        self._window.offer(text.format(names=names), True, _("Look for other partners"), again)

    def do_log_session(self) -> None:
        """Log a session of the pair that is chosen, or of any."""
        from revmentor_desktop.gui.session_form import SessionForm

        context, programme = self._window.context, self._window.programme
        if context is None or programme is None:
            return
        tab = self._window.current_tab()
        pairs = tab.chosen_pairs() if tab else []
        pair_id = pairs[0] if len(pairs) == 1 else None
        SessionForm(context, programme, None, pair_id, self._window).open()

    def do_agreements(self) -> None:
        """A stack of signed agreements that came back."""
        from revmentor_desktop.gui.agreements_form import AgreementsForm

        context, programme = self._window.context, self._window.programme
        if context is not None and programme is not None:
            AgreementsForm(context, programme.id, self._window).open()

    def do_gatherings(self) -> None:
        """Briefings and other gatherings, and who came."""
        from revmentor_desktop.gui.gatherings_form import GatheringsForm

        context, programme = self._window.context, self._window.programme
        if context is not None and programme is not None:
            GatheringsForm(context, programme.id, self._window).open()

    def open_person(self, staff_id: int) -> None:
        """The page of a person."""
        from revmentor_desktop.gui.person_page import PersonPage

        window = self._window
        if window.context is not None:
            page = PersonPage(window.context, staff_id, window.programme, window)
            page.person_opened.connect(self.open_person)
            page.pair_opened.connect(self.open_pair)
            page.show()

    def open_pair(self, pair_id: int) -> None:
        """The page of a pair."""
        from revmentor_desktop.gui.pair_page import PairPage

        if self._window.context is not None:
            page = PairPage(self._window.context, pair_id, self._window)
            page.person_opened.connect(self.open_person)
            page.answers_requested.connect(self.open_answers)
            page.pair_opened.connect(self.open_pair)
            page.show()
