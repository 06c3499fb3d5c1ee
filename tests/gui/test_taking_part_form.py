"""The form of one person's part, places for several, and people chosen by typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.people_field import PeopleField
from revmentor_desktop.gui.person_page import PersonPage
from revmentor_desktop.gui.staff_tab import StaffTab
from revmentor_desktop.gui.taking_part_form import PlacesForm, TakingPartForm
from revmentor_desktop.services import enrolments, participation, programmes, topics
from revmentor_desktop.services.participation import TakingPart
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.store.workspace import Workspace
from tests.factory import enrolled, programme, staff_member

TypeText = Callable[[QWidget, str], None]


def fill(session: Session) -> tuple[int, int, int, int]:
    """A mentor, two mentees, and somebody without a part."""
    spring = programme(session)
    ann = enrolled(session, spring, "Ada Alder", Role.MENTOR)
    bo = enrolled(session, spring, "Bo Baum", Role.MENTEE)
    cy = enrolled(session, spring, "Cy Cole", Role.MENTEE)
    topics.set_interest_names(session, ann, InterestKind.OFFERS, "R&D, Chess")
    return ann, bo, cy, staff_member(session, "Zoë Zander")


@pytest.fixture
def people(context: Context) -> tuple[int, int, int, int]:
    return context.workspace.write(fill).value


People = tuple[int, int, int, int]


def the_programme(context: Context) -> ProgrammeRow:
    [row] = context.read(programmes.rows)
    return row


def opened(context: Context, staff_id: int, qtbot: QtBot) -> TakingPartForm:
    form = TakingPartForm(context, the_programme(context), staff_id)
    with qtbot.waitExposed(form):
        form.show()
    return form


def names_of(form: TakingPartForm, wish: int) -> list[str]:
    field = form.wishes[wish]
    return [field.itemText(at) for at in range(field.count())]


def test_everything_is_kept_in_one_step_and_taken_back_in_one(
    context: Context, people: People, qtbot: QtBot
) -> None:
    ann, bo, cy, zoe = people
    form = opened(context, ann, qtbot)
    form.places.setValue(2)
    form.not_before.setText("1 Apr 2026")
    form.manager_told_on.setText("today")
    form.wishes[0].set_value(cy)
    form.wishes[2].set_value(bo)
    form.met.set_value([zoe])
    chess = next(one for one in context.read(topics.interests, ann) if one.topic == "Chess")
    form.strengths[chess.id].set_value(4)
    form.save_button.click()
    spring = the_programme(context).id
    kept = TakingPart(Role.MENTOR, 2, date(2026, 4, 1), date(2026, 3, 2), (cy, bo), (zoe,))
    assert context.read(participation.find, spring, ann) == kept
    assert {one.topic: one.strength for one in context.read(topics.interests, ann)} == {
        "Chess": 4, "R&D": 2,
    }  # fmt: skip
    assert context.undo_stack.count() == 1
    context.undo_stack.undo()
    assert context.read(participation.find, spring, ann) == TakingPart(Role.MENTOR)
    context.undo_stack.redo()
    again = opened(context, ann, qtbot)
    assert [field.currentText() for field in again.wishes] == ["Cy Cole", "Bo Baum", ""]
    assert again.not_before.value() == date(2026, 4, 1)
    again.reject()


def test_another_role_offers_other_people(context: Context, people: People, qtbot: QtBot) -> None:
    ann, bo, _cy, _zoe = people
    form = opened(context, ann, qtbot)
    assert names_of(form, 0) == ["", "Bo Baum", "Cy Cole"]
    form.wishes[0].set_value(bo)
    form.role.set_value(Role.BOTH)
    assert form.wishes[0].value() == bo
    form.role.set_value(Role.MENTEE)
    assert names_of(form, 0) == [""]
    assert form.wishes[0].value() is None
    form.reject()


def test_who_has_no_part_chooses_a_role_first(
    context: Context, people: People, qtbot: QtBot
) -> None:
    form = opened(context, people[3], qtbot)
    form.save_button.click()
    assert form.error == "Choose the role in which Zoë Zander takes part."
    form.role.set_value(Role.MENTEE)
    assert names_of(form, 0) == ["", "Ada Alder"]
    form.save_button.click()
    part = context.read(participation.find, the_programme(context).id, people[3])
    assert part.role is Role.MENTEE


def test_a_day_that_is_none_and_a_wish_twice_stay_in_the_form(
    context: Context, people: People, qtbot: QtBot
) -> None:
    ann, bo, _cy, _zoe = people
    form = opened(context, ann, qtbot)
    form.not_before.setText("someday")
    form.save_button.click()
    assert "someday" in form.error
    form.not_before.setText("")
    form.wishes[0].set_value(bo)
    form.wishes[1].set_value(bo)
    form.save_button.click()
    assert form.error == "Somebody is wished for twice. Choose each person once."
    assert form.isVisible()
    form.reject()


@pytest.fixture
def field(show: Callable[[QWidget], None]) -> PeopleField:
    made = PeopleField("Have met", [(1, "Ann Ash"), (2, "Bea Birch"), (3, "Zoë Zander")])
    show(made)
    return made


def test_people_are_typed_one_after_the_other_and_taken_out_again(
    field: PeopleField, qtbot: QtBot, type_text: TypeText
) -> None:
    line = field.chooser.lineEdit()
    assert line is not None
    for name in ("zoë zander", "Ann Ash", "Ann Ash"):
        type_text(line, name)
        field.chooser.completer().popup().hide()
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == ""
    assert field.value() == (1, 3)
    QApplication.processEvents()
    outs = [one for one in field.findChildren(QAbstractButton) if one.isVisible()]
    assert [one.accessibleName() for one in outs] == ["Take out: Ann Ash", "Take out: Zoë Zander"]
    outs[0].click()
    assert field.value() == (3,)


def test_a_name_chosen_in_the_list_is_taken_in_at_once(field: PeopleField, qtbot: QtBot) -> None:
    field.chooser.setCurrentIndex(2)
    field.chooser.activated.emit(2)
    qtbot.waitUntil(lambda: field.chooser.currentText() == "")
    assert field.value() == (2,)


def test_a_name_left_in_the_field_counts_and_one_that_is_nobodys_is_refused(
    field: PeopleField, type_text: TypeText
) -> None:
    field.chooser.setEditText("Bea Birch")
    assert field.value() == (2,)
    field.chooser.setEditText("Nobody")
    with pytest.raises(Exception, match="“Nobody” is not one of the choices"):
        field.value()


def test_places_for_several_pass_over_who_takes_no_part(
    context: Context, people: People, qtbot: QtBot
) -> None:
    ann, bo, _cy, zoe = people
    form = PlacesForm(context, the_programme(context), [ann, bo, zoe])
    with qtbot.waitExposed(form):
        form.show()
    form.places.setValue(3)
    form.save_button.click()
    spring = the_programme(context).id
    assert [context.read(participation.find, spring, who).places for who in (ann, bo)] == [3, 3]
    assert context.read(enrolments.with_part, spring, [zoe]) == []
    assert context.undo_stack.undoText() == "Partners of 2 people changed"
    none = PlacesForm(context, the_programme(context), [zoe])
    assert not none.save_button.isEnabled()
    none.deleteLater()


def test_from_the_staff_tab_and_from_the_page_of_a_person(
    window: MainWindow, workspace: Workspace
) -> None:
    ann, bo, _cy, _zoe = workspace.write(fill).value
    window.adopt_workspace(workspace)
    window.show_tab("staff", [ann])
    tab = window.current_tab()
    assert isinstance(tab, StaffTab)
    texts = [action.text() for action in tab.part_menu().actions()]
    assert texts[0] == "Taking part …"
    assert "How many partners …" not in texts
    next(a for a in tab.page.view.extra_actions if a.text() == "Taking part …").trigger()
    [form] = window.findChildren(TakingPartForm)
    assert form.role.value() is Role.MENTOR
    form.reject()
    window.show_tab("staff", [ann, bo])
    [places] = [a for a in tab.part_menu().actions() if a.text() == "How many partners …"]
    places.trigger()
    window.findChildren(PlacesForm)[0].reject()
    window.programmes.open_person(bo)
    [page] = window.findChildren(PersonPage)
    [button] = [b for b in page.findChildren(QAbstractButton) if "Taking part" in b.text()]
    button.click()
    page.findChildren(TakingPartForm)[0].reject()
    page.close()
