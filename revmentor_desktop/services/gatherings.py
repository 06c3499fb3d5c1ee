"""Gatherings of a programme: when and where, who is expected, and who came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Gathering,
    GatheringKind,
    Role,
)
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _
from revmentor_desktop.services import programmes


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """A gathering with how many came."""

    id: int
    kind: GatheringKind
    held_on: date
    place: str
    came: int


def rows(session: Session, programme_id: int) -> list[GatheringRow]:
    """The gatherings of a programme, first to last."""
    came = select(func.count()).where(Attendance.gathering_id == Gathering.id).scalar_subquery()
    found = session.execute(
        select(Gathering.id, Gathering.kind, Gathering.held_on, Gathering.place, came)
        .where(Gathering.programme_id == programme_id)
        .order_by(Gathering.held_on, Gathering.id)
    )
    return [GatheringRow(*row) for row in found]


def save(
    session: Session,
    programme_id: int,
    gathering_id: int | None,
    kind: GatheringKind,
    held_on: date,
    place: str,
    came: Iterable[int] | None = None,
) -> int:
    """Store a gathering, new where ``gathering_id`` is None; returns its id.

    ``came``: the staff ids of who was there, in place of what was recorded; None: as it was.
    """
    programmes.open_programme(session, programme_id)
    place = " ".join(clean(place).split())
    if gathering_id is None:
        gathering = Gathering(programme_id=programme_id, kind=kind, held_on=held_on, place=place)
        session.add(gathering)
    else:
        gathering = find(session, gathering_id)
        gathering.kind, gathering.held_on, gathering.place = kind, held_on, place
    session.flush()
    if came is not None:
        session.execute(sql_delete(Attendance).where(Attendance.gathering_id == gathering.id))
        session.add_all(
            Attendance(gathering_id=gathering.id, staff_id=id_) for id_ in sorted(set(came))
        )
        session.flush()
    return gathering.id


def find(session: Session, gathering_id: int) -> Gathering:
    """The mapped gathering; a UserError where it is not there any more."""
    gathering = session.get(Gathering, gathering_id)
    if gathering is None:
        raise UserError(_("This gathering is no longer in the file."))
    return gathering


def expected(session: Session, programme_id: int, kind: GatheringKind) -> Sequence[StaffMember]:
    """Who is expected, by name: all who take part; at a mentor circle those who can be mentors."""
    roles = (Role.MENTOR, Role.BOTH) if kind is GatheringKind.MENTOR_CIRCLE else tuple(Role)
    return session.scalars(
        select(StaffMember)
        .join(Enrolment, Enrolment.staff_id == StaffMember.id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            Enrolment.role.in_(roles),
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
        )
        .order_by(StaffMember.name_key, StaffMember.id)
    ).all()


def attendance(
    session: Session, programme_id: int, gathering_id: int | None, kind: GatheringKind
) -> list[tuple[int, str, bool]]:
    """Everybody who is expected or came: staff id, name, and whether they came; by name."""
    came = set(
        session.scalars(select(Attendance.staff_id).where(Attendance.gathering_id == gathering_id))
    )
    people = {person.id: person for person in expected(session, programme_id, kind)}
    for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(came))):
        people[person.id] = person
    ranked = sorted(people.values(), key=lambda person: (person.name_key, person.id))
    return [(person.id, person.full_name, person.id in came) for person in ranked]


def delete(session: Session, gathering_id: int) -> None:
    """Remove a gathering with its attendance; what was printed stays on record."""
    gathering = find(session, gathering_id)
    programmes.open_programme(session, gathering.programme_id)
    session.delete(gathering)
