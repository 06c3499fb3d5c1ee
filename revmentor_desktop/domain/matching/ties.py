"""Which of several best answers: the same one, however it was found and in whatever order.

By complementary slackness the best matchings are those of tight cells, whose prices sum to their
weight, in which every row and place of a price above 0 takes part. Among them the one with the
greatest sum of hashes of its pairs is taken, so that an edit ends where a new solve ends.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from revmentor_desktop.domain.matching.lsa import best_mates
from revmentor_desktop.domain.matching.solution import NOBODY, Marks, Solution, Whole

BITS = 26
"""Of each hash: so that two sums are hardly ever equal, and all together stay below 2^53."""
ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xFF51AFD7ED558CCD)


def settled(solution: Solution) -> Solution:
    """The same worth with ties settled. Prices stay a proof."""
    tight = _tight(solution)
    rows, places = np.flatnonzero(solution.open_rows), np.flatnonzero(solution.open_places)
    needed_rows = solution.prices.rows > 0
    mates = solution.mates.copy()
    while True:
        # Who has one choice only has it; that takes the place from the choices of others.
        count = np.count_nonzero(tight[rows], axis=1)
        sure = rows[(count == 1) & needed_rows[rows]]
        rows = rows[(count > 1) | ((count == 1) & ~needed_rows[rows])]
        if not sure.size:
            break
        tight[:, tight[sure].argmax(axis=1)] = False
        tight[sure] = False
    if not rows.size:
        return solution
    places = places[tight[rows][:, places].any(axis=0)]
    needs = needed_rows[rows][:, None].astype(np.int64) + (solution.prices.columns[places] > 0)
    weights = needs * (len(rows) << BITS) + _hashes(solution, rows, places)
    weights *= tight[rows][:, places]
    chosen = best_mates(np.asfortranarray(weights))
    mates[rows] = np.where(chosen == NOBODY, NOBODY, places[chosen])
    return replace(solution, mates=mates)


def _tight(solution: Solution) -> Marks:
    """The cells that some best matching can have."""
    weights, prices = solution.weights, solution.prices
    tight = np.asarray((prices.columns[:, None] + prices.rows == weights.T) & (weights.T > 0)).T
    tight[~solution.open_rows] = False
    tight[:, ~solution.open_places] = False
    for cell in solution.barred:
        tight[cell] = False
    return tight


def _hashes(solution: Solution, rows: Whole, places: Whole) -> Whole:
    of_rows, of_columns = solution.codes
    mixed = of_rows[rows][:, None] * ODD[0] ^ of_columns[solution.columns[places]] * ODD[1]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * ODD[2]
    return np.asarray(mixed >> np.uint64(64 - BITS), np.int64)
