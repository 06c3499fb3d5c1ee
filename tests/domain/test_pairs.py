"""A pair goes through its states, each with an event; nothing else is allowed."""

from __future__ import annotations

from datetime import date

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import OPEN_STATES, Answer, Pair, PairState, pair_code
from revmentor_desktop.domain.programmes import Role

DAY = date(2026, 3, 2)


def a_pair(state: PairState = PairState.PROPOSED) -> Pair:
    """A pair of two people who need not exist here."""
    return Pair(programme_id=1, mentor_id=1, mentee_id=2, proposed_on=DAY, state=state)


def test_two_yes_confirm_and_both_answers_are_in_the_history() -> None:
    pair = a_pair()
    pair.answer({Role.MENTOR: Answer.YES}, DAY)
    assert pair.state is PairState.ASKED
    pair.answer({Role.MENTEE: Answer.YES}, DAY)
    assert pair.state is PairState.CONFIRMED
    assert [event.what for event in pair.events] == [
        "asked",
        "mentor said yes",
        "mentee said yes",
        "confirmed",
    ]


def test_a_no_declines_and_is_never_an_early_end() -> None:
    pair = a_pair()
    pair.answer({Role.MENTOR: Answer.YES, Role.MENTEE: Answer.NO}, DAY)
    assert pair.state is PairState.DECLINED
    assert (pair.mentor_answer, pair.mentee_answer) == (Answer.YES, Answer.NO)
    assert PairState.DECLINED not in OPEN_STATES
    assert "ended early" not in [event.what for event in pair.events]
    with pytest.raises(UserError, match="cannot become"):
        pair.end_early(DAY)


def test_an_answer_is_corrected_until_the_two_have_met() -> None:
    pair = a_pair()
    both = {Role.MENTOR: Answer.YES, Role.MENTEE: Answer.YES}
    pair.answer({Role.MENTEE: Answer.NO}, DAY)
    pair.answer(both, DAY)
    assert pair.state is PairState.CONFIRMED
    pair.answer({Role.MENTOR: Answer.NO_REPLY}, DAY)
    assert pair.state is PairState.ASKED
    pair.answer(both, DAY)
    before = len(pair.events)
    pair.answer(both, DAY)
    assert len(pair.events) == before
    pair.start(DAY)
    with pytest.raises(UserError, match="have met already"):
        pair.answer({Role.MENTOR: Answer.NO}, DAY)


@pytest.mark.parametrize("state", [PairState.CONFIRMED, PairState.DECLINED])
def test_what_both_have_answered_is_not_marked_as_asked_again(state: PairState) -> None:
    pair = a_pair(state)
    pair.mentor_answer = pair.mentee_answer = Answer.YES
    assert not pair.can(PairState.ASKED)
    with pytest.raises(UserError, match="cannot become “Asked”"):
        pair.ask(DAY)
    assert (pair.state, pair.mentor_answer) == (state, Answer.YES)


def test_an_early_end_needs_no_reason_but_keeps_one() -> None:
    pair = a_pair(PairState.ACTIVE)
    pair.end_early(DAY)
    assert (pair.end_reason, pair.end_initiator) == ("", "")
    pair = a_pair(PairState.ACTIVE)
    pair.end_early(DAY, "moved away", "mentor")
    assert (pair.end_reason, pair.end_initiator) == ("moved away", "mentor")


def test_starting_a_proposed_pair_confirms_it_on_the_way() -> None:
    pair = a_pair()
    pair.start(DAY)
    assert [event.what for event in pair.events] == ["confirmed", "active"]


@pytest.mark.parametrize("state", list(PairState))
def test_a_pair_can_never_become_what_it_is(state: PairState) -> None:
    assert not a_pair(state).can(state)


def test_a_finished_pair_cannot_be_asked() -> None:
    with pytest.raises(UserError, match="“Completed” cannot become “Asked”"):
        a_pair(PairState.COMPLETED).ask(DAY)


def test_the_number_on_paper() -> None:
    assert pair_code(7) == "P007"
    assert pair_code(1234) == "P1234"
