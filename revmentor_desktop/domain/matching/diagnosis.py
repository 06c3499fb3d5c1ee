"""Why somebody waits for a partner, and the smallest thing that would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.augment import extended, search
from revmentor_desktop.domain.matching.grid import Grid, make_grid, regrid
from revmentor_desktop.domain.matching.limits import BRIEF, SECONDS
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.propose import Proposal, Round, solve_again
from revmentor_desktop.domain.matching.rules import NEVER_WAIVED, RULE_NAMES, Rule
from revmentor_desktop.domain.matching.solution import Whole


@dataclass(frozen=True, slots=True)
class Shortage:
    """These ``people`` have no other partners than ``partners``, who have fewer ``places``.

    So one of them must wait (Hall 1935), whoever it is; one more place with any of the partners
    is enough. Ids of staff.
    """

    people: tuple[int, ...]
    partners: tuple[int, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception for two people: the bits of the rules that they go against."""

    mentee: int
    mentor: int
    rules: int


def shortage_of_mentors(proposal: Proposal, mentee: int) -> Shortage | None:
    """Why this mentee waits: who competes for which mentors.

    None where no mentor is allowed, or where it is a limit over both roles that stands in the way.
    """
    found = _waits_in(proposal, mentee)
    if found is None:
        return None
    one, row = found
    reached = search(one.allowed(proposal.grid.allowed), one.solution.owners, np.array([row]))
    places = np.flatnonzero(reached.columns)
    if not places.size or reached.free.size:
        return None
    pool = proposal.grid.pool
    return Shortage(
        tuple(pool.mentees[one.rows[row]].id for row in sorted(reached.rows.tolist())),
        tuple(pool.mentors[c].id for c in dict.fromkeys(one.solution.columns[places].tolist())),
        len(places),
    )


def shortage_of_mentees(proposal: Proposal, mentor: int) -> Shortage | None:
    """Why this mentor waits: which mentors compete for which mentees.

    None where no mentee is allowed, or where it is a limit over both roles.
    """
    if not proposal.rounds or mentor not in proposal.grid.columns:
        return None
    one = proposal.rounds[0]
    starts = np.flatnonzero(one.solution.columns == proposal.grid.columns[mentor])
    if not starts.size:
        return None
    allowed = one.allowed(proposal.grid.allowed).T
    reached = search(allowed, one.solution.mates, starts[:1])
    rows = np.flatnonzero(reached.columns)
    if not rows.size or reached.free.size:
        return None
    pool, columns = proposal.grid.pool, one.solution.columns
    return Shortage(
        tuple(dict.fromkeys(pool.mentors[c].id for c in columns[np.sort(reached.rows)].tolist())),
        tuple(pool.mentees[one.rows[row]].id for row in rows.tolist()),
        len(rows),
    )


def cheapest_waiver(proposal: Proposal, mentee: int) -> tuple[Waiver, ...] | None:
    """The fewest exceptions with which this mentee is matched and nobody loses their place.

    A shortest augmenting path in which every broken rule costs more than all scores together;
    among as few exceptions, by score. None where there is no free place to end in, or where a limit
    over both roles leaves it no effect.
    """
    found = _waits_in(proposal, mentee)
    if found is None:
        return None
    one, row = found
    grid, solution = proposal.grid, one.solution
    costs = _Costs(grid, one)
    free = solution.free_places
    if not free.any():
        return None
    distance = np.full(len(solution.columns), FAR, np.int64)
    keys, came = distance.copy(), np.full(len(solution.columns), -1, np.int64)
    at, base = row, 0
    while True:
        reached = costs.of(at) + base
        better = (reached < distance).nonzero()[0]
        distance[better] = keys[better] = reached[better]
        came[better] = at
        place = int(keys.argmin())
        base = int(keys[place])
        if base >= FAR:
            return None
        if free[place]:
            waivers = _waivers(grid, one, came, place)
            return None if proposal.has_limits and not _helps(proposal, waivers) else waivers
        keys[place] = FAR
        at = int(solution.owners[place])


def _helps(proposal: Proposal, waivers: Sequence[Waiver]) -> bool:
    """Whether more mentees have a partner with these exceptions."""
    grid = proposal.grid
    waived = dict(grid.pool.waived)
    for one in waivers:
        waived[one.mentee] = waived.get(one.mentee, 0) | one.rules
    other = make_grid(replace(grid.pool, waived=waived), grid.rules)
    after = solve_again(other, sorted(proposal.locked), proposal.left_out, BRIEF)
    return len(after.waiting_mentees) < len(proposal.waiting_mentees)


class _Costs:
    """What a row pays for each place: exceptions first, then what the total loses."""

    def __init__(self, grid: Grid, one: Round) -> None:
        self._solution, self._grid, self._one = one.solution, grid, one
        size = len(one.rows) + 1
        self._rule = 4 * size * (one.solution.base + int(grid.total.max(initial=0)) + 1)

    def of(self, row: int) -> Whole:
        solution, at = self._solution, self._one.rows[row]
        bits = self._grid.forbidden[at, solution.columns]
        weights = solution.base + self._grid.total[at, solution.columns].astype(np.int64)
        reduced = solution.prices.rows[row] + solution.prices.columns - weights
        # An allowed cell is worth less than its prices, unless it is below the guard floor.
        count = np.bitwise_count(bits).astype(np.int64)
        costs = np.where(count > 0, reduced + count * self._rule, np.maximum(reduced, 0))
        costs[(bits & np.uint16(NEVER_WAIVED)) != 0] = FAR
        costs[list(solution.closed_places)] = FAR
        closed = [column for row, column in self._one.closed if row == at]
        costs[np.isin(solution.columns, closed)] = FAR
        return np.asarray(costs)


def _waivers(grid: Grid, one: Round, came: Whole, place: int) -> tuple[Waiver, ...]:
    found = []
    while place >= 0:
        row = int(came[place])
        at, column = one.rows[row], int(one.solution.columns[place])
        if bits := int(grid.forbidden[at, column]):
            found.append(Waiver(grid.pool.mentees[at].id, grid.pool.mentors[column].id, bits))
        place = int(one.solution.mates[row])
    return tuple(reversed(found))


def unlocked_by_rule(proposal: Proposal, progress: Progress = no_progress) -> Mapping[Rule, int]:
    """For each rule how many more mentees would have a partner if it were only a preference.

    With limits over both roles each is tried, so only as many as a second allows.
    """
    if not proposal.rounds:
        return {}
    grid = proposal.grid
    found, until = {}, monotonic() + SECONDS
    for at, rule in enumerate(RULE_NAMES):
        progress(at, len(RULE_NAMES))
        if monotonic() > until:
            break
        if rule in NEVER_WAIVED or not (grid.forbidden & rule).any():
            continue
        if gained := _gained(proposal, rule, progress):
            found[rule] = gained
    return found


def _gained(proposal: Proposal, rule: Rule, progress: Progress) -> int:
    one, grid = proposal.rounds[0], proposal.grid
    without = (grid.forbidden & np.uint16(~int(rule) & 0xFFFF)) == 0
    mates = extended(one.allowed(without), one.solution.mates)
    most = int((mates >= 0).sum()) - int((one.solution.mates >= 0).sum())
    if not most or not proposal.has_limits:
        return most
    rules = replace(grid.rules, preferences=grid.rules.preferences | rule)
    locked = sorted(proposal.locked)
    other = solve_again(regrid(grid, rules), locked, proposal.left_out, BRIEF, progress)
    return len(proposal.waiting_mentees) - len(other.waiting_mentees)


def _waits_in(proposal: Proposal, mentee: int) -> tuple[Round, int] | None:
    """The round in which a mentee found nobody, and the row there."""
    row = proposal.grid.rows.get(mentee)
    for one in proposal.rounds:
        if row is not None and row in one.rows:
            at = list(one.rows).index(row)
            if one.solution.mates[at] < 0:
                return one, at
    return None
