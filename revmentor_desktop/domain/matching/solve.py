"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from revmentor_desktop.domain.matching.augment import match_all
from revmentor_desktop.domain.matching.duals import certificate
from revmentor_desktop.domain.matching.edits import give_up
from revmentor_desktop.domain.matching.solution import NOBODY, Marks, Solution, Whole

Scores = NDArray[np.integer[Any]]
EXACT = 2**53
"""Up to here float64 holds every whole number; the solver computes in float64."""
LARGE = 600
"""From so many people on, the sparse solver is worth its preparation."""
MANY = 40
"""From so many pairs below the floor on, a new solve is faster than mending."""


def lsa(weights: Whole) -> tuple[Whole, Whole]:
    """The one seam to the solver: rows and columns of an assignment of greatest weight.

    Asked the other way round: weights lie in memory column by column, which is twice as fast so.
    """
    by_column = weights.T
    if min(weights.shape) > LARGE and np.count_nonzero(by_column) < weights.size // 4:
        return _sparse(by_column)
    columns, rows = linear_sum_assignment(by_column, maximize=True)
    return rows.astype(np.int64), columns.astype(np.int64)


def _sparse(by_column: Whole) -> tuple[Whole, Whole]:
    """The same where most cells are forbidden: only the others are looked at."""
    places, people = by_column.shape
    columns, rows = by_column.nonzero()
    alone = np.arange(people)
    most = int(by_column.max()) + 1  # what it costs a row to take the place that only it can take
    costs = np.concatenate([most - by_column[columns, rows], np.full(people, most)])
    matrix = csr_array(
        (costs.astype(np.float64), (np.append(rows, alone), np.append(columns, places + alone))),
        shape=(people, places + people),
    )
    rows, columns = min_weight_full_bipartite_matching(matrix)
    real = columns < places
    return rows[real].astype(np.int64), columns[real].astype(np.int64)


def solve(
    scores: Scores, allowed: Marks, places: Sequence[int], guard_floor: bool = True
) -> Solution:
    """The best pairs of rows with columns; column j takes at most ``places[j]`` rows.

    Lexicographic and exact: most rows matched; then, with ``guard_floor``, the largest worst
    score that costs nobody a place; then the greatest total. Ties fall to the order of rows and
    columns, which the caller makes independent of row ids.
    """
    columns = columns_by_place(places, len(scores))
    if len(columns) != len(places) or (np.diff(columns) != 1).any():
        scores, allowed = scores.T[columns].T, allowed.T[columns].T
    weights, base = lexicographic(scores, allowed)
    mates = best_mates(weights)
    found = Solution(weights, columns, base, None, mates, certificate(weights, mates))
    if not guard_floor or (mates < 0).all():
        return found
    floor = best_floor(scores, allowed, mates)
    return _above(replace(found, floor=floor), allowed & (scores < floor))


def _above(found: Solution, low: Marks) -> Solution:
    """The best solution without the low cells; they cost nobody a place.

    Pair by pair gives up its low cell, which stays what it was until then.
    """
    rows = np.flatnonzero(found.mates >= 0)
    below = rows[low[rows, found.mates[rows]]]
    places = found.mates[below]
    kept = found.weights[below, places]
    found.weights[low] = 0
    if len(below) > MANY:
        mates = best_mates(found.weights)
        return replace(found, mates=mates, prices=certificate(found.weights, mates))
    found.weights[below, places] = kept
    for row, place in zip(below.tolist(), places.tolist(), strict=True):
        moved_on = found.mates[below] != places
        found.weights[below[moved_on], places[moved_on]] = 0
        if found.mates[row] == place:
            found.weights[row, place] = 0
            found = give_up(found, row)
    found.weights[below, places] = 0
    return found


def best_mates(weights: Whole) -> Whole:
    """For each row its place in a matching of greatest weight, -1 where it has none."""
    mates = np.full(len(weights), NOBODY, np.int64)
    if weights.size:
        rows, taken = lsa(weights)
        worth = weights[rows, taken] > 0
        mates[rows[worth]] = taken[worth]
    return mates


def columns_by_place(places: Sequence[int], rows: int) -> Whole:
    """Each column once for each of its places, but never more often than there are rows."""
    return np.repeat(np.arange(len(places)), np.clip(np.array(places, np.int64), 0, rows))


def lexicographic(scores: Scores, allowed: Marks) -> tuple[Whole, int]:
    """Weights under which one more pair always outweighs every total score; 0 is forbidden.

    Returns them with the base: a pair weighs the base and its score (which may be below 0).
    """
    most = min(scores.shape)
    lowest, highest = int(scores.min(initial=0)), int(scores.max(initial=0))
    spread = highest - lowest
    base = 2 * most * (spread + 1) + 1 - lowest
    assert most * (base + highest) < EXACT, "too many people for exact arithmetic"
    weights = scores.astype(np.int64)
    weights += base
    weights *= allowed
    return weights, base


def best_floor(scores: Scores, allowed: Marks, mates: Whole) -> int:
    """The largest worst score at which as many rows can be matched as ``mates`` has matched.

    ``mates`` is a matching of most rows. From its own worst score upwards by growing strides, then
    by bisection; each step only mends the pairs that fall below.
    """
    rows = np.flatnonzero(mates >= 0)
    worst = int(scores[rows, mates[rows]].min())
    values = np.unique(scores[allowed & (scores >= worst)])
    low, high, stride = 0, len(values) - 1, 1
    while low < high:
        middle = min(low + stride, (low + high + 1) // 2)
        found = match_all(allowed & (scores >= values[middle]), mates, len(rows))
        if found is not None:
            low, mates, stride = middle, found, stride * 2
        else:
            high, stride = middle - 1, len(values)
    return int(values[low])
