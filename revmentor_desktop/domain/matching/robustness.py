"""How firm a proposal is: what other weights would change, and which two would rather be a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from time import monotonic
from typing import Any

import numpy as np

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.augment import search
from revmentor_desktop.domain.matching.duals import certificate
from revmentor_desktop.domain.matching.grid import Grid, regrid
from revmentor_desktop.domain.matching.limits import SECONDS, limits_of, obey_limits
from revmentor_desktop.domain.matching.people import SEED, Person
from revmentor_desktop.domain.matching.propose import Proposal, Round, cost, lost, solve_again
from revmentor_desktop.domain.matching.revise import counted, is_plain, one_more_place
from revmentor_desktop.domain.matching.rules import MOST, Rules
from revmentor_desktop.domain.matching.solution import NOBODY, Cell, Solution, Whole
from revmentor_desktop.domain.matching.solve import EXACT, Problem, solve

VARIANTS = 10
PLACE_SECONDS = 3.0
"""For one more place with this mentor and that, where each has to be tried."""
Couple = tuple[int, int]
"""Ids of (mentee, mentor)."""


def solid_pairs(proposal: Proposal, progress: Progress = no_progress) -> frozenset[Couple]:
    """The pairs that stay under each of ten variations of the weights by up to 20 %; seeded."""
    chance = Random(SEED)
    solid = {(pair.mentee, pair.mentor) for pair in proposal.pairs}
    grid = proposal.grid
    for variant in range(VARIANTS):
        progress(variant, VARIANTS)
        rules = varied(grid.rules, chance.uniform)
        locked = sorted(proposal.locked)
        other = solve_again(regrid(grid, rules), locked, proposal.left_out, progress=progress)
        solid &= {(pair.mentee, pair.mentor) for pair in other.pairs}
        if not solid:
            break
    return frozenset(solid)


def in_every_best(
    proposal: Proposal, couples: frozenset[Couple], progress: Progress = no_progress
) -> frozenset[Couple]:
    """Of some pairs those that every answer to their round has that is as good; locked ones too.

    Pairs that could be missing are looked for all at once: of the best answers the one with the
    fewest of them, until it has them all.
    """
    grid = proposal.grid
    used = {(grid.rows[mentee], grid.columns[mentor]) for mentee, mentor in proposal.locked}
    kept = set(used)
    for one in proposal.rounds:
        told = {cell for cell in set(one.cells) - kept if _ids(grid, cell) in couples}
        if told:
            kept |= _needed(proposal, one, frozenset(used), told, progress)
        used |= set(one.cells)
    return frozenset(_ids(grid, cell) for cell in kept) & couples


def _needed(
    proposal: Proposal, one: Round, used: frozenset[Cell], told: set[Cell], progress: Progress
) -> set[Cell]:
    """Of some cells of a round those that every answer has that is as good."""
    problem = _as_good(proposal.grid, one)
    limits = limits_of(proposal.grid, one.rows, used, problem.allowed)
    at = {row: index for index, row in enumerate(one.rows)}
    cells = {(at[row], column) for row, column in told}
    # As many at once as leaves the arithmetic exact.
    size, spread = len(problem.scores), int(np.ptp(problem.scores)) + 1
    few = max(1, EXACT // (5 * size * size * spread) - 1)
    needed: set[Cell] = set()
    while cells:
        progress(len(needed), len(needed) + len(cells))
        some = sorted(cells)[:few]
        scores = problem.scores.astype(np.int64) * (len(some) + 1)
        scores[tuple(np.array(some).T)] -= 1
        finer = problem._replace(scores=scores)
        found, _exact = obey_limits(finer, limits, solve(*finer), monotonic() + SECONDS, progress)
        missing = set(some).difference(found.cells)
        if not missing or not _is_as_good(problem, one, found):
            needed |= set(some)
            cells -= needed
        cells -= missing
    return {(one.rows[row], column) for row, column in needed}


def _as_good(grid: Grid, one: Round) -> Problem:
    """The problem of a round in which nothing is below the guard floor that was found."""
    solution = one.solution
    open_ = np.flatnonzero(solution.open_places)
    columns, first, counts = np.unique(
        solution.columns[open_], return_index=True, return_counts=True
    )
    scores = grid.total[list(one.rows)]
    places = np.zeros(scores.shape[1], np.int64)
    places[columns] = counts
    allowed = np.zeros(scores.shape, np.bool_)
    allowed[:, columns] = one.allowed(grid.allowed)[:, open_[first]]
    if solution.floor is not None:
        allowed &= scores >= solution.floor
    codes = grid.codes[0][list(one.rows)], grid.codes[1]
    return Problem(scores, allowed, places.tolist(), False, codes)


def _is_as_good(problem: Problem, one: Round, found: Solution) -> bool:
    """Whether another answer has as many pairs, of the same total, as what is open of a round."""
    closed = {int(row) for row in one.solution.closed_rows}
    before = [cell for cell in one.solution.cells if cell[0] not in closed]
    totals = [sum(int(problem.scores[cell]) for cell in cells) for cells in (before, found.cells)]
    return len(before) == len(found.cells) and totals[0] == totals[1]


def _ids(grid: Grid, cell: Cell) -> Couple:
    return grid.pool.mentees[cell[0]].id, grid.pool.mentors[cell[1]].id


def varied(rules: Rules, uniform: Callable[[float, float], float]) -> Rules:
    """Each weight times a factor from 0.8 to 1.2, in finer units than percent."""
    weights = {f"weight_{name}": weight for name, weight in rules.weights.items()}
    finer = MOST / max(1, *weights.values()) / 1.2 if weights else 1.0
    other: dict[str, Any] = {
        name: round(weight * finer * uniform(0.8, 1.2)) for name, weight in weights.items()
    }
    return replace(rules, **other)


def blocking_pairs(proposal: Proposal) -> list[Couple]:
    """Two who are not a pair, and each would score higher together than now (Gale, Shapley 1962).

    Who has a free place would have anybody. The best set for all together is not always stable;
    this is said, not prevented. Nobody who is left out.
    """
    grid = proposal.grid
    cells = [(grid.rows[pair.mentee], grid.columns[pair.mentor]) for pair in proposal.pairs]
    values = [int(grid.total[cell]) for cell in cells]
    of_mentee = _worst(grid.pool.mentees, [row for row, _column in cells], values)
    of_mentor = _worst(grid.pool.mentors, [column for _row, column in cells], values)
    better = grid.allowed & (grid.total > of_mentee[:, None]) & (grid.total > of_mentor)
    if cells:
        better[tuple(np.array(cells).T)] = False
    out = proposal.left_out
    better[[grid.rows[id_] for id_ in out if id_ in grid.rows]] = False
    better[:, [grid.columns[id_] for id_ in out if id_ in grid.columns]] = False
    rows, columns = np.nonzero(better)
    gain = grid.total[rows, columns] - np.maximum(of_mentee[rows], of_mentor[columns])
    order = np.argsort(-gain, kind="stable")
    return [(grid.pool.mentees[rows[at]].id, grid.pool.mentors[columns[at]].id) for at in order]


def _worst(people: Sequence[Person], at: Sequence[int], values: Sequence[int]) -> Whole:
    """The least score of each person's pairs; the lowest of all where they have a free place."""
    lowest = int(np.iinfo(np.int32).min)
    of_person: dict[int, list[int]] = defaultdict(list)
    for index, value in zip(at, values, strict=True):
        of_person[index].append(value)
    return np.array(
        [
            min(of_person[index]) if len(of_person[index]) >= max(1, person.places) else lowest
            for index, person in enumerate(people)
        ],
        np.int64,
    )


@dataclass(frozen=True, slots=True)
class PlaceGains:
    """(mentor, people, points) of each place that would gain something, the most first.

    Points are of a thousand; ``untried``: with how many mentors there was no time to try it.
    """

    found: tuple[tuple[int, int, int], ...]
    untried: int = 0


def place_gains(
    proposal: Proposal, progress: Progress = no_progress, seconds: float = PLACE_SECONDS
) -> PlaceGains:
    """What one more place with each mentor would gain.

    The least dual price of a place is exactly that, under the guard floor as it is; where somebody
    could be matched only below it, and where there are rounds or limits, it is tried, what is
    likely to gain most first, as long as there is time.
    """
    if not proposal.rounds:
        return PlaceGains(())
    grid = proposal.grid
    gains: dict[int, tuple[int, int] | None] = _dual_gains(proposal)
    for person in grid.pool.mentors:
        if person.id not in proposal.left_out and not is_plain(proposal):
            gains.setdefault(person.id, None)
    order = sorted(gains, key=lambda mentor: gains[mentor] or (0, 0), reverse=True)
    found, until, untried = [], monotonic() + seconds, 0
    for at, mentor in enumerate(order):
        progress(at, len(order))
        gain = gains[mentor]
        if gain is None or not is_plain(proposal):
            if monotonic() > until:
                untried += 1
                continue
            wider = replace(grid, pool=one_more_place(grid.pool, mentor))
            pairs, total, _exact = counted(
                wider, sorted(proposal.locked), proposal.left_out, progress
            )
            people, points = lost(proposal, pairs, total)
            gain = -people, -points
        if gain > (0, 0):
            found.append((mentor, *gain))
    found.sort(key=lambda one: one[1:], reverse=True)
    return PlaceGains(tuple(found), untried)


def _dual_gains(proposal: Proposal) -> dict[int, tuple[int, int] | None]:
    """By mentor; None where the floor would have to give way."""
    one, grid = proposal.rounds[0], proposal.grid
    solution = one.solution
    prices = _least_prices(solution)
    waiting = np.flatnonzero((solution.mates < 0) & solution.open_rows)
    reached = search(one.allowed(grid.allowed), solution.owners, waiting).columns
    found: dict[int, tuple[int, int] | None] = {}
    for place in np.flatnonzero(solution.open_places).tolist():
        people, points = solution.split(int(prices[place]))
        gain = None if reached[place] and not people else (people, points // grid.rules.everything)
        found[grid.pool.mentors[solution.columns[place]].id] = gain
    return found


def _least_prices(solution: Solution) -> Whole:
    """What one more place like each would gain, of all that is still open."""
    rows, places = np.flatnonzero(solution.open_rows), np.flatnonzero(solution.open_places)
    weights = solution.weights.copy()
    for cell in solution.barred:
        weights[cell] = 0
    at = np.full(len(solution.columns) + 1, NOBODY, np.int64)  # the last stands for no place
    at[places] = np.arange(len(places))
    found = np.zeros(len(solution.columns), np.int64)
    open_weights = np.asfortranarray(weights[rows][:, places])
    found[places] = certificate(open_weights, at[solution.mates[rows]]).columns
    return found


@dataclass(frozen=True, slots=True)
class FloorCost:
    """What the guard floor does: the lowest score with it and without it, and what it costs.

    ``points``: how much less all scores sum to, of a thousand; ``people`` is 0 but for those with
    several partners.
    """

    lowest: int
    without: int
    people: int
    points: int


def floor_cost(proposal: Proposal, progress: Progress = no_progress) -> FloorCost:
    """What the rules of a proposal would give without the guard floor, against what they give."""
    sides = []
    for is_on in (True, False):
        rules = replace(proposal.grid.rules, guard_floor=is_on)
        grid = replace(proposal.grid, rules=rules)
        sides.append(
            proposal
            if rules == proposal.grid.rules
            else solve_again(grid, sorted(proposal.locked), proposal.left_out, progress=progress)
        )
    people, points = cost(sides[1], sides[0])
    lowest, without = (min((pair.score for pair in one.pairs), default=0) for one in sides)
    return FloorCost(lowest, without, people, points)
