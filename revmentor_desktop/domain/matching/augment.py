"""Augmenting paths: how many can be matched at once, whatever the scores (Berge 1957)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
NOBODY = -1
FEW = 16
"""Up to here it is faster to choose rows from memory than to look at all."""


def match_all(allowed: Marks, mates: Whole, wanted: int) -> Whole | None:
    """Mates of ``wanted`` rows under ``allowed``, beginning with those that still hold, or None."""
    mates, owners = _what_holds(allowed, mates)
    for _row in range(wanted - int((mates >= 0).sum())):
        if not _augment(allowed, mates, owners):
            return None
    return mates


def extended(allowed: Marks, mates: Whole) -> Whole:
    """Mates of as many rows as can be, beginning with those that hold."""
    mates, owners = _what_holds(allowed, mates)
    while _augment(allowed, mates, owners):
        pass
    return mates


def _what_holds(allowed: Marks, mates: Whole) -> tuple[Whole, Whole]:
    mates = mates.copy()
    rows = np.flatnonzero(mates >= 0)
    mates[rows[~allowed[rows, mates[rows]]]] = NOBODY
    owners = np.full(allowed.shape[1], NOBODY, np.int64)
    rows = np.flatnonzero(mates >= 0)
    owners[mates[rows]] = rows
    return mates, owners


def most_matched(allowed: Marks) -> int:
    """How many rows can be matched at once."""
    return int((extended(allowed, np.full(len(allowed), NOBODY, np.int64)) >= 0).sum())


def _augment(allowed: Marks, mates: Whole, owners: Whole) -> bool:
    """Match one more row by a shortest path from any that has none; mends the arrays in place."""
    levels, reached = search(allowed, owners, np.flatnonzero(mates < 0))
    free = np.flatnonzero(reached & (owners < 0))
    if not free.size:
        return False
    column = int(free[0])
    for rows in reversed(levels):
        row = int(rows[allowed[rows, column].argmax()])
        column, mates[row] = int(mates[row]), column
        owners[mates[row]] = row
    return True


def search(allowed: Marks, owners: Whole, start: Whole) -> tuple[list[Whole], Marks]:
    """The rows that alternating paths from free rows reach, step by step, and their columns.

    Ends at the first free column. Where there is none, these rows have no other partner than
    these columns: Hall's proof (1935) that as many of them stay without as there are rows more.
    """
    by_column = allowed.T
    reached = np.zeros(len(by_column), np.bool_)
    levels = [start]
    while levels[-1].size:
        rows = levels[-1]
        if len(rows) < FEW:
            new = by_column[:, rows].any(axis=1) & ~reached
        else:
            chosen = np.zeros(len(allowed), np.bool_)
            chosen[rows] = True
            new = (by_column & chosen).any(axis=1) & ~reached
        reached |= new
        found = owners[new]
        if (found < 0).any():
            return levels, reached
        levels.append(found)
    return levels[:-1], reached
