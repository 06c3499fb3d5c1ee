"""A session in a few seconds: pair, date, minutes, topics, next date; the rest if there is any."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.domain.session_logs import SESSION_NAMES, SessionState, Side
from revmentor_desktop.domain.staff import FORMAT_NAMES, MeetingFormat
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import (
    ChoiceField,
    DateField,
    LongField,
    NumberField,
    TextField,
    TokenField,
)
from revmentor_desktop.i18n import _
from revmentor_desktop.services import pairs, session_logs, topics
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.session_logs import ActionEntry, SessionEntry


class SessionForm(FormDialog):
    """Logs a session, or changes the one of ``log_id``."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        log_id: int | None,
        pair_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Log a session") if log_id is None else _("Session"), _("Save"), parent)
        self.resize(600, 720)
        self._context, self._id = context, log_id
        self._kept_actions: tuple[ActionEntry, ...] = ()
        self._make_fields(programme)
        for field, text in (
            (self.pair, _("&Pair")),
            (self.held_on, _("&Date")),
            (self.state, _("&Status")),
            (self.moved_by, _("Moved or missed &by")),
            (self.minutes, _("&Minutes")),
            (self.format, _("&How")),
            (self.topics, _("&Topics")),
            (self.next_date, _("&Next session")),
            (self.action, _("Agreed &action")),
            (self.action_due, _("Action d&ue")),
            (self.change, _("Something we decided to &change")),
            (self.note, _("HR &reads this")),
        ):
            self.add_row(text, field)
        if log_id is not None:
            self._fill(context.read(session_logs.record, log_id))
        else:
            self.held_on.set_value(context.today())
            self.minutes.set_value(programme.minutes)
            if pair_id is not None:
                self.pair.set_value(pair_id)
        (self.pair if pair_id is None else self.held_on).setFocus()

    def _make_fields(self, programme: ProgrammeRow) -> None:
        read, today = self._context.read, self._context.today()
        sides = [
            (Side.MENTOR, programme.mentor),
            (Side.MENTEE, programme.mentee),
            (Side.BOTH, _("Both")),
        ]
        self.pair = ChoiceField(read(pairs.choices, programme.id), strict=True)
        self.held_on = DateField(today)
        self.state = ChoiceField(
            [(state, _(name)) for state, name in SESSION_NAMES.items()], strict=True, blank=None
        )
        self.moved_by = ChoiceField(sides, strict=True)
        self.minutes = NumberField(0, 600)
        self.format = ChoiceField(
            [(kind, _(name)) for kind, name in FORMAT_NAMES.items()], strict=True
        )
        self.topics = TokenField(read(topics.choices))
        self.next_date = DateField(today)
        self.action = TextField()
        self.action_due = DateField(today)
        self.change = TextField()
        self.change.setPlaceholderText(_("Because of this session …"))
        self.note = LongField()
        self.note.setPlaceholderText(
            _("Only what HR should know. No health, religion or politics.")
        )
        self.state.currentIndexChanged.connect(self._on_state_chosen)
        self._on_state_chosen()

    def _on_state_chosen(self) -> None:
        held = self.state.currentData() is SessionState.HELD
        self.moved_by.setEnabled(not held)

    def _fill(self, entry: SessionEntry) -> None:
        self.pair.set_value(entry.pair_id)
        self.held_on.set_value(entry.held_on)
        self.state.set_value(entry.state)
        self.moved_by.set_value(entry.moved_by)
        self.minutes.set_value(entry.minutes)
        self.format.set_value(entry.format)
        self.topics.set_value(entry.topics)
        self.next_date.set_value(entry.next_date)
        self.change.set_value(entry.change)
        self.note.set_value(entry.note)
        if entry.actions:
            self.action.set_value(entry.actions[0].text)
            self.action_due.set_value(entry.actions[0].due)
            self._kept_actions = entry.actions

    def _actions(self) -> tuple[ActionEntry, ...]:
        text, due = self.action.value(), self.action_due.value()
        if not self._kept_actions:
            return (ActionEntry(text, due=due),) if text else ()
        first = self._kept_actions[0]
        changed = ActionEntry(text, first.owner, due, first.done_on)
        return (changed, *self._kept_actions[1:]) if text else self._kept_actions[1:]

    def _what_it_starts(self, pair_id: int) -> str:
        """What a first session makes of a pair, for the toast; "" where nothing."""
        [pair] = self._context.read(pairs.pair_rows, [pair_id])
        if pair.state not in session_logs.NOT_YET_MET:
            return ""
        if pair.state is PairState.CONFIRMED:
            return "; " + _("{code} is active now").format(code=pair.code)
        return "; " + _(
            "{code} is active now, though not both of them have said yes in this file"
        ).format(code=pair.code)

    def save(self) -> None:
        """Store the session."""
        pair_id, held_on = self.pair.value(), self.held_on.value()
        if pair_id is None:
            raise UserError(_("Choose the pair that met."))
        if held_on is None:
            raise UserError(_("A session needs a date."))
        state = SessionState(self.state.value())
        format_: MeetingFormat | None = self.format.value()
        entry = SessionEntry(
            pair_id=pair_id,
            held_on=held_on,
            state=state,
            minutes=self.minutes.value() if state is SessionState.HELD else 0,
            format=format_,
            moved_by=Side.NOBODY
            if state is SessionState.HELD
            else self.moved_by.value() or Side.NOBODY,
            next_date=self.next_date.value(),
            note=self.note.value(),
            topics=self.topics.value(),
            actions=self._actions(),
            change=self.change.value(),
        )
        text = _("Session logged") if self._id is None else _("Session changed")
        if state is SessionState.HELD:
            text += self._what_it_starts(pair_id)
        self._context.do(text, session_logs.save, self._id, entry, self._context.today())
