"""Prices that prove a matching to be the best one, without a second solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Least prices of the columns and what is left to the rows, in units of the weights.

    If both are nowhere negative, together nowhere below a cell's weight, and sum to the weight of
    the matching, no matching weighs more. The price of a column is then what one more place
    there would gain.
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
    have another column; a matching that is not the best ends in prices that prove nothing.
    """
    matched = np.flatnonzero(mates >= 0)
    taken = mates[matched]
    alone = np.delete(weights, matched, axis=0)
    prices = alone.max(axis=0, initial=0)
    gains = weights[matched] - weights[matched, taken][:, None]
    for _round in range(len(matched)):
        raised = np.maximum(prices, (gains + prices[taken][:, None]).max(axis=0, initial=0))
        if np.array_equal(raised, prices):
            break
        prices = raised
    left = np.zeros(len(weights), np.int64)
    left[matched] = weights[matched, taken] - prices[taken]
    return Certificate(left, prices)
