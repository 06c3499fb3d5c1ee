"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from revmentor_desktop.domain.matching.augment import match_all
from revmentor_desktop.domain.matching.duals import Certificate, certificate

Whole = NDArray[np.int64]
Scores = NDArray[np.integer[Any]]
Allowed = NDArray[np.bool_]
Cells = list[tuple[int, int]]
EXACT = 2**53
"""Up to here float64 holds every whole number; the solver computes in float64."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Solution:
    """The best matching of rows with places, and the prices that prove it.

    ``weights`` (rows, places): ``base`` plus the score where allowed, else 0; one more pair always
    outweighs every total of scores. ``columns``: whose place it is. ``mates``: a row's place, or
    -1. ``floor``: the lowest score that is allowed, or None.

    What was changed afterwards: ``closed_rows`` and ``closed_places`` are out of the problem
    (locked together, or withdrawn), ``barred`` cells (row, place) are not to be used, and ``kept``
    is the weight of the locked pairs.
    """

    weights: Whole
    columns: Whole
    base: int
    floor: int | None
    mates: Whole
    prices: Certificate
    closed_rows: frozenset[int] = frozenset()
    closed_places: frozenset[int] = frozenset()
    barred: frozenset[tuple[int, int]] = frozenset()
    kept: int = 0

    @property
    def cells(self) -> Cells:
        """The pairs as (row, column)."""
        rows = np.flatnonzero(self.mates >= 0)
        return [(int(row), int(self.columns[self.mates[row]])) for row in rows]

    @property
    def open_rows(self) -> Allowed:
        """The rows that may still be moved."""
        return _without(len(self.weights), self.closed_rows)

    @property
    def free_places(self) -> Allowed:
        """The places that nobody has."""
        return _without(len(self.columns), [*self.closed_places, *self.mates[self.mates >= 0]])

    @property
    def owners(self) -> Whole:
        """For each place its row, or -1."""
        rows = np.flatnonzero(self.mates >= 0)
        owners = np.full(len(self.columns), NOBODY, np.int64)
        owners[self.mates[rows]] = rows
        return owners

    @property
    def worth(self) -> int:
        """The weight of all pairs together."""
        rows = np.flatnonzero((self.mates >= 0) & self.open_rows)
        return self.kept + int(self.weights[rows, self.mates[rows]].sum())

    @property
    def is_proved(self) -> bool:
        """Whether the prices prove that no other answer to what is open weighs more."""
        weights = self.weights.copy()
        weights[[row for row, _p in self.barred], [place for _r, place in self.barred]] = 0
        rows, places = self.open_rows, _without(len(self.columns), self.closed_places)
        kept = np.append(np.cumsum(places) - 1, NOBODY)  # the last stands for no place
        mates = kept[self.mates][rows]
        prices = Certificate(self.prices.rows[rows], self.prices.columns[places])
        return prices.proves(weights[rows][:, places], mates)

    def split(self, weight: int) -> tuple[int, int]:
        """A difference of weights as (people, points): how many places, how much score."""
        people = (weight + self.base // 2) // self.base
        return people, weight - people * self.base


def _without(size: int, closed: Iterable[int]) -> Allowed:
    found = np.ones(size, np.bool_)
    found[list(closed)] = False
    return found


def lsa(weights: Whole) -> tuple[Whole, Whole]:
    """The one seam to the solver: rows and columns of an assignment of greatest weight."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return rows.astype(np.int64), columns.astype(np.int64)


def solve(
    scores: Scores, allowed: Allowed, places: Sequence[int], guard_floor: bool = True
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
    floor = None
    if guard_floor and (mates >= 0).any():
        floor = best_floor(scores, allowed, mates)
        low = allowed & (scores < floor)
        if low.any():
            weights[low] = 0
            rows = np.flatnonzero(mates >= 0)
            if (weights[rows, mates[rows]] == 0).any():
                mates = best_mates(weights)
    return Solution(weights, columns, base, floor, mates, certificate(weights, mates))


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


def lexicographic(scores: Scores, allowed: Allowed) -> tuple[Whole, int]:
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


def best_floor(scores: Scores, allowed: Allowed, mates: Whole) -> int:
    """The largest worst score at which as many rows can be matched as ``mates`` has matched.

    ``mates`` is a matching of most rows. By bisection between its own worst score and what the
    best cell of every row would bear; each step only mends the pairs that fall below.
    """
    rows = np.flatnonzero(mates >= 0)
    worst = int(scores[rows, mates[rows]].min())
    values = np.unique(scores[allowed & (scores >= worst)])
    if len(rows) == len(scores):
        best = np.where(allowed, scores, values[0]).max(axis=1)
        values = values[values <= best.min()]
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        found = match_all(allowed & (scores >= values[middle]), mates, len(rows))
        if found is not None:
            low, mates = middle, found
        else:
            high = middle - 1
    return int(values[low])
