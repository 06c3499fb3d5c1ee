"""The form of a session: what a first session makes of a pair is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.session_form import SessionForm
from revmentor_desktop.services import pairs, programmes
from tests import factory

LONG = "Maximiliane-Theodora Freifrau von Hohenstein"


@pytest.fixture
def pair_id(context: Context) -> int:
    def make(session: Session) -> int:
        programme_id = factory.programme(session)
        return factory.pair(session, programme_id, LONG, f"{LONG}-Birch")

    return context.do("", make)


def _set_state(session: Session, pair_id: int, state: PairState) -> None:
    pairs.find(session, pair_id).state = state


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (PairState.PROPOSED, "Session logged; P001 is active now, though not both of them have "
                             "said yes in this file"),
        (PairState.CONFIRMED, "Session logged; P001 is active now"),
        (PairState.ACTIVE, "Session logged"),
    ],
)  # fmt: skip
def test_a_first_session_says_what_becomes_of_the_pair(
    context: Context, said: Sequence[tuple[str, bool]], pair_id: int, state: PairState, text: str
) -> None:
    context.do("", _set_state, pair_id, state)
    [programme] = context.read(programmes.rows)
    form = SessionForm(context, programme, None, pair_id)
    form.accept()
    assert form.error == ""
    assert said[-1] == (text, True)
    [row] = context.read(pairs.pair_rows, [pair_id])
    assert row.state is PairState.ACTIVE


def test_a_long_pair_shows_its_beginning(context: Context, qtbot: QtBot, pair_id: int) -> None:
    [programme] = context.read(programmes.rows)
    form = SessionForm(context, programme, None, pair_id)
    form.resize(520, 700)
    form.open()
    edit = form.pair.lineEdit()
    assert edit is not None
    assert edit.text().startswith(LONG)
    assert edit.fontMetrics().horizontalAdvance(edit.text()) > edit.width(), "it is too long"
    assert edit.cursorPosition() == 0
    form.reject()
