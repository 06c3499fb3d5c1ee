"""What each side said: yes, no, no reply; and what is offered after a no."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.pairs import Answer, PairState
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.answers_form import CHOICES, AnswersForm
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.pair_page import PairPage
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.services import pages, pairs
from revmentor_desktop.store.workspace import Workspace
from tests.factory import enrolled, pair, programme

PLACES = {answer: at for at, (answer, _text) in enumerate(CHOICES)}


def fill(session: Session) -> int:
    """A proposed pair, and one more person on either side."""
    spring = programme(session)
    made = pair(session, spring, "Ann Ash", "Bo Birch")
    enrolled(session, spring, "Cy Cedar", Role.MENTOR)
    enrolled(session, spring, "Di Dogwood", Role.MENTEE)
    return made


def say(form: AnswersForm, mentor: Answer | None, mentee: Answer | None) -> None:
    for role, answer in ((Role.MENTOR, mentor), (Role.MENTEE, mentee)):
        if answer is not None:
            form.sides[role].button(PLACES[answer]).click()
    form.save_button.click()


def opened(context: Context, pair_id: int, qtbot: QtBot) -> AnswersForm:
    form = AnswersForm(context, pair_id)
    with qtbot.waitExposed(form):
        form.show()
    return form


@pytest.mark.parametrize(
    ("mentor", "mentee", "state"),
    [
        (Answer.YES, Answer.YES, PairState.CONFIRMED),
        (Answer.YES, None, PairState.ASKED),
        (Answer.NO_REPLY, Answer.YES, PairState.ASKED),
        (Answer.NO, Answer.YES, PairState.DECLINED),
        (Answer.NO, Answer.NO, PairState.DECLINED),
    ],
)
def test_what_they_said_moves_the_pair_in_one_step(
    context: Context, qtbot: QtBot, mentor: Answer, mentee: Answer | None, state: PairState
) -> None:
    pair_id = context.workspace.write(fill).value
    form = opened(context, pair_id, qtbot)
    heard: list[object] = []
    form.declined.connect(lambda names, both: heard.append((names, both)))
    say(form, mentor, mentee)
    page = context.read(pages.pair_page, pair_id)
    assert page.row.state is state
    assert page.mentor_answer is mentor
    both = frozenset({page.row.mentor_id, page.row.mentee_id})
    assert heard == ([(page.row.names, both)] if state is PairState.DECLINED else [])
    assert context.undo_stack.count() == 1
    context.undo_stack.undo()
    assert context.read(pages.pair_page, pair_id).row.state is PairState.PROPOSED


def test_nothing_said_stores_nothing(context: Context, qtbot: QtBot) -> None:
    pair_id = context.workspace.write(fill).value
    form = opened(context, pair_id, qtbot)
    form.save_button.click()
    assert context.undo_stack.count() == 0
    assert context.read(pages.pair_page, pair_id).row.state is PairState.PROPOSED


def test_after_a_no_another_partner_is_looked_for_and_all_other_pairs_stay(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    pair_id = workspace.write(fill).value
    window.adopt_workspace(workspace)
    window.programmes.open_pair(pair_id)
    [page] = window.findChildren(PairPage)
    page.answers_button.click()
    [form] = window.findChildren(AnswersForm)
    say(form, Answer.NO, None)
    assert "Ann Ash" in window.toast.text
    assert window.toast.offer_button.isVisible()
    page.close()
    window.toast.offer_button.click()
    assert not window.toast.isVisible()
    [review] = [one for one in window.findChildren(QDialog) if isinstance(one, ReviewWindow)]
    qtbot.waitUntil(lambda: review.review is not None, timeout=20_000)
    assert review.review is not None
    assert {(p.mentor, p.mentee) for p in review.review.suggestions} == {
        ("Ann Ash", "Di Dogwood"), ("Cy Cedar", "Bo Birch"),
    }  # fmt: skip
    review.accept()
    assert window.context is not None
    assert window.programme is not None
    rows = window.context.read(pairs.of_programme, window.programme.id)
    assert [row.state for row in rows] == [PairState.DECLINED, *[PairState.PROPOSED] * 2]


def test_without_a_chosen_pair_the_command_says_what_to_do(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.write(fill)
    window.adopt_workspace(workspace)
    window.show_tab("staff")
    window.run_command("answers")
    assert window.toast.text == "Choose one pair on the Pairs tab first."
    window.show_tab("pairs")
    tab = window.current_tab()
    assert tab is not None
    tab.page.view.selectRow(0)  # type: ignore[attr-defined]
    window.run_command("answers")
    [form] = window.findChildren(AnswersForm)
    assert form.isVisible()
    form.reject()
