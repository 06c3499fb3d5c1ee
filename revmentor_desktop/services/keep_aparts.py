"""Who is never to be a pair, in any programme. The reason is hers alone and is read only here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.decisions import Decision, DecisionKind
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import OPEN_STATES, Pair
from revmentor_desktop.domain.programmes import Tie, TieKind
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two people, by name, and why."""

    one_id: int
    other_id: int
    one: str
    other: str
    reason: str


def keep_apart(session: Session, one_id: int, other_id: int, reason: str) -> None:
    """These two are never to be a pair; a lock of the two is given up in every programme."""
    for staff_id in {one_id, other_id}:
        if session.get(StaffMember, staff_id) is None:
            raise UserError(_("This person is no longer in the list."))
    if one_id == other_id:
        raise UserError(_("Choose two people."))
    both = (one_id, other_id)
    session.execute(
        sql_delete(Decision).where(
            Decision.kind == DecisionKind.TOGETHER,
            Decision.mentor_id.in_(both),
            Decision.mentee_id.in_(both),
        )
    )
    tie = _tie(session, one_id, other_id)
    if tie is None:
        tie = Tie(kind=TieKind.KEEP_APART, one_id=min(both), other_id=max(both))
        session.add(tie)
    tie.reason = clean(reason).strip()
    session.flush()


def allow_again(session: Session, one_id: int, other_id: int) -> None:
    """These two need not be kept apart."""
    tie = _tie(session, one_id, other_id)
    if tie is not None:
        session.delete(tie)


def are_a_pair(session: Session, one_id: int, other_id: int) -> bool:
    """Whether the two are in an open pair of any programme now."""
    both = (one_id, other_id)
    found = session.scalars(
        select(Pair.id).where(
            Pair.mentor_id.in_(both), Pair.mentee_id.in_(both), Pair.state.in_(OPEN_STATES)
        )
    )
    return found.first() is not None


def rows(session: Session) -> list[KeptApart]:
    """Everybody who is kept apart, by name."""
    one, other = aliased(StaffMember), aliased(StaffMember)
    found = session.execute(
        select(one.id, other.id, one.full_name, other.full_name, Tie.reason)
        .select_from(Tie)
        .join(one, one.id == Tie.one_id)
        .join(other, other.id == Tie.other_id)
        .where(Tie.kind == TieKind.KEEP_APART)
        .order_by(one.name_key, other.name_key, Tie.id)
    )
    return [KeptApart(*row) for row in found]


def _tie(session: Session, one_id: int, other_id: int) -> Tie | None:
    one, other = sorted((one_id, other_id))
    return session.scalars(
        select(Tie).where(Tie.kind == TieKind.KEEP_APART, Tie.one_id == one, Tie.other_id == other)
    ).first()
