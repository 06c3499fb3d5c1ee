"""Pairing by hand: reasons, the rules that are broken, and a reason for the record."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.hand_pair_form import HandPairForm
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.services import pages, pairs, programmes
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.store.workspace import Workspace
from tests.factory import enrolled, programme

LONG, SHORT = date(2001, 1, 1), date(2024, 1, 1)


def fill(session: Session) -> tuple[int, int, int]:
    """A mentor and a mentee of one team; an other mentee elsewhere."""
    spring = programme(session)
    same = {"team": "Red", "department": "Sales"}
    ann = enrolled(session, spring, "Ann Ash", Role.MENTOR, start_date=SHORT, **same)
    bo = enrolled(session, spring, "Bo Birch", Role.MENTEE, start_date=LONG, **same)
    cy = enrolled(session, spring, "Cy Cedar", Role.MENTEE, start_date=LONG, department="Legal")
    return ann, bo, cy


def the_programme(context: Context) -> ProgrammeRow:
    [row] = context.read(programmes.rows)
    return row


def opened(context: Context, chosen: tuple[int, ...], qtbot: QtBot) -> HandPairForm:
    form = HandPairForm(context, the_programme(context), chosen)
    with qtbot.waitExposed(form):
        form.show()
    return form


def test_two_people_are_paired_with_the_reasons_of_a_review(context: Context, qtbot: QtBot) -> None:
    ann, _bo, cy = context.workspace.write(fill).value
    form = opened(context, (cy, ann), qtbot)
    assert form.error == ""
    assert form.mentor.currentText() == "Ann Ash", "the way round that breaks fewer rules"
    assert "different departments" in form.reason.text()
    assert "Different departments" in form.parts.accessibleName()
    assert not form.warning.isVisible()
    assert not form.why.isVisible()
    form.save_button.click()
    [row] = context.read(pairs.of_programme, the_programme(context).id)
    assert (row.mentor, row.mentee) == ("Ann Ash", "Cy Cedar")
    assert row.reason


def test_a_broken_rule_is_said_in_words_and_needs_a_reason(context: Context, qtbot: QtBot) -> None:
    ann, bo, _cy = context.workspace.write(fill).value
    form = opened(context, (ann, bo), qtbot)
    assert "They work in the same team" in form.warning.text()
    form.save_button.click()
    assert form.error.startswith("Write why")
    assert context.read(pairs.of_programme, the_programme(context).id) == []
    form.why.setPlainText("They asked for it")
    form.save_button.click()
    [row] = context.read(pairs.of_programme, the_programme(context).id)
    [said] = context.read(pages.pair_page, row.id).exceptions
    assert "same team" in said
    assert "They asked for it" in said


def test_swapped_they_break_another_rule(context: Context, qtbot: QtBot) -> None:
    ann, _bo, cy = context.workspace.write(fill).value
    form = opened(context, (ann, cy), qtbot)
    form.swap_button.click()
    assert form.mentor.currentText() == "Cy Cedar"
    assert "Not far enough apart" in form.warning.text()
    form.reject()


def test_one_person_twice_is_refused_in_place(context: Context, qtbot: QtBot) -> None:
    ann, _bo, _cy = context.workspace.write(fill).value
    form = opened(context, (), qtbot)
    assert not form.save_button.isEnabled()
    form.mentor.set_value(ann)
    form.mentee.set_value(ann)
    assert form.error == "Nobody can be their own partner. Choose two people."
    form.reject()


def test_from_two_people_chosen_in_staff(window: MainWindow, workspace: Workspace) -> None:
    ann, _bo, cy = workspace.write(fill).value
    window.adopt_workspace(workspace)
    window.show_tab("staff", [ann, cy])
    window.run_command("pair_by_hand")
    [form] = window.findChildren(HandPairForm)
    assert (form.mentor.currentText(), form.mentee.currentText()) == ("Ann Ash", "Cy Cedar")
    form.reject()
