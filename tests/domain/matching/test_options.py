"""Another partner costs exactly what a new solve with the two locked loses, from either side."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import Cancelled
from revmentor_desktop.domain.matching import options as options_module
from revmentor_desktop.domain.matching.options import options
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, cost, propose, solve_again
from revmentor_desktop.domain.matching.revise import with_lock, with_newest
from revmentor_desktop.domain.matching.rules import Rule, Rules
from tests.domain.matching.programmes import programme

KINDS = pytest.mark.parametrize(
    ("several", "both"),
    [(False, False), (True, False), (False, True), (True, True)],
    ids=["one", "many", "both", "many and both"],
)


def roomy(seed: int, several: bool, both: bool, most: int = 5) -> Pool:
    """A made-up programme whose mentors have one to three places."""
    chance, pool = Random(seed), programme(seed, most, several, both)
    mentors = [
        one if one.id in pool.limits else replace(one, places=chance.randint(1, 3))
        for one in pool.mentors
    ]
    return replace(pool, mentors=mentors)


def couples(proposal: Proposal) -> set[tuple[int, int]]:
    return {(pair.mentee, pair.mentor) for pair in proposal.pairs}


@KINDS
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), floor=st.booleans(), is_mentor=st.booleans())
@example(seed=4418, floor=False, is_mentor=False)  # whose first choice is locked already
def test_a_choice_costs_what_a_new_solve_with_the_two_locked_loses(
    seed: int, floor: bool, several: bool, both: bool, is_mentor: bool
) -> None:
    chance = Random(seed)
    proposal = propose(roomy(seed, several, both), Rules(guard_floor=floor))
    kept = [
        (pair.mentee, pair.mentor)
        for pair in chance.sample(proposal.pairs, len(proposal.pairs) // 2)
    ]
    proposal = solve_again(proposal.grid, kept)
    people = proposal.grid.columns if is_mentor else proposal.grid.rows
    for person in chance.sample(sorted(people), min(2, len(people))):
        found = options(proposal, person, is_mentor=is_mentor, locked=kept)
        assert found.tried == found.possible
        for option in found.found:
            two = (option.pair.mentee, option.pair.mentor)
            assert two[is_mentor] == person
            locks = with_newest(proposal.grid.pool, kept, *two)
            after = solve_again(proposal.grid, locks)
            assert two in couples(after)
            assert (option.people, option.points) == cost(proposal, after)
            assert option.is_current == (two in couples(proposal))
            assert option.exact


@KINDS
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_both_sides_are_told_the_same(seed: int, several: bool, both: bool) -> None:
    proposal = propose(roomy(seed, several, both, 4), Rules())
    grid = proposal.grid

    def told(person: int, is_mentor: bool) -> dict[tuple[int, int], tuple[int, int]]:
        found = options(proposal, person, 99, is_mentor=is_mentor).found
        return {(o.pair.mentee, o.pair.mentor): (o.people, o.points) for o in found}

    for mentor in sorted(grid.columns)[:3]:
        for two, price in told(mentor, True).items():
            others = told(two[0], False)
            assert others.get(two, price) == price


def test_a_pair_against_the_rules_can_be_chosen_and_says_so() -> None:
    mentees = [Person(1, "a", team="red"), Person(2, "b", team="blue")]
    mentors = [Person(3, "c", team="red"), Person(4, "d", team="blue")]
    proposal = propose(Pool(mentees, mentors), Rules())
    told = {option.pair.mentor: option for option in options(proposal, 1).found}
    assert told[4].is_current
    assert told[3].pair.broken == Rule.SAME_TEAM
    assert told[3].people == 1  # the other two are in one team as well
    after = with_lock(proposal, 1, 3)
    assert [(p.mentee, p.mentor, p.broken) for p in after.pairs] == [(1, 3, Rule.SAME_TEAM)]
    of_mentor = {
        option.pair.mentee: option for option in options(proposal, 3, is_mentor=True).found
    }
    assert of_mentor[2].is_current
    assert of_mentor[1] == told[3]


def test_a_mentor_who_waits_and_one_with_a_locked_partner_have_choices() -> None:
    mentees = [Person(1, "a"), Person(2, "b")]
    mentors = [Person(3, "c", places=2), Person(4, "d")]
    proposal = solve_again(propose(Pool(mentees, mentors), Rules()).grid, [(1, 3), (2, 3)])
    waits = options(proposal, 4, is_mentor=True)
    assert waits.found == (), "both mentees are locked"
    locked = [(2, 3), (1, 3)]  # the first was locked first, and has to make room
    told = options(proposal, 3, is_mentor=True, locked=locked)
    assert {option.pair.mentee for option in told.found} == {2}
    one = solve_again(proposal.grid, [(1, 3)])
    told = options(one, 4, is_mentor=True)
    assert [option.pair.mentee for option in told.found] == [2]


def test_who_is_left_out_is_nobodys_other_partner() -> None:
    mentees = [Person(1, "a"), Person(2, "b")]
    mentors = [Person(3, "c"), Person(4, "d")]
    grid = propose(Pool(mentees, mentors), Rules()).grid
    proposal = solve_again(grid, (), frozenset({2}))
    assert [o.pair.mentee for o in options(proposal, 3, is_mentor=True).found] == [1]
    assert options(proposal, 2).found == ()


def test_where_time_is_up_it_says_how_many_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = propose(programme(3, 7, both=True, least=6), Rules())
    mentee = next(iter(proposal.grid.rows))
    whole = options(proposal, mentee, 99)
    assert whole.tried == whole.possible == len(whole.found) > 2
    ticks = iter(range(99))
    monkeypatch.setattr(options_module, "monotonic", lambda: float(next(ticks)))
    some = options(proposal, mentee, 99, seconds=1.5)
    assert (some.tried, some.possible) == (2, whole.possible)
    assert len(some.found) == 2


def test_it_can_be_stopped_between_two_choices() -> None:
    proposal = propose(programme(3, 7, both=True, least=6), Rules())
    asked = []

    def stop(done: int, _total: int) -> None:
        asked.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        options(proposal, next(iter(proposal.grid.rows)), progress=stop)
    assert asked == [0, 1]
