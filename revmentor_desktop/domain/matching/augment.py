"""Augmenting paths: how many can be matched at once, whatever the scores (Berge 1957)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
NOBODY = -1
FEW = 16
"""Up to here it is faster to choose rows from memory than to look at all."""


@dataclass(frozen=True, slots=True)
class Search:
    """What alternating paths from some rows reach: ``levels`` of rows, step by step, and columns.

    It ends at the first free column. Where there is none, these rows have no other partner than
    these columns: Hall's proof (1935) that as many of them stay without as there are rows more.
    """

    levels: list[Whole]
    columns: Marks
    free: Whole

    @property
    def rows(self) -> Whole:
        """All rows that were reached."""
        return np.concatenate(self.levels) if self.levels else np.zeros(0, np.int64)


Proof = tuple[Search, Search]
"""From rows that have lost their column, and from columns that have lost their row."""


def search(allowed: Marks, owners: Whole, start: Whole) -> Search:
    """Go breadth first from free rows until a free column is reached."""
    by_column = allowed.T
    reached = np.zeros(len(by_column), np.bool_)
    levels: list[Whole] = []
    rows = start
    while rows.size:
        levels.append(rows)
        if allowed.flags.c_contiguous:
            new = allowed[rows].any(axis=0) & ~reached
        elif len(rows) < FEW:
            new = by_column[:, rows].any(axis=1) & ~reached
        else:
            chosen = np.zeros(len(allowed), np.bool_)
            chosen[rows] = True
            new = (by_column & chosen).any(axis=1) & ~reached
        reached |= new
        columns = new.nonzero()[0]
        rows = owners[columns]
        if (rows < 0).any():
            return Search(levels, reached, columns[rows < 0])
    return Search(levels, reached, np.zeros(0, np.int64))


def extended(allowed: Marks, mates: Whole) -> Whole:
    """Mates of as many rows as can be, beginning with those that hold."""
    mates, owners = _what_holds(allowed, mates)
    while (found := search(allowed, owners, np.flatnonzero(mates < 0))).free.size:
        _augment(allowed, mates, owners, found)
    return mates


def mended(allowed: Marks, mates: Whole) -> tuple[Whole, Proof | None]:
    """As many mates as there were, though some pairs are no longer allowed.

    ``mates`` matched as many rows as could be, so that a path can only begin at a row that has
    lost its column or end at a column that has lost its row. Where there is none, the two searches
    prove it: from those rows, and from those columns with rows and columns changed about.
    """
    before = mates
    mates, owners = _what_holds(allowed, mates)
    rows = np.flatnonzero((before >= 0) & (mates < 0))
    columns = before[rows]
    for _pair in range(len(rows)):
        onwards = search(allowed, owners, rows[mates[rows] < 0])
        if onwards.free.size:
            _augment(allowed, mates, owners, onwards)
            continue
        back = search(allowed.T, mates, columns[owners[columns] < 0])
        if not back.free.size:
            return mates, (onwards, back)
        _augment(allowed.T, owners, mates, back)
    return mates, None


def _what_holds(allowed: Marks, mates: Whole) -> tuple[Whole, Whole]:
    mates = mates.copy()
    rows = np.flatnonzero(mates >= 0)
    mates[rows[~allowed[rows, mates[rows]]]] = NOBODY
    owners = np.full(allowed.shape[1], NOBODY, np.int64)
    rows = np.flatnonzero(mates >= 0)
    owners[mates[rows]] = rows
    return mates, owners


def _augment(allowed: Marks, mates: Whole, owners: Whole, found: Search) -> None:
    """Match one more row along a shortest path of a search; mends the arrays in place."""
    column = int(found.free[0])
    for rows in reversed(found.levels):
        row = int(rows[allowed[rows, column].argmax()])
        column, mates[row] = int(mates[row]), column
        owners[mates[row]] = row
