"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

Whole = NDArray[np.int64]
Scores = NDArray[np.integer[Any]]
Allowed = NDArray[np.bool_]
Cells = list[tuple[int, int]]
EXACT = 2**53
"""Up to here float64 holds every whole number; SciPy computes in float64."""


def lsa(weights: Whole) -> tuple[Whole, Whole]:
    """The one seam to the solver: rows and columns of an assignment of greatest weight."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return rows.astype(np.int64), columns.astype(np.int64)


def solve(
    scores: Scores, allowed: Allowed, places: Sequence[int], guard_floor: bool = True
) -> Cells:
    """The best pairs (row, column); column j takes at most ``places[j]`` rows.

    Lexicographic and exact: most rows matched; then, with ``guard_floor``, the largest worst
    score that costs nobody a place; then the greatest total. Ties fall to the order of rows and
    columns, which the caller makes independent of row ids.
    """
    repeat = columns_by_place(places, len(scores))
    if not repeat.size or not len(scores):
        return []
    scores, allowed = scores[:, repeat], allowed[:, repeat]
    if guard_floor:
        allowed = allowed & (scores >= best_floor(scores, allowed))
    weights = lexicographic(scores, allowed)
    rows, columns = lsa(weights)
    taken = weights[rows, columns] > 0
    return [
        (int(row), int(repeat[column]))
        for row, column in zip(rows[taken], columns[taken], strict=True)
    ]


def columns_by_place(places: Sequence[int], rows: int) -> Whole:
    """Each column once for each of its places, but never more often than there are rows."""
    return np.repeat(np.arange(len(places)), np.clip(np.array(places, np.int64), 0, rows))


def lexicographic(scores: Scores, allowed: Allowed) -> Whole:
    """Weights under which one more pair always outweighs every total score; 0 is forbidden."""
    most = min(scores.shape)
    highest = int(scores.max(initial=0))
    base = 2 * most * (highest + 1) + 1
    assert most * (base + highest) < EXACT, "too many people for exact arithmetic"
    return np.where(allowed, base + scores.astype(np.int64), 0)


def best_floor(scores: Scores, allowed: Allowed) -> int:
    """The largest worst score at which as many rows can be matched (Hopcroft-Karp, bisection)."""
    values = np.unique(scores[allowed])
    most = most_matched(allowed)
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if most_matched(allowed & (scores >= values[middle])) == most:
            low = middle
        else:
            high = middle - 1
    return int(values[low]) if values.size else 0


def most_matched(allowed: Allowed) -> int:
    """How many rows can be matched at once, whatever the scores."""
    if not allowed.any():
        return 0
    found = maximum_bipartite_matching(csr_array(allowed), perm_type="column")
    return int((found >= 0).sum())
