"""A change by hand costs what was said, moves as few as need be, and stays the best answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching import revise, robustness
from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, cost, propose, solve_again
from revmentor_desktop.domain.matching.rules import Rules
from tests.domain.matching.programmes import programme

OPEN = Rules(guard_floor=False)


def pool(seed: int) -> Pool:
    chance = Random(seed)

    def person(id_: int, level: int, places: int = 1) -> Person:
        return Person(
            id=id_,
            key=f"n:{id_}",
            level=level,
            team=chance.choice("abc"),
            department=chance.choice("xyz"),
            site=chance.choice("pq"),
            offers={chance.randrange(5): chance.randint(1, 4)},
            wants={chance.randrange(5): chance.randint(1, 4)},
            places=places,
        )

    mentees = [person(100 + n, chance.randint(2, 5)) for n in range(chance.randint(1, 7))]
    mentors = [person(200 + n, 1, chance.randint(1, 2)) for n in range(chance.randint(1, 6))]
    return Pool(mentees, mentors)


def total(proposal: Proposal) -> int:
    return sum(sum(pair.parts.values()) for pair in proposal.pairs)


def couples(proposal: Proposal) -> set[tuple[int, int]]:
    return {(pair.mentee, pair.mentor) for pair in proposal.pairs}


def anew(proposal: Proposal) -> Proposal:
    """The same questions to a new solve, from the people on."""
    grid = make_grid(proposal.grid.pool, proposal.grid.rules)
    return solve_again(grid, sorted(proposal.locked), proposal.left_out)


def changed(proposal: Proposal, chance: Random) -> Proposal:
    """One change by hand, of any kind."""
    pool = proposal.grid.pool
    mentee, mentor = chance.choice(pool.mentees), chance.choice(pool.mentors)
    kind = chance.randrange(5)
    if kind == 0 and mentor.id != mentee.id:
        return revise.with_lock(proposal, mentee.id, mentor.id)
    if kind == 1 and proposal.pairs:
        pair = chance.choice(proposal.pairs)
        return revise.ruled_out(proposal, pair.mentee, pair.mentor)
    if kind == 2:
        return revise.with_place(proposal, mentor.id)
    if kind == 3:
        return revise.left_out(proposal, chance.choice([mentee, mentor]).id)
    return revise.with_rules(
        proposal, replace(proposal.grid.rules, weight_site=chance.randrange(9))
    )


@pytest.mark.parametrize(
    ("several", "both"), [(False, False), (True, False), (False, True)], ids=["one", "many", "both"]
)
@settings(max_examples=16, deadline=None)
@given(seed=st.integers(0, 10**6), floor=st.booleans())
def test_change_after_change_equals_a_new_solve(
    seed: int, floor: bool, several: bool, both: bool
) -> None:
    chance = Random(seed)
    proposal = propose(programme(seed, 6, several, both), Rules(guard_floor=floor))
    for _change in range(4):
        proposal = changed(proposal, chance)
        other = anew(proposal)
        assert couples(proposal) == couples(other)
        assert (proposal.waiting_mentees, proposal.waiting_mentors) == (
            other.waiting_mentees,
            other.waiting_mentors,
        )
        assert all(one.solution.is_proved for one in (*proposal.rounds, *other.rounds))


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6), both=st.booleans())
def test_to_lock_pairs_that_are_proposed_moves_nobody(seed: int, both: bool) -> None:
    proposal = propose(programme(seed, 6, both=both), Rules())
    after = proposal
    for pair in proposal.pairs:
        after = revise.with_lock(after, pair.mentee, pair.mentor)
        assert couples(after) == couples(proposal)


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_locks_hold_through_whatever_is_changed_after_them(seed: int) -> None:
    proposal = propose(pool(seed), Rules())
    assume(len(proposal.pairs) > 1)
    first = proposal.pairs[0]
    locked = revise.with_lock(proposal, first.mentee, first.mentor)
    for pair in locked.pairs[1:]:
        after = revise.ruled_out(locked, pair.mentee, pair.mentor)
        assert (first.mentee, first.mentor) in {(p.mentee, p.mentor) for p in after.pairs}
        assert after.locked == {(first.mentee, first.mentor)}


def test_a_newer_lock_takes_the_place_of_an_older_one() -> None:
    pair = Pool([Person(1, "a"), Person(2, "b")], [Person(3, "c")])
    first = revise.with_lock(propose(pair, Rules()), 1, 3)
    second = revise.with_lock(first, 2, 3)
    assert second.locked == {(2, 3)}
    assert [(p.mentee, p.mentor) for p in second.pairs] == [(2, 3)]


def test_a_mentee_with_room_for_two_gets_two_and_nobody_the_same_twice() -> None:
    mentees = [Person(1, "a", places=2), Person(2, "b")]
    mentors = [Person(3, "c", places=2), Person(4, "d"), Person(5, "e")]
    proposal = propose(Pool(mentees, mentors), Rules())
    couples = [(p.mentee, p.mentor) for p in proposal.pairs]
    assert len(couples) == len(set(couples)) == 3
    assert sum(mentee == 1 for mentee, _mentor in couples) == 2


def test_everybody_has_a_first_partner_before_anybody_has_a_second() -> None:
    mentees = [Person(1, "a", places=2), Person(2, "b")]
    proposal = propose(Pool(mentees, [Person(3, "c"), Person(4, "d")]), Rules())
    assert {p.mentee for p in proposal.pairs} == {1, 2}


def test_pairs_that_rest_on_nothing_else_are_solid_and_close_calls_are_not() -> None:
    clear = Pool(
        [Person(1, "a", level=5, wants={1: 4}), Person(2, "b", level=5, wants={2: 4})],
        [Person(3, "c", level=3, offers={1: 4}), Person(4, "d", level=3, offers={2: 4})],
    )
    assert robustness.solid_pairs(propose(clear, Rules())) == {(1, 3), (2, 4)}
    rules = Rules(weight_level=20, weight_department=20)
    close = Pool(
        [Person(1, "a", level=3, department="x")],
        [Person(3, "c", level=1, department="x"), Person(4, "d", level=3, department="y")],
    )
    level_or_place = replace(rules, level_apart=False)
    assert robustness.solid_pairs(propose(close, level_or_place)) == frozenset()


def test_blocking_pairs_are_those_who_would_both_be_better_off() -> None:
    for seed in range(60):
        proposal = propose(pool(seed), Rules())
        grid = proposal.grid
        cell = {pair.mentee: grid.columns[pair.mentor] for pair in proposal.pairs}
        for mentee, mentor in robustness.blocking_pairs(proposal):
            value = grid.total[grid.rows[mentee], grid.columns[mentor]]
            assert grid.allowed[grid.rows[mentee], grid.columns[mentor]]
            own = cell.get(mentee)
            assert own is None or value > grid.total[grid.rows[mentee], own]


@pytest.mark.parametrize("rules", [OPEN, Rules()], ids=["open", "floor"])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), several=st.booleans(), both=st.booleans())
def test_what_one_more_place_would_gain_is_what_it_gains(
    seed: int, several: bool, both: bool, rules: Rules
) -> None:
    proposal = propose(programme(seed, 5, several, both), rules)
    told = {
        mentor: (people, points)
        for mentor, people, points in robustness.place_gains(proposal).found
    }
    for mentor in proposal.grid.columns:
        people, points = told.get(mentor, (0, 0))
        after = revise.with_place(proposal, mentor)
        # Round after round, a place more in the first can even leave fewer for the last.
        assert people == max(0, len(after.pairs) - len(proposal.pairs))
        if rules == OPEN and mentor in told:  # with a floor, a place more may also lift the floor
            gained = after.total - proposal.total
            everything = proposal.grid.rules.everything
            assert points in {gained // everything, -(-gained // everything)}


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_guard_floor_costs_what_is_said_and_lifts_the_lowest(seed: int) -> None:
    found = pool(seed)
    with_floor, without = propose(found, Rules()), propose(found, OPEN)
    for proposal in (with_floor, without):
        told = robustness.floor_cost(proposal)
        assert (told.people, told.points) == cost(without, with_floor)
        assert told.people == 0 <= told.points
        lowest = [min((p.score for p in one.pairs), default=0) for one in (with_floor, without)]
        assert [told.lowest, told.without] == lowest
        assert told.lowest >= told.without


def test_who_is_left_out_stays_out_whatever_is_changed_after_it() -> None:
    mentees = [Person(1, "a", places=2), Person(2, "b")]
    mentors = [Person(3, "c", places=2), Person(4, "d"), Person(5, "e")]
    proposal = revise.left_out(propose(Pool(mentees, mentors), Rules()), 3)
    for after in (
        revise.ruled_out(proposal, 1, 4),
        revise.with_lock(proposal, 2, 4),
        revise.with_place(proposal, 4),
        revise.with_rules(proposal, OPEN),
    ):
        assert after.left_out == {3}
        assert 3 not in {pair.mentor for pair in after.pairs}
    back = revise.with_lock(proposal, 2, 3)
    assert back.left_out == frozenset()
    assert (2, 3) in {(pair.mentee, pair.mentor) for pair in back.pairs}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_one_more_place_is_worth_the_same_after_an_edit_as_after_a_new_solve(seed: int) -> None:
    proposal = propose(programme(seed, 7), Rules())
    if not proposal.pairs:
        return
    pair = proposal.pairs[seed % len(proposal.pairs)]
    other = proposal.grid.pool.mentors[seed % len(proposal.grid.pool.mentors)]
    locked = revise.with_lock(proposal, pair.mentee, other.id)
    for edited in (locked, revise.ruled_out(proposal, pair.mentee, pair.mentor)):
        assert robustness.place_gains(edited) == robustness.place_gains(anew(edited))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_nobody_who_is_left_out_would_rather_be_a_pair(seed: int) -> None:
    proposal = propose(programme(seed, 7), Rules())
    for pair in proposal.pairs[:2]:
        found = revise.left_out(proposal, pair.mentee)
        assert not [couple for couple in robustness.blocking_pairs(found) if pair.mentee in couple]


def test_who_has_a_free_place_would_have_another_partner_too() -> None:
    topics = {1: 4}
    mentee = Person(1, "a", level=3, wants=topics, places=2)
    mentors = [Person(2, "b", level=1, offers=topics), Person(3, "c", level=1)]
    proposal = propose(Pool([mentee], mentors), Rules())
    one = replace(proposal, pairs=tuple(p for p in proposal.pairs if p.mentor == 2))
    assert robustness.blocking_pairs(one) == [(1, 3)]


@pytest.mark.parametrize("both", [False, True], ids=["plain", "both"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), floor=st.booleans())
def test_a_pair_is_in_every_best_answer_where_none_without_it_is_as_good(
    seed: int, floor: bool, both: bool
) -> None:
    proposal = propose(programme(seed, 5, both=both), Rules(guard_floor=floor, weight_site=0))
    locked = sorted(couples(proposal))[:1]
    proposal = solve_again(proposal.grid, locked)
    found = robustness.in_every_best(proposal, frozenset(couples(proposal)))
    for couple in couples(proposal):
        other = revise.ruled_out(proposal, *couple)
        as_good = worth(other) == worth(proposal)
        assert (couple in found) == (couple in locked or not as_good)


def worth(proposal: Proposal) -> tuple[int, int, int]:
    """As the solver compares answers; a lock lowers the guard floor for everybody."""
    cells = [
        (proposal.grid.rows[p.mentee], proposal.grid.columns[p.mentor]) for p in proposal.pairs
    ]
    guard = proposal.grid.rules.guard_floor
    scores = [int(proposal.grid.total[cell]) for cell in cells]
    return len(cells), min(scores, default=0) if guard else 0, sum(scores)
