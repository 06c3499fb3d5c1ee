"""Who can be left out, and how high the lowest score can be: what is known before scores count.

Everything here is about matchings of most rows, found by Hopcroft and Karp's search (1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from revmentor_desktop.domain.matching.augment import search

Whole = NDArray[np.integer[Any]]
Marks = NDArray[np.bool_]
NOBODY = -1
MOST = int(np.iinfo(np.int32).max)
"""No score is higher."""
DENSE = 4
"""If more than one of so many cells is allowed, perhaps nobody is left out at the highest floor."""
LEAPS = 8
"""So often the floor is looked for where it could be at best."""


@dataclass(frozen=True, slots=True)
class Links:
    """Some cells of a table (places, rows), place by place.

    ``starts``: where the cells of each place begin, and where the last ones end.
    """

    places: Whole
    rows: Whole
    scores: Whole
    starts: Whole
    graph: csr_array

    def some(self, these: Marks) -> Links:
        """Some of them."""
        before = np.zeros(len(these) + 1, np.int32)
        np.cumsum(these, out=before[1:])
        at = np.flatnonzero(these)
        return Links(
            self.places[at], self.rows[at], self.scores[at], before[self.starts], self.graph
        )

    def above(self, least: int) -> Links:
        """Those that score so much at least."""
        return self.some(self.scores >= least)

    def mates(self) -> Whole:
        """The row of each place, or -1, in a matching of most rows."""
        self.graph.data = np.ones(len(self.rows), np.int8)
        self.graph.indices, self.graph.indptr = self.rows, self.starts
        return np.asarray(maximum_bipartite_matching(self.graph, perm_type="column"))

    def most(self) -> int:
        """How many rows can be matched at once."""
        return int((self.mates() != NOBODY).sum())


def links(scores: Whole, chosen: Marks) -> Links:
    """Chosen cells of a table of scores; both are of places and rows."""
    at = np.flatnonzero(chosen)
    places, rows = np.divmod(at.astype(np.int32), np.int32(scores.shape[1]))
    starts = np.searchsorted(places, np.arange(len(scores) + 1, dtype=np.int32)).astype(np.int32)
    graph = csr_array(scores.shape, dtype=np.int8)
    return Links(places, rows, scores.reshape(-1)[at], starts, graph)


@dataclass(frozen=True, slots=True)
class Parts:
    """What matchings of most rows have in common.

    ``blocks``: rows and places that are matched among themselves only, all of the fewer of them;
    ``links``: the cells that there can be, and ``table`` their scores (places, rows), others as the
    lowest; ``needed``: the places and the rows that are always matched; ``most``: how many pairs;
    ``highest``: the worst of them scores this at most.
    """

    blocks: Sequence[tuple[Whole, Whole]]
    links: Links
    table: Whole
    needed: tuple[Marks, Marks]
    most: int
    highest: int

    def floor(self) -> int:
        """The worst score of the matching whose worst is best.

        It is mostly the best score of somebody who cannot be left out. Each failure tells the next
        score at which it could succeed; where that does not help soon, it is found by bisection.
        """
        highest = self.highest
        for _leap in range(LEAPS):
            mates = self.links.above(highest).mates()
            if self._is_enough(mates):
                return highest
            highest = self._next(highest, mates)
        steps = np.unique(self.links.scores[self.links.scores <= highest])
        works, fails = 0, len(steps)
        while fails - works > 1:
            middle = (works + fails) // 2
            if self._is_enough(self.links.above(int(steps[middle])).mates()):
                works = middle
            else:
                fails = middle
        return int(steps[works])

    def _is_enough(self, mates: Whole) -> bool:
        return int((mates != NOBODY).sum()) == self.most

    def _next(self, floor: int, mates_of_places: Whole) -> int:
        """The highest floor that there could be, below one with too few pairs.

        Whoever is needed and has nobody reaches others along alternating paths, who have no more
        partners above the floor than there are of them (Hall 1935): so as many must go below it.
        """
        above = self.table >= floor
        of_places = mates_of_places.astype(np.int64)
        of_rows = _turned(of_places, self.table.shape[1])
        for table, good, owners, mates, needed in (
            (self.table.T, above.T, of_places, of_rows, self.needed[1]),
            (self.table, above, of_rows, of_places, self.needed[0]),
        ):
            left = np.flatnonzero((mates == NOBODY) & needed)
            if left.size:
                found = search(good, owners, left)
                others = table[:, ~found.columns][found.rows]
                for side in (0, 1):
                    bests = others.max(axis=side)
                    floor = min(floor, int(np.partition(bests, -left.size)[-left.size]))
        return floor


def parts(scores: Whole, allowed: Marks, enough: int | None = None) -> Parts:
    """Of a table (rows, places). The floor need not be higher than what is ``enough``."""
    if np.count_nonzero(allowed) * DENSE > allowed.size:
        never = int(np.iinfo(scores.dtype).min)
        by_place = np.where(allowed.T, scores.T, never)
        bests = [by_place.max(axis=side) for side in (0, 1)]
        most = min(int((best > never).sum()) for best in bests)
        highest = min(int(np.sort(best)[-most]) for best in bests)
        highest = highest if enough is None else min(highest, enough)
        good = links(by_place, by_place >= highest)
        if good.most() == most:
            rows, places = (np.arange(count) for count in allowed.shape)
            needed = np.zeros(len(places), np.bool_), np.zeros(len(rows), np.bool_)
            return Parts([(rows, places)], good, by_place, needed, most, highest)
    return _apart(links(scores.T, allowed.T), allowed, enough)


def _apart(found: Links, allowed: Marks, enough: int | None) -> Parts:
    """What alternating paths reach from those who are left out could be left out as well.

    The others are in every matching of most rows (Dulmage and Mendelsohn 1958): so there are three
    blocks, of rows for all of the places, of places for all of the rows, and of as many of either.
    """
    of_places = found.mates().astype(np.int64)
    of_rows = _turned(of_places, len(allowed))
    from_rows = search(allowed, of_places, np.flatnonzero(of_rows == NOBODY))
    from_places = search(allowed.T, of_rows, np.flatnonzero(of_places == NOBODY))
    kind_of_row = from_places.columns * np.int8(2)
    kind_of_row[from_rows.rows] = 1
    kind_of_place = from_rows.columns * np.int8(1)
    kind_of_place[from_places.rows] = 2
    inside = found.some(kind_of_row[found.rows] == kind_of_place[found.places])
    lowest = int(inside.scores.min(initial=MOST))
    table = np.full(allowed.shape[::-1], lowest, inside.scores.dtype)
    table[inside.places, inside.rows] = inside.scores
    needed = kind_of_place != 2, kind_of_row != 1
    bests = [table.max(axis=side, initial=lowest)[needed[1 - side]] for side in (0, 1)]
    highest = min(int(best.min(initial=MOST if enough is None else enough)) for best in bests)
    sides = [
        (np.flatnonzero(kind_of_row == kind), np.flatnonzero(kind_of_place == kind))
        for kind in range(3)
    ]
    blocks = [(rows, places) for rows, places in sides if rows.size and places.size]
    most = int((of_places != NOBODY).sum())
    return Parts(blocks, inside, table, needed, most, highest)


def _turned(mates: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The mates of the other side, ``count`` of them."""
    others = np.full(count, NOBODY, np.int64)
    has = np.flatnonzero(mates != NOBODY)
    others[mates[has]] = has
    return others
