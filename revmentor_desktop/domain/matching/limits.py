"""Limits that hold over both roles of a person: the one thing that is not an assignment problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from revmentor_desktop.domain.matching.grid import Grid
from revmentor_desktop.domain.matching.solution import Cells, Solution
from revmentor_desktop.domain.matching.solve import solve

SECONDS = 5.0
"""For each of the two questions that are put to the solver."""


def obey_limits(
    grid: Grid,
    rows: Sequence[int],
    used: Cells,
    allowed: NDArray[np.bool_],
    places: Sequence[int],
    found: Solution,
) -> tuple[Solution, bool]:
    """The best solution in which nobody is in more pairs over both roles than their limit.

    Nor are two people each other's mentor. Where ``found`` already obeys, it stays as it is; else
    HiGHS decides in which role each of them is needed (milp), and what is left is an assignment
    problem again, so that its prices prove it. Returns whether the decision is known to be best.
    """
    bounds = _bounds(grid, rows, used)
    if all(_sum(found.cells, cells) <= most for cells, most in bounds):
        return found, True
    chosen, exact = _decide(grid.total[rows], allowed, places, bounds)
    narrowed = allowed.copy()
    for cells, most in bounds:
        # Of a full group only what was chosen stays; the prices then belong to that choice.
        if _sum(chosen, cells) >= most:
            narrowed[tuple(np.array(sorted(cells)).T)] = False
    for cell in chosen:
        narrowed[cell] = True
    return solve(grid.total[rows], narrowed, places, grid.rules.guard_floor), exact


Group = tuple[frozenset[tuple[int, int]], int]


def _bounds(grid: Grid, rows: Sequence[int], used: Cells) -> list[Group]:
    """Groups of cells of which at most so many can be pairs."""
    row_of = {grid.pool.mentees[row].id: at for at, row in enumerate(rows)}
    taken = Counter(grid.pool.mentees[row].id for row, _column in used)
    taken.update(grid.pool.mentors[column].id for _row, column in used)
    both = {id_: at for id_, at in row_of.items() if id_ in grid.columns}
    groups: list[Group] = []
    for id_, limit in grid.pool.limits.items():
        if id_ in both:
            cells = {(both[id_], column) for column in grid.columns.values()}
            cells |= {(row, grid.columns[id_]) for row in row_of.values()}
            groups.append((frozenset(cells), max(0, limit - taken[id_])))
    for one, at in both.items():
        for other, at_other in both.items():
            if one < other:
                couple = {(at, grid.columns[other]), (at_other, grid.columns[one])}
                groups.append((frozenset(couple), 1))
    return groups


def _sum(cells: Cells, group: frozenset[tuple[int, int]]) -> int:
    return sum(cell in group for cell in cells)


def _decide(
    scores: NDArray[np.int32],
    allowed: NDArray[np.bool_],
    places: Sequence[int],
    groups: Sequence[Group],
) -> tuple[Cells, bool]:
    """Which cells are pairs: first as many as can be, then the greatest total among those."""
    at_rows, at_columns = np.nonzero(allowed)
    variables = len(at_rows)
    places_of = (at_rows.tolist(), at_columns.tolist())
    index = {cell: at for at, cell in enumerate(zip(*places_of, strict=True))}
    lines = [[at for cell in cells if (at := index.get(cell)) is not None] for cells, _m in groups]
    matrix, most = _rows_of(
        [
            *(np.flatnonzero(at_rows == row).tolist() for row in range(len(scores))),
            *(np.flatnonzero(at_columns == column).tolist() for column in range(len(places))),
            *lines,
        ],
        [*[1] * len(scores), *places, *(most for _cells, most in groups)],
        variables,
    )
    limits = LinearConstraint(matrix, -np.inf, most)
    values = scores[at_rows, at_columns].astype(np.float64)
    first, count, is_most = _ask(np.ones(variables), [limits])
    at_least = LinearConstraint(np.ones((1, variables)), count, np.inf)
    second, _worth, is_best = _ask(values, [limits, at_least])
    best = second if second is not None else first
    chosen = [] if best is None else np.flatnonzero(best).tolist()
    return [(int(at_rows[at]), int(at_columns[at])) for at in chosen], is_most and is_best


def _rows_of(
    lines: Sequence[Sequence[int]], most: Sequence[int], variables: int
) -> tuple[csr_array, NDArray[np.float64]]:
    lengths = [len(line) for line in lines]
    columns = np.concatenate([np.asarray(line, np.int64) for line in lines])
    matrix = csr_array(
        (np.ones(len(columns)), columns, np.concatenate([[0], np.cumsum(lengths)])),
        shape=(len(lines), variables),
    )
    return matrix, np.array(most, np.float64)


def _ask(
    values: NDArray[np.float64], constraints: list[LinearConstraint]
) -> tuple[NDArray[np.bool_] | None, int, bool]:
    answer = milp(
        -values,
        constraints=constraints,
        integrality=np.ones(len(values)),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None, 0, False
    chosen = answer.x > 0.5
    return chosen, int(chosen.sum()), bool(answer.status == 0)
