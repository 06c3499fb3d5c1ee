"""A proposal after one change by hand: the best answer to it, with as little moved as need be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from revmentor_desktop.domain.matching import edits
from revmentor_desktop.domain.matching.augment import extended
from revmentor_desktop.domain.matching.grid import ProposedPair, regrid
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.propose import Proposal, Round, assemble, solve_again
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.solution import Solution
from revmentor_desktop.domain.matching.solve import best_floor


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
    """The mentors for a mentee by what each would cost; exact, by one search for all of them."""
    found = _at(proposal, mentee)
    if found is None:
        return []
    one, row = found
    grid, at = proposal.grid, one.rows[row]
    regret = edits.alternatives(one.solution, grid.total[at], row).regret
    best: dict[int, int] = {}
    for place in np.argsort(regret, kind="stable").tolist():
        column = int(one.solution.columns[place])
        bits = int(grid.forbidden[at, column])
        if regret[place] < FAR and not bits & Rule.SELF and column not in best:
            best[column] = int(regret[place])
    order = sorted(best, key=lambda c: (int(grid.forbidden[at, c]) != 0, best[c]))[:most]
    current = {column for cell, column in one.cells if cell == at}
    pairs = grid.pairs([(at, column) for column in order])
    everything = grid.rules.everything
    told = []
    for pair, column in zip(pairs, order, strict=True):
        people, points = one.solution.split(best[column])
        told.append(Option(pair, people, -(-points // everything), column in current))
    return told


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
    if found is None or not _is_plain(proposal) or mentor not in proposal.grid.columns:
        return _again(proposal, _only(proposal, locked, mentee, mentor))
    one, row = found
    grid, column = proposal.grid, proposal.grid.columns[mentor]
    choice = edits.alternatives(one.solution, grid.total[one.rows[row]], row)
    places = np.flatnonzero(one.solution.columns == column)
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
    if found is None or not _is_plain(proposal) or (row, column) not in found[0].cells:
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
    if not _is_plain(proposal) or column not in proposal.rounds[0].solution.columns:
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
    if len(locked) < len(proposal.locked) or not _is_plain(proposal):
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
    """The edited solution; solved anew where the guard floor is another one now."""
    changed = replace(one, solution=solution)
    if solution.floor is not None and _floor(proposal, changed) != solution.floor:
        return _again(proposal, locked)
    return assemble(proposal.grid, (changed,), locked, proposal.exact, proposal.left_out)


def _floor(proposal: Proposal, one: Round) -> int | None:
    """The guard floor of what is open: all but the locked pairs and who is left out."""
    allowed = one.allowed(proposal.grid.allowed)
    most = extended(allowed, one.solution.mates)
    if (most < 0).all():
        return None
    return best_floor(one.of_places(proposal.grid.total), allowed, most)


def _is_plain(proposal: Proposal) -> bool:
    """One round and no limits over both roles: a single assignment problem.

    Where a mentee has room for two, a change could make a second round worth while.
    """
    several = any(person.places > 1 for person in proposal.grid.pool.mentees)
    return len(proposal.rounds) == 1 and not several and not proposal.has_limits


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
    room = {p.id: p.places for p in proposal.grid.pool.mentees}
    seats = {p.id: p.places for p in proposal.grid.pool.mentors}
    kept = [(mentee, mentor)]
    for couple in locked:
        of_mentee = sum(couple[0] == one for one, _other in kept)
        of_mentor = sum(couple[1] == other for _one, other in kept)
        if couple not in kept and of_mentee < room[couple[0]] and of_mentor < seats[couple[1]]:
            kept.append(couple)
    return kept
