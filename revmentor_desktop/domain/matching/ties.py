"""Which of several best answers: the same one, however it was found and in whatever order.

By complementary slackness the best matchings are those of tight cells, whose prices sum to their
weight, in which every row and place of a price above 0 takes part. Among them the one with the
greatest sum of hashes of its pairs is taken, so that an edit ends where a new solve ends.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from revmentor_desktop.domain.matching.duals import BLOCK
from revmentor_desktop.domain.matching.lsa import best_mates
from revmentor_desktop.domain.matching.solution import NOBODY, Solution, Whole

BITS = 26
"""Of each hash: so that two sums are hardly ever equal, and all together stay below 2^53."""
ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xFF51AFD7ED558CCD)


def settled(solution: Solution) -> Solution:
    """The same worth with ties settled. Prices stay a proof."""
    at_rows, at_places = _tight(solution)
    needed_rows = solution.prices.rows > 0
    mates = solution.mates.copy()
    while at_rows.size:
        # Who has one choice only has it; that takes the place from the choices of others.
        single = np.bincount(at_rows, minlength=len(mates)) == 1
        sure = (single & needed_rows)[at_rows]
        if not sure.any():
            break
        taken = np.zeros(len(solution.columns), np.bool_)
        taken[at_places[sure]] = True
        others = ~taken[at_places]
        at_rows, at_places = at_rows[others], at_places[others]
    if not at_rows.size:
        return solution
    rows, places = np.unique(at_rows), np.unique(at_places)
    needs = needed_rows[at_rows].astype(np.int64) + (solution.prices.columns[at_places] > 0)
    weights = np.zeros((len(places), len(rows)), np.int64)
    weights[np.searchsorted(places, at_places), np.searchsorted(rows, at_rows)] = needs * (
        len(rows) << BITS
    ) + _hashes(solution, at_rows, at_places)
    chosen = best_mates(weights.T)
    mates[rows] = np.where(chosen == NOBODY, NOBODY, places[chosen])
    return replace(solution, mates=mates)


def _tight(solution: Solution) -> tuple[Whole, Whole]:
    """Rows and places of the cells that some best matching can have."""
    by_column, prices = solution.weights.T, solution.prices
    step = max(1, BLOCK // max(1, len(prices.rows)))
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for start in range(0, len(by_column), step):
        some = by_column[start : start + step]
        asked = prices.columns[start : start + step, None] + prices.rows
        hits = np.flatnonzero((some == asked) & (some > 0))
        places, rows = np.divmod(hits, len(prices.rows))
        found.append((rows, places + start))
    rows, places = (np.concatenate(side) for side in zip(*found, strict=True))
    is_open = solution.open_rows[rows] & solution.open_places[places]
    for row, place in solution.barred:
        is_open &= (rows != row) | (places != place)
    return rows[is_open], places[is_open]


def _hashes(solution: Solution, rows: Whole, places: Whole) -> Whole:
    """Of each cell."""
    of_rows, of_columns = solution.codes
    mixed = of_rows[rows] * ODD[0] ^ of_columns[solution.columns[places]] * ODD[1]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * ODD[2]
    return np.asarray(mixed >> np.uint64(64 - BITS), np.int64)
