"""Every mentee with every mentor: what each pair would score, and which rules it would break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching import scores
from revmentor_desktop.domain.matching.cells import Cells, encode
from revmentor_desktop.domain.matching.mask import Mask, mask
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.reasons import Facts, facts_between
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.matching.solution import Codes


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two people with what speaks for them.

    ``score`` 0..1000, below 0 where preferences cost more than speaks for the two; ``parts`` sum
    to it times the weight of all criteria, before it is rounded down; ``known`` percent, and
    ``known_parts`` the criteria that are known; ``broken`` the bits of rules that it goes against.
    """

    mentee: int
    mentor: int
    score: int
    parts: Mapping[str, int]
    known: int
    known_parts: frozenset[str]
    facts: Facts
    broken: int = 0


@dataclass(frozen=True)
class Grid:
    """Mentees are rows and mentors columns, in the order in which ties fall.

    ``breaches``: bits of the rules that a cell goes against, in force or not; ``total``: scores
    times ``rules.everything``.
    """

    pool: Pool
    rules: Rules
    cells: Cells
    breaches: Mask
    total: NDArray[np.int32]

    @cached_property
    def broken(self) -> Mask:
        """The rules in force that a cell goes against."""
        return self.breaches & np.uint16(self.rules.in_force)

    @cached_property
    def forbidden(self) -> Mask:
        """The rules that forbid a cell, without those that are only preferred."""
        return self.broken & np.uint16(~self.rules.preferred & 0xFFFF)

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """The cells that no rule forbids."""
        return np.asarray(self.forbidden == 0, np.bool_)

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """Where a mentee is, by staff id."""
        return {person.id: at for at, person in enumerate(self.pool.mentees)}

    @cached_property
    def columns(self) -> Mapping[int, int]:
        """Where a mentor is, by staff id."""
        return {person.id: at for at, person in enumerate(self.pool.mentors)}

    @property
    def codes(self) -> tuple[Codes, Codes]:
        """A number for the stable key of each mentee and each mentor."""
        return self.cells.mentees.codes, self.cells.mentors.codes

    def turned(self, cells: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """The cells in which the two of a cell would have changed roles, where there are such."""
        found = set()
        for row, column in cells:
            mentee, mentor = self.pool.mentees[row].id, self.pool.mentors[column].id
            if mentor in self.rows and mentee in self.columns:
                found.add((self.rows[mentor], self.columns[mentee]))
        return found

    def score(self, row: int, column: int) -> int:
        """The score of a cell, of a thousand."""
        return int(self.total[row, column]) // self.rules.everything

    def pairs(self, found: Sequence[tuple[int, int]]) -> list[ProposedPair]:
        """The people of some cells, proposed or not: what speaks for them, what forbids them."""
        if not found:
            return []
        rows, columns = (np.array(side, np.int64) for side in zip(*found, strict=True))
        chosen = replace(self.cells, rows=rows, columns=columns)
        broken = self.broken[rows, columns]
        everything = self.rules.everything
        told = scores.explain(self.pool, self.rules, chosen, broken)
        strangers, met_known = scores.met(chosen, self.pool, self.rules)
        parts = {name: part.tolist() for name, part in told.parts.items()}
        known = {name: marks.tolist() for name, marks in told.known.items()}
        total, share = told.total.tolist(), told.share.tolist()
        return [
            ProposedPair(
                mentee=self.pool.mentees[row].id,
                mentor=self.pool.mentors[column].id,
                score=total[at] // everything,
                parts={name: part[at] for name, part in parts.items() if part[at]},
                known=share[at],
                known_parts=frozenset(name for name, marks in known.items() if marks[at]),
                facts=facts_between(
                    self.pool.mentees[row],
                    self.pool.mentors[column],
                    not strangers[at] if met_known[at] else None,
                ),
                broken=int(broken[at]),
            )
            for at, (row, column) in enumerate(found)
        ]


def make_grid(pool: Pool, rules: Rules) -> Grid:
    """Rules and scores of a pool."""
    rules = _that_count(rules, pool)
    ordered, cells = encode(pool)
    breaches = mask(ordered, rules, cells)
    total = scores.total(ordered, rules, cells, breaches)
    return Grid(ordered, rules, cells, breaches.T, total.T)


def regrid(grid: Grid, rules: Rules) -> Grid:
    """The same people under other rules; only what the change touches is computed anew."""
    rules = _that_count(rules, grid.pool)
    breaches, total = grid.breaches, grid.total
    if _reach(rules) != _reach(grid.rules):
        breaches = mask(grid.pool, rules, grid.cells).T
    if breaches is not grid.breaches or _scored(rules) != _scored(grid.rules):
        total = scores.total(grid.pool, rules, grid.cells, breaches.T).T
    return replace(grid, rules=rules, breaches=breaches, total=total)


def _that_count(rules: Rules, pool: Pool) -> Rules:
    """Where nobody has wished for anybody, wishes do not count, or every score would lack them.

    Nor does who has met where nobody has said whom they met.
    """
    people = (*pool.mentees, *pool.mentors)
    if not any(person.wishes for person in people):
        rules = replace(rules, weight_wishes=0)
    ids = {person.id for person in people}
    if all(couple.isdisjoint(ids) for couple in pool.met):
        rules = replace(rules, weight_met=0)
    return rules


def _reach(rules: Rules) -> tuple[int, ...]:
    """What decides which rules a cell goes against."""
    return rules.manager_depth, rules.level_gap, rules.tenure_gap_years


def _scored(rules: Rules) -> tuple[object, ...]:
    """What decides the scores, beside what a cell goes against."""
    return rules.weights, rules.best_distance, rules.preferred & rules.in_force
