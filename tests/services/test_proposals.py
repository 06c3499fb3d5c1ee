"""A proposal becomes pairs, with all that was said of them; and what is overtaken is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import Decision
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.pairs import Answer, Pair, PairState
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role
from revmentor_desktop.services import (
    decisions,
    enrolments,
    keep_aparts,
    matching,
    pages,
    pairs,
    programmes,
    proposals,
    review,
    staff,
)
from revmentor_desktop.services.review import Review
from tests.factory import DAY, enrolled, programme, staff_member


@pytest.fixture
def spring(session: Session) -> int:
    """Two mentors and two mentees."""
    made = programme(session)
    for name, role in (
        ("Ann Ash", Role.MENTOR), ("Bo Birch", Role.MENTEE),
        ("Cy Cole", Role.MENTOR), ("Di Dorn", Role.MENTEE),
    ):  # fmt: skip
        enrolled(session, made, name, role, team=name[0], offers=("Budgets",))
    return made


def proposed(session: Session, programme_id: int) -> Review:
    return review.review(matching.collect(session, programme_id))


def test_what_was_said_is_frozen_on_the_pair(session: Session, spring: int) -> None:
    decisions.save_rules(session, spring, Rules(weight_wanted=77))
    found = proposed(session, spring)
    first = found.suggestions[0]
    decisions.lock(session, spring, *first.couple)
    found = proposed(session, spring)
    decisions.save_rules(session, spring, Rules())  # she goes on moving weights meanwhile
    [pair_id] = proposals.accept(session, spring, found.suggestions[:1], DAY)
    pair = pairs.find(session, pair_id)
    assert pair.state is PairState.PROPOSED
    assert (pair.mentor_id, pair.mentee_id) == first.couple
    assert (pair.score, pair.known, pair.reason) == (first.score, first.known, first.reason)
    assert pair.letter_reasons == first.letter_reasons
    assert Rules.from_json(pair.rules).weight_wanted == 77
    parts = json.loads(pair.parts)
    assert sum(points for points in parts.values() if points is not None) == pair.score
    assert parts["times"] is None
    assert "met" not in parts, "nobody said whom they met"
    assert session.scalars(select(Decision)).all() == []  # an accepted lock is over


def test_an_exception_is_recorded_with_its_reason(session: Session) -> None:
    summer = programme(session)
    ann = enrolled(session, summer, "Ann Ash", Role.MENTOR, team="Red")
    bo = enrolled(session, summer, "Bo Birch", Role.MENTEE, team="Red")
    decisions.lock(session, summer, ann, bo, "Both asked for it")
    [pair_id] = proposals.accept(session, summer, proposed(session, summer).suggestions, DAY)
    assert pairs.find(session, pair_id).exceptions == (
        "They work in the same team (exception: Both asked for it)",
    )


def test_a_place_that_was_taken_meanwhile_is_refused_and_nothing_is_kept(
    session: Session, spring: int
) -> None:
    found = proposed(session, spring)
    second = found.suggestions[1]
    other = enrolled(session, spring, "Ed Elm", Role.MENTEE)
    pairs.make(session, spring, second.mentor_id, other, DAY)
    with pytest.raises(UserError, match=f"{second.mentor} has 1 partner already"):
        proposals.accept(session, spring, found.suggestions, DAY)


def test_accepting_twice_is_refused(session: Session, spring: int) -> None:
    found = proposed(session, spring)
    proposals.accept(session, spring, found.suggestions, DAY)
    with pytest.raises(UserError, match="a pair already"):
        proposals.accept(session, spring, found.suggestions, DAY)


def test_what_was_overtaken_is_refused_in_words(session: Session, spring: int) -> None:
    found = proposed(session, spring)
    line = found.suggestions[0]
    enrolments.set_state(session, spring, [line.mentee_id], EnrolmentState.WITHDRAWN)
    with pytest.raises(UserError, match=f"{line.mentee} does not take part in this role"):
        proposals.accept(session, spring, [line], DAY)
    enrolments.set_state(session, spring, [line.mentee_id], EnrolmentState.ENROLLED)
    pair = pairs.make(session, spring, *line.couple, DAY)
    pair.answer({Role.MENTOR: Answer.NO}, DAY)
    session.flush()
    with pytest.raises(UserError, match="one of them has said no"):
        proposals.accept(session, spring, [line], DAY)
    staff.mark_left(session, [line.mentor_id], DAY)
    with pytest.raises(UserError, match="has left"):
        proposals.accept(session, spring, [replace(line)], DAY, by_hand_=True)
    programmes.close(session, spring, DAY)
    with pytest.raises(UserError, match="is closed"):
        proposals.accept(session, spring, found.suggestions[1:], DAY)


def test_what_she_decides_before_she_accepts_is_kept(session: Session, spring: int) -> None:
    found = proposed(session, spring)
    line, other = found.suggestions
    keep_aparts.keep_apart(session, *line.couple, "HR says so")
    with pytest.raises(UserError, match=f"{line.mentee} are not to be a pair any more. Look at"):
        proposals.accept(session, spring, found.suggestions, DAY)
    keep_aparts.allow_again(session, *line.couple)
    decisions.rule_out(session, spring, *line.couple)
    with pytest.raises(UserError, match="are not to be a pair any more"):
        proposals.accept(session, spring, [line], DAY)
    decisions.allow_again(session, spring, *line.couple)
    decisions.leave_out(session, spring, other.mentor_id)
    with pytest.raises(UserError, match=f"{other.mentor} is left out of matching now"):
        proposals.accept(session, spring, [other], DAY)
    assert len(proposals.accept(session, spring, [line], DAY)) == 1


def test_who_is_kept_apart_but_locked_or_only_by_preference_can_be_accepted(
    session: Session, spring: int
) -> None:
    line, other = proposed(session, spring).suggestions
    for couple in (line.couple, other.couple):
        keep_aparts.keep_apart(session, *couple, "HR says so")
    decisions.lock(session, spring, *line.couple, "Both asked for it")
    assert len(proposals.accept(session, spring, [line], DAY)) == 1
    decisions.save_rules(session, spring, Rules(preferences=int(Rule.KEPT_APART)))
    assert len(proposals.accept(session, spring, [other], DAY)) == 1


def test_accepting_many_pairs_reads_the_programme_once(session: Session) -> None:
    counts = []
    for size in (2, 12):
        autumn = programme(session, name=f"Of {size}")
        for n in range(size):
            enrolled(session, autumn, f"Mentor {size} {n}", Role.MENTOR, team=f"A{n}")
            enrolled(session, autumn, f"Mentee {size} {n}", Role.MENTEE, team=f"B{n}")
        found = proposed(session, autumn)
        session.flush()
        said: list[str] = []

        def listen(*args: object, said: list[str] = said) -> None:
            said.append(str(args[2]))

        event.listen(session.get_bind(), "before_cursor_execute", listen)
        assert len(proposals.accept(session, autumn, found.suggestions, DAY)) == size
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        counts.append(sum(text.lstrip().startswith(("SELECT", "DELETE")) for text in said))
    assert counts[0] == counts[1]


def a_declined_and_a_confirmed(session: Session) -> tuple[int, int]:
    """Two pairs of one mentee, who has one place."""
    autumn = programme(session)
    ann = enrolled(session, autumn, "Ann Ash", Role.MENTOR)
    cy = enrolled(session, autumn, "Cy Cole", Role.MENTOR)
    bo = enrolled(session, autumn, "Bo Birch", Role.MENTEE)
    declined = pairs.make(session, autumn, ann, bo, DAY)
    declined.answer({Role.MENTOR: Answer.NO}, DAY)
    session.flush()
    confirmed = pairs.make(session, autumn, cy, bo, DAY)
    confirmed.answer({Role.MENTOR: Answer.YES, Role.MENTEE: Answer.YES}, DAY)
    session.flush()
    return declined.id, confirmed.id


def test_the_history_of_a_pair_has_the_programmes_words_for_the_roles(session: Session) -> None:
    autumn = programme(session, mentor_word="Guide", mentee_word="Explorer")
    ann = enrolled(session, autumn, "Ann Ash", Role.MENTOR)
    bo = enrolled(session, autumn, "Bo Birch", Role.MENTEE)
    pair = pairs.make(session, autumn, ann, bo, DAY)
    pair.answer({Role.MENTOR: Answer.YES, Role.MENTEE: Answer.NO}, DAY)
    session.flush()
    said = [what for _day, what in pages.pair_page(session, pair.id).history]
    assert said == ["Proposed", "Asked", "Guide: yes", "Explorer: no", "Declined"]


def test_mark_as_asked_opens_no_declined_pair_and_wipes_no_yes(session: Session) -> None:
    both = a_declined_and_a_confirmed(session)
    for pair_id in both:
        with pytest.raises(UserError, match="cannot become “Asked”"):
            pairs.step(session, [pair_id], "ask", DAY)
    assert pairs.find(session, both[1]).mentee_answer is Answer.YES


def test_an_ended_pair_is_resumed_only_where_both_have_a_place(session: Session) -> None:
    _declined, first = a_declined_and_a_confirmed(session)
    pair = pairs.find(session, first)
    pairs.step(session, [first], "start", DAY)
    pairs.end_early(session, [first], DAY, "", "")
    session.flush()
    dan = enrolled(session, pair.programme_id, "Dan Dahl", Role.MENTOR)
    pairs.make(session, pair.programme_id, dan, pair.mentee_id, DAY)
    with pytest.raises(UserError, match="Bo Birch has 1 partner already"):
        pairs.step(session, [first], "resume", DAY)


def test_by_hand_nobody_is_unavailable_until_a_day_that_is_past(
    session: Session, spring: int
) -> None:
    line = proposed(session, spring).suggestions[0]
    [enrolment] = session.scalars(
        select(Enrolment).where(
            Enrolment.staff_id == line.mentee_id, Enrolment.programme_id == spring
        )
    )
    enrolment.not_before = date(2026, 4, 1)
    session.flush()
    before = proposals.by_hand(session, spring, *line.couple, date(2026, 3, 20))
    assert before.exceptions == (f"{line.mentee} is not available until 1 April 2026",)
    assert proposals.by_hand(session, spring, *line.couple, date(2026, 4, 2)).exceptions == ()


def test_by_hand_says_what_a_review_says(session: Session, spring: int) -> None:
    for line in proposed(session, spring).suggestions:
        assert proposals.by_hand(session, spring, *line.couple) == line


def test_by_hand_warns_of_what_the_enrolment_says_against_it(session: Session, spring: int) -> None:
    ids = {one.mentor: one.mentor_id for one in proposed(session, spring).suggestions}
    ann = ids["Ann Ash"]
    stranger = staff_member(session, "Ed Elm", team="E")
    assert proposals.by_hand(session, spring, ann, stranger).exceptions == (
        "Ed Elm is not enrolled as “Mentee”",
    )
    enrolments.enrol(session, spring, [stranger], Role.MENTOR)
    assert "Ed Elm is not enrolled as “Mentee”" in (
        proposals.by_hand(session, spring, ann, stranger).exceptions
    )
    enrolments.enrol(session, spring, [stranger], Role.MENTEE)
    decisions.leave_out(session, spring, stranger)
    found = proposals.by_hand(session, spring, ann, stranger)
    assert found.exceptions == ("Ed Elm is left out of matching",)
    [pair_id] = proposals.accept(session, spring, [found], DAY, by_hand_=True)
    assert pairs.find(session, pair_id).by_hand


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"told_on": None}, "has not been told"),
        ({"restricted": True}, "has objected"),
        ({"left_on": DAY}, "has left"),
    ],
)
def test_by_hand_nobody_is_paired_who_cannot_be(
    session: Session, spring: int, values: dict[str, object], sentence: str
) -> None:
    ann = proposed(session, spring).suggestions[0].mentor_id
    who = staff_member(session, "Ed Elm", **values)
    with pytest.raises(UserError, match=f"Ed Elm {sentence}"):
        proposals.by_hand(session, spring, ann, who)
    with pytest.raises(UserError, match=f"Ed Elm {sentence}"):
        pairs.make(session, spring, ann, who, DAY)
    with pytest.raises(UserError, match="own partner"):
        proposals.by_hand(session, spring, ann, ann)


def test_by_hand_a_full_capacity_is_refused_until_there_is_a_place(
    session: Session, spring: int
) -> None:
    line = proposed(session, spring).suggestions[0]
    proposals.accept(session, spring, [line], DAY)
    other = enrolled(session, spring, "Ed Elm", Role.MENTEE, team="E")
    with pytest.raises(UserError, match="has 1 partner already and no free place"):
        proposals.by_hand(session, spring, line.mentor_id, other)
    decisions.add_place(session, spring, line.mentor_id)
    assert proposals.by_hand(session, spring, line.mentor_id, other).exceptions == ()


def test_a_no_declines_one_pair_keeps_the_others_and_is_no_early_end(
    session: Session, spring: int
) -> None:
    ids = proposals.accept(session, spring, proposed(session, spring).suggestions, DAY)
    answers = {Role.MENTOR: Answer.YES, Role.MENTEE: Answer.NO}
    pairs.record_answers(session, ids[0], answers, DAY)
    states = [session.get_one(Pair, id_).state for id_ in ids]
    assert states == [PairState.DECLINED, PairState.PROPOSED]
    declined = pairs.find(session, ids[0])
    assert "ended early" not in [event.what for event in declined.events]
    free = enrolled(session, spring, "Ed Elm", Role.MENTEE, team="E")
    again = review.review(
        matching.collect(session, spring, only=(declined.mentor_id, declined.mentee_id))
    )
    assert [line.couple for line in again.suggestions] == [(declined.mentor_id, free)]
    proposals.accept(session, spring, again.suggestions, DAY)
    with pytest.raises(UserError, match="no free place"):
        pairs.record_answers(session, ids[0], {Role.MENTEE: Answer.YES}, DAY)


def test_by_hand_the_line_above_two_who_take_no_part_is_known(session: Session) -> None:
    spring = programme(session)
    head = staff_member(session, "Hana Head")
    middle = staff_member(session, "Mo Middle", manager_id=head)
    low = staff_member(session, "Lou Low", manager_id=middle)
    told = proposals.by_hand(session, spring, low, head, DAY)
    assert "One of them is in the other’s reporting line" in told.exceptions
