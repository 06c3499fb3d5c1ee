"""Session logs: logged in seconds, never with the content of a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from revmentor_desktop.domain.base import clean, in_order
from revmentor_desktop.domain.changes import Change
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import Pair, PairState
from revmentor_desktop.domain.session_logs import (
    Action,
    SessionLog,
    SessionState,
    Side,
    session_topics,
)
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember
from revmentor_desktop.domain.topics import Topic
from revmentor_desktop.i18n import _
from revmentor_desktop.services import pairs, programmes, topics
from revmentor_desktop.services.tables import Chip

Columns = TypeVarTuple("Columns")
MENTOR, MENTEE = aliased(StaffMember), aliased(StaffMember)
NOT_YET_MET = frozenset({PairState.PROPOSED, PairState.ASKED, PairState.CONFIRMED})
CHIPS: Mapping[SessionState, Chip] = {
    SessionState.HELD: "ok",
    SessionState.MOVED: "warn",
    SessionState.MISSED: "bad",
}


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """Something agreed, with who does it and until when."""

    text: str
    owner: Side = Side.NOBODY
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """What the form of a session holds. ``change``: a decision for the change ledger."""

    pair_id: int
    held_on: date
    state: SessionState = SessionState.HELD
    minutes: int = 60
    format: MeetingFormat | None = None
    moved_by: Side = Side.NOBODY
    next_date: date | None = None
    note: str = ""
    topics: tuple[str, ...] = ()
    actions: tuple[ActionEntry, ...] = field(default=())
    change: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session log as the table shows it."""

    id: int
    pair_id: int
    mentor: str
    mentee: str
    held_on: date
    state: SessionState
    minutes: int
    format: MeetingFormat | None
    moved_by: Side
    next_date: date | None
    note: str
    topics: tuple[str, ...]
    actions: int

    @property
    def names(self) -> str:
        """Mentor and mentee."""
        return f"{self.mentor} · {self.mentee}"


def joined(statement: Select[*Columns]) -> Select[*Columns]:
    return (
        statement.join(Pair, Pair.id == SessionLog.pair_id)
        .join(MENTOR, MENTOR.id == Pair.mentor_id)
        .join(MENTEE, MENTEE.id == Pair.mentee_id)
    )


def log_rows(session: Session, ids: Sequence[int]) -> list[SessionRow]:
    """The plain rows of these logs, newest first."""
    names: dict[int, list[str]] = {}
    found = session.execute(
        select(session_topics.c.session_log_id, Topic.name)
        .join(Topic, Topic.id == session_topics.c.topic_id)
        .where(session_topics.c.session_log_id.in_(ids))
        .order_by(in_order(Topic.name), Topic.id)
    )
    for log_id, name in found:
        names.setdefault(log_id, []).append(name)
    agreed: dict[int, int] = {}
    for log_id in session.scalars(
        select(Action.session_log_id).where(Action.session_log_id.in_(ids))
    ):
        agreed[log_id] = agreed.get(log_id, 0) + 1
    columns = select(
        SessionLog.id,
        SessionLog.pair_id,
        MENTOR.full_name,
        MENTEE.full_name,
        SessionLog.held_on,
        SessionLog.state,
        SessionLog.minutes,
        SessionLog.format,
        SessionLog.moved_by,
        SessionLog.next_date,
        SessionLog.note,
    )
    newest_first = (SessionLog.held_on.desc(), SessionLog.id.desc())
    statement = joined(columns).where(SessionLog.id.in_(ids)).order_by(*newest_first)
    return [
        SessionRow(*row, topics=tuple(names.get(row[0], ())), actions=agreed.get(row[0], 0))
        for row in session.execute(statement)
    ]


def of_programme(statement: Select[*Columns], programme_id: int) -> Select[*Columns]:
    """Narrow a statement over session logs to one programme."""
    return statement.join(Pair, Pair.id == SessionLog.pair_id).where(
        Pair.programme_id == programme_id
    )


def of_pair(session: Session, pair_id: int) -> list[SessionRow]:
    """The session logs of a pair, newest first."""
    ids = list(session.scalars(select(SessionLog.id).where(SessionLog.pair_id == pair_id)))
    return log_rows(session, ids)


def record(session: Session, log_id: int) -> SessionEntry:
    """A stored session log for its form."""
    log = _find(session, log_id)
    change = session.scalars(select(Change).where(Change.session_log_id == log_id)).first()
    return SessionEntry(
        pair_id=log.pair_id,
        held_on=log.held_on,
        state=log.state,
        minutes=log.minutes,
        format=log.format,
        moved_by=log.moved_by,
        next_date=log.next_date,
        note=log.note,
        topics=tuple(topic.name for topic in log.topics),
        actions=tuple(ActionEntry(a.text, a.owner, a.due, a.done_on) for a in log.actions),
        change=change.text if change else "",
    )


def save(session: Session, log_id: int | None, entry: SessionEntry, today: date) -> int:
    """Store the form of a session, new where ``log_id`` is None; returns its id.

    The first session that was held makes a proposed or confirmed pair active: they meet.
    """
    check_open(session, entry.pair_id)
    _check_entry(entry, today)
    if log_id is None:
        log = SessionLog(pair_id=entry.pair_id, held_on=entry.held_on)
        session.add(log)
    else:
        log = _find(session, log_id)
    for key in ("pair_id", "held_on", "state", "minutes", "format", "moved_by", "next_date"):
        setattr(log, key, getattr(entry, key))
    log.note = clean(entry.note).strip()
    log.topics = topics.named(session, entry.topics)
    log.actions = [
        Action(text=clean(a.text).strip(), owner=a.owner, due=a.due, done_on=a.done_on)
        for a in entry.actions
        if a.text.strip()
    ]
    session.flush()
    _keep_change(session, log, entry.change)
    pair = pairs.find(session, entry.pair_id)
    if entry.state is SessionState.HELD and pair.state in NOT_YET_MET:
        pair.start(entry.held_on)
    return log.id


def _check_entry(entry: SessionEntry, today: date) -> None:
    if entry.state is SessionState.HELD and entry.held_on > today:
        raise UserError(_("A session that was held cannot lie in the future. Check the date."))
    if not 0 <= entry.minutes <= 600:
        raise UserError(_("A session lasts at most 600 minutes. Check the minutes."))
    if entry.next_date is not None and entry.next_date < entry.held_on:
        raise UserError(_("The next session lies before this one. Check the dates."))


def check_open(session: Session, pair_id: int) -> None:
    programmes.open_programme(session, pairs.find(session, pair_id).programme_id)


def _keep_change(session: Session, log: SessionLog, text: str) -> None:
    present = session.scalars(select(Change).where(Change.session_log_id == log.id)).first()
    text = clean(text).strip()
    if present is not None:
        if text:
            present.text = text
        else:
            session.delete(present)
    elif text:
        pair = pairs.find(session, log.pair_id)
        session.add(
            Change(
                programme_id=pair.programme_id,
                pair_id=pair.id,
                session_log_id=log.id,
                text=text,
                heard_on=log.held_on,
            )
        )


def _find(session: Session, log_id: int) -> SessionLog:
    log = session.get(SessionLog, log_id)
    if log is None:
        raise UserError(_("This session log is no longer in the file."))
    return log
