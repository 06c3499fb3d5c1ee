"""Answers that take their time: nothing freezes, nothing stale is accepted, no change is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt, QThreadPool
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review import finder, partners, waiting_panel, why_not
from revmentor_desktop.gui.review.partners import PartnersDialog, Seeker
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.services import decisions, diagnosis, pairs, programmes, proposals
from revmentor_desktop.services import review as reviews
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.rule_settings import Setting
from tests.factory import enrolled
from tests.gui.review.conftest import Open, dialog_of, fill, names
from tests.gui.review.test_window import choose, click_action, id_of, locked, stored_rules

SAME_TEAM, LEVELS = Rule.SAME_TEAM, Rule.LEVEL_GAP


class Gate:
    """Lets slow answers through when the test says so."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def review(self, *args: Any) -> reviews.Review:  # noqa: ANN401
        assert self.open.wait(10)
        return reviews.review(*args)


@pytest.fixture
def gate(review_window: ReviewWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """From now on nothing is quick, and no review is answered while the gate is shut."""
    made = Gate()
    monkeypatch.setattr(finder, "QUICK", 0)
    monkeypatch.setattr(finder, "review", made.review)
    yield made
    made.open.set()


@pytest.fixture
def both(context: Context, spring: ProgrammeRow) -> tuple[int, int]:
    """Two who take part in both roles: Pia could be Quin's mentee, but not the other way round."""

    def enrol(session: Session) -> tuple[int, int]:
        years = (("Pia Pine", 2002), ("Quin Quince", 2024))
        pia, quin = (
            enrolled(session, spring.id, name, Role.BOTH, start_date=date(year, 1, 1))
            for name, year in years
        )
        return pia, quin

    return context.workspace.write(enrol).value


def set_rule(window: ReviewWindow, rule: Rule, setting: Setting) -> None:
    combo = window.rules.rows.combos[rule]
    combo.setCurrentIndex(combo.findData(setting.value))


def test_with_people_in_both_roles_nothing_is_computed_in_the_windows_thread(
    both: tuple[int, int], open_review: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, set[bool]] = {}

    def watch(place: object, name: str) -> None:
        real = getattr(place, name)

        def watched(*args: object, **named: object) -> object:
            is_window = threading.current_thread() is threading.main_thread()
            asked.setdefault(name, set()).add(is_window)
            return real(*args, **named)

        monkeypatch.setattr(place, name, watched)

    watch(finder, "review")
    watch(diagnosis, "of_person")
    watch(diagnosis, "of_all")
    watch(partners, "options")
    watch(why_not, "why_not_these")
    window = open_review()
    assert window.review is not None
    qtbot.waitUntil(lambda: "of_all" in asked, timeout=10_000)
    window.waiting.table.choose(len(window.waiting.table.rows) - 1)
    qtbot.keyClick(window.rules.weights.sliders["site"], Qt.Key.Key_Right)
    window.rules.finish()
    choose(window, window.review.suggestions[0].mentor)
    qtbot.keyClick(window.proposal.view, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: bool(locked(window)), timeout=10_000)
    window.pair.why_not.ask(*both)
    qtbot.waitUntil(lambda: "Years" in window.pair.why_not.answer or "far" in
                    window.pair.why_not.answer, timeout=10_000)  # fmt: skip
    window.choose_partner_for(Seeker(both[1], False))
    dialog = dialog_of(window, PartnersDialog)
    assert isinstance(dialog, PartnersDialog)
    assert not dialog.choose_button.isEnabled()
    qtbot.waitUntil(lambda: bool(dialog.table.rows), timeout=10_000)
    dialog.reject()
    assert set(asked) == {"review", "of_person", "of_all", "options", "why_not_these"}
    assert all(found == {False} for found in asked.values()), asked


def test_why_not_asks_who_would_be_whose_mentor(
    both: tuple[int, int], open_review: Open, qtbot: QtBot
) -> None:
    window = open_review()
    page, (pia, quin) = window.pair.why_not, both
    wait = "Looking for what it would change …"
    page.ask(pia, quin)
    qtbot.waitUntil(lambda: page.answer != wait, timeout=10_000)
    assert page.choose_button.text() == "Make an exception …", page.answer
    page.ask(quin, pia)
    qtbot.waitUntil(lambda: page.answer != wait, timeout=10_000)
    assert page.choose_button.text() == "Choose these two" or "proposed" in page.answer


def test_who_waits_is_asked_of_one_by_one_and_the_newest_shows(
    both: tuple[int, int], context: Context, spring: ProgrammeRow, open_review: Open,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name in ("Rue Rowan", "Sid Sage", "Tom Thyme"):
        context.workspace.write(enrolled, spring.id, name, Role.MENTEE)
    window = open_review()
    open_ = threading.Event()
    real = diagnosis.of_person
    asked: list[int] = []

    def slow(review: reviews.Review, staff_id: int) -> diagnosis.Diagnosis:
        asked.append(staff_id)
        assert open_.wait(10)
        return real(review, staff_id)

    QThreadPool.globalInstance().waitForDone()
    monkeypatch.setattr(waiting_panel.diagnosis, "of_person", slow)
    panel = window.waiting
    rows = list(panel.table.rows)
    assert len(rows) > 1
    panel.table.choose(1)
    qtbot.waitUntil(lambda: len(asked) == 1)
    panel.table.choose(0)
    panel.table.choose(1)
    open_.set()
    click = f"Leave {rows[1].name} out"
    click_action(window, click)
    qtbot.waitUntil(lambda: window.finder.is_current, timeout=10_000)
    assert window.review is not None
    assert [one.name for one in window.review.away] == [rows[1].name]


def test_nothing_is_accepted_or_written_before_the_newest_answer(
    review_window: ReviewWindow, gate: Gate, context: Context, spring: ProgrammeRow, qtbot: QtBot,
) -> None:  # fmt: skip
    choose(review_window, "Ida Iris")
    pair = review_window.chosen
    assert pair is not None
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    foot = review_window.foot
    assert not foot.accept_button.isEnabled()
    assert not review_window.head.can_export
    review_window.accept()
    assert "anew" in foot.error
    review_window.head.export_wanted.emit(".csv")
    assert context.read(pairs.of_programme, spring.id) == []
    review_window.proposal.model.tick_all(True)
    assert not foot.accept_button.isEnabled(), "nor by a tick"
    gate.open.set()
    qtbot.waitUntil(foot.accept_button.isEnabled, timeout=10_000)
    assert review_window.head.can_export
    assert names(review_window).get("Ida Iris") != pair.mentee
    assert foot.error == ""


def test_after_stop_the_old_pairs_cannot_be_accepted_until_she_looks_again(
    review_window: ReviewWindow, gate: Gate, qtbot: QtBot
) -> None:
    choose(review_window, "Ida Iris")
    pair = review_window.chosen
    assert pair is not None
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    foot = review_window.foot
    assert not foot.again_button.isVisible()
    foot.stopped.emit()
    gate.open.set()
    qtbot.waitUntil(foot.again_button.isVisible)
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(50)
    assert names(review_window)["Ida Iris"] == pair.mentee, "it was stopped"
    assert not foot.accept_button.isEnabled()
    foot.again_button.click()
    qtbot.waitUntil(foot.accept_button.isEnabled, timeout=10_000)
    assert not foot.again_button.isVisible()
    assert names(review_window).get("Ida Iris") != pair.mentee


def test_of_two_rules_changed_before_the_answer_none_is_lost(
    review_window: ReviewWindow, gate: Gate, context: Context, spring: ProgrammeRow, qtbot: QtBot
) -> None:
    set_rule(review_window, SAME_TEAM, Setting.IGNORE)
    set_rule(review_window, LEVELS, Setting.PREFER)
    review_window.rules.rows.floor.click()
    stored = stored_rules(context, spring)
    assert not stored.other_team
    assert stored.preferences == LEVELS
    assert stored.guard_floor != Rules().guard_floor
    gate.open.set()
    qtbot.waitUntil(lambda: review_window.finder.is_current, timeout=10_000)
    assert review_window.review is not None
    assert review_window.review.rules == stored
    assert review_window.rules.rules == stored


@pytest.mark.parametrize("other", ["rule", "preset", "remedy", "undo"])
def test_a_weight_moved_a_moment_ago_survives_another_change(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot, other: str
) -> None:
    set_rule(review_window, SAME_TEAM, Setting.IGNORE)
    slider = review_window.rules.weights.sliders["site"]
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    acts: dict[str, Callable[[], object]] = {
        "rule": lambda: set_rule(review_window, LEVELS, Setting.PREFER),
        "preset": lambda: review_window.rules.presets.combo.activated.emit(1),
        "remedy": lambda: review_window.waiting.remedy_wanted.emit(
            diagnosis.Remedy("", "x", decisions.prefer, (spring.id, LEVELS))
        ),
        "undo": review_window.head.undo_action.trigger,
    }
    acts[other]()
    review_window.rules.finish()
    qtbot.wait(20)
    stored = stored_rules(context, spring)
    assert not stored.other_team
    if other == "undo":
        assert context.undo_stack.index() == 1
        assert stored.weight_site == slider.value() == Rules().weight_site, "the last step of two"
        return
    assert context.undo_stack.count() == 3
    if other == "preset":
        assert review_window.rules.presets.combo.currentText() == "Digital upskilling"
    else:
        assert stored.weight_site == slider.value() == Rules().weight_site + 1
        assert stored.preferences == LEVELS


def test_rules_tried_before_the_answer_to_a_decision_are_tried_with_it(
    review_window: ReviewWindow, gate: Gate, qtbot: QtBot
) -> None:
    choose(review_window, "Jon Jasmin")
    slider = review_window.rules.weights.sliders["site"]
    slider.setSliderDown(True)
    slider.setValue(5)  # the first question, held at the gate
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_L)
    slider.setValue(6)
    gate.open.set()
    qtbot.waitUntil(lambda: review_window.finder.is_current, timeout=10_000)
    assert review_window.review is not None
    assert review_window.review.rules.weight_site == 6
    assert locked(review_window) == {"Jon Jasmin"}
    slider.setSliderDown(False)


def test_a_partner_ruled_out_before_needs_a_reason_where_a_rule_is_broken(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot
) -> None:
    ida, lou = id_of(context, "Ida Iris"), id_of(context, "Lou Lily")
    context.do("x", decisions.rule_out, spring.id, ida, lou)
    review_window.choose_partner_for(Seeker(lou, False))
    dialog = dialog_of(review_window, PartnersDialog)
    assert isinstance(dialog, PartnersDialog)
    at = next(n for n, c in enumerate(dialog.table.rows) if c.suggestion.mentor == "Ida Iris")
    dialog.table.choose(at)
    dialog.choose_button.click()
    assert names(review_window).get("Ida Iris") != "Lou Lily"
    form = dialog_of(review_window, ReasonForm)
    form.reject()


def test_a_weight_just_moved_is_in_what_is_exported(
    review_window: ReviewWindow, context: Context, spring: ProgrammeRow, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    kept: list[Rules] = []

    def answer(*_args: object) -> tuple[str, str]:
        kept.append(stored_rules(context, spring))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    qtbot.keyClick(review_window.rules.weights.sliders["site"], Qt.Key.Key_Right)
    review_window.head.export_wanted.emit(".pdf")
    assert [rules.weight_site for rules in kept] == [Rules().weight_site + 1]


def test_what_was_solid_is_forgotten_with_another_review(
    review_window: ReviewWindow, qtbot: QtBot
) -> None:
    review_window.rules.details_section.set_open(True)
    model = review_window.proposal.model
    qtbot.waitUntil(lambda: model.solid is not None, timeout=10_000)
    choose(review_window, "Ida Iris")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    assert model.solid is None
    assert {model.firm_words(pair) for pair in model.pairs()} == {""}
    qtbot.waitUntil(lambda: model.solid is not None, timeout=10_000)


def test_after_none_what_is_new_is_not_ticked(review_window: ReviewWindow, qtbot: QtBot) -> None:
    model, foot = review_window.proposal.model, review_window.foot
    foot.all_box.click()
    model.toggle_tick(0)
    [wanted] = model.ticked()
    before = names(review_window)
    choose(review_window, "Jon Jasmin")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_Delete)
    assert names(review_window) != before
    assert {pair.couple for pair in model.ticked()} <= {wanted.couple}
    foot.all_box.setChecked(False)
    foot.all_box.click()
    assert len(model.ticked()) == len(model.pairs())


def test_the_rules_show_again_after_a_window_without_pairs(
    review_window: ReviewWindow, context: Context, open_review: Open, settings: QSettings
) -> None:
    assert review_window.rules.isVisible()
    click_action(review_window, "One more place with Ida Iris")
    review_window.accept()
    empty = open_review()
    assert not empty.rules.isVisibleTo(empty)
    empty.reject()
    context.undo_stack.undo()
    assert open_review().rules.isVisible()


def test_after_a_fault_in_accepting_the_window_goes_on(
    review_window: ReviewWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(proposals, "accept", fail)
        with pytest.raises(RuntimeError):
            review_window.accept()
    choose(review_window, "Jon Jasmin")
    qtbot.keyClick(review_window.proposal.view, Qt.Key.Key_L)
    assert locked(review_window) == {"Jon Jasmin"}


def test_a_programme_that_undo_took_away_is_said_and_nothing_is_accepted(
    context: Context, settings: QSettings, qtbot: QtBot
) -> None:
    made = context.do("Programme made", fill)
    row = next(row for row in context.read(programmes.rows) if row.id == made)
    window = ReviewWindow(context, row, settings)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.review is not None, timeout=20_000)
    window.head.undo_action.trigger()
    assert window.foot.error == "This programme is no longer in the file."
    assert not window.foot.accept_button.isEnabled()
    window.close()
