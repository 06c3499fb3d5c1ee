"""The Session logs table: every session of one programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.session_logs import SESSION_NAMES, SessionLog, SessionState
from revmentor_desktop.domain.staff import FORMAT_NAMES, MeetingFormat
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import pairs, session_logs, topics
from revmentor_desktop.services.session_logs import MENTEE, MENTOR, SessionRow
from revmentor_desktop.services.tables import (
    Column,
    Editor,
    Filter,
    TableSource,
    chunks,
    day_text,
)


def _by(*columns: Any) -> Any:  # noqa: ANN401
    return lambda: [*columns, SessionLog.held_on, SessionLog.id]


def _state_choices(session: Session) -> list[tuple[object, str]]:
    return [(state.value, _(name)) for state, name in SESSION_NAMES.items()]


def _format_choices(session: Session) -> list[tuple[object, str]]:
    return [(kind.value, _(name)) for kind, name in FORMAT_NAMES.items()]


def _format_text(row: SessionRow) -> str:
    return _(FORMAT_NAMES[row.format]) if row.format else ""


def _columns() -> tuple[Column[SessionRow], ...]:
    day = Editor("date")
    return (
        Column("held_on", N_("Date"), lambda r: r.held_on, lambda r: day_text(r.held_on), _by(),
               120, editor=day),
        Column("pair", N_("Pair"), lambda r: r.names, lambda r: r.names, _by(MENTOR.name_key),
               300, strong=True),
        Column("state", N_("Status"), lambda r: r.state.value,
               lambda r: _(SESSION_NAMES[r.state]), _by(SessionLog.state), 110,
               editor=Editor("choice", _state_choices, strict=True),
               chip=lambda r: session_logs.CHIPS[r.state]),
        Column("minutes", N_("Minutes"), lambda r: r.minutes, lambda r: str(r.minutes),
               _by(SessionLog.minutes), 80, align="right", editor=Editor("number")),
        Column("format", N_("How"), lambda r: r.format.value if r.format else None, _format_text,
               _by(SessionLog.format), 110,
               editor=Editor("choice", _format_choices, strict=True)),
        Column("topics", N_("Topics"), lambda r: r.topics, lambda r: ", ".join(r.topics), _by(),
               240, muted=True, editor=Editor("tokens", topics.choices)),
        Column("next_date", N_("Next session"), lambda r: r.next_date,
               lambda r: day_text(r.next_date), _by(SessionLog.next_date), 120, editor=day),
        Column("actions", N_("Actions"), lambda r: r.actions,
               lambda r: str(r.actions) if r.actions else "", _by(), 80, align="right",
               shown=False),
        Column("note", N_("HR reads this"), lambda r: r.note, lambda r: r.note,
               _by(SessionLog.note), 240, muted=True, editor=Editor("text")),
    )  # fmt: skip


class SessionTable(TableSource[SessionRow]):
    """The session logs of one programme."""

    name = "session_logs"
    reads = frozenset({"session_logs", "session_topics", "topics", "actions", "pairs", "staff"})

    def __init__(self, programme_id: int) -> None:
        self.columns = _columns()
        self._programme_id = programme_id

    def counted(self, n: int) -> str:
        """So many of them, in words."""
        return ngettext("{n} session", "{n} sessions", n)

    def rows(self, session: Session, ids: Sequence[int]) -> dict[int, SessionRow]:
        """The rows of these session logs."""
        return {
            row.id: row
            for portion in chunks(ids)
            for row in session_logs.log_rows(session, portion)
        }

    def set_values(
        self, session: Session, ids: Sequence[int], values: Mapping[str, object]
    ) -> None:
        """Set columns of some session logs at once."""
        for portion in chunks(ids):
            for log in session.scalars(select(SessionLog).where(SessionLog.id.in_(portion))):
                session_logs.check_open(session, log.pair_id)
                for key, value in values.items():
                    _set(session, log, key, value)

    def delete(self, session: Session, ids: Sequence[int]) -> None:
        """Remove these session logs."""
        for portion in chunks(ids):
            session.execute(sql_delete(SessionLog).where(SessionLog.id.in_(portion)))

    def filter_choices(self, session: Session) -> tuple[Filter, ...]:
        """By state and by pair."""
        return (
            Filter("state", _("Any status"), _state_choices(session)),
            Filter("pair", _("All pairs"), pairs.choices(session, self._programme_id)),
        )

    def _ids(self) -> Select[int]:
        return session_logs.joined(select(SessionLog.id))

    def _search(self) -> Select[str]:
        return session_logs.joined(
            select(MENTOR.search_key + " " + MENTEE.search_key).select_from(SessionLog)
        )

    def _where(self, filters: Mapping[str, object]) -> Sequence[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = [Pair.programme_id == self._programme_id]
        if state := filters.get("state"):
            where.append(SessionLog.state == SessionState(str(state)))
        if pair_id := filters.get("pair"):
            where.append(SessionLog.pair_id == pair_id)
        return where


def _set(session: Session, log: SessionLog, key: str, value: Any) -> None:  # noqa: ANN401
    if key == "topics":
        log.topics = topics.named(session, value)
    elif key in _CHECKS:
        setattr(log, key, _CHECKS[key](value))
    else:
        raise UserError(_("This column cannot be changed here."))


def _minutes(value: Any) -> int:  # noqa: ANN401
    if not str(value).isdecimal() or not 0 <= int(value) <= 600:
        raise UserError(
            _("“{value}” is not a number of minutes between 0 and 600.").format(value=value)
        )
    return int(value)


def _day(value: Any) -> Any:  # noqa: ANN401
    if value is None:
        raise UserError(_("A session needs a date."))
    return value


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "state": SessionState,
    "format": lambda value: MeetingFormat(value) if value else None,
    "minutes": _minutes,
    "held_on": _day,
    "next_date": lambda value: value or None,
    "note": lambda value: " ".join(clean(str(value or "")).split()),
}
