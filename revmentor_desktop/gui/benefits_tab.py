"""The Benefits tab, first version: what was talked about, what changed, what people answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from revmentor_desktop.domain.changes import ChangeState
from revmentor_desktop.gui.filled_tab import FilledTab
from revmentor_desktop.gui.widgets import Card, EmptyState, button, clear, label
from revmentor_desktop.i18n import _, format_date, ngettext
from revmentor_desktop.services import benefits, questionnaires
from revmentor_desktop.services.benefits import BenefitRow, ChangeRow

NEXT_STATE = {ChangeState.HEARD: ChangeState.DECIDED, ChangeState.DECIDED: ChangeState.DONE}


class BenefitsTab(FilledTab):
    """Counts and lists, and no claim beyond them."""

    def refill(self) -> None:
        """Read and show everything anew."""
        clear(self.body)
        if self.programme is None:
            new = partial(self.command_requested.emit, "new_programme")
            sentence = _("Once pairs meet, this page shows what came of it.")
            self.body.addWidget(
                EmptyState(
                    "chart-column",
                    _("No programme yet"),
                    sentence,
                    [(_("Make a programme …"), new)],
                )
            )
            return
        page = self._context.read(benefits.page, self.programme.id)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Benefits"), "title"))
        words.addWidget(
            label(
                _("What the session logs and questionnaires say so far, and nothing more."), "muted"
            )
        )
        self.body.addLayout(words)
        row = QHBoxLayout()
        row.setSpacing(14)
        for benefit in page.benefits:
            row.addWidget(self._benefit(benefit), 1)
        self.body.addLayout(row)
        met = Card(_("People who would not have met otherwise"))
        met.body.addWidget(label(page.met))
        met.body.addWidget(label(page.met_note, "muted"))
        self.body.addWidget(met)
        self.body.addWidget(self._answers())
        self.body.addWidget(self._changes(page.changes))
        self.body.addStretch()

    def _benefit(self, row: BenefitRow) -> Card:
        card = Card(row.name)
        card.body.addWidget(label(str(row.sessions), "figure"))
        pairs = ngettext("by {n} pair", "by {n} pairs", row.pairs)
        card.body.addWidget(
            label(_("sessions with a topic of it, {pairs}").format(pairs=pairs), "muted", wrap=True)
        )
        for name, count in row.topics:
            line = QHBoxLayout()
            line.addWidget(label(name, wrap=True), 1)
            line.addWidget(label(str(count), "muted"))
            card.body.addLayout(line)
        if not row.topics:
            card.body.addWidget(
                label(_("No session has had such a topic yet."), "muted", wrap=True)
            )
        card.body.addStretch()
        return card

    def _answers(self) -> Card:
        assert self.programme is not None
        card = Card(_("Questionnaires"))
        for line in self._context.read(questionnaires.summary, self.programme.id):
            row = QHBoxLayout()
            row.addWidget(label(line.text, wrap=True), 1)
            row.addWidget(label(line.note, "muted"))
            card.body.addLayout(row)
        card.body.addWidget(
            label(_("Our own questions, not a validated scale. Averages of fewer than {n} people "
                    "are not shown.").format(n=questionnaires.FEWEST), "muted", wrap=True)
        )  # fmt: skip
        return card

    def _changes(self, rows: tuple[ChangeRow, ...]) -> Card:
        card = Card(_("“Because I was mentored, I changed …”"))
        for change in rows:
            line = QHBoxLayout()
            text = QVBoxLayout()
            text.setSpacing(0)
            text.addWidget(label(change.text, wrap=True))
            owner = f"{change.owner}  ·  " if change.owner else ""
            text.addWidget(
                label(f"{owner}{change.state_name}, {format_date(change.heard_on)}", "muted")
            )
            line.addLayout(text, 1)
            if change.state in NEXT_STATE:
                state = NEXT_STATE[change.state]
                word = _("Decided") if state is ChangeState.DECIDED else _("Done")
                move = button(word, partial(self._move, change.id, state), kind="flat")
                move.setAccessibleName(f"{word}: {change.text}")
                line.addWidget(move)
            card.body.addLayout(line)
        add = QHBoxLayout()
        self.change_field = QLineEdit()
        self.change_field.setPlaceholderText(_("Something that changes because somebody was heard"))
        self.change_field.setAccessibleName(_("New change"))
        self.change_field.returnPressed.connect(self._add_change)
        add.addWidget(self.change_field, 1)
        add.addWidget(button(_("Add"), self._add_change))
        card.body.addLayout(add)
        return card

    def _add_change(self) -> None:
        assert self.programme is not None
        text = self.change_field.text()
        today = self._context.today()
        self._context.attempt(
            _("Change added"), benefits.add_change, self.programme.id, text, "", today
        )

    def _move(self, change_id: int, state: ChangeState) -> None:
        self._context.attempt(
            _("Change moved on"), benefits.set_change, [change_id], state, self._context.today()
        )
