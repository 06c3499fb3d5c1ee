"""Brings in a staff list: read apart, checked, then stored in one transaction after a backup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.exchange import columns, sheets, staff_sheet, worker
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.exchange.staff_sheet import SheetPerson, StaffSheet
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import programmes, staff_import
from revmentor_desktop.services.imported_parts import Part
from revmentor_desktop.services.staff_import import Incoming, Stored
from revmentor_desktop.store.workspace import Outcome, Workspace

OWN = ("languages", "formats", "start_date", "birth_year", "told_on", "staff_number")
MANAGERS = frozenset({"manager_name", "manager_number", "manager_email"})
PARTS = frozenset({"role", "capacity", "not_before"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be stored of a list.

    ``programme_id``: in which programme people get the part that the list gives them; None: in the
    one that is open.
    """

    sheet: Sheet
    staff: StaffSheet
    told_on: date | None
    programme_id: int | None = None

    @property
    def problems(self) -> tuple[staff_sheet.Problem, ...]:
        """What is wrong in the list, by row."""
        return self.staff.problems

    def summary(self) -> str:
        """How many people the list has."""
        people = ngettext("{n} person", "{n} people", len(self.staff.people))
        return _("{people} in “{name}”").format(people=people, name=self.sheet.name)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was stored, with the write's outcome for undo and refresh."""

    outcome: Outcome[Stored]

    @property
    def stored(self) -> Stored:
        """The counts."""
        return self.outcome.value

    def summary(self) -> str:
        """One sentence."""
        added = ngettext("{n} person added", "{n} people added", self.stored.added)
        updated = ngettext("{n} brought up to date", "{n} brought up to date", self.stored.updated)
        text = added if not self.stored.updated else f"{added}, {updated}"
        if self.stored.candidates:
            text += ", " + ngettext(
                "{n} candidate with a role", "{n} candidates with a role", self.stored.candidates
            )
        if self.stored.levels:
            levels = ", ".join(self.stored.levels)
            text += "; " + _("levels, entry level first: {levels}").format(levels=levels)
        return "\n".join([text, *self.stored.notes])


def read_list(path: Path, progress: Progress = no_progress) -> Sheet:
    """The cells of a list, read in a process of its own."""
    progress(0, 1)
    return worker.run_untrusted(sheets.read_sheet, path)


def read(
    path: Path,
    *,
    wanted: Mapping[str, str],
    strict: bool = False,
    told_on: date | None = None,
) -> Plan:
    """Read and check a list with the recognised columns, changed by ``wanted``."""
    sheet = read_list(path)
    mapping = columns.asked_mapping(sheet, wanted)
    return Plan(sheet, staff_sheet.check(sheet, mapping, strict), told_on)


def check(workspace: Workspace, sheet: Sheet, mapping: Mapping[int, str]) -> StaffSheet:
    """Check a list, also against the register.

    A manager whom neither knows is a problem, and so is a number that is there under another name.
    """
    staff = staff_sheet.check(sheet, mapping)
    texts = {person.manager_text for person in staff.people if person.manager_text}
    unknown = workspace.read(staff_import.unknown_managers, texts)
    column = next((sheet.header[at] for at, name in mapping.items() if name in MANAGERS), "")
    found = [
        staff_sheet.Problem(
            person.row, column,
            _("“{name}” is nobody in this list or among your staff.").format(
                name=person.manager_text),
            _("The manager is left blank."), staff_sheet.Cause.MANAGER,
        )
        for person in staff.people
        if person.manager_text in unknown
    ]  # fmt: skip
    lost = len(found)
    found += _other_names(workspace, staff, sheet)
    people = (
        replace(person, manager_text="") if person.manager_text in unknown else person
        for person in staff.people
    )
    problems = sorted([*staff.problems, *found], key=lambda problem: (problem.row, problem.column))
    return replace(staff, people=tuple(people), problems=tuple(problems), lost_managers=lost)


def _other_names(
    workspace: Workspace, staff: StaffSheet, sheet: Sheet
) -> list[staff_sheet.Problem]:
    """Whose number is in the register under another name, which the list would change."""
    numbered = {person.staff_number: person for person in staff.people if person.staff_number}
    known = workspace.read(staff_import.names_of, list(numbered))
    column = next(
        (sheet.header[at] for at, name in staff.mapping.items() if name == "staff_number"), ""
    )
    return [
        staff_sheet.Problem(
            numbered[number].row, column,
            _("{number} is “{name}” among your staff.").format(number=number, name=name),
            _("The name is changed to “{name}”.").format(name=numbered[number].full_name),
            staff_sheet.Cause.OTHER_NAME,
        )
        for number, name in known.items()
        if fold(name) != fold(numbered[number].full_name)
    ]  # fmt: skip


def store(workspace: Workspace, plan: Plan, progress: Progress = no_progress) -> Imported:
    """Back up, then store the people in one transaction."""
    progress(0, 0)
    workspace.back_up("import")
    given = frozenset(plan.staff.mapping.values())
    people = [_incoming(person, given) for person in plan.staff.people]
    has_managers = bool(given & MANAGERS)
    programme_id = plan.programme_id
    if programme_id is None and given & PARTS:
        programme_id = workspace.read(_open_programme)
    return Imported(
        workspace.write(
            staff_import.store, people, plan.told_on, has_managers, progress, programme_id
        )
    )


def _open_programme(session: Session) -> int | None:
    found = programmes.by_name(session, None)
    return found.id if found is not None and found.closed_on is None else None


def _incoming(person: SheetPerson, given: frozenset[str]) -> Incoming:
    """Only what the list speaks of, so that it wipes out nothing else."""
    values = {name: getattr(person, name) for name in (*staff_import.TEXTS, *OWN) if name in given}
    for name in ("full_name", "given_name", "family_name"):
        values[name] = getattr(person, name)
    return Incoming(
        row=person.row,
        values=values,
        level=person.level,
        offers=person.offers,
        wants=person.wants,
        manager_row=person.manager_row,
        manager_text=person.manager_text,
        part=Part(person.role, person.capacity, person.not_before),
    )
