"""The review, driven as she does it: by keyboard, mouse and sliders, on a real file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.domain.programmes import EnrolmentState
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review import finder
from revmentor_desktop.gui.review.partners import PartnersDialog, Seeker
from revmentor_desktop.gui.review.proposal_model import CHECKED, TICKED, UNCHECKED, Column
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.gui.review.wrapped_button import WrappedButton
from revmentor_desktop.gui.widgets import EmptyState
from revmentor_desktop.services import enrolments, matching, pairs, programmes, staff_choices
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.rule_settings import Setting
from tests.gui.review.conftest import Open, dialog_of, names

LEFT = Qt.MouseButton.LeftButton


def id_of(context: Context, name: str) -> int:
    return next(int(str(i)) for i, n in context.read(staff_choices.names, False) if n == name)


def stored_rules(context: Context, spring: ProgrammeRow) -> Rules:
    return context.read(matching.collect, spring.id).rules


def locked(window: ReviewWindow) -> set[str]:
    assert window.review is not None
    return {pair.mentor for pair in window.review.suggestions if pair.locked}


def choose(window: ReviewWindow, mentor: str) -> None:
    assert window.review is not None
    couple = next(pair.couple for pair in window.review.suggestions if pair.mentor == mentor)
    window.proposal.view.choose(couple)
    assert window.chosen is not None
    assert window.chosen.mentor == mentor


def click_action(window: ReviewWindow, text: str) -> None:
    QApplication.processEvents()
    [found] = [
        one
        for one in window.waiting.findChildren(WrappedButton)
        if one.isVisibleTo(window.waiting) and text in one.accessibleName()
    ]
    found.click()


def test_it_opens_on_the_pairs_who_waits_and_the_first_pair(review_window: ReviewWindow) -> None:
    assert len(names(review_window)) == 3
    assert review_window.proposal.model.rowCount() == 3
    assert review_window.chosen is not None
    assert review_window.chosen.mentor == "Ida Iris", "in the order of names"
    assert review_window.foot.accept_button.text() == "Accept 3 pairs"
    assert len(review_window.waiting.table.rows) == 1
    assert review_window.proposal.view.isColumnHidden(Column.FIRM), "calm at first"
    assert "Nothing is a pair until you accept" in review_window.head.sub.text()


def test_a_weight_works_while_it_moves_and_is_kept_as_one_step(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow
) -> None:
    slider = review_window.rules.weights.sliders["wanted"]
    before = stored_rules(context, spring)
    assert review_window.review is not None
    score = review_window.review.suggestions[0].score
    slider.setSliderDown(True)
    for value in (40, 60, 90):
        slider.setValue(value)
        assert review_window.review.rules.weight_wanted == value
    assert review_window.review.suggestions[0].score != score
    assert stored_rules(context, spring) == before, "nothing is stored while it moves"
    assert context.undo_stack.count() == 0
    slider.setSliderDown(False)
    assert stored_rules(context, spring) == replace(before, weight_wanted=90)
    assert context.undo_stack.count() == 1
    assert "counts 90" in context.undo_stack.undoText()
    review_window.head.undo_action.trigger()
    assert stored_rules(context, spring) == before
    assert slider.value() == before.weight_wanted
    assert review_window.review.suggestions[0].score == score


def test_a_weight_moved_by_keys_is_kept_when_it_rests(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot
) -> None:
    slider = review_window.rules.weights.sliders["site"]
    for _press in range(3):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert context.undo_stack.count() == 0
    qtbot.waitUntil(lambda: context.undo_stack.count() == 1)
    assert stored_rules(context, spring).weight_site == Rules().weight_site + 3


def test_closing_keeps_a_weight_that_was_just_moved(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot
) -> None:
    qtbot.keyClick(review_window.rules.weights.sliders["site"], Qt.Key.Key_Right)
    review_window.reject()
    assert stored_rules(context, spring).weight_site == Rules().weight_site + 1


def test_l_locks_and_undo_and_redo_go_with_it(review_window: ReviewWindow, qtbot: QtBot) -> None:
    choose(review_window, "Jon Jasmin")
    view = review_window.proposal.view
    qtbot.keyClick(view, Qt.Key.Key_L)
    assert locked(review_window) == {"Jon Jasmin"}
    assert review_window.chosen is not None
    assert review_window.chosen.mentor == "Jon Jasmin", "she stays where she was"
    assert review_window.pair.lock_button.text().strip() == "Unlock"
    qtbot.keyClick(review_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert locked(review_window) == set()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(review_window, Qt.Key.Key_Z, both)
    assert locked(review_window) == {"Jon Jasmin"}
    index = review_window.proposal.model.index(view.currentIndex().row(), Column.LOCK)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert locked(review_window) == set(), "a click on the lock unlocks"


def test_another_partner_is_chosen_and_locked(review_window: ReviewWindow, qtbot: QtBot) -> None:
    choose(review_window, "Jon Jasmin")
    assert review_window.chosen is not None
    mentee = review_window.chosen.mentee
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_F2)
    dialog = dialog_of(review_window, PartnersDialog)
    assert isinstance(dialog, PartnersDialog)
    costs = {c.suggestion.mentor: c.cost for c in dialog.table.rows}
    assert costs["Jon Jasmin"] == "The present partner"
    assert len(costs) == 3
    choice = next(at for at, c in enumerate(dialog.table.rows) if c.suggestion.mentor == "Kay Kelp")
    dialog.table.choose(choice)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert names(review_window)["Kay Kelp"] == mentee
    assert "Kay Kelp" in locked(review_window)
    assert review_window.toast.isVisible()


def test_a_partner_against_a_rule_needs_a_reason(
    review_window: ReviewWindow, context: Context, qtbot: QtBot
) -> None:
    lou = id_of(context, "Lou Lily")
    review_window.choose_partner_for(Seeker(lou, False))
    dialog = dialog_of(review_window, PartnersDialog)
    assert isinstance(dialog, PartnersDialog)
    at = next(n for n, c in enumerate(dialog.table.rows) if c.suggestion.mentor == "Ida Iris")
    assert dialog.table.rows[at].suggestion.exceptions
    dialog.table.choose(at)
    dialog.choose_button.click()
    form = dialog_of(review_window, ReasonForm)
    assert isinstance(form, ReasonForm)
    form.save_button.click()
    assert "reason" in form.error
    assert names(review_window).get("Ida Iris") != "Lou Lily"
    form.reason.setPlainText("They asked for it")
    form.save_button.click()
    assert names(review_window)["Ida Iris"] == "Lou Lily"
    assert context.undo_stack.count() == 1, "exception and lock are one step"
    review_window.rules.decided_section.set_open(True)
    said = [one.text for one in review_window.rules.decided.shown]
    assert "Locked: Ida Iris and Lou Lily (They asked for it)" in said
    review_window.head.undo_action.trigger()
    assert names(review_window).get("Ida Iris") != "Lou Lily"


def test_del_rules_out_and_why_not_allows_again(
    review_window: ReviewWindow, context: Context, qtbot: QtBot
) -> None:
    choose(review_window, "Ida Iris")
    pair = review_window.chosen
    assert pair is not None
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    assert names(review_window).get("Ida Iris") != pair.mentee
    page = review_window.pair.why_not
    page.ask(pair.mentor_id, pair.mentee_id)
    assert page.answer == "You have ruled out these two."
    page.allow_button.click()
    assert names(review_window)["Ida Iris"] == pair.mentee


def test_a_decision_can_be_taken_back_long_after(
    review_window: ReviewWindow, context: Context, qtbot: QtBot
) -> None:
    before = names(review_window)
    choose(review_window, "Ida Iris")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    context.undo_stack.clear()
    [one] = review_window.rules.decided.shown
    assert one.text.startswith("Not these two: ")
    review_window.rules.decided_section.set_open(True)
    [back] = review_window.rules.decided.findChildren(QPushButton)
    back.click()
    assert names(review_window) == before
    assert review_window.rules.decided.shown == []


def test_who_is_kept_apart_shows_to_nobody(review_window: ReviewWindow) -> None:
    choose(review_window, "Ida Iris")
    pair = review_window.chosen
    assert pair is not None
    review_window.steps.keep_apart(pair)
    form = dialog_of(review_window, ReasonForm)
    assert isinstance(form, ReasonForm)
    form.reason.setPlainText("a quarrel of 2019")
    form.save_button.click()
    assert names(review_window).get("Ida Iris") != pair.mentee
    review_window.pair.why_not.ask(pair.mentor_id, pair.mentee_id)
    assert "Not available" in review_window.pair.why_not.answer
    assert "apart" not in review_window.toast.text
    assert "apart" not in review_window.head.undo_action.toolTip()
    review_window.toast.hide()
    shown = " ".join(one.text() for one in review_window.findChildren(QLabel) if one.isVisible())
    assert "apart" not in shown
    assert "quarrel" not in shown


def test_the_remedy_of_who_waits_gives_everybody_a_partner(
    review_window: ReviewWindow, context: Context
) -> None:
    assert review_window.review is not None
    [person] = review_window.review.waiting
    assert person.name in {"Lou Lily", "Mia Moss", "Nat Nettle", "Oda Oak"}
    click_action(review_window, "One more place with Ida Iris")
    assert review_window.review.waiting == ()
    assert not review_window.waiting.isVisible()
    assert len(names(review_window)) <= len(review_window.review.suggestions) == 4
    review_window.head.undo_action.trigger()
    assert [one.name for one in review_window.review.waiting] == [person.name]
    assert review_window.waiting.isVisible()


def test_somebody_is_left_out_and_brought_back(review_window: ReviewWindow) -> None:
    assert review_window.review is not None
    [person] = review_window.review.waiting
    click_action(review_window, f"Leave {person.name} out")
    assert review_window.review.waiting == ()
    assert [one.name for one in review_window.review.away] == [person.name]
    click_action(review_window, f"Match {person.name} again")
    assert review_window.review.away == ()


def test_some_are_accepted_as_one_step(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot
) -> None:
    model, view = review_window.proposal.model, review_window.proposal.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert model.data(model.index(0, Column.TICK), TICKED) == UNCHECKED
    assert model.data(model.index(1, Column.TICK), TICKED) == CHECKED
    assert review_window.foot.accept_button.text() == "Accept 2 pairs"
    assert not review_window.foot.all_box.isChecked()
    accepted = {(pair.mentor, pair.mentee) for pair in model.ticked()}
    with qtbot.waitSignal(review_window.pairs_made) as made:
        qtbot.mouseClick(review_window.foot.accept_button, LEFT)
    rows = context.read(pairs.of_programme, spring.id)
    assert {(row.mentor, row.mentee) for row in rows} == accepted
    assert made.args == [[row.id for row in rows]]
    assert all(row.state is PairState.PROPOSED and row.reason for row in rows)
    assert not review_window.isVisible()
    context.undo_stack.undo()
    assert context.read(pairs.of_programme, spring.id) == []


def test_all_or_none_are_ticked(review_window: ReviewWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(review_window.foot.all_box, LEFT)
    assert review_window.proposal.model.ticked() == []
    assert not review_window.foot.accept_button.isEnabled()
    qtbot.mouseClick(review_window.foot.all_box, LEFT)
    assert len(review_window.proposal.model.ticked()) == 3


def test_a_proposal_that_was_overtaken_is_refused_in_place(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow
) -> None:
    def withdraw(session: Session) -> None:
        ida = id_of(context, "Ida Iris")
        enrolments.set_state(session, spring.id, [ida], EnrolmentState.WITHDRAWN)

    context.workspace.write(withdraw)  # another hand, so that the window hears nothing of it
    review_window.foot.accept_button.click()
    assert "Ida Iris does not take part" in review_window.foot.error
    assert review_window.isVisible()
    assert context.read(pairs.of_programme, spring.id) == []


def test_a_rule_becomes_a_preference_with_its_counts(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow
) -> None:
    rows = review_window.rules.rows
    review_window.rules.rules_section.set_open(True)
    shown = [one.text() for one in rows.findChildren(QLabel) if one.isVisible()]
    assert any("possible pair" in text and "more without it" in text for text in shown)
    combo = rows.combos[Rule.SAME_TEAM]
    combo.setCurrentIndex(combo.findData(Setting.PREFER.value))
    assert stored_rules(context, spring).preferences == Rule.SAME_TEAM
    combo.setCurrentIndex(combo.findData(Setting.IGNORE.value))
    assert not stored_rules(context, spring).other_team
    review_window.head.undo_action.trigger()
    review_window.head.undo_action.trigger()
    assert stored_rules(context, spring) == Rules()
    assert combo.currentData() == Setting.FORBID.value
    rows.reach.setCurrentIndex(rows.reach.count() - 1)
    assert stored_rules(context, spring).manager_depth == 99
    rows.numbers["tenure_gap_years"].setValue(30)
    assert stored_rules(context, spring).tenure_gap_years == 30
    assert names(review_window) == {}, "nobody is thirty years apart"
    assert not review_window.proposal.view.isVisible()


def test_what_is_new_is_marked_until_the_next_step(
    review_window: ReviewWindow, qtbot: QtBot
) -> None:
    model = review_window.proposal.model
    assert model.fresh == frozenset()
    before = names(review_window)
    choose(review_window, "Ida Iris")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    after = names(review_window)
    changed = {mentor for mentor in after if before.get(mentor) != after[mentor]}
    shown = {pair.mentor for pair in model.pairs() if pair.couple in model.fresh}
    assert shown == changed != set()


def test_details_tell_how_firm_the_pairs_are(review_window: ReviewWindow, qtbot: QtBot) -> None:
    review_window.rules.details_section.set_open(True)
    model = review_window.proposal.model
    qtbot.waitUntil(lambda: model.solid is not None, timeout=10_000)
    assert not review_window.proposal.view.isColumnHidden(Column.FIRM)
    assert {model.firm_words(pair) for pair in model.pairs()} <= {"solid", "toss-up"}
    shown = [one.text() for one in review_window.rules.details.findChildren(QLabel)]
    assert any("stay" in text for text in shown)
    review_window.rules.details_section.set_open(False)
    assert review_window.proposal.view.isColumnHidden(Column.FIRM)


def test_who_could_take_over_and_side_by_side(
    review_window: ReviewWindow,
) -> None:
    choose(review_window, "Ida Iris")
    panel = review_window.pair
    panel.reserves_section.set_open(True)
    QApplication.processEvents()
    shown = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert "Analyst" in shown
    assert "Head" in shown
    assert any("Ida Iris" in text and "could be" in text for text in shown), shown
    assert panel.spoken.startswith("We would like to bring Ida Iris")


def test_the_names_are_never_read_as_markup(review_window: ReviewWindow) -> None:
    for one in review_window.findChildren(QLabel):
        assert one.textFormat() == Qt.TextFormat.PlainText or one.pixmap(), one.text()


def test_nobody_enrolled_says_what_to_do(
    context: Context, spring: ProgrammeRow, open_review: Open, qtbot: QtBot
) -> None:
    def withdraw(session: Session) -> None:
        ids = [int(str(id_)) for id_, _name in staff_choices.names(session)]
        enrolments.remove(session, spring.id, ids)

    context.workspace.write(withdraw)
    window = open_review()
    [empty] = window.findChildren(EmptyState)
    qtbot.waitUntil(empty.isVisible)
    assert not window.foot.accept_button.isVisible()
    [go, *_others] = empty.findChildren(QPushButton)
    with qtbot.waitSignal(window.command_requested) as wanted:
        qtbot.mouseClick(go, LEFT)
    assert wanted.args == ["staff"]
    assert not window.isVisible()


def test_a_closed_programme_says_so_in_place_of_a_proposal(
    context: Context, spring: ProgrammeRow, settings: QSettings, qtbot: QtBot
) -> None:
    context.workspace.write(programmes.close, spring.id, context.today())
    window = ReviewWindow(context, spring, settings)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(window.findChildren(EmptyState)), timeout=20_000)
    [empty] = window.findChildren(EmptyState)
    assert any("is closed" in one.text() for one in empty.findChildren(QLabel))
    assert not window.body.sides.isVisible()
    window.close()


def test_when_everybody_has_a_partner_it_says_so(
    review_window: ReviewWindow, open_review: Open
) -> None:
    click_action(review_window, "One more place with Ida Iris")
    review_window.accept()
    window = open_review()
    [empty] = window.findChildren(EmptyState)
    texts = [one.text() for one in empty.findChildren(QLabel)]
    assert "Everybody has a partner" in texts


def test_only_two_are_matched_anew_and_all_others_stay(
    review_window: ReviewWindow, open_review: Open, context: Context
) -> None:
    pair = review_window.chosen
    assert pair is not None
    review_window.reject()
    only = frozenset(pair.couple)
    window = open_review(only)
    assert window.review is not None
    assert all(only & set(one.couple) for one in window.review.suggestions)
    assert "all other pairs stay" in window.head.sub.text()


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_the_proposal_is_exported(
    review_window: ReviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
    ending: str,
) -> None:  # fmt: skip
    target = tmp_path / f"Out{ending}"

    def answer(*_args: object) -> tuple[str, str]:
        return str(target.with_suffix("")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    review_window.head.export_wanted.emit(ending)
    qtbot.waitUntil(lambda: "written to" in review_window.toast.text, timeout=20_000)
    assert target.stat().st_size > 100


def test_a_folder_that_is_gone_is_refused_in_words(
    review_window: ReviewWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    assert review_window.review is not None
    review_window.export.write(review_window.review, tmp_path / "none" / "out.csv")
    qtbot.waitUntil(lambda: review_window.toast.isVisible(), timeout=20_000)
    assert "not there" in review_window.toast.text


def test_the_window_is_remembered(
    review_window: ReviewWindow, open_review: Open, settings: QSettings
) -> None:
    assert review_window.rules.isVisible()
    review_window.head.rules_button.click()
    assert not review_window.rules.isVisible()
    review_window.rules.weights_section.set_open(True)
    review_window.resize(900, 640)
    review_window.reject()
    again = open_review()
    assert not again.rules.isVisible()
    assert again.height() == 640
    assert [one.is_open for one in again.rules.sections] == [True, False, False, False]


def test_many_people_are_computed_aside_and_the_newest_question_wins(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(finder, "QUICK", 0)
    slider = review_window.rules.weights.sliders["wanted"]
    shown: list[int] = []
    review_window.finder.found.connect(lambda _review, _stored: shown.append(slider.value()))
    slider.setSliderDown(True)
    for value in range(40, 60):
        slider.setValue(value)
    slider.setSliderDown(False)
    assert review_window.review is not None
    assert review_window.review.rules.weight_wanted == Rules().weight_wanted
    qtbot.waitUntil(lambda: not review_window.foot.is_busy, timeout=20_000)
    assert review_window.review.rules.weight_wanted == 59
    assert stored_rules(context, spring).weight_wanted == 59
    assert set(shown) == {59}, "an older answer moves no slider back"


def test_a_search_finds_names_and_hides_no_tick(review_window: ReviewWindow, qtbot: QtBot) -> None:
    review_window.proposal.search.setText("jAS")
    model = review_window.proposal.model
    assert [model.pair_at(row).mentor for row in range(model.rowCount())] == ["Jon Jasmin"]
    assert len(model.ticked()) == 3
    qtbot.keyClick(review_window.proposal.search, Qt.Key.Key_Return)
    assert review_window.rules.isVisible(), "Enter presses no button elsewhere"
    qtbot.keyClick(review_window.proposal.search, Qt.Key.Key_Escape)
    assert model.rowCount() == 3
    assert review_window.isVisible(), "Esc clears first"
    qtbot.keyClick(review_window.proposal.search, Qt.Key.Key_Escape)
    assert not review_window.isVisible()


def test_the_menu_of_a_pair_has_every_step_once(review_window: ReviewWindow) -> None:
    choose(review_window, "Ida Iris")
    assert review_window.chosen is not None
    menu = review_window.steps.menu(review_window.chosen, review_window.choose_partner)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert len(texts) == len(set(texts)) == 8
    by_text = dict(zip(texts, [a for a in menu.actions() if a.text()], strict=True))
    by_text["One more place with Ida Iris"].trigger()
    assert review_window.review is not None
    assert review_window.review.waiting == ()
    menu.deleteLater()


def test_forgetting_all_decisions_can_be_undone(review_window: ReviewWindow, qtbot: QtBot) -> None:
    choose(review_window, "Jon Jasmin")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_L)
    review_window.head.start_again_wanted.emit()
    assert locked(review_window) == set()
    review_window.head.undo_action.trigger()
    assert locked(review_window) == {"Jon Jasmin"}
