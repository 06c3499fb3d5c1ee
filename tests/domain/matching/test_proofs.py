"""The engine against answers that others found: by trying everything, and by CP-SAT."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.propose import Proposal, propose
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.matching.solve import solve
from tests.domain.matching.programmes import most_matched, programme

OPEN = Rules(guard_floor=False)


def every_answer(
    scores: np.ndarray, allowed: np.ndarray, places: list[int]
) -> Iterator[tuple[int, int, int]]:
    """People matched, worst score and total of every assignment."""
    values = scores.tolist()
    choices = [[-1, *row.nonzero()[0].tolist()] for row in allowed]
    for chosen in product(*choices):
        taken = [column for column in chosen if column >= 0]
        if all(taken.count(column) <= places[column] for column in set(taken)):
            worth = [values[row][column] for row, column in enumerate(chosen) if column >= 0]
            yield len(worth), min(worth, default=0), sum(worth)


def small(seed: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Up to six mentees and six mentors, fewer cells the more people."""
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 7, 2)
    coarse = int(chance.choice([1, 100, 500]))
    scores = chance.integers(-300, 1001, (rows, columns)) // coarse * coarse
    share = min(1.0, float(chance.choice([2, 3, 5])) / columns)
    allowed = chance.random((rows, columns)) < share
    return scores, allowed, chance.integers(0, 3, columns).tolist()


@pytest.mark.parametrize("hundred", range(20))
def test_nothing_is_better_in_two_thousand_small_problems(hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        problem = small(seed)
        scores = problem[0]
        every = list(every_answer(*problem))
        most = max(count for count, _low, _total in every)
        guard_floor = bool(seed % 2)
        found = solve(*problem, guard_floor)
        worth = [int(scores[cell]) for cell in found.cells]
        low = max(low for count, low, _total in every if count == most) if guard_floor else None
        best = max(
            total
            for count, worst, total in every
            if count == most and (low is None or worst >= low)
        )
        assert (len(worth), sum(worth)) == (most, best)
        assert low is None or not most or min(worth) == low == found.floor
        assert found.is_proved


@settings(max_examples=24, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_codes_of_people_settle_ties_whatever_their_order(seed: int) -> None:
    generator = np.random.default_rng(seed)
    rows, columns = generator.integers(1, 12, 2)
    scores = generator.integers(0, 3, (rows, columns))  # nearly all of them ties
    allowed = generator.random((rows, columns)) < 0.7
    places = generator.integers(0, 3, columns)
    codes = [generator.integers(0, 2**63, size, dtype=np.uint64) for size in (rows, columns)]
    mixed = [generator.permutation(size) for size in (rows, columns)]
    found = solve(scores, allowed, places.tolist(), codes=(codes[0], codes[1]))
    other = solve(
        scores[np.ix_(*mixed)],
        allowed[np.ix_(*mixed)],
        places[mixed[1]].tolist(),
        codes=(codes[0][mixed[0]], codes[1][mixed[1]]),
    )
    assert set(found.cells) == {(mixed[0][row], mixed[1][column]) for row, column in other.cells}
    assert found.is_proved
    assert other.is_proved


@pytest.mark.parametrize(("size", "share"), [(200, 0.12), (350, 1.0), (500, 0.12)])
def test_real_sizes_of_people_and_numbers_are_proved_without_overflow(
    size: int, share: float
) -> None:
    chance = np.random.default_rng(size)
    scores = chance.integers(0, 115, (size, size - 20)).astype(np.int32) * 1000
    allowed = chance.random(scores.shape) < share
    places = chance.integers(1, 3, size - 20).tolist()
    found = solve(scores, allowed, places)
    assert found.is_proved
    assert len(found.cells) == most_matched(np.repeat(allowed, places, axis=1))
    assert min(int(scores[cell]) for cell in found.cells) == found.floor


def asked_of_cp_sat(proposal: Proposal, floor: int | None = None) -> tuple[int, int]:
    """Most pairs, and the greatest total of so many, with all limits; by another solver."""
    grid, pool = proposal.grid, proposal.grid.pool
    model = cp_model.CpModel()
    pairs = {
        (row, column): model.new_bool_var(f"{row} {column}")
        for row, column in np.argwhere(grid.allowed).tolist()
        if floor is None or grid.total[row, column] >= floor
    }
    for at, people in ((0, pool.mentees), (1, pool.mentors)):
        for place, person in enumerate(people):
            own = [pair for cell, pair in pairs.items() if cell[at] == place]
            model.add(sum(own) <= person.places)
    for id_, most in pool.limits.items():
        row, column = grid.rows.get(id_), grid.columns.get(id_)
        own = [pair for cell, pair in pairs.items() if cell[0] == row or cell[1] == column]
        model.add(sum(own) <= most)
    for cell in pairs:
        for other in grid.turned([cell]):
            if other in pairs:
                model.add(pairs[cell] + pairs[other] <= 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 60
    count = sum(pairs.values())
    model.maximize(count)
    assert solver.solve(model) == cp_model.OPTIMAL
    most = round(solver.objective_value)
    model.add(count == most)
    model.maximize(sum(int(grid.total[cell]) * pair for cell, pair in pairs.items()))
    assert solver.solve(model) == cp_model.OPTIMAL
    return most, round(solver.objective_value)


@pytest.mark.parametrize("seed", range(12))
def test_cp_sat_finds_nothing_better_in_medium_programmes(seed: int) -> None:
    pool = programme(seed, 45, both=seed % 3 == 2, least=30)
    rules = Rules() if seed % 2 else OPEN
    proposal = propose(pool, rules)
    assert proposal.exact
    floor = proposal.rounds[0].solution.floor
    assert asked_of_cp_sat(proposal, floor) == (len(proposal.pairs), proposal.total)
    assert asked_of_cp_sat(proposal)[0] == len(proposal.pairs)
    if floor is not None:
        assert asked_of_cp_sat(proposal, floor + 1)[0] < len(proposal.pairs)
    assert (make_grid(pool, rules).total == proposal.grid.total).all()
