"""How one person takes part in a programme: places, dates, wishes, and whom they had met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import OPEN_STATES, Pair
from revmentor_desktop.domain.programmes import (
    Enrolment,
    EnrolmentState,
    Programme,
    Role,
    Tie,
    TieKind,
    Wish,
)
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import enrolments, programmes, staff, topics

MOST_WISHES = 3
_GONE = (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class TakingPart:
    """One person's part as the form keeps it. ``role`` is None where they have none yet.

    ``wishes``: staff ids, the first wish first; ``met``: staff ids in the order of their names.
    """

    role: Role | None = None
    places: int = 1
    not_before: date | None = None
    manager_told_on: date | None = None
    wishes: tuple[int, ...] = ()
    met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody to choose. ``role`` is theirs in the programme, None where it does not matter."""

    id: int
    name: str
    role: Role | None = None


def find(session: Session, programme_id: int, staff_id: int) -> TakingPart:
    """The part that somebody has in a programme, with what is assumed where they have none."""
    met = tuple(someone.id for someone in acquaintances(session, staff_id, only_met=True))
    enrolment = enrolments.part(session, programme_id, staff_id)
    if enrolment is None:
        return TakingPart(met=met)
    return TakingPart(
        enrolment.role, enrolment.capacity, enrolment.not_before, enrolment.manager_told_on,
        tuple(_wished(session, enrolment)), met,
    )  # fmt: skip


def partners(session: Session, programme_id: int, staff_id: int) -> list[Someone]:
    """Everybody else in the programme, by name; of those who are out of it only who is wished for.

    In whichever role: ``Role.faces`` tells who can be a partner.
    """
    enrolment = enrolments.part(session, programme_id, staff_id)
    wished = _wished(session, enrolment) if enrolment is not None else []
    return _named(
        session.execute(
            select(StaffMember.id, StaffMember.full_name, StaffMember.department, Enrolment.role)
            .join(Enrolment, Enrolment.staff_id == StaffMember.id)
            .where(
                Enrolment.programme_id == programme_id,
                StaffMember.id != staff_id,
                or_(
                    Enrolment.state.not_in(_GONE) & StaffMember.left_on.is_(None),
                    StaffMember.id.in_(wished),
                ),
            )
            .order_by(StaffMember.name_key, StaffMember.id)
        ).all()
    )


def acquaintances(session: Session, staff_id: int, only_met: bool = False) -> list[Someone]:
    """Whom somebody may have met before, by name: everybody here, and whom they have met."""
    met = _met(session, staff_id).keys()
    wanted: ColumnElement[bool] = StaffMember.id.in_(met)
    if not only_met:
        wanted = wanted | StaffMember.left_on.is_(None)
    return _named(
        session.execute(
            select(StaffMember.id, StaffMember.full_name, StaffMember.department)
            .where(StaffMember.id != staff_id, wanted)
            .order_by(StaffMember.name_key, StaffMember.id)
        ).all()
    )


def save(
    session: Session,
    programme_id: int,
    staff_id: int,
    part: TakingPart,
    strengths: Mapping[int, int],
) -> None:
    """Keep somebody's part in a programme; who has none yet is enrolled.

    ``strengths``: 1 to 4 by the id of the interest; what is not named stays.
    """
    programme = programmes.open_programme(session, programme_id)
    person = staff.find(session, staff_id)
    if part.role is None:
        raise UserError(
            _("Choose the role in which {name} takes part.").format(name=person.full_name)
        )
    enrolment = enrolments.part(session, programme_id, staff_id)
    if enrolment is None:
        enrolments.enrol(session, programme_id, [staff_id], part.role)
        enrolment = enrolments.part(session, programme_id, staff_id)
        assert enrolment is not None
    _refuse_role(session, programme, person, part.role)
    _refuse_date(programme, part.not_before)
    enrolments.set_capacity(session, programme_id, [staff_id], part.places)
    enrolment.role = part.role
    enrolment.not_before, enrolment.manager_told_on = part.not_before, part.manager_told_on
    _keep_wishes(session, enrolment, part.wishes)
    _keep_met(session, staff_id, frozenset(part.met))
    topics.set_strengths(session, staff_id, strengths)
    session.flush()


def _refuse_role(session: Session, programme: Programme, person: StaffMember, role: Role) -> None:
    """Nobody leaves a role in which they are one of an open pair."""
    for kept, column in ((Role.MENTOR, Pair.mentor_id), (Role.MENTEE, Pair.mentee_id)):
        if role.includes(kept):
            continue
        held = session.scalars(
            select(Pair.id).where(
                Pair.programme_id == programme.id,
                column == person.id,
                Pair.state.in_(OPEN_STATES),
            )
        )
        if held.first() is not None:
            raise UserError(
                _("{name} is in a pair as “{role}” now. End that pair first, or choose both roles.")
                .format(name=person.full_name, role=programme.word(kept))
            )  # fmt: skip


def _refuse_date(programme: Programme, not_before: date | None) -> None:
    if not_before is not None and not_before >= programme.end_date:
        raise UserError(
            _("The programme ends on {end}. Choose an earlier day for “Not available until”, or "
              "put them on the waiting list.").format(end=format_date(programme.end_date))
        )  # fmt: skip


def _keep_wishes(session: Session, enrolment: Enrolment, wishes: Sequence[int]) -> None:
    if len(wishes) > MOST_WISHES:
        raise UserError(_("At most {n} wishes can be kept.").format(n=MOST_WISHES))
    if len(set(wishes)) < len(wishes):
        raise UserError(_("Somebody is wished for twice. Choose each person once."))
    known = partners(session, enrolment.programme_id, enrolment.staff_id)
    possible = {one.id for one in known if one.role and one.role.faces(enrolment.role)}
    for staff_id in wishes:
        if staff_id not in possible:
            raise UserError(
                _("{name} cannot be their partner in this programme. Choose somebody of the other "
                  "role.").format(name=staff.find(session, staff_id).full_name)
            )  # fmt: skip
    if list(wishes) == _wished(session, enrolment):
        return
    session.execute(sql_delete(Wish).where(Wish.enrolment_id == enrolment.id))
    for rank, staff_id in enumerate(wishes, 1):
        session.add(Wish(enrolment_id=enrolment.id, staff_id=staff_id, rank=rank))


def _keep_met(session: Session, staff_id: int, wanted: frozenset[int]) -> None:
    if staff_id in wanted:
        raise UserError(_("Nobody has met themselves. Choose other people."))
    present = _met(session, staff_id)
    for other in present.keys() - wanted:
        session.delete(present[other])
    for other in sorted(wanted - present.keys()):
        staff.find(session, other)
        one, two = sorted((staff_id, other))
        session.add(Tie(kind=TieKind.MET, one_id=one, other_id=two))


def _wished(session: Session, enrolment: Enrolment) -> list[int]:
    """Whom somebody wished for and who still has a part, the first wish first."""
    return list(
        session.scalars(
            select(Wish.staff_id)
            .join(Enrolment, Enrolment.staff_id == Wish.staff_id)
            .where(
                Wish.enrolment_id == enrolment.id,
                Enrolment.programme_id == enrolment.programme_id,
            )
            .order_by(Wish.rank, Wish.id)
        )
    )


def _met(session: Session, staff_id: int) -> dict[int, Tie]:
    """Whom somebody had met, by the other's id."""
    found = session.scalars(
        select(Tie).where(
            Tie.kind == TieKind.MET, or_(Tie.one_id == staff_id, Tie.other_id == staff_id)
        )
    )
    return {tie.one_id + tie.other_id - staff_id: tie for tie in found}


def _named(rows: Iterable[Sequence[object]]) -> list[Someone]:
    """(id, name, department, perhaps a role): namesakes with their department behind."""
    found = list(rows)
    names = Counter(row[1] for row in found)
    told = []
    for id_, name, department, *role in found:
        if names[name] > 1 and department:
            name = _("{name} ({department})").format(name=name, department=department)
        told.append(Someone(id_, name, *role))  # type: ignore[arg-type]
    return told
