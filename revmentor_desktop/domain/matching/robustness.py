"""How firm a proposal is: what other weights would change, and which two would rather be a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.augment import search
from revmentor_desktop.domain.matching.duals import certificate
from revmentor_desktop.domain.matching.grid import regrid
from revmentor_desktop.domain.matching.people import SEED, Person
from revmentor_desktop.domain.matching.propose import Proposal, cost, solve_again
from revmentor_desktop.domain.matching.revise import is_plain, with_place
from revmentor_desktop.domain.matching.rules import MOST, Rules
from revmentor_desktop.domain.matching.solution import NOBODY, Solution, Whole

VARIANTS = 10
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
        other = solve_again(regrid(grid, rules), locked, proposal.left_out)
        solid &= {(pair.mentee, pair.mentor) for pair in other.pairs}
        if not solid:
            break
    return frozenset(solid)


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


def place_gains(proposal: Proposal, progress: Progress = no_progress) -> list[tuple[int, int, int]]:
    """What one more place with each mentor would gain: (mentor, people, points), the most first.

    The least dual price of a place is exactly that, under the guard floor as it is; where somebody
    could be matched only below it, and where there are rounds or limits, it is tried. Points are
    of a thousand.
    """
    if not proposal.rounds:
        return []
    open_ = [
        person.id for person in proposal.grid.pool.mentors if person.id not in proposal.left_out
    ]
    gains = _dual_gains(proposal) if is_plain(proposal) else dict.fromkeys(open_)
    found = []
    for at, (mentor, gain) in enumerate(gains.items()):
        progress(at, len(gains))
        if gain is None:
            people, points = cost(with_place(proposal, mentor), proposal)
            gain = people, points
        found.append((mentor, *gain))
    return sorted(
        (one for one in found if one[1:] > (0, 0)), key=lambda one: (one[1], one[2]), reverse=True
    )


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


def floor_cost(proposal: Proposal) -> FloorCost:
    """What the rules of a proposal would give without the guard floor, against what they give."""
    sides = []
    for is_on in (True, False):
        rules = replace(proposal.grid.rules, guard_floor=is_on)
        grid = replace(proposal.grid, rules=rules)
        sides.append(
            proposal
            if rules == proposal.grid.rules
            else solve_again(grid, sorted(proposal.locked), proposal.left_out)
        )
    people, points = cost(sides[1], sides[0])
    lowest, without = (min((pair.score for pair in one.pairs), default=0) for one in sides)
    return FloorCost(lowest, without, people, points)
