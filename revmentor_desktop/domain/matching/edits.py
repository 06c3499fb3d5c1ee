"""One change to a solution at a time, each the best answer, without solving it all again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.duals import Certificate
from revmentor_desktop.domain.matching.paths import (
    FAR,
    HUB,
    Paths,
    gains,
    moved,
    paths_to,
)
from revmentor_desktop.domain.matching.solution import NOBODY, Solution, Whole


@dataclass(frozen=True, slots=True)
class Alternatives:
    """For one row: what every place would cost all together, in units of the weights.

    ``regret``: 0 for the place that the row has; ``FAR`` for places that are closed. Below 0 only
    where a rule or the floor forbids the cell. Exact: it is the difference to the best solution in
    which the row has that place.
    """

    row: int
    regret: Whole
    paths: Paths


def alternatives(
    solution: Solution, scores: NDArray[np.integer[Any]], row: int, only: int | None = None
) -> Alternatives:
    """The exact regret of every place for a row. ``scores``: of the row with each column.

    With ``only`` one place the search ends there, and the regret of others is an upper bound.

    Reduced cost plus shortest path: whoever has the place must find another, until the place that
    the row gives up is filled or somebody is left without.
    """
    own = int(solution.mates[row])
    owners = solution.owners
    goal = None if only is None else HUB if owners[only] < 0 else int(owners[only])
    paths = paths_to(solution, HUB if own < 0 else own, source=goal, leaving=row)
    onwards = np.where(owners >= 0, paths.cost[owners], paths.cost[-1])
    weights = solution.base + scores[solution.columns].astype(np.int64)
    regret = solution.prices.rows[row] + solution.prices.columns - weights + onwards
    regret[onwards >= FAR] = FAR
    regret[list(solution.closed_places)] = FAR
    if own >= 0:
        regret[own] = 0
    return Alternatives(row, regret, paths)


def lock(solution: Solution, found: Alternatives, place: int, score: int) -> Solution:
    """Give the row this place for good, whatever forbids it; the others make the best of it."""
    row, own, owner = found.row, int(solution.mates[found.row]), int(solution.owners[place])
    mates, prices = solution.mates, solution.prices
    hub = len(solution.mates)
    if own != place and not (own < 0 and owner < 0):
        mates, prices = moved(solution, found.paths, hub if owner < 0 else owner)
    mates, rows, columns = mates.copy(), prices.rows.copy(), prices.columns.copy()
    mates[row] = place
    rows[row], columns[place] = solution.base + score, 0
    return replace(
        solution,
        mates=mates,
        prices=Certificate(rows, columns),
        closed_rows=solution.closed_rows | {row},
        closed_places=solution.closed_places | {place},
        kept=solution.kept + solution.base + score,
    )


def forbid(solution: Solution, row: int, column: int) -> Solution:
    """The best solution without this pair. The row must be open, and the pair one of it."""
    places = np.flatnonzero(solution.columns == column)
    barred = solution.barred | {(row, int(place)) for place in places}
    return give_up(replace(solution, barred=barred), row)


def give_up(solution: Solution, row: int) -> Solution:
    """The best solution after the cell in which a row is has been forbidden."""
    paths = paths_to(solution, int(solution.mates[row]), source=row)
    mates, prices = moved(solution, paths, row)
    return replace(solution, mates=mates, prices=prices)


def withdraw_row(solution: Solution, row: int) -> Solution:
    """The best solution without a row; its place goes to whoever gains most by it."""
    own = int(solution.mates[row])
    mates, prices = solution.mates, solution.prices
    if own >= 0:
        paths = paths_to(solution, own, source=HUB, leaving=row)
        mates, prices = moved(solution, paths, len(mates))
    mates = mates.copy()
    mates[row] = NOBODY
    return replace(solution, mates=mates, prices=prices, closed_rows=solution.closed_rows | {row})


def withdraw_column(solution: Solution, column: int) -> Solution:
    """The best solution without a column; who had a place there moves on."""
    for place in np.flatnonzero(solution.columns == column):
        owner = int(solution.owners[place])
        if int(place) in solution.closed_places:
            continue
        if owner >= 0:
            paths = paths_to(solution, HUB, source=owner)
            closed = replace(solution, closed_places=solution.closed_places | {int(place)})
            mates, prices = moved(closed, paths, owner)
            solution = replace(closed, mates=mates, prices=prices)
        else:
            solution = replace(solution, closed_places=solution.closed_places | {int(place)})
    return solution


def add_place(solution: Solution, column: int) -> Solution:
    """The best solution with one more place in a column that has one."""
    like = int(np.flatnonzero(solution.columns == column)[0])
    new = len(solution.columns)
    weights = np.concatenate([solution.weights.T, solution.weights.T[like : like + 1]]).T
    left = np.where(solution.open_rows, solution.prices.rows, FAR)
    price = max(0, int((gains(solution, like) - left).max(initial=0)))
    barred = {(row, new) for row, place in solution.barred if place == like}
    wider = replace(
        solution,
        weights=weights,
        columns=np.append(solution.columns, column),
        prices=Certificate(solution.prices.rows, np.append(solution.prices.columns, price)),
        barred=solution.barred | barred,
        closed_places=solution.closed_places | {new},
    )
    paths = paths_to(wider, new, source=HUB)
    mates, prices = moved(wider, paths, len(solution.mates))
    return replace(wider, mates=mates, prices=prices, closed_places=solution.closed_places)
