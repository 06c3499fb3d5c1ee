"""Who could take over, should a pair break: people with a free place, without moving anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from revmentor_desktop.domain.matching.grid import ProposedPair
from revmentor_desktop.domain.matching.propose import Proposal


@dataclass(frozen=True, slots=True)
class Reserves:
    """Allowed pairs with people who are free, the best first, for each side of a pair."""

    for_mentee: tuple[ProposedPair, ...]
    for_mentor: tuple[ProposedPair, ...]


def reserves(proposal: Proposal, mentee: int, mentor: int, most: int = 5) -> Reserves:
    """Who is free for either of two people (ids), as if they were no longer a pair."""
    free = _Free(proposal, (mentee, mentor))
    grid = proposal.grid
    row, column = grid.rows.get(mentee), grid.columns.get(mentor)
    return Reserves(
        () if row is None else free.ranked(((row, at) for at in grid.columns.values()), most),
        () if column is None else free.ranked(((at, column) for at in grid.rows.values()), most),
    )


class _Free:
    """Who has a place left once two people are no longer a pair."""

    def __init__(self, proposal: Proposal, broken_up: tuple[int, int]) -> None:
        self._grid, self._out = proposal.grid, proposal.left_out
        self._couples = {(pair.mentee, pair.mentor) for pair in proposal.pairs} | {broken_up}
        kept = self._couples - {broken_up}
        self._as_mentee = Counter(mentee for mentee, _mentor in kept)
        self._as_mentor = Counter(mentor for _mentee, mentor in kept)

    def ranked(self, cells: Iterable[tuple[int, int]], most: int) -> tuple[ProposedPair, ...]:
        """The free ones of some cells of the grid by score, then in the order of ties."""
        total = self._grid.total
        free = sorted(filter(self._is_free, cells), key=lambda cell: (-int(total[cell]), cell))
        return tuple(self._grid.pairs(free[:most]))

    def _is_free(self, cell: tuple[int, int]) -> bool:
        mentee = self._grid.pool.mentees[cell[0]]
        mentor = self._grid.pool.mentors[cell[1]]
        return (
            bool(self._grid.allowed[cell])
            and not {mentee.id, mentor.id} & self._out
            and self._couples.isdisjoint({(mentee.id, mentor.id), (mentor.id, mentee.id)})
            and self._as_mentee[mentee.id] < mentee.places
            and self._as_mentor[mentor.id] < mentor.places
            and self._is_within_limit(mentee.id)
            and self._is_within_limit(mentor.id)
        )

    def _is_within_limit(self, person: int) -> bool:
        most = self._grid.pool.limits.get(person)
        return most is None or self._as_mentee[person] + self._as_mentor[person] < most
