"""What stands on the documents of a person: invitation, interest form, note, certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from revmentor_desktop.domain.letter_fields import Value
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.programmes import Enrolment, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import Benefit
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import certificates, topics
from revmentor_desktop.services.certificates import Standing
from revmentor_desktop.services.pair_facts import person_values
from revmentor_desktop.services.shared_facts import Ground, Letter, Wanted, yes
from revmentor_desktop.services.tables import chunks

BOXES = "☐   ☐"


def letters(on: Ground, shared: Mapping[str, Value], wanted: Wanted) -> list[Letter]:
    """The letters of some people, in their order."""
    ids = [subject.id for subject, _kinds in wanted]
    kinds = {kind for _subject, some in wanted for kind in some}
    people = _people(on, ids)
    managers = _people(on, [p.manager_id for p in people.values() if p.manager_id is not None])
    roles = _roles(on, ids)
    standings = certificates.standings(on.session, on.programme.id, ids)
    more = _topic_boxes(on) if DocumentKind.INTEREST_FORM in kinds else {}
    made = []
    for subject, some in wanted:
        person, role = people[subject.id], roles.get(subject.id)
        for kind in some:
            if kind is DocumentKind.MANAGER_NOTE:
                manager = managers.get(person.manager_id or 0)
                values, readers, refusal = _note(on, person, role, manager)
            else:
                values, readers = _to(on, person, role), {"reader": person.id}
                refusal = ""
            if kind is DocumentKind.CERTIFICATE:
                values |= _certified(standings[person.id])
                refusal = certificates.refusal(standings[person.id], on.programme)
            made.append(
                Letter(
                    kind, subject, person.full_name, {**shared, **more, **values}, readers, refusal
                )
            )
    return made


def _to(on: Ground, person: StaffMember, role: Role | None) -> dict[str, Value]:
    """What a document says of its reader. Whose role is not decided can be both."""
    return {
        **{f"reader.{key}": value for key, value in person_values(person).items()},
        **{f"reader.{key}": value for key, value in _role_values(on, role).items()},
    }


def _role_values(on: Ground, role: Role | None) -> dict[str, str]:
    words = {Role.MENTOR: on.mentor_word, Role.MENTEE: on.mentee_word}
    both = _("{mentor} and {mentee}").format(mentor=on.mentor_word, mentee=on.mentee_word)
    return {
        "role": words.get(role, both if role is Role.BOTH else "") if role else "",
        "is_mentor": yes(role is None or role.includes(Role.MENTOR)),
        "is_mentee": yes(role is None or role.includes(Role.MENTEE)),
    }


def _note(
    on: Ground, person: StaffMember, role: Role | None, manager: StaffMember | None
) -> tuple[dict[str, Value], dict[str, int], str]:
    """The note goes to the manager and speaks of the person."""
    said: dict[str, Value] = {
        "person.name": person.full_name,
        "person.call_name": person.call_name,
        "person.department": person.department,
        **{f"person.{key}": value for key, value in _role_values(on, role).items()},
    }
    if manager is None or not manager.is_active:
        refusal = _("no line manager is recorded")
        return said, {"person": person.id}, refusal
    said |= {f"reader.{key}": value for key, value in person_values(manager).items()}
    return said, {"person": person.id, "reader": manager.id}, ""


def _certified(standing: Standing) -> dict[str, Value]:
    halves = round(standing.minutes / 30)
    hours = _("1 hour") if halves == 2 else _("{n} hours").format(n=f"{halves / 2:g}")
    return {
        "certificate.sessions": ngettext("{n} session", "{n} sessions", standing.sessions),
        "certificate.hours": hours,
        "certificate.topics": standing.topics,
    }


def _topic_boxes(on: Ground) -> dict[str, Value]:
    """The topics of each benefit, two beside each other, each with a box to bring and to learn."""
    found = topics.by_benefit(on.session)
    return {f"topics.{benefit.value}": _boxes(found[benefit]) for benefit in Benefit}


def _boxes(names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    half = (len(names) + 1) // 2
    left, right = list(names[:half]), [*names[half:], ""][:half]
    return tuple(
        (BOXES, one, BOXES if other else "", other) for one, other in zip(left, right, strict=True)
    )


def _people(on: Ground, ids: Sequence[int]) -> dict[int, StaffMember]:
    return {
        person.id: person
        for portion in chunks(ids)
        for person in on.session.scalars(select(StaffMember).where(StaffMember.id.in_(portion)))
    }


def _roles(on: Ground, ids: Sequence[int]) -> dict[int, Role]:
    return {
        staff_id: role
        for portion in chunks(ids)
        for staff_id, role in on.session.execute(
            select(Enrolment.staff_id, Enrolment.role).where(
                Enrolment.programme_id == on.programme.id, Enrolment.staff_id.in_(portion)
            )
        )
    }
