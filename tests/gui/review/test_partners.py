"""Another partner from either side, any two kept apart, and being far above excepted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.partners import PartnersDialog, Seeker
from revmentor_desktop.gui.review.proposal_model import Column
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.services import decisions, keep_aparts, matching, programmes, staff
from revmentor_desktop.services.programmes import ProgrammeRow
from tests.factory import enrolled, staff_member
from tests.gui.review.conftest import Open, dialog_of, names
from tests.gui.review.test_window import choose, click_action, id_of, locked


def partners(window: ReviewWindow) -> PartnersDialog:
    found = dialog_of(window, PartnersDialog)
    assert isinstance(found, PartnersDialog)
    return found


def shown(dialog: PartnersDialog) -> tuple[set[str], int]:
    """The mentors of all choices, and how many choices there are."""
    return {one.suggestion.mentor for one in dialog.table.rows}, len(dialog.table.rows)


def give_reason(window: ReviewWindow, reason: str) -> None:
    form = dialog_of(window, ReasonForm)
    assert isinstance(form, ReasonForm)
    form.reason.setPlainText(reason)
    form.save_button.click()


def test_of_a_pair_either_can_have_another_partner_by_keyboard(
    review_window: ReviewWindow, qtbot: QtBot
) -> None:
    choose(review_window, "Ida Iris")
    assert review_window.chosen is not None
    mentee = review_window.chosen.mentee
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Return)
    dialog = partners(review_window)
    assert {one.suggestion.mentee for one in dialog.table.rows} == {mentee}
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_2, alt)
    qtbot.waitUntil(lambda: shown(dialog) == ({"Ida Iris"}, 4))
    told = {one.suggestion.mentee: one for one in dialog.table.rows}
    assert told[mentee].cost == "The present partner"
    qtbot.keyClick(dialog, Qt.Key.Key_1, alt)
    qtbot.waitUntil(lambda: len(shown(dialog)[0]) == 3)
    qtbot.keyClick(dialog, Qt.Key.Key_2, alt)
    qtbot.waitUntil(lambda: shown(dialog) == ({"Ida Iris"}, 4))
    other = next(at for at, one in enumerate(dialog.table.rows) if not one.is_current)
    wanted = dialog.table.rows[other].suggestion.mentee
    dialog.table.choose(other)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert names(review_window)["Ida Iris"] == wanted
    assert locked(review_window) == {"Ida Iris"}


def test_a_mentor_who_waits_chooses_a_partner(
    context: Context, spring: ProgrammeRow, open_review: Open
) -> None:
    def add(session: Session) -> None:
        for name in ("Uma Umber", "Val Violet"):
            enrolled(session, spring.id, name, Role.MENTOR)

    context.workspace.write(add)
    window = open_review()
    assert window.review is not None
    waiting = window.waiting.table.rows
    at = next(at for at, row in enumerate(waiting) if row.role == "Mentor")
    name = waiting[at].name
    window.waiting.table.choose(at)
    click_action(window, f"Choose a partner for {name}")
    dialog = partners(window)
    assert {one.suggestion.mentor for one in dialog.table.rows} == {name}
    mentee = dialog.table.chosen.suggestion.mentee
    dialog.choose_button.click()
    assert names(window)[name] == mentee


def test_the_chosen_pair_is_brought_into_view_even_from_behind_a_search(
    review_window: ReviewWindow, context: Context
) -> None:
    oda = id_of(context, "Oda Oak")
    review_window.proposal.search.setText("Jon")
    review_window.choose_partner_for(Seeker(oda, False))
    dialog = partners(review_window)
    at = next(n for n, c in enumerate(dialog.table.rows) if c.suggestion.mentor == "Ida Iris")
    dialog.table.choose(at)
    dialog.choose_button.click()
    assert names(review_window)["Ida Iris"] == "Oda Oak"
    assert review_window.proposal.search.text() == ""
    assert review_window.chosen is not None
    assert (review_window.chosen.mentor, review_window.chosen.mentee) == ("Ida Iris", "Oda Oak")
    assert review_window.chosen.couple in review_window.proposal.model.fresh
    view = review_window.proposal.view
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_any_two_are_kept_apart_from_why_not_and_allowed_again(
    review_window: ReviewWindow, context: Context, qtbot: QtBot
) -> None:
    page = review_window.pair.why_not
    review_window.pair.why_not_section.set_open(True)
    lou, mia = id_of(context, "Lou Lily"), id_of(context, "Mia Moss")
    page.ask(lou, mia)
    assert page.answer == "Both take part as “Mentee”."
    assert page.apart_button.isVisible()
    page.apart_button.click()
    give_reason(review_window, "They were married")
    [kept] = context.read(keep_aparts.rows)
    assert {kept.one, kept.other, kept.reason} == {"Lou Lily", "Mia Moss", "They were married"}
    assert "married" not in context.undo_stack.undoText()
    assert not page.apart_button.isVisible()
    page.allow_button.click()
    assert context.read(keep_aparts.rows) == []
    assert not page.allow_button.isVisible()
    review_window.head.undo()
    assert len(context.read(keep_aparts.rows)) == 1
    page.ask(lou, lou)
    assert not page.apart_button.isVisible()


@pytest.fixture
def head(context: Context, spring: ProgrammeRow) -> int:
    """Hana is three steps above everybody who mentors."""

    mentors = [id_of(context, name) for name in ("Ida Iris", "Jon Jasmin", "Kay Kelp")]

    def add(session: Session) -> int:
        made = enrolled(session, spring.id, "Hana Head", Role.MENTEE)
        above = staff_member(session, "Mo Middle", manager_id=made)
        above = staff_member(session, "Una Under", manager_id=above)
        people = staff.find_all(session, mentors).values()
        staff.set_fields(session, [*people], {"manager_id": above})
        return made

    return context.workspace.write(add).value


def test_being_far_above_is_excepted_with_a_reason_and_taken_back(
    head: int, context: Context, spring: ProgrammeRow, open_review: Open
) -> None:
    window = open_review()
    ida = id_of(context, "Ida Iris")
    context.do("x", decisions.lock, spring.id, ida, head)
    window.proposal.view.choose((ida, head))
    assert window.chosen is not None
    before = window.chosen
    assert window.pair.line_button.isVisible()
    window.pair.why_not_section.set_open(True)
    window.pair.why_not.ask(ida, head)
    assert window.pair.why_not.line_button.isVisible()
    window.pair.line_button.click()
    give_reason(window, "Head of us all")
    after = window.chosen
    assert after.score == before.score + 150 == sum(part.points for part in after.parts)
    assert not window.pair.line_button.isVisible()
    assert after.exceptions[-1].endswith("(exception for Hana Head: Head of us all)")
    said = [one.text for one in window.rules.decided.shown]
    wanted = "Exception for Hana Head: Not far above in the reporting line (Head of us all)"
    assert wanted in said
    window.steps.take_back(window.rules.decided.shown[said.index(wanted)])
    assert window.chosen.score == before.score
    window.head.undo()
    assert window.chosen.score == after.score
    assert context.read(matching.collect, spring.id).pool.waived == {head: Rule.FAR_ABOVE}


def test_names_are_seen_however_narrow_it_is(review_window: ReviewWindow) -> None:
    review_window.rules.details_section.set_open(True)
    view = review_window.proposal.view
    for width in (200, 300, 420, 600, 900):
        view.setFixedWidth(width)
        assert view.columnWidth(Column.MENTOR) >= 50
        assert view.columnWidth(Column.MENTEE) >= 50
    assert not view.isColumnHidden(Column.FIRM)
    review_window.rules.details_section.set_open(False)
    assert view.isColumnHidden(Column.FIRM)


def test_where_the_rules_allow_no_pair_she_can_still_ask_why(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow
) -> None:
    def far_apart(session: Session) -> None:
        programmes.find(session, spring.id).rules = Rules(
            level_gap=50, tenure_gap_years=90
        ).to_json()

    panel = review_window.pair
    assert panel.spoken_section.isVisible()
    context.do("x", far_apart)
    assert names(review_window) == {}
    assert not panel.spoken_section.isVisible()
    assert panel.why_not.mentor.isVisible()
    context.undo_stack.undo()
    assert panel.spoken_section.isVisible()


def test_of_a_long_name_the_beginning_shows(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow
) -> None:
    def add(session: Session, name: str) -> int:
        return enrolled(session, spring.id, name, Role.MENTOR)

    page, anna = review_window.pair.why_not, "Anna-Katharina Konstantinopoulos-Wentworth"
    page.ask(context.do("x", add, anna), id_of(context, "Lou Lily"))
    for other in ("", "Zoe Zinnia"):
        if other:
            context.do("x", add, other)
            assert page.mentor.findText(other) > 0
        line = page.mentor.lineEdit()
        assert line is not None
        assert (line.text(), line.cursorPosition()) == (anna, 0)
