"""Finds each person's manager in the same list, by name, number or e-mail address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from revmentor_desktop.domain.base import fold
from revmentor_desktop.exchange.sheet_people import Cause, Reading, SheetPerson
from revmentor_desktop.i18n import _

FIELDS = ("manager_name", "manager_number", "manager_email")


def find_managers(reading: Reading, people: Sequence[SheetPerson]) -> list[SheetPerson]:
    """The people with their managers' rows; a manager who is not in the list stays as text.

    Where the name and the number or e-mail disagree, the name wins.
    """
    if not set(FIELDS) & reading.columns.keys():
        return list(people)
    index = _Index(people)
    found = {person.row: _manager(reading, index, person) for person in people}
    return _without_loops(reading, people, found)


class _Index:
    """Looks people up by what a list can call them."""

    def __init__(self, people: Sequence[SheetPerson]) -> None:
        self._keys: dict[str, SheetPerson] = {}
        self._names: dict[str, list[SheetPerson]] = {}
        for person in people:
            for key in (person.staff_number, person.email):
                if key:
                    self._keys.setdefault(_key(key), person)
            given, family = person.given_name, person.family_name
            names = {person.full_name, f"{family}, {given}", f"{given} {family}"}
            if person.preferred_name:
                names |= {f"{person.preferred_name} {family}", f"{family}, {person.preferred_name}"}
            for name in {_name(name) for name in names}:
                self._names.setdefault(name, []).append(person)

    def by_key(self, text: str) -> SheetPerson | None:
        return self._keys.get(_key(text)) if text else None

    def by_name(self, text: str) -> list[SheetPerson]:
        return self._names.get(_name(text), [])


def _key(text: str) -> str:
    """A number with or without zeros before it, an address in any case."""
    return text.lstrip("0") if text.isdecimal() else fold(text)


def _name(text: str) -> str:
    return fold(re.sub(r"\s*,\s*", ", ", text).strip(" ,"))


def _manager(reading: Reading, index: _Index, person: SheetPerson) -> SheetPerson | str | None:
    """The manager, a text to look up in the register, or None."""
    row = reading.row(person.row)
    name, number, email = (reading.text(row, field) for field in FIELDS)
    keyed = index.by_key(number) or index.by_key(email)
    if not name:
        return keyed or number or email or None
    bare, inside = _without_brackets(name)
    named = index.by_name(name) or index.by_name(bare)
    keyed = keyed or index.by_key(inside) or index.by_key(name)
    if not named:
        return _unnamed(reading, person, name, keyed)
    if keyed in named:
        return keyed
    if keyed is not None:
        what = _("the manager’s name and number or e-mail belong to different people.")
        reading.note(row, "manager_name", Cause.MANAGER, what, _("The name is taken."))
    if len(named) == 1:
        return named[0]
    what = _("there are several people called “{name}”.").format(name=name)
    reading.note(row, "manager_name", Cause.MANAGER, what, _("The manager is left blank."))
    return None


def _without_brackets(name: str) -> tuple[str, str]:
    """ "Jane Doe (1234)" as the name and what stands in brackets."""
    found = re.fullmatch(r"(.+?)\s*[(\[<]([^()\[\]<>]*)[)\]>]", name)
    return (found[1], found[2].strip()) if found else (name, "")


def _unnamed(
    reading: Reading, person: SheetPerson, name: str, keyed: SheetPerson | None
) -> SheetPerson | str:
    """Nobody in the list has the name: the number or e-mail tells who is meant."""
    if keyed is None:
        return name
    if _key(name) not in (_key(keyed.staff_number or ""), _key(keyed.email)):
        what = _("nobody in the list is called “{name}”.").format(name=name)
        taken = _("The number or e-mail is taken.")
        reading.note(reading.row(person.row), "manager_name", Cause.MANAGER, what, taken)
    return keyed


def _without_loops(
    reading: Reading,
    people: Sequence[SheetPerson],
    found: Mapping[int, SheetPerson | str | None],
) -> list[SheetPerson]:
    above = {row: who.row for row, who in found.items() if isinstance(who, SheetPerson)}
    column = next(field for field in FIELDS if field in reading.columns)
    done = []
    for person in people:
        who = found[person.row]
        if not isinstance(who, SheetPerson):
            done.append(replace(person, manager_text=who) if who else person)
        elif _leads_back(person.row, above):
            what = (
                _("the manager is the person themselves.")
                if who.row == person.row
                else _("following the managers upwards leads back to this row.")
            )
            left = _("The manager is left blank.")
            reading.note(reading.row(person.row), column, Cause.MANAGER, what, left)
            above.pop(person.row)
            done.append(person)
        else:
            done.append(replace(person, manager_row=who.row))
    return done


def _leads_back(start: int, above: Mapping[int, int]) -> bool:
    at, seen = above.get(start), set[int]()
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at)
    return False
