"""The one seam to the solver of assignment problems."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Whole = NDArray[np.int64]
LARGE = 600
"""From so many people on, the sparse solver is worth its preparation."""
NOBODY = -1


def lsa(weights: Whole) -> tuple[Whole, Whole]:
    """Rows and columns of an assignment of greatest weight.

    Asked the other way round: weights lie in memory column by column, which is twice as fast so.
    """
    by_column = weights.T
    if min(weights.shape) > LARGE and np.count_nonzero(by_column) < weights.size // 4:
        return _sparse(by_column)
    # What the solver takes as it is: for whole numbers to be made greatest it makes two copies.
    columns, rows = linear_sum_assignment(np.negative(by_column, dtype=np.float64, order="C"))
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


def best_mates(weights: Whole) -> Whole:
    """For each row its place in a matching of greatest weight, -1 where it has none."""
    mates = np.full(len(weights), NOBODY, np.int64)
    if weights.size:
        rows, taken = lsa(weights)
        worth = weights[rows, taken] > 0
        mates[rows[worth]] = taken[worth]
    return mates
