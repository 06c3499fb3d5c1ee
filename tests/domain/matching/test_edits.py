"""One change at a time: as good as a new solve, proved by its prices, and at the price it said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching import edits
from revmentor_desktop.domain.matching.duals import Whole, certificate
from revmentor_desktop.domain.matching.lsa import best_mates
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.solution import Solution
from revmentor_desktop.domain.matching.solve import solve

seeds = st.integers(0, 10**6)


def problem(seed: int, most: int = 7) -> tuple[Whole, np.ndarray, list[int]]:
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, most, 2)
    coarse = chance.choice([1, 50, 400])
    scores = chance.integers(-200, 1001, (rows, columns)) // coarse * coarse
    allowed = chance.random((rows, columns)) < chance.choice([0.25, 0.5, 1.0])
    return scores, allowed, chance.integers(0, 4, columns).tolist()


def worth(weights: Whole) -> int:
    mates = best_mates(weights)
    rows = np.flatnonzero(mates >= 0)
    return int(weights[rows, mates[rows]].sum())


def still_open(found: Solution) -> Whole:
    """The weights of what an edited solution may still choose from."""
    weights = found.weights.copy()
    weights[list(found.closed_rows)] = 0
    weights[:, list(found.closed_places)] = 0
    for cell in found.barred:
        weights[cell] = 0
    return weights


def check(found: Solution) -> None:
    """No place is given twice, nothing forbidden is used, and nothing would be better."""
    taken = found.mates[found.mates >= 0]
    assert len(set(taken.tolist())) == len(taken)
    rows = np.flatnonzero((found.mates >= 0) & found.open_rows)
    assert (still_open(found)[rows, found.mates[rows]] > 0).all()
    assert found.is_proved
    assert found.worth == found.kept + worth(still_open(found))


@pytest.mark.parametrize("floor", [False, True])
@settings(max_examples=75, deadline=None)
@given(seed=seeds)
def test_forcing_a_partner_costs_exactly_its_regret(seed: int, floor: bool) -> None:
    scores, allowed, places = problem(seed)
    found = solve(scores, allowed, places, floor)
    for row in range(len(scores)):
        options = edits.alternatives(found, scores[row], row)
        for place, column in enumerate(found.columns):
            only = edits.alternatives(found, scores[row], row, place)
            assert only.regret[place] == options.regret[place]
            changed = edits.lock(found, only, place, int(scores[row, column]))
            assert int(options.regret[place]) == found.worth - changed.worth
            assert changed.mates[row] == place
            check(changed)


@settings(max_examples=75, deadline=None)
@given(seed=seeds)
def test_a_pair_that_is_ruled_out_a_person_who_leaves_and_one_more_place(seed: int) -> None:
    scores, allowed, places = problem(seed)
    found = solve(scores, allowed, places, guard_floor=bool(seed % 2))
    for row, column in found.cells:
        check(edits.forbid(found, row, column))
    for row in range(len(scores)):
        check(edits.withdraw_row(found, row))
    for column in set(found.columns.tolist()):
        check(edits.withdraw_column(found, column))
        more = edits.add_place(found, column)
        check(more)
        price = certificate(found.weights, found.mates).columns[found.columns == column][0]
        assert more.worth - found.worth == price


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_many_changes_one_after_the_other_stay_the_best(seed: int) -> None:
    scores, allowed, places = problem(seed, 9)
    found = solve(scores, allowed, places, guard_floor=False)
    chance = np.random.default_rng(seed)
    for _change in range(6):
        rows = np.flatnonzero(found.open_rows)
        if not rows.size or not len(found.columns):
            break
        row = int(chance.choice(rows))
        kind = chance.integers(4)
        if kind == 0:
            options = edits.alternatives(found, scores[row], row)
            usable = np.flatnonzero(options.regret < FAR)
            if usable.size:
                place = int(chance.choice(usable))
                score = int(scores[row, found.columns[place]])
                before = found.worth
                only = edits.alternatives(found, scores[row], row, place)
                found = edits.lock(found, only, place, score)
                assert before - found.worth == options.regret[place]
        elif kind == 1 and found.mates[row] >= 0:
            found = edits.forbid(found, row, int(found.columns[found.mates[row]]))
        elif kind == 2:
            found = edits.withdraw_row(found, row)
        else:
            open_places = set(range(len(found.columns))) - found.closed_places
            if open_places:
                column = int(found.columns[chance.choice(sorted(open_places))])
                found = edits.add_place(found, column)
        check(found)


def test_two_hundred_people_at_their_real_size_of_numbers() -> None:
    chance = np.random.default_rng(5)
    scores = chance.integers(0, 1000, (200, 120)) * 100
    allowed = chance.random(scores.shape) < 0.12
    found = solve(scores, allowed, chance.integers(1, 4, 120).tolist())
    for row in (0, 17, 199):
        options = edits.alternatives(found, scores[row], row)
        for place in (3, 50, 150):
            changed = edits.lock(found, options, place, int(scores[row, found.columns[place]]))
            assert found.worth - changed.worth == options.regret[place]
            check(changed)
            only = edits.alternatives(found, scores[row], row, place)
            check(edits.lock(found, only, place, int(scores[row, found.columns[place]])))
    row, column = found.cells[10]
    check(edits.forbid(found, row, column))
