"""What she decides in the review is stored, can be undone, and is forgotten when it is over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import Decision, DecisionKind
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role, Tie
from revmentor_desktop.services import (
    decisions,
    enrolments,
    keep_aparts,
    matching,
    pairs,
    participants,
    programmes,
    review,
    staff,
)
from revmentor_desktop.services.decided import decided
from tests import factory
from tests.factory import DAY, enrolled, programme, staff_member


@pytest.fixture
def people(session: Session) -> tuple[int, int, int, int]:
    """A programme with a mentor and two mentees."""
    spring = programme(session)
    return (
        spring,
        enrolled(session, spring, "Ann Ash", Role.MENTOR),
        enrolled(session, spring, "Bo Birch", Role.MENTEE),
        enrolled(session, spring, "Cy Cole", Role.MENTEE),
    )


People = tuple[int, int, int, int]


def test_of_two_people_the_last_decision_holds(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    decisions.rule_out(session, spring, ann, bo)
    assert decided(session, spring).of_two[DecisionKind.NOT_THESE_TWO] == {frozenset({ann, bo})}
    decisions.lock(session, spring, ann, bo, " Both asked\x00 for it ")
    assert decided(session, spring).together == ((bo, ann),)
    assert decided(session, spring).lock_reasons == {(bo, ann): "Both asked for it"}
    assert not decided(session, spring).of_two[DecisionKind.NOT_THESE_TWO]
    decisions.rule_out(session, spring, bo, ann)
    assert decided(session, spring).together == ()
    decisions.allow_again(session, spring, ann, bo)
    assert session.scalars(select(Decision)).all() == []


def test_a_newer_lock_takes_the_only_place_and_two_places_hold_two(
    session: Session, people: People
) -> None:
    spring, ann, bo, cy = people
    decisions.lock(session, spring, ann, bo)
    decisions.lock(session, spring, ann, cy)
    assert decided(session, spring).together == ((cy, ann),)
    decisions.add_place(session, spring, ann)
    decisions.lock(session, spring, ann, bo)
    assert set(decided(session, spring).together) == {(cy, ann), (bo, ann)}


def test_a_lock_is_refused_where_the_place_is_taken(session: Session, people: People) -> None:
    spring, ann, bo, cy = people
    pairs.make(session, spring, ann, bo, DAY)
    with pytest.raises(UserError, match="Ann Ash has no free place any more"):
        decisions.lock(session, spring, ann, cy)


def test_keeping_apart_gives_up_locks_in_every_programme(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    autumn = programme(session, name="Autumn")
    for who, role in ((ann, Role.MENTOR), (bo, Role.MENTEE)):
        session.add(
            Enrolment(programme_id=autumn, staff_id=who, role=role, state=EnrolmentState.ENROLLED)
        )
    session.flush()
    decisions.lock(session, autumn, ann, bo)
    keep_aparts.keep_apart(session, ann, bo, "HR says so")
    assert decided(session, autumn).together == ()
    assert review.review(matching.collect(session, autumn)).suggestions == ()


def test_an_exception_is_kept_rule_by_rule_with_its_reason(
    session: Session, people: People
) -> None:
    spring, _ann, bo, _cy = people
    decisions.make_exception(session, spring, bo, Rule.SAME_TEAM | Rule.LEVEL_GAP, " For\x00 once ")
    decisions.make_exception(session, spring, bo, Rule.SAME_TEAM, "For good")
    found = decided(session, spring)
    assert found.waived == {bo: Rule.SAME_TEAM | Rule.LEVEL_GAP}
    assert found.reasons == {(bo, Rule.SAME_TEAM): "For good", (bo, Rule.LEVEL_GAP): "For once"}
    decisions.end_exception(session, spring, bo, Rule.SAME_TEAM)
    assert decided(session, spring).waived == {bo: Rule.LEVEL_GAP}
    for rule in (Rule.DECLINED, Rule.KEPT_APART, Rule(0)):
        with pytest.raises(UserError, match="No exception can be made"):
            decisions.make_exception(session, spring, bo, rule, "")


def test_who_is_left_out_loses_their_locks_and_comes_back_without(
    session: Session, people: People
) -> None:
    spring, ann, bo, _cy = people
    decisions.lock(session, spring, ann, bo)
    decisions.leave_out(session, spring, bo)
    decisions.leave_out(session, spring, bo)
    found = decided(session, spring)
    assert (found.left_out, found.together) == ({bo}, ())
    decisions.bring_back(session, spring, bo)
    assert decided(session, spring).left_out == frozenset()


def test_keeping_apart_is_a_tie_with_a_private_reason(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    decisions.lock(session, spring, ann, bo)
    keep_aparts.keep_apart(session, bo, ann, "Family")
    keep_aparts.keep_apart(session, ann, bo, "Family, still")
    [tie] = session.scalars(select(Tie))
    assert (tie.one_id, tie.other_id, tie.reason) == (*sorted((ann, bo)), "Family, still")
    assert decided(session, spring).together == ()
    keep_aparts.allow_again(session, ann, bo)
    assert session.scalars(select(Tie)).all() == []


@pytest.mark.parametrize(
    "leave",
    [
        lambda session, _spring, who: staff.mark_left(session, [who], DAY),
        lambda session, _spring, who: staff.delete(session, [who]),
        lambda session, spring, who: enrolments.remove(session, spring, [who]),
        lambda session, spring, who: enrolments.set_state(
            session, spring, [who], EnrolmentState.WITHDRAWN
        ),
    ],
)
def test_decisions_of_whoever_goes_are_forgotten(
    session: Session, people: People, leave: Callable[[Session, int, int], object]
) -> None:
    spring, ann, bo, cy = people
    decisions.lock(session, spring, ann, bo)
    decisions.make_exception(session, spring, bo, Rule.SAME_TEAM, "")
    decisions.leave_out(session, spring, cy)
    leave(session, spring, bo)
    session.flush()
    assert [one.staff_id for one in session.scalars(select(Decision))] == [cy]


def test_a_closed_programme_refuses_every_decision(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    programmes.close(session, spring, DAY)
    for action, args in (
        (decisions.lock, (ann, bo)), (decisions.unlock, (ann, bo)),
        (decisions.rule_out, (ann, bo)), (decisions.allow_again, (ann, bo)),
        (decisions.make_exception, (bo, 4, "")), (decisions.end_exception, (bo, 4)),
        (decisions.leave_out, (bo,)), (decisions.bring_back, (bo,)),
        (decisions.add_place, (ann,)), (decisions.save_rules, (Rules(),)),
        (decisions.start_again, ()),
    ):  # fmt: skip
        with pytest.raises(UserError, match="is closed"):
            action(session, spring, *args)


def test_what_cannot_be_is_refused_in_words(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    stranger = staff_member(session, "Stranger")
    with pytest.raises(UserError, match="own partner"):
        decisions.lock(session, spring, ann, ann)
    with pytest.raises(UserError, match="Stranger takes no part"):
        decisions.add_place(session, spring, stranger)
    with pytest.raises(UserError, match="no longer in the list"):
        decisions.leave_out(session, spring, 10**6)
    with pytest.raises(UserError, match="Bo Birch is not enrolled as “Mentor”"):
        decisions.lock(session, spring, bo, ann)
    pairs.make(session, spring, ann, bo, DAY)
    with pytest.raises(UserError, match="a pair already"):
        decisions.lock(session, spring, ann, bo)
    enrolments.set_capacity(session, spring, [ann], 20)
    with pytest.raises(UserError, match="more than 20 partners"):
        decisions.add_place(session, spring, ann)


def test_every_decision_is_undone_and_redone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as workspace:
        spring = workspace.write(programme).value
        ann = workspace.write(enrolled, spring, "Ann Ash", Role.MENTOR).value
        bo = workspace.write(enrolled, spring, "Bo Birch", Role.MENTEE).value
        workspace.record_inverses()
        states = [workspace.read(_all, spring)]
        back = []
        for action, args in (
            (decisions.lock, (ann, bo)),
            (decisions.rule_out, (ann, bo)),
            (decisions.make_exception, (bo, int(Rule.SAME_TEAM), "For once")),
            (decisions.leave_out, (bo, "On leave")),
            (decisions.save_rules, (Rules(weight_wanted=80),)),
            (decisions.add_place, (ann,)),
            (decisions.start_again, ()),
        ):
            outcome = workspace.write(action, spring, *args)
            assert outcome.inverse is not None
            back.append(outcome.inverse)
            states.append(workspace.read(_all, spring))
        kept = workspace.write(keep_aparts.keep_apart, ann, bo, "Family")
        assert kept.inverse is not None
        back.append(kept.inverse)
        for at in reversed(range(len(back))):
            workspace.replay(back[at], "undo")
            assert workspace.read(_all, spring) == states[at]


def _all(session: Session, programme_id: int) -> tuple[object, ...]:
    return (
        decided(session, programme_id),
        programmes.find(session, programme_id).rules,
        [(tie.one_id, tie.other_id, tie.reason) for tie in session.scalars(select(Tie))],
        participants.capacities(session, programme_id),
    )
