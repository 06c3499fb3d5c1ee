"""Limits that hold over both roles of a person: the one thing that is not an assignment problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from revmentor_desktop.domain.matching.grid import Grid
from revmentor_desktop.domain.matching.solution import Cell, Cells, Solution
from revmentor_desktop.domain.matching.solve import Problem, solve

SECONDS = 5.0
"""For each of the three questions that are put to the solver: how many, how low, how well."""

Group = tuple[frozenset[Cell], int]
"""Cells (row, column) of which at most so many can be pairs."""


def limits_of(
    grid: Grid, rows: Sequence[int], used: Iterable[Cell], allowed: NDArray[np.bool_]
) -> list[Group]:
    """What holds over both roles of these mentees: their limits, and no two each other's mentor.

    ``rows`` are those of the grid; the cells that come back are those of ``allowed``.
    """
    row_of = {grid.pool.mentees[row].id: at for at, row in enumerate(rows)}
    taken = Counter(grid.pool.mentees[row].id for row, _column in used)
    taken.update(grid.pool.mentors[column].id for _row, column in used)
    groups: list[Group] = []
    for id_, limit in grid.pool.limits.items():
        cells: set[Cell] = set()
        if id_ in row_of:
            cells |= {(row_of[id_], column) for column in range(len(grid.pool.mentors))}
        if id_ in grid.columns:
            cells |= {(row, grid.columns[id_]) for row in range(len(rows))}
        groups.append((frozenset(cells), max(0, limit - taken[id_])))
    both = [id_ for id_ in row_of if id_ in grid.columns]
    at_rows, at_columns = [row_of[id_] for id_ in both], [grid.columns[id_] for id_ in both]
    among = allowed[np.ix_(at_rows, at_columns)]
    for one, other in np.argwhere(np.triu(among & among.T)).tolist():
        couple = {(at_rows[one], at_columns[other]), (at_rows[other], at_columns[one])}
        groups.append((frozenset(couple), 1))
    return groups


def obey_limits(
    problem: Problem, groups: Sequence[Group], found: Solution
) -> tuple[Solution, bool]:
    """The best solution that obeys the limits, and whether it is known to be the best.

    Where ``found`` already obeys, it stays as it is; else HiGHS decides in which role each person
    is needed (milp), and what is left is an assignment problem again, so that its prices prove it.
    """
    if not _broken(found.cells, groups):
        return found, True
    chosen, exact = _decide(problem, groups, _trimmed(problem, found.cells, groups))
    allowed = problem.allowed.copy(order="K")
    full = [group for group in groups if _count(chosen, group) >= group[1]]
    while full:
        for cells, _most in full:
            allowed[tuple(np.array(sorted(cells)).T)] = False
        allowed[tuple(np.array(chosen, np.int64).reshape(-1, 2).T)] = True
        found = solve(*problem._replace(allowed=allowed))
        # What was not full may become too full when the rest is solved without it.
        full = _broken(found.cells, groups)
    return found, exact


def _broken(cells: Cells, groups: Iterable[Group]) -> list[Group]:
    return [group for group in groups if _count(cells, group) > group[1]]


def _count(cells: Cells, group: Group) -> int:
    return sum(cell in group[0] for cell in cells)


def _trimmed(problem: Problem, cells: Cells, groups: Sequence[Group]) -> Cells:
    """Pairs that obey, however little the time: those of least score are given up."""
    kept: Cells = []
    for cell in sorted(cells, key=lambda cell: (-int(problem.scores[cell]), cell)):
        if not _broken([*kept, cell], groups):
            kept.append(cell)
    return kept


def _decide(problem: Problem, groups: Sequence[Group], known: Cells) -> tuple[Cells, bool]:
    """Which cells are pairs: as many as can be, then the highest floor, then the best total.

    ``known`` is an answer that obeys, for when the time is up before there is another.
    """
    milps = _Milp(problem, groups)
    chosen, exact = milps.ask(milps.ones, 0, None, SECONDS)
    if chosen is None or len(chosen) <= len(known):
        chosen = known
    floor = None
    if problem.guard_floor and chosen:
        floor, chosen, is_highest = milps.highest_floor(chosen, problem.enough)
        exact &= is_highest
    best, is_best = milps.ask(milps.values, len(chosen), floor, SECONDS)
    return best if best is not None else chosen, exact and is_best


class _Milp:
    """The questions that HiGHS is asked about one problem: a variable for each allowed cell."""

    def __init__(self, problem: Problem, groups: Sequence[Group]) -> None:
        self._scores = problem.scores
        self._rows, self._columns = np.nonzero(problem.allowed)
        cells = list(zip(self._rows.tolist(), self._columns.tolist(), strict=True))
        at = {cell: index for index, cell in enumerate(cells)}
        rows, columns = problem.allowed.shape
        size = len(cells)
        self.ones = np.ones(size)
        self.values = problem.scores[self._rows, self._columns].astype(np.float64)
        numbers = np.arange(size)
        lines = [[at[cell] for cell in group if cell in at] for group, _most in groups]
        of_groups = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        in_groups = np.array([index for line in lines for index in line], np.int64)
        matrix = vstack(
            [
                csr_array((self.ones, (self._rows, numbers)), shape=(rows, size)),
                csr_array((self.ones, (self._columns, numbers)), shape=(columns, size)),
                csr_array(
                    (np.ones(len(in_groups)), (of_groups, in_groups)), shape=(len(lines), size)
                ),
            ]
        )
        most = [*[1] * rows, *problem.places, *(most for _cells, most in groups)]
        self._obeys = LinearConstraint(matrix, -np.inf, np.array(most, np.float64))

    def ask(
        self, values: NDArray[np.float64], at_least: int, floor: int | None, seconds: float
    ) -> tuple[Cells | None, bool]:
        """The cells of greatest value, ``at_least`` so many, none below the floor.

        None where there are none, or none were found in time; and whether that is certain.
        """
        high = np.ones(len(values)) if floor is None else (self.values >= floor).astype(np.float64)
        answer = milp(
            -values,
            constraints=[self._obeys, LinearConstraint(self.ones[None, :], at_least, np.inf)],
            integrality=np.ones(len(values)),
            bounds=Bounds(0, high),
            options={"time_limit": max(0.01, seconds), "mip_rel_gap": 0.0},
        )
        if answer.x is None:
            return None, answer.status == INFEASIBLE
        chosen = np.flatnonzero(answer.x > 0.5)
        return (
            list(zip(self._rows[chosen].tolist(), self._columns[chosen].tolist(), strict=True)),
            answer.status == 0,
        )

    def highest_floor(self, chosen: Cells, enough: int | None) -> tuple[int, Cells, bool]:
        """The highest worst score of as many pairs, by bisection; with them, and if certain."""
        until = monotonic() + SECONDS
        most = np.inf if enough is None else enough
        steps = np.unique(np.minimum(self.values, most)).astype(np.int64)
        low, high = self._step(steps, chosen), len(steps) - 1
        while low < high:
            middle = (low + high + 1) // 2
            floor, left = int(steps[middle]), until - monotonic()
            found, is_certain = self.ask(np.zeros(len(self.values)), len(chosen), floor, left)
            if found is not None:
                chosen = found
                low = self._step(steps, chosen)
            elif is_certain:
                high = middle - 1
            else:
                return int(steps[low]), chosen, False
        return int(steps[low]), chosen, True

    def _step(self, steps: NDArray[np.int64], chosen: Cells) -> int:
        """Where the worst score of some cells is among the steps."""
        worst = min(int(self._scores[cell]) for cell in chosen)
        return int(np.searchsorted(steps, min(worst, int(steps[-1]))))


INFEASIBLE = 2
"""HiGHS's word that there is no answer."""
