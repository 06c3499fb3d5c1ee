"""A staff list on its way in: against the register, and its levels among those there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Enrolment, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.exchange import columns
from revmentor_desktop.exchange.staff_sheet import Cause, StaffSheet
from revmentor_desktop.jobs import import_staff
from revmentor_desktop.jobs.import_staff import Imported, Plan
from revmentor_desktop.services import organisation, staff_table
from revmentor_desktop.store.workspace import Workspace
from tests import factory


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


class Lists:
    """Checks and brings in lists that a test writes down."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._workspace, self._path = workspace, folder / "list.csv"

    def check(self, *lines: str) -> StaffSheet:
        self._path.write_text("\n".join(lines), "utf-8")
        self._sheet = import_staff.sheets.read_sheet(self._path)
        mapping = columns.propose_mapping(self._sheet)
        return import_staff.check(self._workspace, self._sheet, mapping)

    def bring_in(self, *lines: str) -> Imported:
        checked = self.check(*lines)
        return import_staff.store(self._workspace, Plan(self._sheet, checked, None))

    def managers(self) -> dict[str, str]:
        table = staff_table.StaffTable()

        def read(session: Session) -> dict[str, str]:
            ids = table.ids(session, "full_name", False, {})
            return {row.name: row.manager for row in table.rows(session, ids).values()}

        return self._workspace.read(read)


@pytest.fixture
def lists(workspace: Workspace, tmp_path: Path) -> Lists:
    return Lists(workspace, tmp_path)


def test_a_manager_whom_nobody_knows_is_a_problem_with_its_row(lists: Lists) -> None:
    lists.bring_in("Name,Staff number", "Zoe Zeller,Z1")
    checked = lists.check(
        "Name,Staff number,Manager number",
        "Ann Ash,A1,D7777",
        "Bea Birch,B1,A1",
        "Cid Cedar,C1,Z1",
        "Dan Dogwood,D1,",
    )
    [problem] = checked.problems
    assert problem.sentence() == (
        "Row 2, Manager number: “D7777” is nobody in this list or among your staff. "
        "The manager is left blank."
    )
    assert problem.cause is Cause.MANAGER
    assert checked.lost_managers == 1
    known = [person for person in checked.people if person.manager_row or person.manager_text]
    assert [person.full_name for person in known] == ["Bea Birch", "Cid Cedar"]


def test_a_manager_of_an_earlier_list_is_found(lists: Lists) -> None:
    lists.bring_in("Name,Staff number", "Zoe Zeller,Z1")
    lists.bring_in("Name,Manager number", "Cid Cedar,Z1", "Eve Elm,Q9")
    assert lists.managers() == {"Cid Cedar": "Zoe Zeller", "Eve Elm": "", "Zoe Zeller": ""}


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        (
            ("Fachkraft", "Teamleitung", "Geschäftsleitung"), ("Praktikant", "Bereichsleitung"),
            ("Praktikant", "Fachkraft", "Teamleitung", "Bereichsleitung", "Geschäftsleitung"),
        ),
        (("Band 2", "Band 5"), ("Band 3", "Band 6", "Band 1"),
         ("Band 1", "Band 2", "Band 3", "Band 5", "Band 6")),
        (("Low", "High"), ("High", "Low"), ("Low", "High")),
    ],
)  # fmt: skip
def test_levels_of_a_later_list_are_sorted_in(
    lists: Lists, workspace: Workspace, first: tuple[str, ...], second: tuple[str, ...],
    order: tuple[str, ...],
) -> None:  # fmt: skip
    titles = {"Low": "Clerk", "High": "Director"}
    lines = [f"P{at},{titles.get(name, '')},{name}" for at, name in enumerate(first)]
    made = lists.bring_in("Name,Title,Level", *lines)
    assert made.stored.levels == first
    lines = [f"Q{at},{titles.get(name, '')},{name}" for at, name in enumerate(second)]
    made = lists.bring_in("Name,Title,Level", *lines)
    levels = workspace.read(organisation.levels)
    assert tuple(level.name for level in levels) == order
    assert [level.rank for level in levels] == sorted({level.rank for level in levels})
    assert made.stored.levels == (order if set(second) - set(first) else ())


PARTS = (
    "Name;Nimmt teil als;Anzahl Mentees;Verfügbar ab",
    "Ann Ash;Mentorin;3;01.05.2026",
    "Bea Birch;Mentee;;",
    "Cid Cedar;beides;2;",
    "Dan Dogwood;nein;;",
    "Eve Elm;;4;",
    "Fay Fir;Teamleitung;0;31.02.2026",
)


def parts(workspace: Workspace) -> dict[str, tuple[str, str, int, date | None]]:
    def read(session: Session) -> dict[str, tuple[str, str, int, date | None]]:
        return {
            name: (one.role.value, one.state.value, one.capacity, one.not_before)
            for one, name in session.execute(
                select(Enrolment, StaffMember.full_name).join(
                    StaffMember, StaffMember.id == Enrolment.staff_id
                )
            )
        }

    return workspace.read(read)


def test_a_list_may_say_who_takes_part_as_what(lists: Lists, workspace: Workspace) -> None:
    workspace.write(factory.programme)
    checked = lists.check(*PARTS)
    assert [problem.sentence() for problem in checked.problems] == [
        "Row 7, Anzahl Mentees: “0” is no number of partners from 1 to 20. It is left blank.",
        "Row 7, Nimmt teil als: “Teamleitung” is neither mentor nor mentee nor both. "
        "It is left blank.",
        "Row 7, Verfügbar ab: “31.02.2026” is not a date that exists. It is left blank.",
    ]
    made = lists.bring_in(*PARTS)
    assert "3 candidates with a role" in made.summary()
    assert "1 person has no role in the programme" in made.summary()
    assert parts(workspace) == {
        "Ann Ash": ("mentor", "candidate", 3, date(2026, 5, 1)),
        "Bea Birch": ("mentee", "candidate", 1, None),
        "Cid Cedar": ("both", "candidate", 2, None),
    }


def test_whoever_takes_part_keeps_what_the_list_does_not_say(
    lists: Lists, workspace: Workspace
) -> None:
    def make(session: Session) -> None:
        programme_id = factory.programme(session)
        factory.pair(session, programme_id, "Ann Ash", "Bo Birch")
        factory.enrolled(session, programme_id, "Cid Cedar", Role.MENTOR)

    workspace.write(make)
    lists.bring_in("Name;Role;Places", "Ann Ash;mentee;5", "Cid Cedar;mentee;", "Bo Birch;;2")
    assert parts(workspace) == {
        "Ann Ash": ("mentor", "enrolled", 5, None),
        "Bo Birch": ("mentee", "enrolled", 2, None),
        "Cid Cedar": ("mentee", "enrolled", 1, None),
    }, "a column called Role holds roles here; who has a partner keeps theirs"


def test_without_a_programme_nobody_gets_a_role(lists: Lists, workspace: Workspace) -> None:
    made = lists.bring_in(*PARTS)
    assert "No programme is open, so no roles were stored." in made.summary()
    assert parts(workspace) == {}
    workspace.write(factory.programme)
    made = lists.bring_in(*PARTS)
    assert made.stored.candidates == 3, "the same list once more"


def test_a_number_that_is_somebody_elses_is_told_before(lists: Lists, workspace: Workspace) -> None:
    lists.bring_in("Staff number;Name", "1;Ann Ash", "2;Bo Birch")
    checked = lists.check("Staff number;Name", "1;Zoë Zinn", "2;bo birch", "3;Cid Cedar")
    assert [problem.sentence() for problem in checked.problems] == [
        "Row 2, Staff number: 1 is “Ann Ash” among your staff. The name is changed to “Zoë Zinn”."
    ]
    assert checked.lost_managers == 0
