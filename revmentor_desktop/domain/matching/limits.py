"""Limits that hold over both roles of a person: the one thing that is not an assignment problem."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.grid import Grid
from revmentor_desktop.domain.matching.highs import decide
from revmentor_desktop.domain.matching.solution import Cell, Cells, Solution
from revmentor_desktop.domain.matching.solve import Problem, solve

SECONDS = 1.0
"""For all that is asked about one proposal: how many, how low, how well."""
BRIEF = 0.2
"""The same for one of many proposals that are only compared with another."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cells (row, column) of which at most so many can be pairs.

    Of one person a ``row``, a ``column`` or both; without, two who would be each other's mentor.
    """

    cells: frozenset[Cell]
    most: int
    row: int | None = None
    column: int | None = None


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
        at_row, at_column = row_of.get(id_), grid.columns.get(id_)
        cells: set[Cell] = set()
        if at_row is not None:
            cells |= {(at_row, column) for column in range(len(grid.pool.mentors))}
        if at_column is not None:
            cells |= {(row, at_column) for row in range(len(rows))}
        groups.append(Group(frozenset(cells), max(0, limit - taken[id_]), at_row, at_column))
    both = [id_ for id_ in row_of if id_ in grid.columns]
    at_rows, at_columns = [row_of[id_] for id_ in both], [grid.columns[id_] for id_ in both]
    among = allowed[np.ix_(at_rows, at_columns)]
    for one, other in np.argwhere(np.triu(among & among.T)).tolist():
        couple = {(at_rows[one], at_columns[other]), (at_rows[other], at_columns[one])}
        groups.append(Group(frozenset(couple), 1))
    return groups


def obey_limits(
    problem: Problem,
    groups: Sequence[Group],
    found: Solution,
    until: float,
    progress: Progress = no_progress,
) -> tuple[Solution, bool]:
    """The best solution that obeys the limits, and whether it is known to be the best.

    Where ``found`` already obeys, it stays as it is; else it is decided in which role each person
    is needed, and what is left is an assignment problem again, so that its prices prove it.
    ``until``: when there has to be an answer, by the clock ``monotonic``.
    """
    limits = _Limits(groups)
    if not limits.broken(found.cells):
        return found, True
    chosen, exact = _by_roles(problem, limits, found, (monotonic() + until) / 2, progress)
    if not exact:
        progress(0, 1)
        most = [(group.cells, group.most) for group in groups]
        chosen, exact = decide(problem, most, chosen, until)
    allowed = problem.allowed.copy(order="K")
    full = limits.full(chosen) or limits.broken(found.cells)
    while full:
        for group in full:
            allowed[tuple(np.array(sorted(group.cells)).T)] = False
        allowed[tuple(np.array(chosen, np.int64).reshape(-1, 2).T)] = True
        found = solve(*problem._replace(allowed=allowed))
        # What was not full may become too full when the rest is solved without it.
        full = limits.broken(found.cells)
    return found, exact


class _Limits:
    """Which groups a set of pairs fills, without looking at all of them."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._of_cell: dict[Cell, list[int]] = defaultdict(list)
        for at, group in enumerate(groups):
            for cell in group.cells:
                self._of_cell[cell].append(at)

    def full(self, cells: Cells) -> list[Group]:
        """The groups that take no more pairs; those too that take none at all."""
        count = self._count(cells)
        return [one for at, one in enumerate(self._groups) if one.cells and count[at] >= one.most]

    def broken(self, cells: Cells) -> list[Group]:
        """The groups with too many pairs."""
        count = self._count(cells)
        return [self._groups[at] for at in sorted(count) if count[at] > self._groups[at].most]

    def trimmed(self, problem: Problem, cells: Cells) -> Cells:
        """Pairs that obey, however little the time: those of least score are given up."""
        kept: Cells = []
        count: Counter[int] = Counter()
        for cell in sorted(cells, key=lambda cell: (-int(problem.scores[cell]), cell)):
            of_cell = self._of_cell.get(cell, [])
            if all(count[at] < self._groups[at].most for at in of_cell):
                count.update(of_cell)
                kept.append(cell)
        return kept

    def _count(self, cells: Cells) -> Counter[int]:
        return Counter(at for cell in cells for at in self._of_cell.get(cell, []))


def _by_roles(
    problem: Problem, limits: _Limits, found: Solution, until: float, progress: Progress
) -> tuple[Cells, bool]:
    """The best pairs that obey, and whether that is certain: branch and bound over the roles.

    Without a limit the answer can only be better (a bound). Where it breaks one, the person is in
    one role less, or is not; the most promising of all open questions is answered first, so that
    the first answer that obeys is the best. With few people in both roles few are asked.
    """
    best = limits.trimmed(problem, found.cells)
    open_ = [(_reversed(problem.worth(found.cells)), 0, problem, found.cells)]
    asked = 0
    while open_:
        progress(asked, asked + len(open_))
        bound, _number, question, cells = heappop(open_)
        broken = limits.broken(cells)
        if not broken:
            return cells, True
        best = max(best, limits.trimmed(problem, cells), key=problem.worth)
        if _reversed(problem.worth(best)) <= bound:
            return best, True
        if monotonic() >= until:
            return best, False
        for narrower in _branches(question, broken[0]):
            asked += 1
            answer = solve(*narrower).cells
            heappush(open_, (_reversed(problem.worth(answer)), asked, narrower, answer))
    return best, True


def _reversed(worth: tuple[int, int, int]) -> tuple[int, int, int]:
    """So that the best comes first."""
    return -worth[0], -worth[1], -worth[2]


def _branches(problem: Problem, group: Group) -> Iterator[Problem]:
    """The problem without what breaks the limit, in every way that there is."""
    if group.row is None and group.column is None:
        for cell in sorted(group.cells):
            yield problem._replace(allowed=_without(problem, cell))
        return
    if group.row is not None:
        allowed = _without(problem, (group.row, slice(None)))
        yield problem._replace(allowed=allowed, places=_fewer(problem, group, group.most))
    if group.most or group.row is None:
        most = group.most - (group.row is not None)
        yield problem._replace(places=_fewer(problem, group, most))


def _without(problem: Problem, cells: tuple[int, int | slice]) -> NDArray[np.bool_]:
    allowed = problem.allowed.copy(order="K")
    allowed[cells] = False
    return allowed


def _fewer(problem: Problem, group: Group, most: int) -> Sequence[int]:
    places = list(problem.places)
    if group.column is not None:
        places[group.column] = min(places[group.column], most)
    return places
