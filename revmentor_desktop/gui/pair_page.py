"""Everything about one pair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.pairs import STATE_NAMES, PairState
from revmentor_desktop.domain.session_logs import SESSION_NAMES
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.info_page import InfoPage
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import N_, _, format_date, format_date_short
from revmentor_desktop.services import pages, pairs
from revmentor_desktop.services.pages import PairPage as PairFacts

ANSWERS = {
    "not asked": N_("not asked yet"),
    "no reply": N_("no reply yet"),
    "yes": N_("said yes"),
    "no": N_("said no"),
}

ANSWERED = frozenset({PairState.PROPOSED, PairState.ASKED, PairState.CONFIRMED, PairState.DECLINED})
"""While a pair is in one of these states, what the two say counts."""


class PairPage(InfoPage):
    """Both people, why the two, their answers, sessions, actions, changes, papers and history.

    Signals:
        answers_requested: what the two said is to be recorded, for this pair.
    """

    answers_requested = Signal(int)

    def __init__(self, context: Context, pair_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._id = pair_id
        self.answers_button = button(
            _("Answers …"), partial(self.answers_requested.emit, pair_id), "message-circle"
        )
        self.actions_row.addWidget(self.answers_button)
        self.refill()

    def fill(self) -> None:
        """The cards."""
        page = self._context.read(pages.pair_page, self._id)
        row = page.row
        self.answers_button.setVisible(row.state in ANSWERED)
        held = pairs.sessions_text(row.held, row.planned)
        self.set_title(
            row.names,
            "  ·  ".join((row.code, _(STATE_NAMES[row.state]), _("{n} sessions").format(n=held))),
        )
        self._add_people(page)
        self.add_facts(_("The pair"), self._facts(page))
        self.add_lines(
            _("Sessions"),
            [
                (", ".join(log.topics) or log.note or _("No topic noted"),
                 f"{_(SESSION_NAMES[log.state])}, {format_date_short(log.held_on)}", None)
                for log in page.sessions
            ],
            _("No session logged."),
        )  # fmt: skip
        self.add_lines(
            _("Agreed actions"),
            [
                (action.text, _("done") if action.done_on else
                 _("due {day}").format(day=format_date_short(action.due)) if action.due else "",
                 None)
                for action in page.actions
            ],
            _("Nothing agreed so far."),
        )  # fmt: skip
        if page.changes:
            self.add_lines(_("What changed"), [(t, state, None) for t, state in page.changes], "")
        self.add_lines(
            _("History"),
            [(text, format_date(day), None) for day, text in page.history]
            + [(paper, when, None) for paper, when in page.papers],
            _("Nothing yet."),
        )

    def _add_people(self, page: PairFacts) -> None:
        lines = []
        for word, person, answer in (
            (page.mentor_word, page.mentor, page.mentor_answer),
            (page.mentee_word, page.mentee, page.mentee_answer),
        ):
            where = "  ·  ".join(filter(None, (person.department, person.site, person.email)))
            text = f"{word}: {person.name}"
            said = _(ANSWERS[answer.value])
            lines.append((text, f"{where}  ·  {said}", partial(self.person_opened.emit, person.id)))
        self.add_lines(_("The two"), lines, "")

    def _facts(self, page: PairFacts) -> list[tuple[str, str]]:
        row = page.row
        known = (
            (_("Why these two"), page.reason),
            (_("Exceptions made"), "; ".join(page.exceptions)),
            (_("Shared aim"), row.shared_aim),
            (_("First meeting"), format_date(row.first_meeting) if row.first_meeting else ""),
            (_("Last session"), format_date(row.last) if row.last else ""),
            (_("Next session"), format_date(row.next) if row.next else ""),
            (_("Agreement signed"), format_date(row.agreement_on) if row.agreement_on else ""),
            (_("Why it ended"), page.end_note),
        )
        return [(name, text) for name, text in known if text]
