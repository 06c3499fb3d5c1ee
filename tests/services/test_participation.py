"""One person's part in a programme: what is kept, and what is refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import EnrolmentState, Role, Tie, TieKind
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.services import (
    enrolments,
    matching,
    pairs,
    participation,
    programmes,
    topics,
)
from revmentor_desktop.services.participation import TakingPart
from tests.factory import DAY, enrolled, programme, staff_member

LATER = date(2026, 4, 1)


@pytest.fixture
def people(session: Session) -> tuple[int, int, int, int]:
    """A programme, a mentor and two mentees."""
    spring = programme(session)
    return (
        spring,
        enrolled(session, spring, "Ann Ash", Role.MENTOR),
        enrolled(session, spring, "Bo Birch", Role.MENTEE),
        enrolled(session, spring, "Cy Cole", Role.MENTEE),
    )


People = tuple[int, int, int, int]


def test_what_is_kept_is_what_is_found_and_what_the_matching_reads(
    session: Session, people: People
) -> None:
    spring, ann, bo, cy = people
    friend = staff_member(session, "Di Dorn")
    part = TakingPart(Role.MENTOR, 3, None, LATER, (cy, bo), (bo, friend))
    participation.save(session, spring, ann, part, {})
    assert participation.find(session, spring, ann) == part
    assert participation.find(session, spring, bo).met == (ann,), "who met is met"
    pool = matching.collect(session, spring).pool
    [mentor] = pool.mentors
    assert (mentor.places, mentor.wishes) == (3, {cy: 1, bo: 2})
    assert frozenset({ann, bo}) in pool.met
    less = replace(part, wishes=(bo,), met=(friend,))
    participation.save(session, spring, ann, less, {})
    assert participation.find(session, spring, ann) == less
    assert participation.find(session, spring, bo).met == ()


def test_who_is_not_available_yet_is_not_matched_yet(session: Session, people: People) -> None:
    spring, ann, _bo, _cy = people
    participation.save(session, spring, ann, TakingPart(Role.MENTOR, not_before=LATER), {})
    assert matching.collect(session, spring, DAY).later == {ann: LATER}


def test_the_same_people_met_are_one_tie_whoever_says_it(session: Session, people: People) -> None:
    spring, ann, bo, _cy = people
    participation.save(session, spring, ann, TakingPart(Role.MENTOR, met=(bo,)), {})
    participation.save(session, spring, bo, TakingPart(Role.MENTEE, met=(ann,)), {})
    assert len(session.scalars(select(Tie).where(Tie.kind == TieKind.MET)).all()) == 1


def test_who_has_no_part_yet_is_enrolled_if_they_were_told(
    session: Session, people: People
) -> None:
    spring, ann, _bo, _cy = people
    told = staff_member(session, "Di Dorn")
    untold = staff_member(session, "Ed Elm", told_on=None)
    assert participation.find(session, spring, told) == TakingPart()
    participation.save(session, spring, told, TakingPart(Role.MENTEE, 1, wishes=(ann,)), {})
    assert participation.find(session, spring, told).wishes == (ann,)
    assert told in [one.id for one in matching.collect(session, spring).pool.mentees]
    with pytest.raises(UserError, match="Ed Elm has not been told"):
        participation.save(session, spring, untold, TakingPart(Role.MENTEE), {})


def test_only_the_other_role_can_be_wished_for(session: Session, people: People) -> None:
    spring, ann, bo, cy = people
    both = enrolled(session, spring, "Di Dorn", Role.BOTH)
    found = {one.name: one.role for one in participation.partners(session, spring, bo)}
    assert found == {"Ann Ash": Role.MENTOR, "Cy Cole": Role.MENTEE, "Di Dorn": Role.BOTH}
    participation.save(session, spring, bo, TakingPart(Role.MENTEE, wishes=(both, ann)), {})
    with pytest.raises(UserError, match="Cy Cole cannot be their partner"):
        participation.save(session, spring, bo, TakingPart(Role.MENTEE, wishes=(cy,)), {})


def test_a_wish_for_somebody_who_withdrew_stays_until_it_is_taken_out(
    session: Session, people: People
) -> None:
    spring, ann, bo, cy = people
    participation.save(session, spring, ann, TakingPart(Role.MENTOR, wishes=(bo,)), {})
    enrolments.set_state(session, spring, [bo], EnrolmentState.WITHDRAWN)
    part = participation.find(session, spring, ann)
    assert part.wishes == (bo,)
    participation.save(session, spring, ann, part, {})
    participation.save(session, spring, ann, replace(part, wishes=(cy,)), {})
    assert [one.name for one in participation.partners(session, spring, ann)] == ["Cy Cole"]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (TakingPart(), "Choose the role in which Ann Ash takes part"),
        (TakingPart(Role.MENTOR, 0), "Choose between 1 and 20"),
        (TakingPart(Role.MENTOR, not_before=date(2026, 9, 2)), "ends on 2 September 2026"),
        (TakingPart(Role.MENTEE), "Ann Ash is in a pair as “Mentor” now"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, people: People, part: TakingPart, sentence: str
) -> None:
    spring, ann, bo, _cy = people
    pairs.make(session, spring, ann, bo, DAY)
    with pytest.raises(UserError, match=sentence):
        participation.save(session, spring, ann, part, {})
    participation.save(session, spring, ann, TakingPart(Role.BOTH), {})


def test_wishes_are_three_different_people(session: Session, people: People) -> None:
    spring, ann, bo, cy = people
    more = [enrolled(session, spring, f"More {n}", Role.MENTEE) for n in range(2)]
    with pytest.raises(UserError, match="At most 3 wishes"):
        participation.save(
            session, spring, ann, TakingPart(Role.MENTOR, wishes=(bo, cy, *more)), {}
        )
    with pytest.raises(UserError, match="wished for twice"):
        participation.save(session, spring, ann, TakingPart(Role.MENTOR, wishes=(bo, bo)), {})
    with pytest.raises(UserError, match="Nobody has met themselves"):
        participation.save(session, spring, ann, TakingPart(Role.MENTOR, met=(ann,)), {})


def test_fewer_places_than_partners_are_refused_and_a_closed_programme_is_read_only(
    session: Session, people: People
) -> None:
    spring, ann, bo, cy = people
    enrolments.set_capacity(session, spring, [ann], 2)
    for mentee in (bo, cy):
        pairs.make(session, spring, ann, mentee, DAY)
    with pytest.raises(UserError, match="Ann Ash has 2 partners now"):
        enrolments.set_capacity(session, spring, [ann], 1)
    assert enrolments.set_capacity(session, spring, [ann, bo], 4) == 2
    programmes.close(session, spring, DAY)
    with pytest.raises(UserError, match="is closed"):
        enrolments.set_capacity(session, spring, [ann], 5)
    with pytest.raises(UserError, match="is closed"):
        participation.save(session, spring, ann, TakingPart(Role.MENTOR), {})


def test_namesakes_are_told_apart_by_department(session: Session, people: People) -> None:
    spring, ann, _bo, _cy = people
    enrolled(session, spring, "Bo Birch", Role.MENTEE, department="Legal")
    names = [one.name for one in participation.partners(session, spring, ann)]
    assert sorted(names) == ["Bo Birch", "Bo Birch (Legal)", "Cy Cole"]
    assert "Bo Birch (Legal)" in [one.name for one in participation.acquaintances(session, ann)]


def test_levels_and_priorities_are_kept_by_interest(session: Session, people: People) -> None:
    spring, ann, _bo, _cy = people
    topics.set_interest_names(session, ann, InterestKind.OFFERS, "Chess, Sailing")
    topics.set_interest_names(session, ann, InterestKind.WANTS, "Baking")
    chess, sailing, baking = topics.interests(session, ann)
    assert (chess.kind, baking.kind) == (InterestKind.OFFERS, InterestKind.WANTS)
    part = TakingPart(Role.MENTOR)
    participation.save(session, spring, ann, part, {chess.id: 4, baking.id: 1})
    found = {one.topic: one.strength for one in topics.interests(session, ann)}
    assert found == {"Chess": 4, "Sailing": sailing.strength, "Baking": 1}
    with pytest.raises(UserError, match="between 1 and 4"):
        participation.save(session, spring, ann, part, {chess.id: 5})
