"""Somebody in both roles keeps their limit over both, and no two are each other's mentor."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from random import Random
from time import perf_counter

import pytest

from revmentor_desktop.domain.matching import limits
from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import propose, solve_again
from revmentor_desktop.domain.matching.rules import Rules
from tests.domain.matching.programmes import person, programme

OPEN = Rules(guard_floor=False)


def pool(seed: int) -> Pool:
    chance = Random(seed)
    people = [
        Person(n, f"n:{n}", department=chance.choice("xyz"), site=chance.choice("pq"))
        for n in range(1, 8)
    ]
    both = people[2:5]
    limits = {person.id: chance.randint(1, 2) for person in both}
    return Pool(people[:5], people[2:], limits=limits)


def best(found: Pool) -> tuple[int, int]:
    """By trying everything: most pairs, then the greatest total."""
    grid = propose(found, OPEN).grid
    choices = [
        [None, *(c for c in range(len(grid.pool.mentors)) if grid.allowed[row, c])]
        for row in range(len(grid.pool.mentees))
    ]
    answers = []
    for chosen in product(*choices):
        cells = [(row, column) for row, column in enumerate(chosen) if column is not None]
        couples = [(grid.pool.mentees[r].id, grid.pool.mentors[c].id) for r, c in cells]
        if is_kept(found, couples):
            answers.append((len(cells), sum(int(grid.total[cell]) for cell in cells)))
    return max(answers)


def is_kept(found: Pool, couples: list[tuple[int, int]]) -> bool:
    mentors = Counter(mentor for _mentee, mentor in couples)
    both = Counter(person for couple in couples for person in couple)
    return (
        all(mentors[person.id] <= person.places for person in found.mentors)
        and all(both[id_] <= limit for id_, limit in found.limits.items())
        and not any((mentor, mentee) in couples for mentee, mentor in couples)
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_limit_is_kept_and_nothing_is_better(seed: int) -> None:
    found = pool(seed)
    proposal = propose(found, OPEN)
    couples = [(pair.mentee, pair.mentor) for pair in proposal.pairs]
    assert is_kept(found, couples)
    total = sum(sum(pair.parts.values()) for pair in proposal.pairs)
    assert proposal.exact
    assert (len(couples), total) == best(found)
    assert all(one.solution.is_proved for one in proposal.rounds)


def test_two_people_of_unknown_level_are_not_each_others_mentor() -> None:
    both = [Person(1, "a"), Person(2, "b")]
    proposal = propose(Pool(both, both), Rules())
    assert len(proposal.pairs) == 1


def worst_and_total(found: Pool, rules: Rules) -> tuple[int, int, int]:
    """By trying everything: most pairs, then the highest floor, then the greatest total."""
    grid = propose(found, rules).grid
    answers = []
    for chosen in product(*[[None, *row.nonzero()[0].tolist()] for row in grid.allowed]):
        cells = [(row, column) for row, column in enumerate(chosen) if column is not None]
        couples = [(grid.pool.mentees[r].id, grid.pool.mentors[c].id) for r, c in cells]
        if is_kept(found, couples):
            worth = [int(grid.total[cell]) for cell in cells]
            answers.append((len(cells), min(worth, default=0), sum(worth)))
    return max(answers)


@pytest.mark.parametrize("seed", range(12))
def test_the_guard_floor_holds_with_limits_too(seed: int) -> None:
    found = pool(seed)
    proposal = propose(found, Rules())
    worth = [sum(pair.parts.values()) for pair in proposal.pairs]
    assert proposal.exact
    assert (len(worth), min(worth), sum(worth)) == worst_and_total(found, Rules())


def test_a_lock_counts_for_the_limit_and_is_not_turned_round() -> None:
    both = [Person(1, "a"), Person(2, "b"), Person(3, "c")]
    locked = propose(Pool(both, both, limits={1: 1, 2: 2}), OPEN, [(1, 2)])
    assert {(1, 2)} < {(pair.mentee, pair.mentor) for pair in locked.pairs}
    assert is_kept(
        Pool(both, both, limits={1: 1, 2: 2}),
        [(pair.mentee, pair.mentor) for pair in locked.pairs],
    )
    with pytest.raises(ValueError, match="locked"):
        propose(Pool(both, both, limits={1: 1}), OPEN, [(1, 2), (3, 1)])


def test_without_time_the_answer_obeys_and_is_not_called_the_best() -> None:
    found = programme(8, 30, both=True, least=20)
    tight = replace(found, limits=dict.fromkeys(found.limits, 1))
    proposal = solve_again(make_grid(tight, Rules()), seconds=0)
    assert is_kept(tight, [(pair.mentee, pair.mentor) for pair in proposal.pairs])
    assert proposal.pairs
    assert not proposal.exact


@pytest.mark.parametrize("seed", range(6))
def test_the_roles_are_decided_without_the_solver_as_well_as_with_it(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = programme(seed, 14, both=True, least=10)
    tight = replace(found, limits=dict.fromkeys(found.limits, 1))
    with monkeypatch.context() as patch:
        patch.setattr(limits, "decide", None)
        by_roles = solve_again(make_grid(tight, Rules()), seconds=60)

    def unknown(*args: object) -> tuple[list[tuple[int, int]], bool]:
        problem, of_groups, solution, _until, _progress = args
        return of_groups.trimmed(problem, solution.cells), False  # type: ignore[attr-defined]

    monkeypatch.setattr(limits, "_by_roles", unknown)
    by_solver = solve_again(make_grid(tight, Rules()), seconds=60)
    assert by_roles.exact
    assert by_solver.exact
    worth = [
        (len(one.pairs), min((sum(p.parts.values()) for p in one.pairs), default=0), one.total)
        for one in (by_roles, by_solver)
    ]
    assert worth[0] == worth[1]
    assert is_kept(tight, [(pair.mentee, pair.mentor) for pair in by_roles.pairs])


def test_a_limit_holds_though_the_best_answer_fills_none() -> None:
    found = programme(37, 6, both=True)
    proposal = propose(found, Rules())
    assert is_kept(found, [(pair.mentee, pair.mentor) for pair in proposal.pairs])


def test_everybody_in_both_roles_gets_an_answer_in_time() -> None:
    chance = Random(5)
    everybody = [person(chance, n, (1, 2, 3, 4, None), 1) for n in range(60)]
    found = Pool(everybody, everybody, limits={one.id: 1 for one in everybody})
    begin = perf_counter()
    proposal = solve_again(make_grid(found, Rules()), seconds=1.0)
    assert perf_counter() - begin < 10  # the machine may be busy: the limit is 1 s
    assert is_kept(found, [(pair.mentee, pair.mentor) for pair in proposal.pairs])
    assert len(proposal.pairs) >= 20
