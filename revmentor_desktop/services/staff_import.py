"""Stores a checked staff list: new people in one sweep, known ones brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean, fold
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember, folded_keys
from revmentor_desktop.domain.topics import Benefit, Interest, InterestKind, Topic
from revmentor_desktop.i18n import _
from revmentor_desktop.services import imported_levels, imported_parts
from revmentor_desktop.services.imported_parts import NO_PART, Part
from revmentor_desktop.services.tables import chunks

TEXTS = (
    "full_name", "given_name", "family_name", "preferred_name", "email", "department", "team",
    "job_title", "site", "availability",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """A person of a list. ``values``: the staff columns the list speaks of; ``level``: its own word
    for the level; ``manager_row``/``manager_text``: see the sheet.
    """

    row: int
    values: Mapping[str, Any]
    level: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    manager_row: int | None = None
    manager_text: str = ""
    part: Part = NO_PART


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a list. ``levels``: all levels from the entry level up, where some were made;
    ``notes``: what she should know, one sentence each; ``candidates``: how many have a part in the
    programme now that had none.
    """

    added: int
    updated: int
    levels: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())
    candidates: int = 0


def store(
    session: Session,
    people: Sequence[Incoming],
    told_on: date | None,
    has_managers: bool,
    progress: Progress = no_progress,
    programme_id: int | None = None,
) -> Stored:
    """Add and update people; ``has_managers``: whether the list speaks of managers at all;
    ``programme_id``: in which programme they have the part that the list gives them.

    A ``progress`` that raises Cancelled leaves the transaction to be rolled back whole.
    """
    notes: list[str] = []
    known = _known(session)
    ids: dict[int, int] = {}
    new: list[tuple[Incoming, dict[str, Any]]] = []
    changed: list[dict[str, Any]] = []
    for done, person in enumerate(people):
        if done % 100 == 0:
            progress(done, len(people))
        values = _cleaned(person.values)
        if told_on is not None and not values.get("told_on"):
            values["told_on"] = told_on
        present = _same(known, values)
        if present is None:
            new.append((person, values))
        else:
            ids[person.row] = present.id
            changed.append(_update_of(present, values))
    progress(len(people), len(people))
    ids |= _insert(session, new)
    if changed:
        _update(session, changed)
    if has_managers:
        _set_managers(session, people, ids, notes)
    levels = imported_levels.store(
        session,
        [(p.row, str(p.values.get("job_title", "")), p.manager_row) for p in people],
        {p.row: p.level for p in people if p.level},
        ids,
        {p.row for p, _values in new},
    )
    _add_interests(session, people, ids)
    parts = {ids[person.row]: person.part for person in people if person.part != NO_PART}
    candidates = imported_parts.store(session, programme_id, parts, notes)
    session.expire_all()
    return Stored(len(new), len(changed), levels, tuple(notes), candidates)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    done = {k: " ".join(clean(v).split()) if k in TEXTS else v for k, v in values.items()}
    if done.get("formats"):
        kinds = {kind.value for kind in MeetingFormat}
        done["formats"] = tuple(w for w in (f.casefold() for f in done["formats"]) if w in kinds)
    return done


def _known(session: Session) -> dict[str, StaffMember]:
    """Everybody in the register by each key that a list can name them by."""
    known: dict[str, StaffMember] = {}
    for person in session.scalars(select(StaffMember).order_by(StaffMember.id.desc())):
        known[f"p:{fold(person.full_name)}:{person.start_date or ''}"] = person
        if person.email:
            known[f"e:{fold(person.email)}"] = person
        if person.staff_number:
            known[f"n:{person.staff_number}"] = person
    return known


def _same(known: Mapping[str, StaffMember], values: Mapping[str, Any]) -> StaffMember | None:
    """The person that a row speaks of: by number, else by e-mail, else by name and start date."""
    if values.get("staff_number"):
        found = known.get(f"n:{values['staff_number']}")
        if found is not None:
            return found
    if values.get("email"):
        found = known.get(f"e:{fold(values['email'])}")
        if found is not None and not (found.staff_number and values.get("staff_number")):
            return found
    if values.get("staff_number") or values.get("email"):
        return None
    return known.get(f"p:{fold(values['full_name'])}:{values.get('start_date') or ''}")


def _update_of(present: StaffMember, values: Mapping[str, Any]) -> dict[str, Any]:
    """The list's values over the stored ones; a blank cell never wipes out what is known."""
    merged = {
        name: values[name] if values.get(name) not in (None, "", ()) else getattr(present, name)
        for name in values
    }
    every = {name: getattr(present, name) for name in (*TEXTS, "staff_number")} | merged
    return {"key": present.id, **merged, **folded_keys(every)}


def _insert(session: Session, new: Sequence[tuple[Incoming, dict[str, Any]]]) -> dict[int, int]:
    """Row -> id of the new people. One INSERT for all: a form's checks were made in the sheet."""
    if not new:
        return {}
    rows = [{**_BLANK, **values, **folded_keys(values)} for _person, values in new]
    made = session.scalars(
        insert(StaffMember).returning(StaffMember.id, sort_by_parameter_order=True), rows
    )
    return {person.row: id_ for (person, _values), id_ in zip(new, made, strict=True)}


_BLANK: Mapping[str, Any] = {
    **dict.fromkeys(TEXTS, ""),
    "staff_number": None,
    "level_id": None,
    "manager_id": None,
    "start_date": None,
    "birth_year": None,
    "languages": (),
    "formats": (),
    "told_on": None,
    "restricted": False,
    "left_on": None,
}


def _update(session: Session, changed: Sequence[dict[str, Any]]) -> None:
    table = StaffMember.__table__
    names = [name for name in changed[0] if name != "key"]
    statement = (
        update(StaffMember)
        .where(StaffMember.id == bindparam("key"))
        .values({table.c[name]: bindparam(name) for name in names})
    )
    session.connection().execute(statement, list(changed))


def _set_managers(
    session: Session, people: Sequence[Incoming], ids: Mapping[int, int], notes: list[str]
) -> None:
    register = _Register(session)
    above = dict(session.execute(select(StaffMember.id, StaffMember.manager_id)).all())
    for person in people:
        manager = ids.get(person.manager_row) if person.manager_row is not None else None
        if manager is None and person.manager_text:
            manager = register.find(person.manager_text)
            if manager is None:
                notes.append(
                    _("Row {n}: there is nobody called “{name}”, so the manager is left blank."
                      ).format(n=person.row, name=person.manager_text)
                )  # fmt: skip
        if manager is not None and not _closes_loop(ids[person.row], manager, above):
            above[ids[person.row]] = manager
    changed = [
        {"key": ids[p.row], "boss": above[ids[p.row]]} for p in people if above.get(ids[p.row])
    ]
    if changed:
        statement = (
            update(StaffMember)
            .where(StaffMember.id == bindparam("key"))
            .values({StaffMember.__table__.c.manager_id: bindparam("boss")})
        )
        session.connection().execute(statement, changed)


def unknown_managers(session: Session, texts: Iterable[str]) -> set[str]:
    """Which of these names, numbers and addresses of managers are nobody's in the register."""
    register = _Register(session)
    return {text for text in texts if register.find(text) is None}


def names_of(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """Who has these staff numbers in the register, by number."""
    found: dict[str, str] = {}
    for portion in chunks(numbers):
        theirs = select(StaffMember.staff_number, StaffMember.full_name).where(
            StaffMember.staff_number.in_(portion)
        )
        found |= {number: name for number, name in session.execute(theirs) if number}
    return found


class _Register:
    """Finds a person by a name that only one has, or by staff number or e-mail."""

    def __init__(self, session: Session) -> None:
        self._names: dict[str, list[int]] = {}
        self._keys: dict[str, int] = {}
        for id_, full, number, email in session.execute(
            select(
                StaffMember.id, StaffMember.full_name, StaffMember.staff_number, StaffMember.email
            )
        ):
            self._names.setdefault(fold(full), []).append(id_)
            self._keys |= {fold(key): id_ for key in (number, email) if key}

    def find(self, text: str) -> int | None:
        """The id of the one who is meant, or None."""
        named = self._names.get(fold(text), [])
        return named[0] if len(named) == 1 else self._keys.get(fold(text))


def _closes_loop(person: int, manager: int, above: Mapping[int, int | None]) -> bool:
    at: int | None = manager
    seen = set[int]()
    while at is not None and at not in seen:
        if at == person:
            return True
        seen.add(at)
        at = above.get(at)
    return False


def _add_interests(session: Session, people: Sequence[Incoming], ids: Mapping[int, int]) -> None:
    """What the list says that people offer and want, added to what is known."""
    if not any(person.offers or person.wants for person in people):
        return
    known = {fold(topic.name): topic for topic in session.scalars(select(Topic))}
    found = session.execute(select(Interest.staff_id, Interest.topic_id, Interest.kind))
    present = {(staff_id, topic_id, kind) for staff_id, topic_id, kind in found}
    for person in people:
        for kind, names in (
            (InterestKind.OFFERS, person.offers),
            (InterestKind.WANTS, person.wants),
        ):
            for name in names:
                text = clean(name)[:120]
                topic = known.get(fold(text))
                if topic is None:
                    topic = Topic(key=f"own:{fold(text)}", name=text, benefit=Benefit.WHOLE)
                    session.add(topic)
                    session.flush()
                    known[fold(text)] = topic
                key = (ids[person.row], topic.id, kind)
                if key not in present:
                    present.add(key)
                    session.add(Interest(staff_id=key[0], topic_id=key[1], kind=kind))
    session.flush()
