"""The Staff tab: taking part in one or two clicks, and what is said and offered then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import EnrolmentState, Role
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.staff_tab import StaffTab
from revmentor_desktop.services import enrolments, staff, staff_choices, staff_table
from tests import factory


class Register:
    """The tab with some people in a programme, and the buttons of the toast."""

    def __init__(self, window: MainWindow) -> None:
        assert window.context is not None
        self.window, self.context = window, window.context
        self.context.do("", factory.programme)
        for name in ("Ann Ash", "Bea Birch"):
            self.context.do("", staff.add, {"full_name": name})
        window.show_tab("staff")
        tab = window.current_tab()
        assert isinstance(tab, StaffTab)
        self.tab = tab

    def press(self, text: str) -> None:
        [found] = [b for b in self.window.toast.findChildren(QPushButton) if b.text() == text]
        assert not found.isHidden()
        found.click()

    def chips(self) -> list[str]:
        assert self.window.programme is not None
        table = staff_table.StaffTable(self.window.programme.id)

        def read(session: Session) -> list[str]:
            ids = table.ids(session, "full_name", False, {})
            rows = table.rows(session, ids)
            return [rows[id_].status for id_ in ids]

        return self.context.read(read)

    def in_role(self, role: Role) -> int:
        assert self.window.programme is not None
        ids = [id_ for id_, _name in self.context.read(staff_choices.names)]
        return len(self.context.read(enrolments.in_role, self.window.programme.id, ids, role))


@pytest.fixture
def register(open_window: MainWindow) -> Register:
    return Register(open_window)


def test_whoever_was_not_told_is_enrolled_by_saying_so(register: Register) -> None:
    register.tab.page.view.selectAll()
    register.tab.enrol(Role.MENTOR)
    assert "2 of these people have not been told" in register.window.toast.text
    assert register.in_role(Role.MENTOR) == 0
    register.press("They were told today")
    assert register.window.toast.text == "2 people enrolled"
    assert register.in_role(Role.MENTOR) == 2
    people = register.context.read(staff_choices.names)
    told = [register.context.read(staff.record, id_).values["told_on"] for id_, _name in people]
    assert told == [date(2026, 3, 2)] * 2


def test_candidates_who_were_not_told_are_enrolled_by_saying_so(register: Register) -> None:
    assert register.window.programme is not None
    ids = [id_ for id_, _name in register.context.read(staff_choices.names)]
    register.context.do("", enrolments.enrol, register.window.programme.id, ids, Role.MENTEE,
                        EnrolmentState.CANDIDATE)  # fmt: skip
    assert register.chips() == ["Candidate: Mentee"] * 2
    register.tab.page.view.selectRow(0)
    register.tab.set_state(EnrolmentState.ENROLLED)
    register.press("They were told today")
    assert register.chips() == ["Waiting for a partner", "Candidate: Mentee"]


def test_another_role_is_said_and_both_are_offered(register: Register) -> None:
    register.tab.page.view.selectAll()
    register.tab._mark_told()
    register.tab.enrol(Role.MENTOR)
    register.tab.page.view.selectRow(0)
    register.tab.enrol(Role.MENTEE)
    assert register.window.toast.text == "Enrolled as Mentee instead of Mentor"
    register.press("Make it both")
    assert (register.in_role(Role.BOTH), register.in_role(Role.MENTOR)) == (1, 1)
    register.tab.page.view.selectAll()
    register.tab.enrol(Role.MENTEE)
    text = "2 people enrolled, 1 of them as Mentee instead of Mentor"
    assert register.window.toast.text == text
    register.window.run_command("undo")
    assert (register.in_role(Role.BOTH), register.in_role(Role.MENTOR)) == (1, 1)


def test_when_they_were_told_shows_without_looking_for_it(register: Register) -> None:
    shown = {column.key for column in staff_table.StaffTable().columns if column.shown}
    assert "told_on" in shown
    table = staff_table.StaffTable()
    assert sum(column.width for column in table.columns if column.shown) <= 1220, "fits 1280"


def test_choosing_rows_does_not_move_the_table(
    register: Register, qtbot: QtBot, clock: Callable[[], object]
) -> None:
    view = register.tab.page.view
    qtbot.waitUntil(lambda: view.height() > 100)
    before = view.mapTo(register.window, QPoint(0, 0)).y()
    view.selectAll()
    qtbot.waitUntil(lambda: view.selected_count() == 2)
    layout = register.tab.page.layout()
    assert layout is not None
    layout.activate()
    assert view.mapTo(register.window, QPoint(0, 0)).y() == before


def test_candidates_are_looked_through_before_more_are_proposed(register: Register) -> None:
    for n in range(4):
        register.context.do("", staff.add, {"full_name": f"P {n}"})
    register.window.run_command("propose_roles")
    assert register.window.toast.text.startswith("2 candidates for Mentor and 2 for Mentee")
    register.window.show_tab("today")
    register.window.run_command("propose_roles")
    text = "4 candidates are not enrolled yet: look through them, then enrol"
    assert register.window.toast.text == text
    assert register.window.current_tab() is register.tab
    assert register.tab.page.model.rowCount() == 4
    for n in range(4):
        register.context.do("", staff.add, {"full_name": f"Q {n}"})
    register.press("Propose more")
    assert register.window.toast.text.startswith("2 candidates for Mentor and 2 for Mentee")
