"""From a pool of people to proposed pairs with reasons, and to why somebody has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from revmentor_desktop.domain.matching.people import SEED, Person, Pool, Rules
from revmentor_desktop.domain.matching.reasons import Facts, facts_between
from revmentor_desktop.domain.matching.rules import Mask, mask
from revmentor_desktop.domain.matching.scores import Scores, score
from revmentor_desktop.domain.matching.solve import Cells, solve
from revmentor_desktop.domain.matching.waiting import Waiting, waiting


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two people with what speaks for them.

    ``score`` 0..1000; ``parts`` sum to it times the weight of all criteria, before it is rounded
    down; ``known`` percent; ``broken`` the bits of rules an exception was made for (only where
    the coordinator chose the two).
    """

    mentee: int
    mentor: int
    score: int
    parts: Mapping[str, int]
    known: int
    facts: Facts
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Every mentee (row) with every mentor (column), people in the order in which ties fall."""

    pool: Pool
    broken: Mask
    scores: Scores

    def pair(self, row: int, column: int) -> ProposedPair:
        """The two people of a cell, proposed or not: what speaks for them, what forbids them."""
        mentee, mentor = self.pool.mentees[row], self.pool.mentors[column]
        return ProposedPair(
            mentee=mentee.id,
            mentor=mentor.id,
            score=self.scores.of_thousand(row, column),
            parts={name: int(part[row, column]) for name, part in self.scores.parts.items()},
            known=int(self.scores.known[row, column]),
            facts=facts_between(mentee, mentor, self.pool),
            broken=int(self.broken[row, column]),
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """The pairs in the order of ties, who waits on either side, whether any topic was given.

    ``grid`` answers "why not these two?" without computing anything anew.
    """

    pairs: tuple[ProposedPair, ...]
    waiting_mentees: tuple[Waiting, ...]
    waiting_mentors: tuple[Waiting, ...]
    topics_known: bool
    grid: Grid = field(compare=False, repr=False)


def propose(pool: Pool, rules: Rules, locked: Sequence[tuple[int, int]] = ()) -> Proposal:
    """The best set of pairs. ``locked``: (mentee, mentor) ids that stay as they are."""
    grid = _grid(_ordered(pool), rules)
    kept = _locked_cells(grid.pool, locked)
    cells = sorted([*kept, *_free_cells(grid, rules, kept)])
    pool, broken = grid.pool, grid.broken
    return Proposal(
        tuple(grid.pair(row, column) for row, column in cells),
        waiting(pool.mentees, broken, {row for row, _column in cells}),
        waiting(pool.mentors, broken.T, {column for _row, column in cells}),
        any(p.offers or p.wants for p in (*pool.mentees, *pool.mentors)),
        grid,
    )


def check_pair(pool: Pool, rules: Rules, mentee: Person, mentor: Person) -> ProposedPair:
    """Two people of her choice: their score and reasons, and the rules that they break."""
    return _grid(replace(pool, mentees=[mentee], mentors=[mentor]), rules).pair(0, 0)


def _grid(pool: Pool, rules: Rules) -> Grid:
    return Grid(pool, mask(pool, rules), score(pool, rules))


def _locked_cells(pool: Pool, locked: Sequence[tuple[int, int]]) -> Cells:
    """The cells of locked pairs. Someone who has left the pool is passed over."""
    rows = {person.id: at for at, person in enumerate(pool.mentees)}
    columns = {person.id: at for at, person in enumerate(pool.mentors)}
    kept = [(rows[m], columns[n]) for m, n in dict.fromkeys(locked) if m in rows and n in columns]
    if len({row for row, _column in kept}) < len(kept):
        raise ValueError("a mentee is locked to two mentors")
    for column, count in Counter(column for _row, column in kept).items():
        if count > pool.mentors[column].places:
            raise ValueError("more pairs are locked than a mentor has places")
    return kept


def _free_cells(grid: Grid, rules: Rules, kept: Cells) -> Cells:
    """The best pairs of everybody who is not locked, for the places that are left."""
    taken = {row for row, _column in kept}
    free = [row for row in range(len(grid.pool.mentees)) if row not in taken]
    places = [person.places for person in grid.pool.mentors]
    for _row, column in kept:
        places[column] -= 1
    found = solve(grid.scores.total[free], (grid.broken == 0)[free], places, rules.guard_floor)
    return [(free[row], column) for row, column in found]


def _ordered(pool: Pool) -> Pool:
    """By a hash of each stable key: the same people give the same pairs in any order of rows."""
    return replace(
        pool, mentees=sorted(pool.mentees, key=_place), mentors=sorted(pool.mentors, key=_place)
    )


def _place(person: Person) -> tuple[bytes, str, int]:
    # The id decides only between two people whose keys are the same.
    return blake2b(f"{SEED}:{person.key}".encode(), digest_size=16).digest(), person.key, person.id
