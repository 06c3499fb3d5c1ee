"""Two who are kept apart: in every programme, with a reason that is read in one place only."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import Decision
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import Role, Tie
from revmentor_desktop.services import decisions, enrolments, keep_aparts, matching, pairs
from revmentor_desktop.services.keep_aparts import KeptApart
from tests.factory import DAY, enrolled, programme, staff_member


def test_two_are_kept_apart_in_all_programmes_and_their_locks_given_up(session: Session) -> None:
    spring, autumn = programme(session), programme(session, name="Autumn")
    ann = enrolled(session, spring, "Ann Ash", Role.MENTOR)
    bo = enrolled(session, spring, "Bo Birch", Role.MENTEE)
    enrolments.enrol(session, autumn, [ann], Role.MENTEE)
    enrolments.enrol(session, autumn, [bo], Role.MENTOR)
    decisions.lock(session, spring, ann, bo)
    decisions.lock(session, autumn, bo, ann)
    keep_aparts.keep_apart(session, bo, ann, " Family\x00 ")
    assert session.scalars(select(Decision)).all() == []
    for cohort in (spring, autumn):
        assert matching.collect(session, cohort).pool.apart == {frozenset({ann, bo})}
    one, other = sorted((ann, bo))
    [row] = keep_aparts.rows(session)
    assert row == KeptApart(one, other, "Ann Ash", "Bo Birch", "Family")


def test_a_lock_of_one_of_them_with_somebody_else_stays(session: Session) -> None:
    spring = programme(session)
    ann = enrolled(session, spring, "Ann Ash", Role.MENTOR)
    bo, cy = (enrolled(session, spring, name, Role.MENTEE) for name in ("Bo Birch", "Cy Cole"))
    decisions.lock(session, spring, ann, cy)
    keep_aparts.keep_apart(session, ann, bo, "")
    assert matching.collect(session, spring).locked == ((cy, ann),)


def test_a_second_reason_takes_the_place_of_the_first_and_both_are_allowed_again(
    session: Session,
) -> None:
    ann, bo = staff_member(session, "Ann Ash"), staff_member(session, "Bo Birch")
    keep_aparts.keep_apart(session, ann, bo, "Family")
    keep_aparts.keep_apart(session, bo, ann, "Family, still")
    assert [row.reason for row in keep_aparts.rows(session)] == ["Family, still"]
    keep_aparts.allow_again(session, bo, ann)
    keep_aparts.allow_again(session, bo, ann)
    assert session.scalars(select(Tie)).all() == []


def test_whether_they_are_a_pair_now(session: Session) -> None:
    spring = programme(session)
    ann = enrolled(session, spring, "Ann Ash", Role.MENTOR)
    bo = enrolled(session, spring, "Bo Birch", Role.MENTEE)
    assert not keep_aparts.are_a_pair(session, ann, bo)
    pairs.make(session, spring, ann, bo, DAY)
    assert keep_aparts.are_a_pair(session, bo, ann)


def test_one_person_twice_or_somebody_who_is_gone_is_refused(session: Session) -> None:
    ann = staff_member(session, "Ann Ash")
    with pytest.raises(UserError, match="Choose two people"):
        keep_aparts.keep_apart(session, ann, ann, "")
    with pytest.raises(UserError, match="no longer in the list"):
        keep_aparts.keep_apart(session, ann, 999, "")
