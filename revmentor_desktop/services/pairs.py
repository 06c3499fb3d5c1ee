"""Pairs: made by hand or from a proposal, and moved through their states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session, aliased

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import (
    STATE_NAMES,
    Answer,
    Pair,
    PairState,
    pair_code,
)
from revmentor_desktop.domain.printed import PAIR_LETTERS, IssuedDocument
from revmentor_desktop.domain.programmes import Programme, Role, StepKind
from revmentor_desktop.domain.session_logs import SessionLog, SessionState
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services import participants, programmes, staff
from revmentor_desktop.services.tables import Chip, chunks

Columns = TypeVarTuple("Columns")
MENTOR, MENTEE = aliased(StaffMember), aliased(StaffMember)
_TEXTS = frozenset({"shared_aim"})
_DATES = frozenset({"first_meeting", "agreement_on"})

CHIPS: Mapping[PairState, Chip] = {
    PairState.PROPOSED: "info",
    PairState.ASKED: "info",
    PairState.CONFIRMED: "info",
    PairState.ACTIVE: "ok",
    PairState.PAUSED: "warn",
    PairState.COMPLETED: "plain",
    PairState.ENDED_EARLY: "plain",
    PairState.DECLINED: "plain",
}


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair as table, Today, export and pages show it."""

    id: int
    mentor_id: int
    mentor: str
    mentor_department: str
    mentee_id: int
    mentee: str
    mentee_department: str
    state: PairState
    held: int
    planned: int
    last: date | None
    next: date | None
    shared_aim: str
    first_meeting: date | None
    agreement_on: date | None
    letters_on: date | None
    reason: str

    @property
    def code(self) -> str:
        """The number that stands on paper."""
        return pair_code(self.id)

    @property
    def names(self) -> str:
        """Mentor and mentee."""
        return f"{self.mentor} · {self.mentee}"


def held() -> Any:  # noqa: ANN401
    return (
        select(func.count())
        .where(SessionLog.pair_id == Pair.id, SessionLog.state == SessionState.HELD)
        .correlate(Pair)
        .scalar_subquery()
    )


def last() -> Any:  # noqa: ANN401
    return (
        select(func.max(SessionLog.held_on))
        .where(SessionLog.pair_id == Pair.id, SessionLog.state == SessionState.HELD)
        .correlate(Pair)
        .scalar_subquery()
    )


def next_session() -> Any:  # noqa: ANN401
    """The next date that the newest log names."""
    return (
        select(SessionLog.next_date)
        .where(SessionLog.pair_id == Pair.id)
        .order_by(SessionLog.held_on.desc(), SessionLog.id.desc())
        .limit(1)
        .correlate(Pair)
        .scalar_subquery()
    )


def letters() -> Any:  # noqa: ANN401
    return (
        select(func.max(IssuedDocument.issued_on))
        .where(IssuedDocument.pair_id == Pair.id, IssuedDocument.kind.in_(PAIR_LETTERS))
        .correlate(Pair)
        .scalar_subquery()
    )


def sessions_text(held: int, planned: int) -> str:
    """``2 of 6``."""
    return _("{held} of {planned}").format(held=held, planned=planned)


def joined(statement: Select[*Columns]) -> Select[*Columns]:
    return statement.join(MENTOR, MENTOR.id == Pair.mentor_id).join(
        MENTEE, MENTEE.id == Pair.mentee_id
    )


def pair_rows(session: Session, ids: Sequence[int]) -> list[PairRow]:
    """The plain rows of these pairs, by id."""
    statement = joined(
        select(
            Pair.id, Pair.mentor_id, MENTOR.full_name, MENTOR.department,
            Pair.mentee_id, MENTEE.full_name, MENTEE.department,
            Pair.state, held(), Programme.sessions, last(), next_session(), Pair.shared_aim,
            Pair.first_meeting, Pair.agreement_on, letters(), Pair.reason,
        ).join(Programme, Programme.id == Pair.programme_id)
    ).where(Pair.id.in_(ids)).order_by(Pair.id)  # fmt: skip
    return [PairRow(*row) for row in session.execute(statement)]


def of_programme(
    session: Session, programme_id: int, states: frozenset[PairState] | None = None
) -> list[PairRow]:
    """All pairs of a programme, or those in some states, by pair number."""
    statement = select(Pair.id).where(Pair.programme_id == programme_id)
    if states is not None:
        statement = statement.where(Pair.state.in_(states))
    ids = list(session.scalars(statement))
    return [row for portion in chunks(ids) for row in pair_rows(session, portion)]


def find(session: Session, pair_id: int) -> Pair:
    """The mapped pair; a UserError where it is not there any more."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise UserError(_("This pair is no longer in the file."))
    return pair


def set_fields(session: Session, pair: Pair, values: Mapping[str, object]) -> None:
    """Set the shared aim or one of the dates."""
    programmes.open_programme(session, pair.programme_id)
    for key, value in values.items():
        if key in _DATES:
            setattr(pair, key, value or None)
        elif key in _TEXTS:
            setattr(pair, key, " ".join(clean(str(value or "")).split()))
        else:
            raise UserError(_("This column cannot be changed here."))


def make(session: Session, programme_id: int, mentor_id: int, mentee_id: int, today: date) -> Pair:
    """A proposed pair of two people; refused where both are a pair in the programme already.

    Also where one of them cannot take part, or has no free place.
    """
    return make_all(session, programme_id, [(mentor_id, mentee_id)], today)[0]


def make_all(
    session: Session, programme_id: int, couples: Sequence[tuple[int, int]], today: date
) -> list[Pair]:
    """A proposed pair of each couple (mentor and mentee id), all or none; refused as ``make`` is.

    Places are read once and counted down, so that many pairs cost hardly more than one.
    """
    programmes.open_programme(session, programme_id)
    people = staff.find_all(session, {who for couple in couples for who in couple})
    places = participants.places(session, programme_id)
    made = []
    for mentor_id, mentee_id in couples:
        if mentor_id == mentee_id:
            raise UserError(_("Nobody can be their own partner. Choose two people."))
        places.take(people[mentor_id], people[mentee_id])
        pair = Pair(
            programme_id=programme_id, mentor_id=mentor_id, mentee_id=mentee_id, proposed_on=today
        )
        pair.propose(today)
        made.append(pair)
    session.add_all(made)
    session.flush()
    if made:
        programmes.reach(session, programme_id, StepKind.PROPOSE, today)
    return made


def delete(session: Session, ids: Sequence[int]) -> None:
    """Remove pairs with their history and session logs; what was printed stays on record."""
    for portion in chunks(ids):
        session.execute(sql_delete(Pair).where(Pair.id.in_(portion)))


STEPS: Mapping[str, tuple[PairState, Callable[[Pair, date], None]]] = {
    "ask": (PairState.ASKED, Pair.ask),
    "confirm": (PairState.CONFIRMED, Pair.confirm),
    "start": (PairState.ACTIVE, Pair.start),
    "pause": (PairState.PAUSED, Pair.pause),
    "resume": (PairState.ACTIVE, Pair.resume),
    "complete": (PairState.COMPLETED, Pair.complete),
    "decline": (PairState.DECLINED, Pair.decline),
}


def step(session: Session, ids: Sequence[int], name: str, today: date) -> int:
    """Take the same step (a key of STEPS) with some pairs, all or none; returns how many.

    A pair that is taken up again needs both places.
    """
    concerned = set()
    for pair_id in ids:
        pair = find(session, pair_id)
        concerned.add(programmes.open_programme(session, pair.programme_id).id)
        was_open = pair.is_open
        STEPS[name][1](pair, today)
        if not was_open:
            _take_places(session, pair)
    for programme_id in concerned:
        _reach_answers(session, programme_id, today)
    return len(ids)


def record_answers(
    session: Session, pair_id: int, answers: Mapping[Role, Answer], today: date
) -> None:
    """Record what one side or both said when asked; a no that is taken back needs both places."""
    pair = find(session, pair_id)
    programmes.open_programme(session, pair.programme_id)
    was_open = pair.is_open
    pair.answer(answers, today)
    if not was_open:
        _take_places(session, pair)
    _reach_answers(session, pair.programme_id, today)


def _reach_answers(session: Session, programme_id: int, today: date) -> None:
    """Where no pair waits for an answer any more, all have been asked."""
    session.flush()
    waiting = select(Pair.id).where(
        Pair.programme_id == programme_id,
        Pair.state.in_((PairState.PROPOSED, PairState.ASKED)),
    )
    if session.scalars(waiting).first() is None:
        programmes.reach(session, programme_id, StepKind.CONSULT, today)


def _take_places(session: Session, pair: Pair) -> None:
    """Refuse that a pair that was over is open again, where its two places are taken."""
    if pair.is_open:
        people = [staff.find(session, who) for who in (pair.mentor_id, pair.mentee_id)]
        participants.places(session, pair.programme_id, besides=pair.id).take(*people)


def end_early(
    session: Session, ids: Sequence[int], today: date, reason: str, initiator: str
) -> None:
    """End pairs early; no reason is needed."""
    for pair_id in ids:
        pair = find(session, pair_id)
        programmes.open_programme(session, pair.programme_id)
        pair.end_early(today, clean(reason).strip(), clean(initiator).strip())


_EVENTS: Mapping[str, str] = {
    **{state.value: name for state, name in STATE_NAMES.items()},
    "mentor said yes": N_("{mentor}: yes"),
    "mentor said no": N_("{mentor}: no"),
    "mentor said no reply": N_("{mentor}: no reply"),
    "mentee said yes": N_("{mentee}: yes"),
    "mentee said no": N_("{mentee}: no"),
    "mentee said no reply": N_("{mentee}: no reply"),
}


def event_text(what: str, mentor: str, mentee: str) -> str:
    """An event of a pair's history in words, with the programme's words for the roles."""
    if what not in _EVENTS:
        return what
    return _(_EVENTS[what]).format(mentor=mentor, mentee=mentee)


def choices(session: Session, programme_id: int) -> list[tuple[object, str]]:
    """The pairs of a programme that can have sessions, to choose from."""
    return [
        (row.id, f"{row.names} ({row.code})")
        for row in of_programme(session, programme_id)
        if row.state is not PairState.DECLINED
    ]
