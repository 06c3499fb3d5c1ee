"""Why somebody waits is proved, and every remedy does what it says."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching import diagnosis
from revmentor_desktop.domain.matching.grid import Grid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, propose
from revmentor_desktop.domain.matching.revise import with_place
from revmentor_desktop.domain.matching.rules import Rule, Rules
from tests.domain.matching.programmes import programme


def pool(seed: int) -> Pool:
    chance = Random(seed)

    def person(id_: int, level: int) -> Person:
        return Person(
            id=id_,
            key=f"n:{id_}",
            level=level,
            team=chance.choice("abc"),
            department=chance.choice("xyz"),
            languages=frozenset(chance.sample(("en", "de", "fr"), 1)),
            formats=frozenset(chance.sample(("online", "in person"), 1)),
            places=1 if level > 2 else chance.randint(1, 2),
        )

    mentees = [person(100 + n, chance.randint(2, 4)) for n in range(chance.randint(1, 6))]
    mentors = [person(200 + n, chance.randint(1, 2)) for n in range(chance.randint(1, 4))]
    return Pool(mentees, mentors)


def most_matched(allowed: list[set[int]], places: list[int]) -> int:
    """By trying everything."""
    best = 0
    for chosen in product(*[[None, *sorted(cells)] for cells in allowed]):
        taken = [c for c in chosen if c is not None]
        if all(taken.count(c) <= places[c] for c in set(taken)):
            best = max(best, len(taken))
    return best


def cells_of(grid: Grid) -> list[set[int]]:
    return [set(row.nonzero()[0].tolist()) for row in grid.allowed]


def places_of(grid: Grid) -> list[int]:
    return [person.places for person in grid.pool.mentors]


@settings(max_examples=75, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whoever_waits_has_a_proof_and_one_more_place_with_any_partner_helps(seed: int) -> None:
    proposal = propose(pool(seed), Rules())
    grid = proposal.grid
    for one in proposal.waiting_mentees:
        found = diagnosis.shortage_of_mentors(proposal, one.person)
        if found is None:
            assert not one.allowed
            continue
        assert one.person in found.people
        partners = {grid.columns[id_] for id_ in found.partners}
        reach = set().union(*(cells_of(grid)[grid.rows[id_]] for id_ in found.people))
        assert reach == partners
        assert found.places == sum(grid.pool.mentors[c].places for c in partners)
        assert len(found.people) > found.places
        for mentor in found.partners:
            after = with_place(proposal, mentor)
            assert len(after.waiting_mentees) == len(proposal.waiting_mentees) - 1


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_mentor_who_waits_has_the_proof_the_other_way_round(seed: int) -> None:
    proposal = propose(pool(seed), Rules())
    grid = proposal.grid
    for one in proposal.waiting_mentors:
        found = diagnosis.shortage_of_mentees(proposal, one.person)
        if found is None:
            assert not one.allowed
            continue
        columns = [grid.columns[id_] for id_ in found.people]
        reach = {row for row, cells in enumerate(cells_of(grid)) if cells & set(columns)}
        assert reach == {grid.rows[id_] for id_ in found.partners}
        assert sum(grid.pool.mentors[c].places for c in columns) > found.places == len(reach)


def fewest_waivers(proposal: Proposal, mentee: int) -> int | None:
    """By trying every set of exceptions of up to three rules in up to two cells."""
    grid = proposal.grid
    keep = {grid.rows[pair.mentee] for pair in proposal.pairs} | {grid.rows[mentee]}
    rows, places = sorted(keep), places_of(grid)
    broken = {
        (at, column): int(grid.forbidden[row, column])
        for at, row in enumerate(rows)
        for column in range(len(places))
        if grid.forbidden[row, column]
    }
    base = [cells_of(grid)[row] for row in rows]
    best: int | None = None
    for count in (1, 2):
        for some in combinations(broken, count):
            bits = sum(bin(broken[cell]).count("1") for cell in some)
            if best is not None and bits >= best:
                continue
            wider = [set(cells) for cells in base]
            for at, column in some:
                wider[at].add(column)
            if most_matched(wider, places) == len(rows):
                best = bits
    return best


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_cheapest_waiver_is_the_fewest_exceptions_that_match_everybody(seed: int) -> None:
    found = pool(seed)
    few = replace(found, mentees=found.mentees[:4], mentors=found.mentors[:3])
    proposal = propose(few, Rules())
    for one in proposal.waiting_mentees:
        waivers = diagnosis.cheapest_waiver(proposal, one.person)
        best = fewest_waivers(proposal, one.person)
        if waivers is None:
            assert best is None
            continue
        count = sum(bin(waiver.rules).count("1") for waiver in waivers)
        assert best is None or count == best
        waived: dict[int, int] = {}
        for waiver in waivers:
            waived[waiver.mentee] = waived.get(waiver.mentee, 0) | waiver.rules
        after = propose(replace(few, waived=waived), Rules())
        # Of who has none; a second partner of somebody may have to give way.
        assert len(after.waiting_mentees) < len(proposal.waiting_mentees)


@settings(max_examples=32, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_rule_that_is_only_a_preference_unlocks_as_many_as_was_said(seed: int) -> None:
    found = pool(seed)
    proposal = propose(found, Rules())
    said = diagnosis.unlocked_by_rule(proposal)
    for rule in (Rule.SAME_TEAM, Rule.LANGUAGE, Rule.FORMAT, Rule.LEVEL_GAP):
        after = propose(found, Rules(preferences=int(rule)))
        first = sum(len(one.cells) for one in after.rounds[:1])
        assert first - len(proposal.rounds[0].cells) == said.get(rule, 0)


def test_nobody_is_talked_into_an_exception_from_a_keep_apart() -> None:
    apart = frozenset({frozenset({1, 2})})
    proposal = propose(Pool([Person(1, "a")], [Person(2, "b")], apart=apart), Rules())
    assert not proposal.pairs
    assert diagnosis.cheapest_waiver(proposal, 1) is None
    assert diagnosis.unlocked_by_rule(proposal) == {}


def test_two_hundred_people_without_overflow() -> None:
    chance = Random(3)
    mentees = [Person(n, f"m{n}", level=3, team=chance.choice("ab")) for n in range(1, 201)]
    mentors = [Person(n, f"n{n}", level=1, team="a") for n in range(301, 501)]
    proposal = propose(Pool(mentees, mentors), Rules())
    waiting = [one.person for one in proposal.waiting_mentees]
    assert waiting
    for mentee in waiting[:5]:
        waivers = diagnosis.cheapest_waiver(proposal, mentee)
        assert waivers is not None
        [waiver] = waivers
        assert waiver.rules == Rule.SAME_TEAM


@pytest.mark.parametrize("mentee", [1, 99])
def test_nobody_to_ask_about_is_no_error(mentee: int) -> None:
    empty = propose(Pool([], []), Rules())
    assert diagnosis.shortage_of_mentors(empty, mentee) is None
    assert diagnosis.shortage_of_mentees(empty, mentee) is None
    assert diagnosis.cheapest_waiver(empty, mentee) is None


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6), several=st.booleans(), both=st.booleans())
def test_with_rounds_and_limits_whatever_is_said_is_still_true(
    seed: int, several: bool, both: bool
) -> None:
    found = programme(seed, 5, several, both)
    proposal = propose(found, Rules())
    grid, waiting = proposal.grid, len(proposal.waiting_mentees)
    for one in proposal.waiting_mentees:
        shortage = diagnosis.shortage_of_mentors(proposal, one.person)
        if shortage is not None:
            assert one.person in shortage.people
            assert len(shortage.people) > shortage.places
            partners = {grid.columns[id_] for id_ in shortage.partners}
            reach = set().union(*(cells_of(grid)[grid.rows[id_]] for id_ in shortage.people))
            assert reach <= partners
        elif not both:
            assert not one.allowed
        waivers = diagnosis.cheapest_waiver(proposal, one.person)
        if waivers is not None:
            waived: dict[int, int] = {}
            for waiver in waivers:
                waived[waiver.mentee] = waived.get(waiver.mentee, 0) | waiver.rules
            after = propose(replace(found, waived=waived), Rules())
            assert len(after.waiting_mentees) < waiting
    for rule, count in diagnosis.unlocked_by_rule(proposal).items():
        after = propose(found, Rules(preferences=int(rule)))
        assert waiting - len(after.waiting_mentees) == count


def test_a_limit_over_both_roles_is_no_shortage_and_no_exception_helps() -> None:
    both = Person(1, "a")
    pool = Pool([both, Person(2, "b")], [both, Person(3, "c", places=0)], limits={1: 0})
    proposal = propose(pool, Rules())
    assert not proposal.pairs
    assert diagnosis.shortage_of_mentors(proposal, 2) is None
    assert diagnosis.cheapest_waiver(proposal, 2) is None
