"""The parts in a programme that a staff list gives its people: role, partners, from which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import participants, programmes
from revmentor_desktop.services.tables import chunks


@dataclass(frozen=True, slots=True)
class Part:
    """What a list says of somebody's part; None where it says nothing."""

    role: Role | None = None
    capacity: int | None = None
    not_before: date | None = None


NO_PART = Part()


def store(
    session: Session, programme_id: int | None, parts: Mapping[int, Part], notes: list[str]
) -> int:
    """Make candidates of people (by staff id) who have a role; returns how many are new.

    Whoever has a part already keeps its state, and what the list says nothing of; whoever has a
    partner keeps the role and that place too. Who has left or objected gets no part. What is not
    stored is told in ``notes``.
    """
    if not parts:
        return 0
    if programme_id is None:
        notes.append(
            _("No programme is open, so no roles were stored. Make one, and bring the list in "
              "again.")
        )  # fmt: skip
        return 0
    programmes.open_programme(session, programme_id)
    used = participants.places(session, programme_id).used
    made = without = 0
    for portion in chunks(list(parts)):
        present = _enrolments(session, programme_id, portion)
        for staff_id in session.scalars(_here(portion)):
            part, enrolment = parts[staff_id], present.get(staff_id)
            if enrolment is None:
                if part.role is None:
                    without += 1
                    continue
                enrolment = Enrolment(
                    programme_id=programme_id, staff_id=staff_id, role=part.role,
                    state=EnrolmentState.CANDIDATE,
                )  # fmt: skip
                session.add(enrolment)
                made += 1
            _fill(enrolment, part, used[staff_id])
    session.flush()
    if without:
        notes.append(
            ngettext(
                "{n} person has no role in the programme, so their places or first day were not "
                "stored.",
                "{n} people have no role in the programme, so their places or first day were not "
                "stored.",
                without,
            )
        )
    return made


def _enrolments(
    session: Session, programme_id: int, staff_ids: Sequence[int]
) -> dict[int, Enrolment]:
    """The parts that these people have already, by staff id."""
    theirs = Enrolment.programme_id == programme_id, Enrolment.staff_id.in_(staff_ids)
    return {one.staff_id: one for one in session.scalars(select(Enrolment).where(*theirs))}


def _here(staff_ids: Sequence[int]) -> Select[int]:
    """Those of them who neither left nor objected."""
    return select(StaffMember.id).where(
        StaffMember.id.in_(staff_ids),
        StaffMember.left_on.is_(None),
        StaffMember.restricted.is_(False),
    )


def _fill(enrolment: Enrolment, part: Part, partners: int) -> None:
    if part.role is not None and not partners:
        enrolment.role = part.role
    enrolment.capacity = max(part.capacity or enrolment.capacity, partners)
    enrolment.not_before = part.not_before or enrolment.not_before
