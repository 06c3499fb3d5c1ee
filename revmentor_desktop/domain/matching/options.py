"""Another partner for somebody, mentee or mentor, and what the choice would cost everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

import numpy as np

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching import edits
from revmentor_desktop.domain.matching.duals import Certificate
from revmentor_desktop.domain.matching.grid import Grid, ProposedPair
from revmentor_desktop.domain.matching.paths import FAR
from revmentor_desktop.domain.matching.propose import (
    Locks,
    Proposal,
    Round,
    lost,
    solve_again,
)
from revmentor_desktop.domain.matching.revise import counted, has_its_floor, is_plain, with_newest
from revmentor_desktop.domain.matching.rules import Rule
from revmentor_desktop.domain.matching.solution import Cell, Solution, Whole

FINAL = Rule.SELF | Rule.DECLINED | Rule.NOT_ASKED
"""Nobody is asked about these again."""
SECONDS = 3.0
"""For a whole list in which every choice has to be tried."""


@dataclass(frozen=True, slots=True)
class Option:
    """Another partner, and what the choice would cost everybody together.

    ``people``: how many more would wait; ``points``: of a thousand, how much less the scores sum
    to. Both may be below 0 where the pair goes against a rule or the guard floor. Not ``exact``
    where limits over both roles left no time for the best answer: the cost may be less.
    """

    pair: ProposedPair
    people: int
    points: int
    is_current: bool
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """The cheapest choices, allowed ones first; ``tried`` of ``possible`` partners were priced.

    Where the cost of each is found by one search, only those that are shown need be priced: then
    both are the same.
    """

    found: tuple[Option, ...]
    tried: int
    possible: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A cell of the grid, what it costs in its round, and the round's solution if it is chosen."""

    cell: Cell
    regret: int
    one: Round
    after: Callable[[], Solution]


def options(
    proposal: Proposal,
    person: int,
    most: int = 12,
    *,
    is_mentor: bool = False,
    locked: Locks | None = None,
    seconds: float = SECONDS,
    progress: Progress = no_progress,
) -> Options:
    """The partners that somebody could have in a role, by what each would cost; exactly that.

    Who is locked to as many as they have places can have another instead of the first that was
    locked. ``locked``: the locks in the order in which they were made. With several partners to
    get, or limits over both roles, each is tried, as many as ``seconds`` allow.
    """
    order = sorted(proposal.locked) if locked is None else locked
    free = _freed(proposal, order, person, is_mentor)
    grid, current = proposal.grid, {(pair.mentee, pair.mentor) for pair in proposal.pairs}
    candidates = [
        one
        for one in _candidates(free, person, is_mentor)
        if one.regret < FAR and not int(grid.forbidden[one.cell]) & FINAL
    ]
    candidates.sort(key=lambda one: (not grid.allowed[one.cell], one.regret))
    possible, until = len(candidates), monotonic() + seconds
    if is_plain(free):
        candidates = candidates[:most]
        possible = len(candidates)
    told = []
    for at, one in enumerate(candidates):
        progress(at, len(candidates))
        if at and monotonic() > until:
            break
        [pair] = grid.pairs([one.cell])
        cost, exact = _cost(proposal, free, order, one, progress)
        told.append(Option(pair, *cost, (pair.mentee, pair.mentor) in current, exact))
    preferred = grid.rules.preferred
    told.sort(
        key=lambda option: (
            not option.is_current,
            option.pair.broken & ~preferred != 0,
            option.people,
            option.points,
        )
    )
    return Options(tuple(told[:most]), len(told), possible)


def _freed(proposal: Proposal, locked: Locks, person: int, is_mentor: bool) -> Proposal:
    """The proposal in which this person has a place that is not locked."""
    own = [couple for couple in locked if couple[is_mentor] == person]
    if not own or any(True for _place in _places(proposal, person, is_mentor)):
        return proposal
    rest = [couple for couple in locked if couple != own[0]]
    return solve_again(proposal.grid, rest, proposal.left_out)


def _places(proposal: Proposal, person: int, is_mentor: bool) -> Iterator[tuple[Round, int]]:
    """The rounds in which somebody may still be moved, and the row there or a place.

    Of places that nobody has, one stands for all.
    """
    grid = proposal.grid
    at = (grid.columns if is_mentor else grid.rows).get(person)
    for one in proposal.rounds if at is not None else ():
        solution = one.solution
        if not is_mentor:
            rows = [row for row, own in enumerate(one.rows) if own == at]
            yield from ((one, row) for row in rows if row not in solution.closed_rows)
            continue
        places = np.flatnonzero((solution.columns == at) & solution.open_places)
        owners = solution.owners[places]
        for place in (*places[owners >= 0], *places[owners < 0][:1]):
            yield one, int(place)


def _candidates(proposal: Proposal, person: int, is_mentor: bool) -> Sequence[_Candidate]:
    """Everybody on the other side, each in the place and round where it costs least."""
    best: dict[Cell, _Candidate] = {}
    of_one = _of_mentor if is_mentor else _of_mentee
    for one, at in _places(proposal, person, is_mentor):
        for found in of_one(proposal.grid, one, at):
            known = best.get(found.cell)
            if known is None or (known.one is one and found.regret < known.regret):
                best[found.cell] = found
    return list(best.values())


def _of_mentee(grid: Grid, one: Round, row: int) -> Iterator[_Candidate]:
    solution, at = one.solution, one.rows[row]
    choice = edits.alternatives(solution, grid.total[at], row)
    for place, column in enumerate(solution.columns.tolist()):
        score = int(grid.total[at, column])
        after = partial(edits.lock, solution, choice, place, score)
        yield _Candidate((at, column), int(choice.regret[place]), one, after)


def _of_mentor(grid: Grid, one: Round, place: int) -> Iterator[_Candidate]:
    """The same question with mentees and places changed about."""
    solution, column = one.solution, int(one.solution.columns[place])
    scores = grid.total[list(one.rows), column]
    turned = _turned(solution, np.arange(len(one.rows)))
    choice = edits.alternatives(turned, scores, place)
    for row, at in enumerate(one.rows):
        after = partial(_locked, turned, choice, row, int(scores[row]), solution.columns)
        yield _Candidate((at, column), int(choice.regret[row]), one, after)


def _locked(
    turned: Solution, choice: edits.Alternatives, row: int, score: int, columns: Whole
) -> Solution:
    return _turned(edits.lock(turned, choice, row, score), columns)


def _turned(solution: Solution, columns: Whole) -> Solution:
    """The same answer with rows and places changed about; its prices prove it as well."""
    return replace(
        solution,
        weights=solution.weights.T,
        columns=columns,
        mates=solution.owners,
        prices=Certificate(solution.prices.columns, solution.prices.rows),
        codes=solution.codes[::-1],
        closed_rows=solution.closed_places,
        closed_places=solution.closed_rows,
        barred=frozenset((place, row) for row, place in solution.barred),
    )


def _cost(
    proposal: Proposal, free: Proposal, locked: Locks, chosen: _Candidate, progress: Progress
) -> tuple[tuple[int, int], bool]:
    """What a choice costs, and whether that is exact: its regret, unless more hangs on it.

    ``free``: the proposal in which the person is not locked, whose rounds were asked.
    """
    grid, one = proposal.grid, chosen.one
    couple = grid.pool.mentees[chosen.cell[0]].id, grid.pool.mentors[chosen.cell[1]].id
    kept = with_newest(grid.pool, locked, *couple)
    if is_plain(free) and has_its_floor(grid, replace(one, solution=chosen.after()), kept):
        people, points = one.solution.split(chosen.regret)
        return lost(proposal, len(free.pairs) - people, free.total - points), True
    pairs, total, exact = counted(grid, kept, proposal.left_out, progress)
    return lost(proposal, pairs, total), exact
