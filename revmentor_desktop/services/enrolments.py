"""Who takes part in a programme, as what, and how far their invitation has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import decisions, participants, programmes
from revmentor_desktop.services.tables import chunks


class NotToldError(UserError):
    """Somebody is to take part who was not told of it. ``staff_ids``: who."""

    def __init__(self, sentence: str, staff_ids: Sequence[int]) -> None:
        super().__init__(sentence)
        self.staff_ids = staff_ids


def enrol(
    session: Session,
    programme_id: int,
    staff_ids: Sequence[int],
    role: Role,
    state: EnrolmentState = EnrolmentState.ENROLLED,
) -> int:
    """Give people a part in the programme, or change the part they have; returns how many.

    Somebody who has left cannot take part, and nobody is enrolled who was not told of it.
    """
    programmes.open_programme(session, programme_id)
    people = _people(session, staff_ids)
    _refuse_leavers(people)
    if state is EnrolmentState.ENROLLED:
        _refuse_untold(people)
    present = _parts(session, programme_id, staff_ids)
    for person in people:
        enrolment = present.get(person.id)
        if enrolment is None:
            session.add(
                Enrolment(programme_id=programme_id, staff_id=person.id, role=role, state=state)
            )
        else:
            enrolment.role, enrolment.state = role, state
    return len(people)


def set_state(
    session: Session, programme_id: int, staff_ids: Sequence[int], state: EnrolmentState
) -> int:
    """Move people who have a part in the programme to another state; returns how many."""
    programmes.open_programme(session, programme_id)
    present = _parts(session, programme_id, staff_ids)
    if not present:
        raise UserError(
            _("None of these people has a part in the programme yet. Enrol them first.")
        )
    if state is EnrolmentState.ENROLLED:
        _refuse_untold(_people(session, list(present)))
    for enrolment in present.values():
        enrolment.state = state
    if state in (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN):
        decisions.forget_people(session, staff_ids, programme_id)
    return len(present)


def set_capacity(
    session: Session, programme_id: int, staff_ids: Sequence[int], capacity: int
) -> int:
    """How many partners each of these people can have at the same time; returns how many people.

    Those without a part in the programme are passed over.
    """
    programmes.open_programme(session, programme_id)
    if not 1 <= capacity <= decisions.MOST_PARTNERS:
        raise UserError(_("Choose between 1 and {n} partners.").format(n=decisions.MOST_PARTNERS))
    used = participants.places(session, programme_id).used
    present = _parts(session, programme_id, staff_ids)
    for staff_id, enrolment in present.items():
        if capacity < min(used[staff_id], enrolment.capacity):
            raise UserError(
                ngettext(
                    "{name} has {n} partner now. End that pair first, or choose more places.",
                    "{name} has {n} partners now. End a pair first, or choose more places.",
                    used[staff_id],
                ).format(name=session.get_one(StaffMember, staff_id).full_name)
            )
        enrolment.capacity = capacity
    return len(present)


def part(session: Session, programme_id: int, staff_id: int) -> Enrolment | None:
    """The part that somebody has in the programme, None where they have none."""
    return _parts(session, programme_id, [staff_id]).get(staff_id)


def with_part(session: Session, programme_id: int, staff_ids: Sequence[int]) -> list[int]:
    """Which of these people have a part in the programme."""
    return list(_parts(session, programme_id, staff_ids))


def in_role(session: Session, programme_id: int, staff_ids: Sequence[int], role: Role) -> list[int]:
    """Which of these people have just this role in the programme."""
    parts = _parts(session, programme_id, staff_ids)
    return [id_ for id_, enrolment in parts.items() if enrolment.role is role]


def remove(session: Session, programme_id: int, staff_ids: Sequence[int]) -> None:
    """Take people out of the programme as if they had never been asked."""
    programmes.open_programme(session, programme_id)
    decisions.forget_people(session, staff_ids, programme_id)
    for portion in chunks(staff_ids):
        session.execute(
            sql_delete(Enrolment).where(
                Enrolment.programme_id == programme_id, Enrolment.staff_id.in_(portion)
            )
        )


def counts(session: Session, programme_id: int) -> dict[tuple[Role, EnrolmentState], int]:
    """How many people have which part in which state."""
    rows = session.execute(
        select(Enrolment.role, Enrolment.state, func.count())
        .where(Enrolment.programme_id == programme_id)
        .group_by(Enrolment.role, Enrolment.state)
    )
    return {(role, state): count for role, state, count in rows}


def propose_roles(
    session: Session, programme_id: int, state: EnrolmentState = EnrolmentState.CANDIDATE
) -> tuple[int, int]:
    """The top third as mentees and the bottom third as mentors; returns (mentors, mentees).

    Cut by level, start date and staff number, among those who are here, not restricted, and have
    no part in the programme yet. Whose level is unknown stands in the middle: an unknown is no
    entry level. The window makes candidates, the command line participants.
    """
    programmes.open_programme(session, programme_id)
    taken = select(Enrolment.staff_id).where(Enrolment.programme_id == programme_id)
    people = session.execute(
        select(StaffMember, Level.rank)
        .outerjoin(Level, Level.id == StaffMember.level_id)
        .where(
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
            StaffMember.id.not_in(taken),
        )
    ).all()
    if state is EnrolmentState.ENROLLED:
        people = [row for row in people if row[0].told_on is not None]
    ranked = _from_the_top(people)
    third = len(ranked) // 3
    for role, some in ((Role.MENTEE, ranked[:third]), (Role.MENTOR, ranked[len(ranked) - third :])):
        for person in some:
            session.add(
                Enrolment(programme_id=programme_id, staff_id=person.id, role=role, state=state)
            )
    return third, third


def _from_the_top(people: Sequence[Row[StaffMember, int]]) -> list[StaffMember]:
    ranks = sorted(rank for _person, rank in people if rank is not None)
    middle = ranks[len(ranks) // 2] if ranks else 0

    def place(row: Row[StaffMember, int]) -> tuple[int, date, str, str]:
        person, rank = row
        start = person.start_date or date.max
        return (-(middle if rank is None else rank), start, person.number_key or "~",
                person.stable_key)  # fmt: skip

    return [person for person, _rank in sorted(people, key=place)]


def _people(session: Session, ids: Sequence[int]) -> list[StaffMember]:
    return [
        person
        for portion in chunks(ids)
        for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(portion)))
    ]


def _parts(session: Session, programme_id: int, staff_ids: Sequence[int]) -> dict[int, Enrolment]:
    return {
        enrolment.staff_id: enrolment
        for portion in chunks(staff_ids)
        for enrolment in session.scalars(
            select(Enrolment).where(
                Enrolment.programme_id == programme_id, Enrolment.staff_id.in_(portion)
            )
        )
    }


def _refuse_leavers(people: Sequence[StaffMember]) -> None:
    for person in people:
        if not person.is_active:
            raise UserError(
                _("{name} has left and cannot take part.").format(name=person.full_name)
            )


def _refuse_untold(people: Sequence[StaffMember]) -> None:
    untold = [person for person in people if person.told_on is None]
    ids = [person.id for person in untold]
    if len(untold) == 1:
        raise NotToldError(
            _(
                "{name} has not been told of the programme yet. Record the day on which "
                "they were told (“Told on”) first."
            ).format(name=untold[0].full_name),
            ids,
        )
    if untold:
        raise NotToldError(
            _(
                "{n} of these people have not been told of the programme yet. Record the "
                "day on which they were told (“Told on”) first."
            ).format(n=len(untold)),
            ids,
        )
