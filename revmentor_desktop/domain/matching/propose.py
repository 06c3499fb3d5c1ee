"""From a pool of people to proposed pairs with reasons, and to why somebody has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.grid import Grid, ProposedPair, make_grid
from revmentor_desktop.domain.matching.limits import SECONDS, limits_of, obey_limits
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.matching.solution import Cell, Cells, Marks, Solution
from revmentor_desktop.domain.matching.solve import Problem, solve
from revmentor_desktop.domain.matching.waiting import Waiting, once, waiting


@dataclass(frozen=True)
class Round:
    """One more partner for each mentee who has as few as any and wants one.

    ``rows``: the mentees of the solution's rows, as rows of the grid; its columns are the grid's.
    ``closed``: cells of the grid that earlier rounds or locks have used, either way round.
    """

    rows: Sequence[int]
    solution: Solution
    closed: frozenset[Cell] = frozenset()

    @property
    def cells(self) -> Cells:
        """The pairs as cells of the grid."""
        return [(self.rows[row], column) for row, column in self.solution.cells]

    def of_places(self, whole: NDArray[Any]) -> NDArray[Any]:
        """Of an array over the grid the mentees (rows) and places (columns) of the solution."""
        return whole.T[self.solution.columns][:, self.rows].T

    def allowed(self, whole: Marks) -> Marks:
        """Of an array over the grid the cells (row, place) that are open, guard floor or not."""
        solution = self.solution
        found = self.of_places(whole)
        found[~solution.open_rows] = False
        found[:, ~solution.open_places] = False
        for row, place in solution.barred:
            found[row, place] = False
        at = {row: index for index, row in enumerate(self.rows)}
        for row, column in self.closed:
            if row in at:
                found[at[row], solution.columns == column] = False
        return np.asarray(found)


MANY = int(np.iinfo(np.int64).max)
Locks = Sequence[tuple[int, int]]
"""(mentee, mentor) ids that stay as they are."""


@dataclass(frozen=True)
class Proposal:
    """The pairs in the order of ties, who waits on either side, whether any topic was given.

    ``grid`` answers "why not these two?" and ``rounds`` what a change would cost, without
    computing everything anew. ``exact`` is False where limits over both roles were met in the time
    that there was, but perhaps not in the best way.
    """

    pairs: tuple[ProposedPair, ...]
    waiting_mentees: tuple[Waiting, ...]
    waiting_mentors: tuple[Waiting, ...]
    topics_known: bool
    exact: bool
    locked: frozenset[tuple[int, int]]
    left_out: frozenset[int]
    grid: Grid = field(compare=False, repr=False)
    rounds: tuple[Round, ...] = field(compare=False, repr=False)

    @property
    def total(self) -> int:
        """The scores of all pairs, times ``rules.everything``."""
        return sum(sum(pair.parts.values()) for pair in self.pairs)

    @property
    def has_limits(self) -> bool:
        """Whether somebody is on both sides, so that it is more than an assignment problem."""
        return not self.grid.rows.keys().isdisjoint(self.grid.columns)


def propose(pool: Pool, rules: Rules, locked: Locks = ()) -> Proposal:
    """The best set of pairs of a pool."""
    return solve_again(make_grid(pool, rules), locked)


def solve_again(
    grid: Grid,
    locked: Locks = (),
    left_out: frozenset[int] = frozenset(),
    seconds: float = SECONDS,
    progress: Progress = no_progress,
) -> Proposal:
    """The best set of pairs, from rules and scores that are known.

    ``seconds``: the most that limits over both roles may take; nothing else takes long.
    """
    rounds, exact = solve_rounds(grid, locked, left_out, seconds, progress)
    return assemble(grid, rounds, locked, exact, left_out)


def solve_rounds(
    grid: Grid,
    locked: Locks,
    left_out: frozenset[int],
    seconds: float = SECONDS,
    progress: Progress = no_progress,
) -> tuple[tuple[Round, ...], bool]:
    """The rounds of a proposal, and whether they are known to be the best.

    A mentee with room for several mentors gets them in rounds: everybody has the best first
    partner before anybody has a second.
    """
    kept = _locked_cells(grid, locked)
    people = grid.pool.mentees
    has = np.array([person.partners for person in people], np.int64)
    wants = np.array([0 if p.id in left_out else p.places for p in people], np.int64)
    for row, _column in kept:
        has[row] += 1
        wants[row] -= 1
    rounds: list[Round] = []
    enough = lowest(grid, kept)
    exact, used, until = True, frozenset(kept), monotonic() + seconds
    while people and (not rounds or (wants > 0).any()):
        fewest = int(has[wants > 0].min(initial=MANY))
        rows = np.flatnonzero((wants > 0) & (has == fewest))
        found, is_exact = _solve_round(grid, rows.tolist(), used, left_out, enough, until, progress)
        exact &= is_exact
        rounds.append(found)
        used |= frozenset(found.cells)
        matched = np.array([row for row, _column in found.cells], np.int64)
        wants[np.setdiff1d(rows, matched)] = 0
        wants[matched] -= 1
        has[matched] += 1
    return tuple(rounds), exact


def assemble(
    grid: Grid, rounds: tuple[Round, ...], locked: Locks, exact: bool, left_out: frozenset[int]
) -> Proposal:
    """What the rounds have found, in words' reach."""
    kept = _locked_cells(grid, locked)
    cells = sorted({*kept, *(cell for one in rounds for cell in one.cells)})
    pool, pairs = grid.pool, grid.pairs(cells)
    # Who has a partner in one role does not wait in the other.
    matched = left_out | {id_ for pair in pairs for id_ in (pair.mentee, pair.mentor)}
    mentees, mentors = once(
        waiting(pool.mentees, grid.forbidden, matched),
        waiting(pool.mentors, grid.forbidden.T, matched),
    )
    return Proposal(
        pairs=tuple(pairs),
        waiting_mentees=mentees,
        waiting_mentors=mentors,
        topics_known=any(p.offers or p.wants for p in (*pool.mentees, *pool.mentors)),
        exact=exact,
        locked=frozenset((pool.mentees[r].id, pool.mentors[c].id) for r, c in kept),
        left_out=left_out,
        grid=grid,
        rounds=rounds,
    )


def lowest(grid: Grid, cells: Iterable[Cell]) -> int | None:
    """The lowest score of locked pairs that no rule forbids, None without any.

    The guard floor need not be higher for the others, so that to lock a pair moves nobody else.
    """
    return min((int(grid.total[cell]) for cell in cells if grid.allowed[cell]), default=None)


def cost(before: Proposal, after: Proposal) -> tuple[int, int]:
    """What a change costs: how many fewer pairs, how much less the scores sum to, of a thousand."""
    return lost(before, len(after.pairs), after.total)


def lost(before: Proposal, pairs: int, total: int) -> tuple[int, int]:
    """How many fewer pairs these are, and how much less they sum to, of a thousand.

    Points are rounded up: half a point is not nothing.
    """
    everything = before.grid.rules.everything
    return len(before.pairs) - pairs, -(-(before.total - total) // everything)


def _locked_cells(grid: Grid, locked: Locks) -> Cells:
    """The cells of locked pairs. Someone who has left the pool is passed over."""
    kept = [
        (grid.rows[mentee], grid.columns[mentor])
        for mentee, mentor in dict.fromkeys(locked)
        if mentee in grid.rows and mentor in grid.columns
    ]
    people = [(grid.pool.mentees[row], grid.pool.mentors[column]) for row, column in kept]
    in_all = Counter(person.id for couple in people for person in couple)
    for at in (0, 1):
        as_one = Counter(couple[at].id for couple in people)
        for person in (couple[at] for couple in people):
            most = grid.pool.limits.get(person.id, MANY)
            if as_one[person.id] > person.places or in_all[person.id] > most:
                raise ValueError("more pairs are locked than somebody has places")
    return kept


def _solve_round(
    grid: Grid,
    rows: Sequence[int],
    used: frozenset[Cell],
    left_out: frozenset[int],
    enough: int | None,
    until: float,
    progress: Progress,
) -> tuple[Round, bool]:
    """The best pairs of these mentees for the places that are left, none of them a second time."""
    places = [0 if p.id in left_out else p.places for p in grid.pool.mentors]
    for _row, column in used:
        places[column] -= 1
    closed = used | grid.turned(used)
    scores, allowed, (of_rows, of_columns) = grid.total, grid.allowed, grid.codes
    if closed:
        allowed = allowed.copy(order="K")
        allowed[tuple(np.array(sorted(closed)).T)] = False
    if len(rows) < len(grid.pool.mentees):
        scores, allowed, of_rows = scores.T[:, rows].T, allowed.T[:, rows].T, of_rows[rows]
    problem = Problem(
        scores, allowed, places, grid.rules.guard_floor, (of_rows, of_columns), enough
    )
    bounds = limits_of(grid, rows, used, allowed)
    found, exact = obey_limits(problem, bounds, solve(*problem), until, progress)
    return Round(rows, found, closed), exact
