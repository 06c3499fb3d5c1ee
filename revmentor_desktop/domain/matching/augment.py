"""Augmenting paths: how many can be matched at once, whatever the scores (Berge 1957)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
NOBODY = -1


def match_all(allowed: Marks, mates: Whole, wanted: int) -> Whole | None:
    """Mates of ``wanted`` rows under ``allowed``, beginning with those that still hold, or None.

    A row that has no augmenting path never gets one later, so each is asked once, and what such
    a search has reached leads nowhere for the others either.
    """
    mates = mates.copy()
    rows = np.flatnonzero(mates >= 0)
    mates[rows[~allowed[rows, mates[rows]]]] = NOBODY
    owners = np.full(allowed.shape[1], NOBODY, np.int64)
    rows = np.flatnonzero(mates >= 0)
    owners[mates[rows]] = rows
    missing = wanted - len(rows)
    dead = np.zeros(allowed.shape[1], np.bool_)
    for row in np.flatnonzero(mates < 0):
        if missing <= 0:
            break
        missing -= _augment(allowed, mates, owners, dead, int(row))
    return mates if missing <= 0 else None


def most_matched(allowed: Marks) -> int:
    """How many rows can be matched at once."""
    mates = np.full(len(allowed), NOBODY, np.int64)
    owners = np.full(allowed.shape[1], NOBODY, np.int64)
    dead = np.zeros(allowed.shape[1], np.bool_)
    return sum(_augment(allowed, mates, owners, dead, row) for row in range(len(allowed)))


def _augment(allowed: Marks, mates: Whole, owners: Whole, dead: Marks, start: int) -> bool:
    """Match one more row by a path from ``start``, breadth first; mends the arrays in place."""
    reached, came_from = search(allowed, owners, start, dead)
    free = np.flatnonzero(reached & (owners < 0) & ~dead)
    if not free.size:
        dead |= reached
        return False
    column = int(free[0])
    while column >= 0:
        row = int(came_from[column])
        column, mates[row] = int(mates[row]), column
        owners[mates[row]] = row
    return True


def search(
    allowed: Marks, owners: Whole, start: int, dead: Marks | None = None
) -> tuple[Marks, Whole]:
    """The columns that an alternating path from a free row reaches, and the row before each.

    Ends at the first free column. Where there is none, the rows of the columns that were reached,
    with ``start``, have no other partner than these columns: Hall's proof (1935) that one of them
    stays without.
    """
    reached = np.zeros(allowed.shape[1], np.bool_) if dead is None else dead.copy()
    came_from = np.full(allowed.shape[1], NOBODY, np.int64)
    waiting = [start]
    for row in waiting:
        new = np.flatnonzero(allowed[row] & ~reached)
        reached[new] = True
        came_from[new] = row
        found = owners[new]
        if (found < 0).any():
            break
        waiting.extend(found.tolist())
    return reached, came_from
