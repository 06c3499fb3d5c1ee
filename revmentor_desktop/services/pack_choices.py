"""What the pack window offers: whom documents can be printed for, and what is due to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.pairs import PRINTED_STATES, STATE_NAMES
from revmentor_desktop.domain.printed import OCCASIONS, PAIR_LETTERS, DocumentKind, Occasion, Scope
from revmentor_desktop.domain.programmes import (
    ENROLMENT_NAMES,
    GATHERING_NAMES,
    Enrolment,
    EnrolmentState,
    Gathering,
    Programme,
)
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import issued, pairs, programmes

STARTING = (*PAIR_LETTERS, DocumentKind.AGREEMENT, *OCCASIONS[Occasion.MEETING])
CLOSING_DAYS = 30
"""Certificates are offered from so many days before the end."""
GONE = (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair, person or gathering that documents can be printed for."""

    id: int
    name: str
    note: str


def choices(session: Session, programme_id: int, scope: Scope) -> list[Choice]:
    """Who can be chosen, in the order of printing."""
    if scope is Scope.PAIR:
        return [
            Choice(row.id, f"{row.code}  {row.names}", _(STATE_NAMES[row.state]))
            for row in pairs.of_programme(session, programme_id, frozenset(PRINTED_STATES))
        ]
    if scope is Scope.PERSON:
        return _people(session, programmes.find(session, programme_id))
    found = session.scalars(
        select(Gathering)
        .where(Gathering.programme_id == programme_id)
        .order_by(Gathering.held_on, Gathering.id)
    )
    return [Choice(g.id, _(GATHERING_NAMES[g.kind]), format_date(g.held_on)) for g in found]


def _people(session: Session, programme: Programme) -> list[Choice]:
    found = session.execute(
        select(StaffMember.id, StaffMember.full_name, Enrolment.role, Enrolment.state)
        .join(Enrolment, Enrolment.staff_id == StaffMember.id)
        .where(
            Enrolment.programme_id == programme.id,
            Enrolment.state.not_in(GONE),
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
        )
        .order_by(StaffMember.name_key, StaffMember.id)
    )
    return [
        Choice(id_, name, f"{programme.word(role)}, {_(ENROLMENT_NAMES[state])}")
        for id_, name, role, state in found
    ]


def suggested(session: Session, programme_id: int, day: date) -> tuple[DocumentKind, ...]:
    """The documents that are due where the programme stands."""
    programme = programmes.find(session, programme_id)
    closing = programme.end_date - timedelta(days=CLOSING_DAYS)
    if programme.closed_on is not None or day >= closing:
        return (DocumentKind.YOU_SAID, DocumentKind.CERTIFICATE)
    if not pairs.of_programme(session, programme_id, frozenset(PRINTED_STATES)):
        return (DocumentKind.INVITATION, DocumentKind.INTEREST_FORM)
    middle = programme.start_date + (programme.end_date - programme.start_date) / 2
    if day < middle or issued.lacking(session, programme_id):
        return STARTING
    return (DocumentKind.MIDPOINT, DocumentKind.SESSION_LOG)
