"""A staff list on its way in: against the register, and its levels among those there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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

        def read(session: staff_table.Session) -> dict[str, str]:
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
