"""What HiGHS is asked: the best pairs under limits that make it more than an assignment."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from revmentor_desktop.domain.matching.solution import Cell, Cells
from revmentor_desktop.domain.matching.solve import Problem

Groups = Sequence[tuple[frozenset[Cell], int]]


def decide(problem: Problem, groups: Groups, known: Cells, until: float) -> tuple[Cells, bool]:
    """Which cells are pairs: as many as can be, then the highest floor, then the best total.

    ``groups``: cells (row, column) of which at most so many can be pairs. ``known`` is an answer
    that obeys, for when the time is up before there is a better one.
    """
    milps = _Milp(problem, groups)
    chosen, exact = milps.ask(milps.ones, 0, None, _third(until, 3))
    if chosen is None or len(chosen) <= len(known):
        chosen = known
    floor = None
    if problem.guard_floor and chosen:
        floor, chosen, is_highest = milps.highest_floor(
            chosen, problem.enough, monotonic() + _third(until, 2)
        )
        exact &= is_highest
    best, is_best = milps.ask(milps.values, len(chosen), floor, _third(until, 1))
    answers = [one for one in (best, chosen, known) if one is not None]
    return max(answers, key=problem.worth), exact and is_best


def _third(until: float, questions: int) -> float:
    """The seconds for one of so many questions that are left."""
    return (until - monotonic()) / questions


class _Milp:
    """The questions that HiGHS is asked about one problem: a variable for each allowed cell."""

    def __init__(self, problem: Problem, groups: Groups) -> None:
        self._scores = problem.scores
        self._rows, self._columns = np.nonzero(problem.allowed)
        cells = list(zip(self._rows.tolist(), self._columns.tolist(), strict=True))
        at = {cell: index for index, cell in enumerate(cells)}
        rows, columns = problem.allowed.shape
        size = len(cells)
        self.ones = np.ones(size)
        self.values = problem.scores[self._rows, self._columns].astype(np.float64)
        numbers = np.arange(size)
        lines = [[at[cell] for cell in cells_of if cell in at] for cells_of, _most in groups]
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
        if seconds <= 0:
            return None, False
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

    def highest_floor(
        self, chosen: Cells, enough: int | None, until: float
    ) -> tuple[int, Cells, bool]:
        """The highest worst score of as many pairs, by bisection; with them, and if certain."""
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
