"""The solver alone: every answer is proved by its prices, and published optima are reached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching.duals import Certificate, Whole, certificate
from revmentor_desktop.domain.matching.lsa import lsa
from revmentor_desktop.domain.matching.solve import (
    columns_by_place,
    lexicographic,
    solve,
)
from tests.domain.matching.programmes import most_matched

seeds = st.integers(0, 100_000)


def problem(
    seed: int, rows: int, columns: int, allowed: float
) -> tuple[Whole, np.ndarray, list[int]]:
    chance = np.random.default_rng(seed)
    scores = chance.integers(0, 100_001, (rows, columns)) // 5000 * 5000
    return scores, chance.random((rows, columns)) < allowed, chance.integers(0, 3, columns).tolist()


def mates_of(weights: Whole) -> Whole:
    rows, columns = lsa(weights)
    mates = np.full(len(weights), -1)
    taken = weights[rows, columns] > 0
    mates[rows[taken]] = columns[taken]
    return mates


@settings(max_examples=75, deadline=None)
@given(seeds, st.integers(1, 12), st.integers(1, 12), st.sampled_from([0.1, 0.3, 1.0]))
def test_prices_prove_every_answer_and_refute_every_other(
    seed: int, rows: int, columns: int, allowed: float
) -> None:
    scores, mask, places = problem(seed, rows, columns, allowed)
    repeat = columns_by_place(places, rows)
    weights, _base = lexicographic(scores[:, repeat], mask[:, repeat])
    mates = mates_of(weights)
    assert certificate(weights, mates).proves(weights, mates)
    found = solve(scores, mask, places, guard_floor=False).cells
    assert sum(int(scores[cell]) for cell in found) == sum(
        int(scores[row, repeat[column]]) for row, column in enumerate(mates) if column >= 0
    )
    for row in np.flatnonzero(mates >= 0):
        worse = mates.copy()
        worse[row] = -1
        assert not certificate(weights, worse).proves(weights, worse)


@pytest.mark.parametrize(
    ("rows", "columns", "mates"),
    [
        ([5], [0, 0], [0]),  # the other column weighs more than both prices
        ([10], [-1, -1], [1]),  # a price below nought
        ([-1], [5, 10], [0]),
        ([9], [0, 1], [1]),  # more than the matching weighs
    ],
)
def test_prices_that_are_wrong_prove_nothing(
    rows: list[int], columns: list[int], mates: list[int]
) -> None:
    weights = np.array([[5, 9]])
    claimed = Certificate(np.array(rows), np.array(columns))
    assert not claimed.proves(weights, np.array(mates))
    assert Certificate(np.array([9]), np.array([0, 0])).proves(weights, np.array([1]))


def test_a_column_taken_twice_is_no_matching() -> None:
    weights, twice = np.array([[5], [5]]), np.array([0, 0])
    assert not Certificate(np.array([5, 5]), np.array([0])).proves(weights, twice)


@settings(max_examples=50, deadline=None)
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_the_price_of_a_mentor_is_the_gain_of_one_more_place(
    seed: int, rows: int, columns: int
) -> None:
    scores, mask, _places = problem(seed, rows, columns, 0.4)
    weights, _base = lexicographic(scores, mask)
    before = weights[lsa(weights)].sum()
    prices = certificate(weights, mates_of(weights)).columns
    for column in range(columns):
        more = np.column_stack([weights, weights[:, column]])
        assert more[lsa(more)].sum() - before == prices[column]


@pytest.mark.parametrize("allowed", [0.12, 1.0])
def test_a_large_programme_is_exact_from_small_whole_numbers(allowed: float) -> None:
    scores, mask, _places = problem(1, 300, 300, allowed)
    narrow = (scores * 50).astype(np.int32)  # as great as the rules let a score become
    weights, _base = lexicographic(narrow, mask)
    assert weights.max() > 2**31
    mates = mates_of(weights)
    assert certificate(weights, mates).proves(weights, mates)
    assert (mates >= 0).sum() == most_matched(mask)


def test_no_row_gets_two_columns_and_no_column_more_than_its_places() -> None:
    scores, mask, places = problem(3, 40, 15, 0.6)
    found = solve(scores, mask, places).cells
    rows, columns = [row for row, _c in found], [column for _r, column in found]
    assert len(set(rows)) == len(rows)
    assert all(columns.count(column) <= places[column] for column in columns)
    assert all(mask[cell] for cell in found)


def test_a_number_beyond_exact_arithmetic_is_not_computed_wrongly() -> None:
    with pytest.raises(AssertionError, match="exact"):
        lexicographic(np.full((2, 2), 2**51), np.ones((2, 2), np.bool_))


@pytest.mark.parametrize(("size", "published"), [(100, 305), (500, 991)])
def test_published_optima_are_reached_and_proved(
    shared_data: Path, size: int, published: int
) -> None:
    numbers = [int(word) for word in (shared_data / f"orlib-assign{size}.txt").read_text().split()]
    costs = np.array(numbers[1:]).reshape(size, size)
    weights = costs.max() + 1 - costs
    mates = mates_of(weights)
    assert costs[np.arange(size), mates].sum() == published
    assert certificate(weights, mates).proves(weights, mates)


@pytest.mark.timeout(20)
def test_scores_below_zero_have_a_floor_too() -> None:
    scores = np.array([[-5, -27, -26], [-17, -14, -8], [-19, -29, -24]])
    allowed = np.array([[True, True, True], [True, True, True], [True, True, False]])
    found = solve(scores, allowed, [1, 1, 1])
    assert (found.floor, sorted(found.cells)) == (-26, [(0, 2), (1, 1), (2, 0)])
