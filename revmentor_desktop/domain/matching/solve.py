"""The exact assignment: most people matched, then the guard floor, then the total score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.augment import extended, mended
from revmentor_desktop.domain.matching.duals import certificate
from revmentor_desktop.domain.matching.edits import give_up
from revmentor_desktop.domain.matching.lsa import best_mates
from revmentor_desktop.domain.matching.solution import Codes, Marks, Solution, Whole
from revmentor_desktop.domain.matching.ties import settled

Scores = NDArray[np.integer[Any]]
EXACT = 2**53
"""Up to here float64 holds every whole number; the solver computes in float64."""
MANY = 200
"""If more than one of so many pairs is below the floor, a new solve is faster than mending."""


class Problem(NamedTuple):
    """What ``solve`` is asked."""

    scores: Scores
    allowed: Marks
    places: Sequence[int]
    guard_floor: bool
    codes: tuple[Codes, Codes]
    enough: int | None = None


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
    mates, floor, low = best_mates(weights), None, None
    if guard_floor and (mates >= 0).any():
        floor = best_floor(scores, allowed, mates, enough)
        low = allowed & (scores < floor)
        if len(_below(low, mates)) * MANY > len(mates):
            weights[low] = 0
            mates = best_mates(weights)
    found = Solution(weights, columns, base, floor, mates, certificate(weights, mates), codes)
    return settled(found if low is None else _above(found, low))


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


def _above(found: Solution, low: Marks) -> Solution:
    """The best solution without the low cells; they cost nobody a place.

    Pair by pair gives up its low cell, which stays what it was until then.
    """
    below = _below(low, found.mates)
    places = found.mates[below]
    kept = found.weights[below, places]
    found.weights[low] = 0
    found.weights[below, places] = kept
    for row, place in zip(below.tolist(), places.tolist(), strict=True):
        moved_on = found.mates[below] != places
        found.weights[below[moved_on], places[moved_on]] = 0
        if found.mates[row] == place:
            found.weights[row, place] = 0
            found = give_up(found, row)
    found.weights[below, places] = 0
    return found


def _below(low: Marks, mates: Whole) -> Whole:
    """The rows whose pair is among the low cells."""
    rows = np.flatnonzero(mates >= 0)
    return rows[low[rows, mates[rows]]]


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


def best_floor(scores: Scores, allowed: Marks, mates: Whole, enough: int | None = None) -> int:
    """The largest worst score at which as many rows can be matched as ``mates`` has matched.

    At most what is ``enough``. ``mates`` is a matching of most rows. From its own worst score
    upwards by growing strides, each step mending the pairs that fall below; where that fails, the
    searches tell the next score at which it could succeed.
    """
    values = np.where(allowed, scores, np.iinfo(scores.dtype).min)
    values = np.ascontiguousarray(values)  # people are looked up by the row
    high, stride = int(values.max()), 1
    if enough is not None:
        high = min(high, enough)
    while (low := _worst(values, mates)) < high:
        found, proof = mended(values >= min(low + stride, (low + high + 1) // 2), mates)
        if proof is None:
            mates, stride = found, stride * 2
            continue
        onwards, back = proof
        high = max(
            int(values[onwards.rows][:, ~onwards.columns].max(initial=low)),
            int(values[:, back.rows][~back.columns].max(initial=low)),
        )
        stride = max(1, high - low)
    return min(low, high)


def _worst(values: Scores, mates: Whole) -> int:
    rows = np.flatnonzero(mates >= 0)
    return int(values[rows, mates[rows]].min())
