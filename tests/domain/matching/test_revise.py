"""A change by hand costs what was said, moves as few as need be, and stays the best answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching import revise, robustness
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, cost, propose
from revmentor_desktop.domain.matching.rules import Rule, Rules

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


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_choosing_an_option_costs_what_it_said(seed: int) -> None:
    proposal = propose(pool(seed), OPEN)
    for mentee in proposal.grid.rows:
        for option in revise.options(proposal, mentee, 99):
            after = revise.with_lock(proposal, mentee, option.pair.mentor)
            assert (mentee, option.pair.mentor) in {(p.mentee, p.mentor) for p in after.pairs}
            assert len(proposal.pairs) - len(after.pairs) == option.people
            lost = total(proposal) - total(after)
            assert option.points == -(-lost // proposal.grid.rules.everything)
            anew = propose(proposal.grid.pool, OPEN, [(mentee, option.pair.mentor)])
            assert (len(anew.pairs), total(anew)) == (len(after.pairs), total(after))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_ruling_out_a_place_more_and_leaving_out_equal_a_new_solve(seed: int) -> None:
    found = pool(seed)
    proposal = propose(found, Rules())
    for pair in proposal.pairs:
        after = revise.ruled_out(proposal, pair.mentee, pair.mentor)
        aside = frozenset({frozenset({pair.mentee, pair.mentor})})
        anew = propose(replace(found, aside=aside), Rules())
        assert len(after.pairs) == len(anew.pairs)
        assert (pair.mentee, pair.mentor) not in {(p.mentee, p.mentor) for p in after.pairs}
    for mentor in found.mentors:
        after = revise.with_place(proposal, mentor.id)
        more = [replace(m, places=m.places + (m.id == mentor.id)) for m in found.mentors]
        assert len(after.pairs) == len(propose(replace(found, mentors=more), Rules()).pairs)
    for person in (*found.mentees, *found.mentors):
        after = revise.left_out(proposal, person.id)
        rest = replace(
            found,
            mentees=[p for p in found.mentees if p.id != person.id],
            mentors=[p for p in found.mentors if p.id != person.id],
        )
        assert len(after.pairs) == len(propose(rest, Rules()).pairs)
        seen = {p.mentee for p in after.pairs} | {p.mentor for p in after.pairs}
        waiting = {w.person for w in (*after.waiting_mentees, *after.waiting_mentors)}
        assert person.id not in seen | waiting


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_locks_hold_through_whatever_is_changed_after_them(seed: int) -> None:
    proposal = propose(pool(seed), Rules())
    assume(len(proposal.pairs) > 1)
    first = proposal.pairs[0]
    locked = revise.with_lock(proposal, first.mentee, first.mentor)
    assert revise.options(locked, first.mentee) == []
    for pair in locked.pairs[1:]:
        after = revise.ruled_out(locked, pair.mentee, pair.mentor)
        assert (first.mentee, first.mentor) in {(p.mentee, p.mentor) for p in after.pairs}
        assert after.locked == {(first.mentee, first.mentor)}


def test_a_pair_against_the_rules_can_be_chosen_and_says_so() -> None:
    mentees = [Person(1, "a", team="red"), Person(2, "b", team="blue")]
    mentors = [Person(3, "c", team="red"), Person(4, "d", team="blue")]
    proposal = propose(Pool(mentees, mentors), Rules())
    told = {option.pair.mentor: option for option in revise.options(proposal, 1)}
    assert told[4].is_current
    assert told[3].pair.broken == Rule.SAME_TEAM
    assert told[3].people == 1  # the other two are in one team as well
    after = revise.with_lock(proposal, 1, 3)
    assert [(p.mentee, p.mentor, p.broken) for p in after.pairs] == [(1, 3, Rule.SAME_TEAM)]


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


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_one_more_place_would_gain_is_what_it_gains(seed: int) -> None:
    proposal = propose(pool(seed), OPEN)
    told = {mentor: (people, points) for mentor, people, points in robustness.place_gains(proposal)}
    for mentor in proposal.grid.columns:
        after = revise.with_place(proposal, mentor)
        people = len(after.pairs) - len(proposal.pairs)
        points = (total(after) - total(proposal)) // proposal.grid.rules.everything
        assert told.get(mentor, (0, 0)) == (people, points)


@settings(max_examples=60, deadline=None)
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
