"""Why somebody waits, and that each remedy does what its words say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import Cancelled
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.services import diagnosis, firmness, matching, review
from revmentor_desktop.services.diagnosis import Remedy
from tests.domain.matching.programmes import programme as made_up
from tests.factory import enrolled, programme
from tests.services.test_review import collected


def done(session: Session, remedy: Remedy) -> None:
    remedy.action(session, *remedy.args, *(["Agreed"] if remedy.asks_reason else []))


def test_a_shortage_names_who_competes_for_whom_and_one_place_solves_it(
    session: Session,
) -> None:
    spring = programme(session)
    for n in range(2):
        enrolled(session, spring, f"Mentor {n}", Role.MENTOR)
    for n in range(3):
        enrolled(session, spring, f"Mentee {n}", Role.MENTEE)
    found = review.review(matching.collect(session, spring))
    [waiting] = found.waiting
    told = diagnosis.of_person(found, waiting.staff_id)
    assert told.sentences == (
        "3 people compete for 2 places with Mentor 0 and Mentor 1; one more place with any of "
        "them solves it.",
    )
    assert {remedy.text for remedy in told.remedies} == {
        "One more place with Mentor 0", "One more place with Mentor 1",
    }  # fmt: skip
    done(session, told.remedies[0])
    assert review.review(matching.collect(session, spring)).waiting == ()


def test_the_fewest_exceptions_give_everyone_a_partner(session: Session) -> None:
    spring = programme(session)
    enrolled(session, spring, "Ann Ash", Role.MENTOR, team="Red")
    enrolled(session, spring, "Bo Birch", Role.MENTEE, team="Red")
    found = review.review(matching.collect(session, spring))
    bo = next(one for one in found.waiting if one.is_mentee)
    told = diagnosis.of_person(found, bo.staff_id)
    [remedy] = told.remedies
    assert remedy.text == (
        "Make an exception to “Not in the same team” for Bo Birch, and everyone has a partner"
    )
    assert remedy.asks_reason
    done(session, remedy)
    [line] = review.review(matching.collect(session, spring)).suggestions
    assert "Agreed" in line.exceptions[0]


def test_a_rule_that_keeps_most_people_waiting_can_be_a_preference(session: Session) -> None:
    spring = programme(session)
    for n in range(3):
        enrolled(session, spring, f"Mentor {n}", Role.MENTOR, team="Red", languages=("English",))
        enrolled(session, spring, f"Mentee {n}", Role.MENTEE, team="Red", languages=("English",))
    found = review.review(matching.collect(session, spring))
    assert len(found.waiting) == 6
    [remedy] = diagnosis.of_all(found).remedies
    assert remedy.text == (
        "Let “Not in the same team” be a preference: 3 more people have a partner"
    )
    done(session, remedy)
    after = review.review(matching.collect(session, spring))
    assert after.waiting == ()
    assert after.rules.preferences == Rule.SAME_TEAM


def test_a_mentor_in_reserve_and_mentors_who_compete() -> None:
    pool = Pool([Person(1, "a", team="x")], [Person(3, "c"), Person(4, "d")])
    found = review.review(collected(pool))
    [waiting] = found.waiting
    told = diagnosis.of_person(found, waiting.staff_id)
    assert told.sentences == ("In reserve: everybody in the role “Mentee” has a partner.",)
    stuck = replace(
        pool, mentees=[*pool.mentees, Person(2, "b", team="red")],
        mentors=[Person(3, "c", team="red"), Person(4, "d", team="red")],
    )  # fmt: skip
    found = review.review(collected(stuck))
    mentor = next(one for one in found.waiting if not one.is_mentee)
    told = diagnosis.of_person(found, mentor.staff_id)
    assert told.sentences == ("2 people compete for 1 place with Person 1: one of them must wait.",)
    assert diagnosis.of_person(found, 99) == diagnosis.Diagnosis((), ())


def test_keeping_apart_is_never_talked_out_of_and_never_named() -> None:
    apart = frozenset({frozenset({1, 3})})
    found = review.review(collected(Pool([Person(1, "a")], [Person(3, "c")], apart=apart)))
    told = diagnosis.of_person(found, 1)
    assert told.remedies == ()
    assert diagnosis.of_all(found).remedies == ()
    assert told.sentences == ("The rules do not allow the 1 possible partner: 1 is not available.",)


def test_details_tell_what_is_firm_and_what_the_guard_costs(session: Session) -> None:
    spring = programme(session)
    for n, team in enumerate(("Red", "Blue", "Green")):
        enrolled(session, spring, f"Mentor {n}", Role.MENTOR, team=team, offers=("Budgets",))
        enrolled(session, spring, f"Mentee {n}", Role.MENTEE, team=team, wants=("Budgets",))
    enrolled(session, spring, "Mentee 4", Role.MENTEE, team="Pink", wants=("Budgets",))
    found = review.review(matching.collect(session, spring))
    told = firmness.details(found)
    assert told.solid <= {line.couple for line in found.suggestions}
    assert all("1 more person has a partner" in text for text in told.places)
    assert len(told.places) == 3
    assert told.floor == "The weakest pair scores 19.4, with or without the guard."


def test_the_guard_is_told_with_its_cost_whether_it_is_on_or_off() -> None:
    pool = made_up(10, 6)
    on = firmness.details(review.review(collected(pool)))
    assert on.floor == (
        "No pair scores below 37.6; without the guard it would be 21.0. All pairs together lose "
        "3.6 points."
    )
    off = firmness.details(review.review(collected(pool, Rules(guard_floor=False))))
    assert off.floor == (
        "The weakest pair scores 21.0; with the guard it would be 37.6. All pairs together lose "
        "3.6 points."
    )


def test_a_locked_pair_is_solid_and_one_with_an_equal_alternative_is_a_toss_up() -> None:
    pool = Pool([Person(1, "a")], [Person(3, "c"), Person(4, "d")])
    found = review.review(collected(pool))
    assert firmness.details(found).solid == frozenset()
    [line] = found.suggestions
    locked = replace(found.collected, locked=((line.mentee_id, line.mentor_id),))
    assert firmness.details(review.review(locked)).solid == {line.couple}


@pytest.mark.parametrize("job", [firmness.details, diagnosis.of_all])
def test_what_takes_long_with_both_roles_can_be_stopped_at_many_places(
    job: Callable[..., object],
) -> None:
    pool = made_up(8, 14, both=True, least=12)
    found = review.review(collected(replace(pool, limits=dict.fromkeys(pool.limits, 1))))
    asked: list[tuple[int, int]] = []

    def count(done: int, total: int) -> None:
        asked.append((done, total))

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    job(found, count)
    assert len(asked) > 5
    with pytest.raises(Cancelled):
        job(found, stop)
