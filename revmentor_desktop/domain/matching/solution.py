"""A solved assignment: who has which place, and the prices that prove it to be the best answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.duals import Certificate

Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
Codes = NDArray[np.uint64]
Cell = tuple[int, int]
Cells = list[Cell]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Solution:
    """The best matching of rows with places, and the prices that prove it.

    ``weights`` (rows, places): ``base`` plus the score where allowed, else 0; one more pair always
    outweighs every total of scores. ``columns``: whose place it is. ``mates``: a row's place, or
    -1. ``floor``: the lowest score that is allowed, or None. ``codes`` of rows and of columns
    settle ties.

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
    codes: tuple[Codes, Codes]
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
    def open_rows(self) -> Marks:
        """The rows that may still be moved."""
        return _without(len(self.weights), self.closed_rows)

    @property
    def open_places(self) -> Marks:
        """The places that are not locked or withdrawn."""
        return _without(len(self.columns), self.closed_places)

    @property
    def free_places(self) -> Marks:
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
        rows, places = self.open_rows, self.open_places
        kept = np.append(np.cumsum(places) - 1, NOBODY)  # the last stands for no place
        mates = kept[self.mates][rows]
        prices = Certificate(self.prices.rows[rows], self.prices.columns[places])
        return prices.proves(weights[rows][:, places], mates)

    def split(self, weight: int) -> tuple[int, int]:
        """A difference of weights as (people, points): how many places, how much score."""
        people = (weight + self.base // 2) // self.base
        return people, weight - people * self.base


def _without(size: int, closed: Iterable[int]) -> Marks:
    found = np.ones(size, np.bool_)
    found[list(closed)] = False
    return found
