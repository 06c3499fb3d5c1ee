"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

Whole = NDArray[np.int64]
Allowed = NDArray[np.bool_]
EXACT = 2**53
"""Up to here float64 holds every whole number; SciPy computes in float64."""


def lsa(weights: Whole) -> tuple[Whole, Whole]:
    """The one seam to the solver: rows and columns of an assignment of greatest weight."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return rows.astype(np.int64), columns.astype(np.int64)


def solve(
    scores: Whole, allowed: Allowed, places: Sequence[int], guard_floor: bool = True
) -> list[tuple[int, int]]:
    """The best pairs (row, column); column j takes at most ``places[j]`` rows.

    Lexicographic and exact: most rows matched; then, with ``guard_floor``, the largest worst
    score that costs nobody a place; then the greatest total. Ties fall to the order of rows and
    columns, which the caller makes independent of row ids.
    """
    repeat = np.repeat(np.arange(len(places)), places)
    if not repeat.size or not scores.shape[0]:
        return []
    wide_scores, wide_allowed = scores[:, repeat], allowed[:, repeat]
    if guard_floor:
        floor = _floor(wide_scores, wide_allowed)
        wide_allowed = wide_allowed & (wide_scores >= floor)
    weights = lexicographic(wide_scores, wide_allowed)
    rows, columns = lsa(weights)
    taken = weights[rows, columns] > 0
    return [
        (int(row), int(repeat[column]))
        for row, column in zip(rows[taken], columns[taken], strict=True)
    ]


def lexicographic(scores: Whole, allowed: Allowed) -> Whole:
    """Weights under which one more pair always outweighs every total score."""
    most = min(scores.shape)
    highest = int(scores.max(initial=0))
    base = 2 * most * (highest + 1) + 1
    assert most * (base + highest) < EXACT, "too many people for exact arithmetic"
    return np.where(allowed, base + scores, 0)


def _matched(allowed: Allowed) -> int:
    found = maximum_bipartite_matching(csr_matrix(allowed), perm_type="column")
    return int((found >= 0).sum())


def _floor(scores: Whole, allowed: Allowed) -> int:
    """The largest worst score at which as many rows can be matched (Hopcroft-Karp, bisection)."""
    values = np.unique(scores[allowed])
    most = _matched(allowed)
    if not values.size or not most:
        return 0
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _matched(allowed & (scores >= values[middle])) == most:
            low = middle
        else:
            high = middle - 1
    return int(values[low])
