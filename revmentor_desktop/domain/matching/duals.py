"""Prices that prove a matching to be the best one, without a second solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
BLOCK = 2**15
"""Cells that are looked at a time."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices of the places and what is left to the rows, in units of the weights.

    If both are nowhere negative, together nowhere below a cell's weight, and sum to the weight of
    the matching, no matching weighs more (linear programming duality; Kuhn 1955).
    """

    rows: Whole
    columns: Whole

    def proves(self, weights: Whole, mates: Whole) -> bool:
        """Whether these prices show that ``mates`` (see ``certificate``) is the best matching."""
        matched = np.flatnonzero(mates >= 0)
        taken = mates[matched]
        if len(np.unique(taken)) != len(taken):
            return False
        total = int(weights[matched, taken].sum())
        return (
            bool((self.rows >= 0).all())
            and bool((self.columns >= 0).all())
            and bool((self.rows[:, None] + self.columns >= weights).all())
            and int(self.rows.sum()) + int(self.columns.sum()) == total
        )


def certificate(weights: Whole, mates: Whole) -> Certificate:
    """The least prices for a matching; ``mates[row]`` is its column, or -1 where it has none.

    Weights are at least 0, and 0 is as good as unmatched. A price rises until no row would rather
    have another column; only rows whose own price rose are asked again. The least price of a
    column is what one more place there would gain. A matching that is not the best ends in prices
    that prove nothing.
    """
    by_row = np.ascontiguousarray(weights)
    matched = np.flatnonzero(mates >= 0)
    owners = np.full(weights.shape[1], -1, np.int64)
    owners[mates[matched]] = matched
    left = np.zeros(len(weights), np.int64)
    left[matched] = by_row[matched, mates[matched]]
    prices = _wanted(weights.T, left)
    raised = np.flatnonzero((prices > 0) & (owners >= 0))
    space = np.empty((len(matched), weights.shape[1]), np.int64)
    for _round in range(len(matched)):
        if not raised.size:
            break
        rows = owners[raised]
        left[rows] = by_row[rows, raised] - prices[raised]
        asked = by_row.take(rows, axis=0, out=space[: len(rows)], mode="clip")
        asked -= left[rows, None]
        wanted = asked.max(axis=0, initial=0)
        higher = wanted > prices
        prices = np.maximum(prices, wanted)
        raised = np.flatnonzero(higher & (owners >= 0))
    return Certificate(left, prices)


def _wanted(by_column: Whole, left: Whole) -> Whole:
    """What any row would pay for each column, some columns at a time: they stay in the cache."""
    found = np.zeros(len(by_column), np.int64)
    step = max(1, BLOCK // max(1, len(left)))
    space = np.empty((step, len(left)), np.int64)
    for start in range(0, len(by_column), step):
        some = by_column[start : start + step]
        left_over = np.subtract(some, left, out=space[: len(some)])
        left_over.max(axis=1, initial=0, out=found[start : start + step])
    return found
