"""The staff register: its table, the record form, and what may be stored of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.staff import StaffMember, split_name
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.i18n import _
from revmentor_desktop.services import decisions, staff_values, topics
from revmentor_desktop.services.tables import chunks

_INTERESTS = {"offers": InterestKind.OFFERS, "wants": InterestKind.WANTS}


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """All that the record form shows of one person."""

    id: int | None
    values: Mapping[str, Any]


FORM_FIELDS = (
    "full_name", "preferred_name", "staff_number", "email", "job_title", "department", "team",
    "level", "site", "manager", "start_date", "birth_year", "languages", "formats",
    "availability", "offers", "wants", "told_on", "restricted", "left_on",
)  # fmt: skip


def record(session: Session, staff_id: int) -> StaffRecord:
    """The person's record for the form."""
    person = find(session, staff_id)
    interests = topics.interests_of(session, [staff_id])
    values: dict[str, Any] = {
        name: getattr(person, name) for name in FORM_FIELDS if hasattr(person, name)
    }
    values["level"], values["manager"] = person.level_id, person.manager_id
    for key, kind in _INTERESTS.items():
        values[key] = tuple(name for name, _s in interests.get((staff_id, kind), ()))
    return StaffRecord(staff_id, values)


def find(session: Session, staff_id: int) -> StaffMember:
    """The mapped person; a UserError where it is not there any more."""
    person = session.get(StaffMember, staff_id)
    if person is None:
        raise UserError(_("This person is no longer in the list."))
    return person


def find_all(session: Session, ids: Iterable[int]) -> dict[int, StaffMember]:
    """The mapped people by id; a UserError where one is not there any more."""
    wanted = list(ids)
    found = {
        person.id: person
        for portion in chunks(wanted)
        for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(portion)))
    }
    if len(found) < len(wanted):
        raise UserError(_("One of these people is no longer in the list."))
    return found


def add(session: Session, values: Mapping[str, Any]) -> int:
    """A new person; returns the id."""
    if not str(values.get("full_name") or "").strip():
        raise UserError(_("A person needs a name."))
    person = StaffMember(full_name="?")
    set_fields(session, [person], values, flush_first=True)
    return person.id


def save(session: Session, staff_id: int | None, values: Mapping[str, Any]) -> int:
    """Store the form of a person, new where ``staff_id`` is None; returns the id."""
    if staff_id is None:
        return add(session, values)
    set_fields(session, [find(session, staff_id)], values)
    return staff_id


def set_fields(
    session: Session,
    people: Sequence[StaffMember],
    values: Mapping[str, Any],
    flush_first: bool = False,
) -> None:
    """Set the same fields on some people, each value checked; keys as in FORM_FIELDS."""
    names = {key: value for key, value in values.items() if key not in _INTERESTS}
    for key, value in names.items():
        stored = staff_values.checked(session, key, value, people)
        for person in people:
            _set(person, key, stored)
    if flush_first:
        session.add_all(people)
    session.flush()
    for person in people:
        if names.get("manager") is not None:
            _refuse_loop(session, person)
        for key, kind in _INTERESTS.items():
            if key in values:
                topics.set_interest_names(session, person.id, kind, values[key])


def _set(person: StaffMember, key: str, value: Any) -> None:  # noqa: ANN401
    if key == "full_name":
        person.full_name = value
        person.given_name, person.family_name = split_name(value)
    elif key in ("level", "manager"):
        setattr(person, f"{key}_id", value)
    else:
        setattr(person, key, value)


def _refuse_loop(session: Session, person: StaffMember) -> None:
    seen, above = {person.id}, person.manager_id
    while above is not None:
        if above in seen:
            raise UserError(
                _("{name} would be above their own manager. Choose somebody else.").format(
                    name=person.full_name
                )
            )
        seen.add(above)
        above = session.scalar(select(StaffMember.manager_id).where(StaffMember.id == above))


def delete(session: Session, ids: Sequence[int]) -> None:
    """Remove people with their enrolments, pairs and session logs."""
    for portion in chunks(ids):
        session.execute(sql_delete(StaffMember).where(StaffMember.id.in_(portion)))


def mark_told(session: Session, ids: Sequence[int], day: date) -> None:
    """Record that these people were told of the programme: the basis of taking part."""
    for portion in chunks(ids):
        for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(portion))):
            person.told_on = day


def mark_left(session: Session, ids: Sequence[int], day: date | None) -> None:
    """Record that these people have left, or (None) are back."""
    for portion in chunks(ids):
        for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(portion))):
            person.left_on = day
    if day is not None:
        decisions.forget_people(session, ids)
