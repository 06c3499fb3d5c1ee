"""What a change costs, and who moves: shortest paths in the exchange graph of a solution.

A row that loses its place takes another's, whose row takes the next, until somebody takes the
place that has become free. Each step costs its reduced cost, so that the shortest path is what the
best answer to the change loses (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 12).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.duals import Certificate
from revmentor_desktop.domain.matching.solution import NOBODY, Solution, Whole

HUB = -2
"""Stands for everybody without a place and for every place without anybody."""
FAR = int(np.iinfo(np.int64).max // 4)


@dataclass(frozen=True, slots=True)
class Paths:
    """What it costs each row to lose its place to someone who leaves ``target`` free for it.

    ``cost`` (rows + 1, the hub last), in units of the weights: exact up to where the search was
    ended, and at least as much beyond. ``step``: the place that each takes instead; ``HUB`` is a
    free place or none, and the hub's own step is filled by somebody without a place, or left free.
    """

    target: int
    cost: Whole
    step: Whole


def paths_to(
    solution: Solution, target: int, source: int | None = None, leaving: int | None = None
) -> Paths:
    """Dijkstra's search backwards from a place, or from ``HUB``, until ``source`` is reached.

    Who is ``leaving`` the target takes no part.
    """
    hub = len(solution.weights)
    open_rows = solution.open_rows
    waiting = np.flatnonzero((solution.mates < 0) & open_rows)
    open_rows &= solution.mates >= 0
    if leaving is not None:
        open_rows[leaving] = False
    left = np.append(np.where(open_rows, solution.prices.rows, FAR), FAR)
    prices, goal = solution.prices.columns, hub if source == HUB else source
    cost = np.full(hub + 1, FAR, np.int64)
    step = np.full(hub + 1, NOBODY, np.int64)
    keys = cost.copy()
    at, base = target, 0
    if target == HUB:
        cost[hub] = 0
    while True:
        reached = left.copy()
        if at == HUB:
            reached[:-1] -= _best_free(solution)
        else:
            gained = gains(solution, at)
            reached[:-1] -= gained
            reached[:-1][gained == 0] = FAR
            reached += prices[at]
            reached[hub] = prices[at] - gained[waiting].max(initial=0)
        reached += base
        better = (reached < cost).nonzero()[0]
        cost[better] = keys[better] = reached[better]
        step[better] = at
        nearest = int(keys.argmin())
        base = int(keys[nearest])
        if base >= FAR or nearest == goal:
            return Paths(target, cost, step)
        keys[nearest] = FAR
        at = HUB if nearest == hub else int(solution.mates[nearest])


def gains(solution: Solution, place: int) -> Whole:
    """The weight of every row with a place, 0 where it is not allowed."""
    found = solution.weights[:, place]
    if solution.barred and (barred := [row for row, at in solution.barred if at == place]):
        found = found.copy()
        found[barred] = 0
    return found


def _best_free(solution: Solution) -> Whole:
    """For each row the weight of the best place that nobody has, 0 at least."""
    found = np.zeros(len(solution.weights), np.int64)
    for place in np.flatnonzero(solution.free_places):
        np.maximum(found, gains(solution, int(place)), out=found)
    return found


def moved(solution: Solution, paths: Paths, source: int) -> tuple[Whole, Certificate]:
    """Mates and prices after ``source`` (a row that has lost its place, or the hub) has moved on.

    The prices stay a proof: each falls or rises by how near its row is to the target.
    """
    near = np.minimum(paths.cost, int(paths.cost[source]))
    change = near[:-1] - near[-1]
    change[(solution.mates < 0) | ~solution.open_rows] = 0
    rows, columns = solution.prices.rows - change, solution.prices.columns.copy()
    has = np.flatnonzero(solution.mates >= 0)
    columns[solution.mates[has]] += change[has]
    if paths.target != HUB:
        columns[paths.target] = solution.prices.columns[paths.target] - near[-1]
    return _along(solution, paths, source), Certificate(rows, columns)


def _along(solution: Solution, paths: Paths, source: int) -> Whole:
    mates, owners, hub = solution.mates.copy(), solution.owners, len(solution.weights)
    free, waiting = solution.free_places, (mates < 0) & solution.open_rows
    at, place = source, NOBODY
    while place != paths.target:
        place = int(paths.step[at])
        if at == hub:
            _fill(solution, mates, place, waiting)
        elif place == HUB:
            mates[at] = _best_place(solution, at, free)
        else:
            mates[at] = place
        at = hub if place == HUB else int(owners[place])
    return mates


def _fill(solution: Solution, mates: Whole, place: int, waiting: NDArray[np.bool_]) -> None:
    gained = np.where(waiting, gains(solution, place), 0)
    if gained.max(initial=0) > 0:
        mates[gained.argmax()] = place


def _best_place(solution: Solution, row: int, free: NDArray[np.bool_]) -> int:
    gained = np.where(free, solution.weights[row], 0)
    gained[[place for at, place in solution.barred if at == row]] = 0
    return int(gained.argmax()) if gained.max(initial=0) > 0 else NOBODY
