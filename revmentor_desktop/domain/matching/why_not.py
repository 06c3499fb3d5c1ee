"""Why two people are not a pair, and what it would cost whom if they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.grid import ProposedPair
from revmentor_desktop.domain.matching.propose import Proposal, cost
from revmentor_desktop.domain.matching.revise import with_lock
from revmentor_desktop.domain.matching.rules import ALWAYS


class Answer(Enum):
    """What stands between two people."""

    ABSENT = auto()
    """``who`` take no part, or have no place left."""
    SAME_ROLE = auto()
    """Both are mentees, or both mentors."""
    LEFT_OUT = auto()
    """``who`` are left out of this matching by hand."""
    RULES = auto()
    """Rules forbid it: the pair's ``broken``. The cost is that of an exception."""
    FLOOR = auto()
    """The pair scores less than the worst pair needs to score."""
    COST = auto()
    """It is allowed, but together with the others something is better, or as good."""
    PAIR = auto()
    """They are a pair."""


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee whose partners change: mentors before and after, by id."""

    mentee: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer for two people.

    ``pair``: what speaks for them, None where they are on no two sides. ``people``: how many more
    mentees would wait were they a pair, ``points``: how much less the scores sum to, of a thousand;
    both can be below 0 where a rule or the guard floor stands between them. ``moves``: who else
    would change partners, and they themselves.
    """

    answer: Answer
    who: tuple[int, ...] = ()
    pair: ProposedPair | None = None
    people: int = 0
    points: int = 0
    moves: tuple[Move, ...] = ()


def why_not(proposal: Proposal, one: int, other: int, progress: Progress = no_progress) -> WhyNot:
    """Why two people (ids) are not a pair; the first as mentee, unless only the other can be."""
    grid = proposal.grid
    absent = tuple(id_ for id_ in (one, other) if id_ not in grid.rows and id_ not in grid.columns)
    if absent:
        return WhyNot(Answer.ABSENT, absent)
    couples = [
        (mentee, mentor)
        for mentee, mentor in ((one, other), (other, one))
        if mentee in grid.rows and mentor in grid.columns
    ]
    if not couples:
        return WhyNot(Answer.SAME_ROLE)
    return _of_couple(proposal, *couples[0], progress)


def _of_couple(proposal: Proposal, mentee: int, mentor: int, progress: Progress) -> WhyNot:
    grid = proposal.grid
    cell = grid.rows[mentee], grid.columns[mentor]
    [pair] = grid.pairs([cell])
    if any((one.mentee, one.mentor) == (mentee, mentor) for one in proposal.pairs):
        return WhyNot(Answer.PAIR, pair=pair)
    out = tuple(id_ for id_ in (mentee, mentor) if id_ in proposal.left_out)
    if out:
        return WhyNot(Answer.LEFT_OUT, out, pair)
    people = (grid.pool.mentees[cell[0]], grid.pool.mentors[cell[1]])
    full = tuple(p.id for p in people if min(p.places, grid.pool.limits.get(p.id, 1)) < 1)
    if full:
        return WhyNot(Answer.ABSENT, full, pair)
    forbidden = int(grid.forbidden[cell])
    if forbidden & ALWAYS:
        return WhyNot(Answer.RULES, pair=pair)
    after = with_lock(proposal, mentee, mentor, progress)
    waiting, points = cost(proposal, after)
    floors = [r.solution.floor for r in proposal.rounds if cell[0] in r.rows]
    is_low = any(floor is not None and grid.total[cell] < floor for floor in floors)
    answer = Answer.RULES if forbidden else Answer.FLOOR if is_low else Answer.COST
    return WhyNot(answer, (), pair, waiting, points, moves(proposal, after))


def moves(before: Proposal, after: Proposal) -> tuple[Move, ...]:
    """The mentees whose partners are others in the second proposal, in the order of ties."""
    old, new = _partners(before), _partners(after)
    return tuple(
        Move(person.id, old[person.id], new[person.id])
        for person in before.grid.pool.mentees
        if set(old[person.id]) != set(new[person.id])
    )


def _partners(proposal: Proposal) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for pair in proposal.pairs:
        found[pair.mentee] += (pair.mentor,)
    return found
