"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.augment import extended, mended
from revmentor_desktop.domain.matching.duals import certificate
from revmentor_desktop.domain.matching.lsa import best_mates
from revmentor_desktop.domain.matching.parts import Parts, parts
from revmentor_desktop.domain.matching.solution import NOBODY, Cells, Codes, Marks, Solution, Whole
from revmentor_desktop.domain.matching.ties import settled

Scores = NDArray[np.integer[Any]]
EXACT = 2**53
"""Up to here float64 holds every whole number; the solver computes in float64."""


class Problem(NamedTuple):
    """What ``solve`` is asked."""

    scores: Scores
    allowed: Marks
    places: Sequence[int]
    guard_floor: bool
    codes: tuple[Codes, Codes]
    enough: int | None = None

    def worth(self, cells: Cells) -> tuple[int, int, int]:
        """How good an answer is: how many pairs, how low the worst, how much all together."""
        scores = [int(self.scores[cell]) for cell in cells]
        floor = min(scores, default=0) if self.guard_floor else 0
        if self.enough is not None:
            floor = min(floor, self.enough)
        return len(scores), floor, sum(scores)


def solve(
    scores: Scores,
    allowed: Marks,
    places: Sequence[int],
    guard_floor: bool = True,
    codes: tuple[Codes, Codes] | None = None,
    enough: int | None = None,
) -> Solution:
    """The best pairs of rows with columns; column j takes at most ``places[j]`` rows.

    Lexicographic and exact: most rows matched; then, with ``guard_floor``, the largest worst
    score that costs nobody a place, but not above what is ``enough``; then the greatest total;
    then ties by ``codes`` of rows and columns (their numbers, if none are given).
    """
    codes = codes or (_numbers(len(scores)), _numbers(scores.shape[1]))
    columns = columns_by_place(places, len(scores))
    if len(columns) != len(places) or (np.diff(columns) != 1).any():
        scores, allowed = scores.T[columns].T, allowed.T[columns].T
    weights, base = lexicographic(scores, allowed)
    if guard_floor:
        mates, floor = _above_the_floor(weights, parts(scores, allowed, enough), scores)
    else:
        mates, floor = best_mates(weights), None
    return settled(
        Solution(weights, columns, base, floor, mates, certificate(weights, mates), codes)
    )


def _above_the_floor(weights: Whole, found: Parts, scores: Scores) -> tuple[Whole, int | None]:
    """The best mates without what scores below the floor, which weighs nothing any more.

    Each block is solved alone: that is faster, and no other cells can be in a best answer.
    """
    mates = np.full(len(weights), NOBODY, np.int64)
    if not found.most:
        return mates, None
    floor = found.floor()
    weights *= scores >= floor
    for rows, taken in found.blocks:
        whole = (len(rows), len(taken)) == weights.shape
        at = best_mates(weights if whole else weights.T[np.ix_(taken, rows)].T)
        mates[rows] = np.where(at == NOBODY, NOBODY, taken[at])
    return mates, floor


def floor_stands(
    scores: Scores, allowed: Marks, mates: Whole, floor: int | None, enough: int | None = None
) -> bool:
    """Whether a floor is still what ``solve`` would find.

    ``mates``: the best answer under it. ``allowed``: what is open, whatever its score.
    """
    matched = int((mates >= 0).sum())
    if int((extended(allowed, mates) >= 0).sum()) > matched:
        return False
    if floor is None or not matched:
        return floor is None and not matched
    if enough is not None and floor >= enough:
        return floor == enough
    return mended(allowed & (scores > floor), mates)[1] is not None


def _numbers(count: int) -> NDArray[np.uint64]:
    return np.arange(count, dtype=np.uint64)


def columns_by_place(places: Sequence[int], rows: int) -> Whole:
    """Each column once for each of its places, but never more often than there are rows."""
    return np.repeat(np.arange(len(places)), np.clip(np.array(places, np.int64), 0, rows))


def lexicographic(scores: Scores, allowed: Marks) -> tuple[Whole, int]:
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
