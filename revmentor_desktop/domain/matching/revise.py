"""A proposal after one change by hand: the best answer to it, with as little moved as need be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching import edits
from revmentor_desktop.domain.matching.grid import Grid, regrid
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.propose import (
    Locks,
    Proposal,
    Round,
    assemble,
    lowest,
    solve_again,
    solve_rounds,
)
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.solution import NOBODY, Solution
from revmentor_desktop.domain.matching.solve import floor_stands
from revmentor_desktop.domain.matching.ties import settled


def with_rules(proposal: Proposal, rules: Rules, progress: Progress = no_progress) -> Proposal:
    """The same people under other rules or weights; what is locked or left out stays so."""
    proposal = replace(proposal, grid=regrid(proposal.grid, rules))
    return _again(proposal, proposal.locked, progress)


def with_lock(
    proposal: Proposal, mentee: int, mentor: int, progress: Progress = no_progress
) -> Proposal:
    """These two are a pair, whatever forbids it, and everybody else makes the best of it.

    Each needs a place (ValueError); older locks that leave them none are given up.
    """
    proposal = replace(proposal, left_out=proposal.left_out - {mentee, mentor})
    locked = sorted({*proposal.locked, (mentee, mentor)})
    found = _at(proposal, mentee)
    if found is None or not is_plain(proposal) or mentor not in proposal.grid.columns:
        kept = with_newest(proposal.grid.pool, locked, mentee, mentor)
        return _again(proposal, kept, progress)
    one, row = found
    grid, column = proposal.grid, proposal.grid.columns[mentor]
    places = np.flatnonzero(one.solution.columns == column)
    only = int(places[0]) if places.size == 1 else None
    choice = edits.alternatives(one.solution, grid.total[one.rows[row]], row, only)
    place = int(places[choice.regret[places].argmin()]) if places.size else -1
    if place < 0 or choice.regret[place] >= FAR:
        kept = with_newest(proposal.grid.pool, locked, mentee, mentor)
        return _again(proposal, kept, progress)
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
    grid, column = proposal.grid, proposal.grid.columns[mentor]
    proposal = replace(proposal, grid=replace(grid, pool=one_more_place(grid.pool, mentor)))
    is_edit = is_plain(proposal) and mentor not in proposal.left_out
    if not is_edit or column not in proposal.rounds[0].solution.columns:
        return _again(proposal, proposal.locked)
    one = proposal.rounds[0]
    solution = edits.add_place(one.solution, column)
    return _revised(proposal, one, solution, sorted(proposal.locked))


def one_more_place(pool: Pool, person: int) -> Pool:
    """The same people, one of whom can have one more partner, in whichever role."""
    mentees, mentors = (
        [replace(one, places=one.places + 1) if one.id == person else one for one in side]
        for side in (pool.mentees, pool.mentors)
    )
    limits = {id_: most + (id_ == person) for id_, most in pool.limits.items()}
    return replace(pool, mentees=mentees, mentors=mentors, limits=limits)


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


def counted(
    grid: Grid, locked: Locks, left_out: frozenset[int], progress: Progress = no_progress
) -> tuple[int, int, bool]:
    """How many pairs a new solve finds, their total, and whether it is known to be the best.

    Nothing is put into words, for one of many proposals that are only compared with another.
    """
    rounds, exact = solve_rounds(grid, locked, left_out, progress=progress)
    cells = {(grid.rows[mentee], grid.columns[mentor]) for mentee, mentor in locked}
    cells |= {cell for one in rounds for cell in one.cells}
    return len(cells), sum(int(grid.total[cell]) for cell in cells), exact


def _again(
    proposal: Proposal, locked: Iterable[tuple[int, int]], progress: Progress = no_progress
) -> Proposal:
    return solve_again(proposal.grid, sorted(locked), proposal.left_out, progress=progress)


def _revised(
    proposal: Proposal, one: Round, solution: Solution, locked: Sequence[tuple[int, int]]
) -> Proposal:
    """The edited solution; solved anew where the guard floor is not any more what it was."""
    changed = replace(one, solution=settled(solution))
    if not has_its_floor(proposal.grid, changed, locked):
        return _again(proposal, locked)
    return assemble(proposal.grid, (changed,), locked, proposal.exact, proposal.left_out)


def has_its_floor(grid: Grid, one: Round, locked: Iterable[tuple[int, int]]) -> bool:
    """Whether the guard floor of a round is still what a new solve would find."""
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


def with_newest(pool: Pool, locked: Locks, mentee: int, mentor: int) -> list[tuple[int, int]]:
    """One more lock before those in their order, without the oldest that leave it no room."""
    room = {p.id: p.places for p in pool.mentees}, {p.id: p.places for p in pool.mentors}
    kept = [(mentee, mentor)]
    for couple in reversed(locked):
        more = [*kept, couple]
        has_room = all(
            sum(one[at] == couple[at] for one in more) <= room[at][couple[at]]
            and sum(couple[at] in one for one in more) <= pool.limits.get(couple[at], len(more))
            for at in (0, 1)
        )
        if has_room and couple not in kept and couple[::-1] not in kept:
            kept = more
    return kept
