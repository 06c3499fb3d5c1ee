"""The staff register: its table, the record form, and what may be stored of a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean, fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember, split_name
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.i18n import _
from revmentor_desktop.services import topics
from revmentor_desktop.services.tables import chunks

_TEXTS = frozenset(
    {
        "given_name", "family_name", "preferred_name", "email", "department", "team",
        "job_title", "site", "availability",
    }
)  # fmt: skip
_DATES = frozenset({"start_date", "told_on", "left_on"})
_INTERESTS = {"offers": InterestKind.OFFERS, "wants": InterestKind.WANTS}
LONGEST_TEXT = 300


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
        stored = _checked(session, key, value, people)
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


def _checked(
    session: Session, key: str, value: Any, people: Sequence[StaffMember]  # noqa: ANN401
) -> Any:  # noqa: ANN401
    if key in _TEXTS or key == "full_name":
        return _checked_text(key, value)
    if key in _DATES:
        return value or None
    check = _CHECKS.get(key)
    return check(session, value, people) if check else value


def _checked_text(key: str, value: object) -> str:
    text = " ".join(clean(str(value or "")).split())
    if len(text) > LONGEST_TEXT:
        raise UserError(_("This text has {n} characters; at most {most} can be kept.").format(
            n=len(text), most=LONGEST_TEXT))
    if key == "full_name" and not text:
        raise UserError(_("A person needs a name."))
    if key == "email" and text and not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise UserError(_("“{text}” is not an e-mail address.").format(text=text))
    return text


def _checked_number(
    session: Session, value: object, people: Sequence[StaffMember]
) -> str | None:
    number = clean(str(value or "")).strip() or None
    if number is None:
        return None
    if len(people) > 1:
        raise UserError(_("Two people cannot have the same staff number."))
    with session.no_autoflush:
        holder = session.scalars(
            select(StaffMember).where(StaffMember.staff_number == number)
        ).first()
    if holder is not None and holder is not people[0]:
        raise UserError(_("{name} has the staff number {number} already.").format(
            name=holder.full_name, number=number))
    return number


def _checked_year(session: Session, value: object, people: Sequence[StaffMember]) -> int | None:
    if value in (None, ""):
        return None
    year = int(str(value)) if str(value).isdecimal() else 0
    if not 1900 <= year <= 2100:
        raise UserError(_("“{value}” is not a birth year. Write it like 1984.").format(value=value))
    return year


def _checked_level(session: Session, value: Any, people: Sequence[StaffMember]) -> int | None:  # noqa: ANN401
    if value in (None, ""):
        return None
    if isinstance(value, str):
        known = {fold(name): id_ for id_, name in session.execute(select(Level.id, Level.name))}
        if fold(value) not in known:
            raise UserError(_("There is no level “{name}”. Add it in the organisation’s "
                              "settings first.").format(name=value))
        return known[fold(value)]
    return int(value)


def _checked_manager(session: Session, value: Any, people: Sequence[StaffMember]) -> int | None:  # noqa: ANN401
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = _by_name(session, value)
    if any(person.id == value for person in people):
        raise UserError(_("Nobody can be their own manager."))
    return int(value)


def _by_name(session: Session, name: str) -> int:
    with session.no_autoflush:
        found = [
            id_
            for id_, full in session.execute(select(StaffMember.id, StaffMember.full_name))
            if fold(full) == fold(name)
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(_("There are several people called “{name}”. Choose one in the form."
                          ).format(name=name))
    raise UserError(_("There is nobody called “{name}” in the staff list.").format(name=name))


def _checked_words(
    session: Session, value: object, people: Sequence[StaffMember]
) -> tuple[str, ...]:
    return words(value)


def _checked_formats(
    session: Session, value: object, people: Sequence[StaffMember]
) -> tuple[str, ...]:
    known = {kind.value for kind in MeetingFormat}
    chosen = tuple(word.casefold() for word in words(value))
    for word in chosen:
        if word not in known:
            raise UserError(_("“{word}” is not a way to meet. Choose “in person” or “online”."
                              ).format(word=word))
    return chosen


_Check = Callable[[Session, Any, Sequence[StaffMember]], Any]
_CHECKS: dict[str, _Check] = {
    "staff_number": _checked_number,
    "birth_year": _checked_year,
    "level": _checked_level,
    "manager": _checked_manager,
    "languages": _checked_words,
    "formats": _checked_formats,
}


def words(value: object) -> tuple[str, ...]:
    """A list of words out of a tuple or of text with commas or semicolons; no word twice."""
    parts = value if isinstance(value, tuple | list) else re.split(r"[,;\n]", str(value or ""))
    cleaned = (" ".join(clean(str(part)).split()) for part in parts)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def _refuse_loop(session: Session, person: StaffMember) -> None:
    seen, above = {person.id}, person.manager_id
    while above is not None:
        if above in seen:
            raise UserError(_("{name} would be above their own manager. Choose somebody else."
                              ).format(name=person.full_name))
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


def names(session: Session, active_only: bool = True) -> list[tuple[object, str]]:
    """Everybody's (id, name) by name, to choose from."""
    statement = select(StaffMember.id, StaffMember.full_name).order_by(
        StaffMember.name_key, StaffMember.id
    )
    if active_only:
        statement = statement.where(StaffMember.left_on.is_(None))
    return [(id_, name) for id_, name in session.execute(statement)]


def distinct(column: Any) -> Callable[[Session], list[tuple[object, str]]]:  # noqa: ANN401
    """Choices out of what a text column holds already."""

    def choices(session: Session) -> list[tuple[object, str]]:
        found = session.scalars(select(column).where(column != "").distinct())
        return [(text, text) for text in sorted(found, key=fold)]

    return choices


departments = distinct(StaffMember.department)
sites = distinct(StaffMember.site)
teams = distinct(StaffMember.team)
job_titles = distinct(StaffMember.job_title)


def languages(session: Session) -> list[tuple[object, str]]:
    """The languages that somebody speaks already, to choose from."""
    found = {word for row in session.scalars(select(StaffMember.languages)) for word in row}
    return [(word, word) for word in sorted(found, key=fold)]
