"""A sheet becomes people, with every problem named by its row and what was done about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.staff import split_name
from revmentor_desktop.exchange.columns import cell_text
from revmentor_desktop.exchange.dates import day_first, parse_date
from revmentor_desktop.exchange.sheets import Cell, Sheet
from revmentor_desktop.i18n import _

DATES = ("start_date", "told_on")
LISTS = ("languages", "formats", "offers", "wants")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One row of a list. ``manager_row``: the row of the manager; ``manager_text``: a manager who
    is not in the list, to be looked up in the register.
    """

    row: int
    full_name: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    staff_number: str | None = None
    email: str = ""
    department: str = ""
    team: str = ""
    job_title: str = ""
    level: str = ""
    site: str = ""
    start_date: date | None = None
    birth_year: int | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    availability: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    told_on: date | None = None
    manager_row: int | None = None
    manager_text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a row, and what is done about it unless she mends it."""

    row: int
    column: str
    text: str
    repair: str

    def sentence(self) -> str:
        """The whole in one line."""
        where = _("Row {n}").format(n=self.row)
        if self.column:
            where = _("{row}, {column}").format(row=where, column=self.column)
        return _("{where}: {what} {repair}").format(where=where, what=self.text, repair=self.repair)


@dataclass(frozen=True, slots=True)
class StaffSheet:
    """What a list holds: people, problems, and whether a date could be read both ways."""

    people: tuple[SheetPerson, ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[int, str]
    unclear_dates: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The state of one check."""

    sheet: Sheet
    columns: dict[str, int]
    first: dict[str, bool | None]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        at = self.columns.get(name)
        return row[at] if at is not None else None

    def text(self, row: Sequence[Cell], name: str) -> str:
        return cell_text(self.cell(row, name))[:LONGEST]

    def note(self, row: int, name: str, text: str, repair: str) -> None:
        column = self.sheet.header[self.columns[name]] if name in self.columns else ""
        self.problems.append(Problem(row, column, text, repair))


def check(
    sheet: Sheet,
    mapping: Mapping[int, str],
    strict: bool = False,
    first: bool | None = None,
) -> StaffSheet:
    """Read the people of a sheet. ``first``: the answer to "does the day come first?"; None asks
    the column itself. ``strict`` refuses the first problem instead of repairing it.
    """
    columns = {name: at for at, name in mapping.items()}
    if "full_name" not in columns and not {"given_name", "family_name"} & columns.keys():
        raise UserError(
            _("“{name}” has no column with names. Choose the column that holds them.").format(
                name=sheet.name
            )
        )
    reading = _Reading(sheet, columns, {})
    unclear = []
    for name in DATES:
        if name in columns:
            found = day_first([row[columns[name]] for row in sheet.rows])
            reading.first[name] = found if found is not None else first
            if found is None and _has_slashes(sheet, columns[name]):
                unclear.append(sheet.header[columns[name]])
    people = [
        person
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if (person := _person(reading, number, row)) is not None
    ]
    people = _without_doubles(reading, people)
    people = _with_managers(reading, people)
    if strict and reading.problems:
        raise UserError(sorted(reading.problems, key=lambda p: p.row)[0].sentence())
    problems = tuple(sorted(reading.problems, key=lambda p: (p.row, p.column)))
    return StaffSheet(tuple(people), problems, dict(mapping), tuple(unclear))


def _has_slashes(sheet: Sheet, at: int) -> bool:
    return any(re.match(r"\d{1,2}[/-]\d{1,2}[/-]", str(row[at] or "")) for row in sheet.rows)


def _person(reading: _Reading, number: int, row: Sequence[Cell]) -> SheetPerson | None:
    given, family = reading.text(row, "given_name"), reading.text(row, "family_name")
    full = reading.text(row, "full_name") or " ".join(filter(None, (given, family)))
    if not full:
        reading.note(number, "full_name", _("there is no name."), _("The row is left out."))
        return None
    if not given and not family:
        given, family = split_name(full)
        full = " ".join(filter(None, (given, family))) if "," in full else full
    plain = ("preferred_name", "department", "team", "job_title", "level", "site", "availability")
    return SheetPerson(
        row=number,
        full_name=full,
        given_name=given,
        family_name=family,
        staff_number=reading.text(row, "staff_number") or None,
        email=_email(reading, number, row),
        start_date=_date(reading, number, row, "start_date"),
        told_on=_date(reading, number, row, "told_on"),
        birth_year=_birth_year(reading, number, row),
        **{name: reading.text(row, name) for name in plain},  # type: ignore[arg-type]
        **{name: _words(reading.text(row, name)) for name in LISTS},  # type: ignore[arg-type]
    )


def _words(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"[,;|/]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _email(reading: _Reading, number: int, row: Sequence[Cell]) -> str:
    text = reading.text(row, "email").replace(" ", "").removeprefix("mailto:")
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        reading.note(
            number,
            "email",
            _("“{text}” is not an e-mail address.").format(text=text),
            _("It is left blank."),
        )
        return ""
    return text


def _date(reading: _Reading, number: int, row: Sequence[Cell], name: str) -> date | None:
    cell = reading.cell(row, name)
    if cell in (None, ""):
        return None
    try:
        found = parse_date(cell, reading.first.get(name) is not False)
        if 1900 <= found.year <= 2100:
            return found
    except (ValueError, OverflowError):
        pass
    reading.note(
        number,
        name,
        _("“{text}” is not a date that exists.").format(text=cell_text(cell)),
        _("It is left blank."),
    )
    return None


def _birth_year(reading: _Reading, number: int, row: Sequence[Cell]) -> int | None:
    """Only the year of a birth date is ever kept."""
    cell = reading.cell(row, "birth_year")
    if cell in (None, ""):
        return None
    if isinstance(cell, date | datetime):
        year = cell.year
    else:
        found = re.search(r"(19|20)\d{2}", cell_text(cell))
        year = int(found[0]) if found else 0
    if 1900 <= year <= 2100:
        return year
    reading.note(number, "birth_year", _("there is no year in this cell."), _("It is left blank."))
    return None


def _without_doubles(reading: _Reading, people: list[SheetPerson]) -> list[SheetPerson]:
    """A staff number or an e-mail address stands for one person: the first row wins."""
    kept: list[SheetPerson] = []
    seen: dict[tuple[str, str], int] = {}
    for person in people:
        keys = [("staff_number", person.staff_number or ""), ("email", fold(person.email))]
        double = next((key for key in keys if key[1] and key in seen), None)
        if double is not None:
            text = _("the same value stands in row {n} already.").format(n=seen[double])
            reading.note(person.row, double[0], text, _("The row is left out."))
            continue
        seen.update({key: person.row for key in keys if key[1]})
        kept.append(person)
    return kept


def _with_managers(reading: _Reading, people: list[SheetPerson]) -> list[SheetPerson]:
    """Find each manager's row: by name, number or e-mail; where they disagree the name wins."""
    rows = dict(zip(reading.sheet.numbers, reading.sheet.rows, strict=True))
    by_number = {p.staff_number: p for p in people if p.staff_number}
    by_email = {fold(p.email): p for p in people if p.email}
    by_name: dict[str, list[SheetPerson]] = {}
    for person in people:
        for name in {person.full_name, f"{person.family_name}, {person.given_name}"}:
            by_name.setdefault(fold(name), []).append(person)
    found: dict[int, SheetPerson | str | None] = {}
    for person in people:
        row = rows[person.row]
        number, email = reading.text(row, "manager_number"), reading.text(row, "manager_email")
        name = reading.text(row, "manager_name")
        by_key = by_number.get(number) or by_email.get(fold(email))
        found[person.row] = _manager(
            reading, person, by_key, by_name.get(fold(name), []), name, number or email
        )
    return _without_loops(reading, people, found)


def _manager(
    reading: _Reading,
    person: SheetPerson,
    by_key: SheetPerson | None,
    named: list[SheetPerson],
    name: str,
    key: str,
) -> SheetPerson | str | None:
    """The manager's row, a text to look up in the register, or None."""
    if named:
        if by_key is not None and by_key not in named:
            text = _("the manager’s name and number or e-mail belong to different people.")
            reading.note(person.row, "manager_name", text, _("The name is taken."))
        if len(named) == 1:
            return named[0]
        if by_key in named:
            return by_key
        reading.note(
            person.row,
            "manager_name",
            _("there are several people called “{name}”.").format(name=name),
            _("The manager is left blank."),
        )
        return None
    if by_key is not None and not name:
        return by_key
    return name or key or None


def _without_loops(
    reading: _Reading,
    people: list[SheetPerson],
    found: dict[int, SheetPerson | str | None],
) -> list[SheetPerson]:
    above = {row: who.row for row, who in found.items() if isinstance(who, SheetPerson)}
    done = []
    for person in people:
        who = found[person.row]
        if isinstance(who, SheetPerson) and _leads_back(person.row, above):
            text = (
                _("the manager is the person themselves.")
                if who.row == person.row
                else _("following the managers upwards leads back to this row.")
            )
            column = next(
                (c for c in ("manager_name", "manager_number") if c in reading.columns), ""
            )
            reading.note(person.row, column, text, _("The manager is left blank."))
            above.pop(person.row)
            done.append(person)
        elif isinstance(who, SheetPerson):
            done.append(replace(person, manager_row=who.row))
        else:
            done.append(replace(person, manager_text=who or ""))
    return done


def _leads_back(start: int, above: Mapping[int, int]) -> bool:
    at, seen = above.get(start), set[int]()
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at)
    return False
