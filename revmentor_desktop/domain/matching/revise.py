"""A proposal after one change by hand: the best answer to it, with as little moved as need be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from revmentor_desktop.domain.matching import edits
from revmentor_desktop.domain.matching.grid import Grid, ProposedPair, regrid
from revmentor_desktop.domain.matching.limits import SECONDS
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.propose import (
    Proposal,
    Round,
    assemble,
    cost_of_locks,
    lost,
    lowest,
    solve_again,
)
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.solution import NOBODY, Solution
from revmentor_desktop.domain.matching.solve import floor_stands
from revmentor_desktop.domain.matching.ties import settled

FINAL = Rule.SELF | Rule.DECLINED | Rule.NOT_ASKED
"""Nobody is asked about these again."""


@dataclass(frozen=True, slots=True)
class Option:
    """Another mentor for a mentee, and what the choice would cost everybody together.

    ``people``: how many more would wait; ``points``: of a thousand, how much less the scores sum
    to. Both may be below 0 where the pair goes against a rule or the guard floor.
    """

    pair: ProposedPair
    people: int
    points: int
    is_current: bool


def options(proposal: Proposal, mentee: int, most: int = 12) -> list[Option]:
    """The mentors for a mentee, allowed ones first, by what each would cost.

    Chosen by one search for all of them; the cost of each is exact. Who is locked to a partner can
    have another instead, at what it costs against the lock. With limits over both roles each is
    tried, so there are only as many as a second allows, and at least the first.
    """
    free = proposal
    if _at(proposal, mentee) is None and any(mentee == one for one, _m in proposal.locked):
        locked = sorted(couple for couple in proposal.locked if couple[0] != mentee)
        free = _again(proposal, locked)
    found = _at(free, mentee)
    if found is None:
        return []
    one, row = found
    grid, at = proposal.grid, one.rows[row]
    choice = edits.alternatives(one.solution, grid.total[at], row)
    best: dict[int, int] = {}
    for place in np.argsort(choice.regret, kind="stable").tolist():
        column = int(one.solution.columns[place])
        is_final = int(grid.forbidden[at, column]) & FINAL
        if choice.regret[place] < FAR and not is_final and column not in best:
            best[column] = place
    order = sorted(best, key=lambda column: grid.forbidden[at, column] != 0)[:most]
    current = {grid.columns[pair.mentor] for pair in proposal.pairs if pair.mentee == mentee}
    told, until = [], monotonic() + SECONDS
    for pair, column in zip(grid.pairs([(at, c) for c in order]), order, strict=True):
        cost = _cost(proposal, free, one, choice, best[column])
        told.append(Option(pair, *cost, column in current))
        if proposal.has_limits and monotonic() > until:
            break
    return sorted(told, key=lambda option: (not option.is_current, *_order(proposal, option)))


def _order(proposal: Proposal, option: Option) -> tuple[int, int, int]:
    bits = option.pair.broken & ~proposal.grid.rules.preferred
    return bits != 0, option.people, option.points


def _cost(
    proposal: Proposal, free: Proposal, one: Round, choice: edits.Alternatives, place: int
) -> tuple[int, int]:
    """What a choice costs: its regret, unless more hangs on it than this one assignment.

    ``free``: the proposal in which the mentee is not locked, of which ``one`` is a round.
    """
    grid, at = proposal.grid, one.rows[choice.row]
    column = int(one.solution.columns[place])
    couple = grid.pool.mentees[at].id, grid.pool.mentors[column].id
    locked = sorted({*free.locked, couple})
    if is_plain(free):
        solution = edits.lock(one.solution, choice, place, int(grid.total[at, column]))
        if _has_its_floor(grid, replace(one, solution=solution), locked):
            people, points = one.solution.split(int(choice.regret[place]))
            return lost(proposal, len(free.pairs) - people, free.total - points)
    return cost_of_locks(proposal, _only(proposal, locked, *couple))


def with_rules(proposal: Proposal, rules: Rules) -> Proposal:
    """The same people under other rules or weights; what is locked or left out stays so."""
    return _again(replace(proposal, grid=regrid(proposal.grid, rules)), proposal.locked)


def with_lock(proposal: Proposal, mentee: int, mentor: int) -> Proposal:
    """These two are a pair, whatever forbids it, and everybody else makes the best of it.

    Each needs a place (ValueError); older locks that leave them none are given up.
    """
    proposal = replace(proposal, left_out=proposal.left_out - {mentee, mentor})
    locked = sorted({*proposal.locked, (mentee, mentor)})
    found = _at(proposal, mentee)
    if found is None or not is_plain(proposal) or mentor not in proposal.grid.columns:
        return _again(proposal, _only(proposal, locked, mentee, mentor))
    one, row = found
    grid, column = proposal.grid, proposal.grid.columns[mentor]
    places = np.flatnonzero(one.solution.columns == column)
    only = int(places[0]) if places.size == 1 else None
    choice = edits.alternatives(one.solution, grid.total[one.rows[row]], row, only)
    place = int(places[choice.regret[places].argmin()]) if places.size else -1
    if place < 0 or choice.regret[place] >= FAR:
        return _again(proposal, _only(proposal, locked, mentee, mentor))
    score = int(grid.total[one.rows[row], column])
    solution = edits.lock(one.solution, choice, place, score)
    return _revised(proposal, one, solution, locked)


def ruled_out(proposal: Proposal, mentee: int, mentor: int) -> Proposal:
    """These two are not to be a pair."""
    grid = proposal.grid
    row, column = grid.rows[mentee], grid.columns[mentor]
    aside_now = grid.cells.mark([(mentee, mentor)]).T
    breaches = grid.breaches | aside_now * np.uint16(Rule.ASIDE)
    aside = grid.pool.aside | {frozenset({mentee, mentor})}
    proposal = replace(
        proposal, grid=replace(grid, breaches=breaches, pool=replace(grid.pool, aside=aside))
    )
    found = _at(proposal, mentee)
    locked = sorted(proposal.locked - {(mentee, mentor)})
    if found is None or not is_plain(proposal) or (row, column) not in found[0].cells:
        return _again(proposal, locked)
    one, at = found
    return _revised(proposal, one, edits.forbid(one.solution, at, column), locked)


def with_place(proposal: Proposal, mentor: int) -> Proposal:
    """One more place with this mentor."""
    grid = proposal.grid
    column = grid.columns[mentor]
    mentors = list(grid.pool.mentors)
    mentors[column] = replace(mentors[column], places=mentors[column].places + 1)
    proposal = replace(proposal, grid=replace(grid, pool=replace(grid.pool, mentors=mentors)))
    is_edit = is_plain(proposal) and mentor not in proposal.left_out
    if not is_edit or column not in proposal.rounds[0].solution.columns:
        return _again(proposal, proposal.locked)
    one = proposal.rounds[0]
    solution = edits.add_place(one.solution, column)
    return _revised(proposal, one, solution, sorted(proposal.locked))


def left_out(proposal: Proposal, person: int) -> Proposal:
    """This person is left out of the matching."""
    grid = proposal.grid
    out = proposal.left_out | {person}
    locked = sorted(couple for couple in proposal.locked if person not in couple)
    proposal = replace(proposal, left_out=out)
    if len(locked) < len(proposal.locked) or not is_plain(proposal):
        return _again(proposal, locked)
    one = proposal.rounds[0]
    solution = one.solution
    if person in grid.rows and grid.rows[person] in one.rows:
        solution = edits.withdraw_row(solution, list(one.rows).index(grid.rows[person]))
    if person in grid.columns:
        solution = edits.withdraw_column(solution, grid.columns[person])
    return _revised(proposal, one, solution, locked)


def _again(proposal: Proposal, locked: Iterable[tuple[int, int]]) -> Proposal:
    return solve_again(proposal.grid, sorted(locked), proposal.left_out)


def _revised(
    proposal: Proposal, one: Round, solution: Solution, locked: Sequence[tuple[int, int]]
) -> Proposal:
    """The edited solution; solved anew where the guard floor is not any more what it was."""
    changed = replace(one, solution=settled(solution))
    if not _has_its_floor(proposal.grid, changed, locked):
        return _again(proposal, locked)
    return assemble(proposal.grid, (changed,), locked, proposal.exact, proposal.left_out)


def _has_its_floor(grid: Grid, one: Round, locked: Iterable[tuple[int, int]]) -> bool:
    if one.solution.floor is None and not grid.rules.guard_floor:
        return True
    mates = np.where(one.solution.open_rows, one.solution.mates, NOBODY)
    scores, allowed = one.of_places(grid.total), one.allowed(grid.allowed)
    enough = lowest(grid, ((grid.rows[mentee], grid.columns[mentor]) for mentee, mentor in locked))
    return floor_stands(scores, allowed, mates, one.solution.floor, enough)


def is_plain(proposal: Proposal) -> bool:
    """One round and no limits over both roles: a single assignment problem."""
    return len(proposal.rounds) == 1 and not proposal.has_limits


def _at(proposal: Proposal, mentee: int) -> tuple[Round, int] | None:
    """The round in which a mentee may still be moved, and the row there."""
    row = proposal.grid.rows.get(mentee)
    for one in proposal.rounds:
        if row is not None and row in one.rows:
            at = list(one.rows).index(row)
            if at not in one.solution.closed_rows:
                return one, at
    return None


def _only(
    proposal: Proposal, locked: Sequence[tuple[int, int]], mentee: int, mentor: int
) -> list[tuple[int, int]]:
    """The locks without those that leave no room for the newest."""
    pool = proposal.grid.pool
    room = {p.id: p.places for p in pool.mentees}, {p.id: p.places for p in pool.mentors}
    kept = [(mentee, mentor)]
    for couple in locked:
        more = [*kept, couple]
        has_room = all(
            sum(one[at] == couple[at] for one in more) <= room[at][couple[at]]
            and sum(couple[at] in one for one in more) <= pool.limits.get(couple[at], len(more))
            for at in (0, 1)
        )
        if has_room and couple not in kept and couple[::-1] not in kept:
            kept = more
    return kept
