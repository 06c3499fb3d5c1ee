"""Who can be left out, and the guard floor: against plain search on small tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching.parts import Parts, parts
from tests.domain.matching.programmes import most_matched

Table = np.ndarray


def table(seed: int, shape: tuple[int, int], share: float, most: int) -> tuple[Table, Table]:
    chance = np.random.default_rng(seed)
    scores = chance.integers(-most // 3, most, shape).astype(np.int32)
    return scores, chance.random(shape) < share


def inside(found: Parts, shape: tuple[int, int]) -> Table:
    """The cells of all blocks."""
    cells = np.zeros(shape, np.bool_)
    for rows, places in found.blocks:
        cells[np.ix_(rows, places)] = True
    return cells


tables = st.tuples(st.integers(0, 8), st.integers(0, 8))
shares = st.sampled_from([0.1, 0.25, 0.5, 1.0])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), tables, shares, st.sampled_from([3, 30, 1000]))
def test_the_guard_floor_costs_nobody_a_place_and_is_the_highest(
    seed: int, shape: tuple[int, int], share: float, spread: int
) -> None:
    scores, allowed = table(seed, shape, share, spread)
    found = parts(scores, allowed)
    assert found.most == most_matched(allowed)
    if found.most:
        assert most_matched(allowed & (scores >= found.floor())) == found.most
        assert most_matched(allowed & (scores > found.floor())) < found.most


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), tables, shares, st.integers(-5, 30))
def test_the_floor_is_no_higher_than_enough(
    seed: int, shape: tuple[int, int], share: float, enough: int
) -> None:
    scores, allowed = table(seed, shape, share, 30)
    found = parts(scores, allowed)
    if found.most:
        assert parts(scores, allowed, enough).floor() == min(found.floor(), enough)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), tables, shares)
def test_the_blocks_hold_every_pair_that_a_matching_of_most_can_have(
    seed: int, shape: tuple[int, int], share: float
) -> None:
    scores, allowed = table(seed, shape, share, 30)
    found = parts(scores, allowed)
    cells = inside(found, shape)
    for row, place in np.argwhere(allowed):
        others = allowed.copy()
        others[row], others[:, place] = False, False
        can_be = most_matched(others) + 1 == found.most
        assert cells[row, place] or not can_be
    alone = [most_matched(allowed[np.ix_(*block)]) for block in found.blocks]
    assert sum(alone) == found.most
    assert found.most == most_matched(allowed & cells)


@pytest.mark.parametrize("share", [0.02, 0.12, 0.5])
def test_the_floor_of_many_people_is_the_highest(share: float) -> None:
    scores, allowed = table(4, (150, 120), share, 100_000)
    found = parts(scores, allowed)
    assert most_matched(allowed & (scores >= found.floor())) == found.most
    assert most_matched(allowed & (scores > found.floor())) < found.most
