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

Whole = NDArray[np.integer[Any]]
Marks = NDArray[np.bool_]
NOBODY = -1
DENSE = 4
"""If more than one of so many cells is allowed, perhaps nobody is left out at the highest floor."""
STRIDES = 64
"""Of the scores that are possible, the first step down passes over one part of so many."""


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


def links(by_place: Whole, least: int) -> Links:
    """The cells of a table that score so much at least."""
    at = np.flatnonzero(by_place >= least)
    places, rows = np.divmod(at.astype(np.int32), np.int32(by_place.shape[1]))
    starts = np.searchsorted(places, np.arange(len(by_place) + 1, dtype=np.int32)).astype(np.int32)
    graph = csr_array(by_place.shape, dtype=np.int8)
    return Links(places, rows, by_place.reshape(-1)[at], starts, graph)


@dataclass(frozen=True, slots=True)
class Parts:
    """What matchings of most rows have in common.

    ``blocks``: rows and places that are matched among themselves only, all of the fewer of them;
    ``links``: the cells that there can be; ``most``: how many pairs; ``highest``: the worst of
    them scores this at most.
    """

    blocks: Sequence[tuple[Whole, Whole]]
    links: Links
    most: int
    highest: int

    def floor(self) -> int:
        """The worst score of the matching whose worst is best, by bisection from the top.

        It is mostly the best score of somebody who cannot be left out.
        """
        if self.links.above(self.highest).most() == self.most:
            return self.highest
        steps = np.unique(self.links.scores[self.links.scores < self.highest])
        works, fails, stride = 0, len(steps), 1 + len(steps) // STRIDES
        while fails - works > 1:
            at = max(fails - stride, (works + fails) // 2)
            if self.links.above(int(steps[at])).most() == self.most:
                works = at
            else:
                fails, stride = at, stride * 2
        return int(steps[works])


def parts(scores: Whole, allowed: Marks, enough: int | None = None) -> Parts:
    """Of a table (rows, places). The floor need not be higher than what is ``enough``."""
    never = int(np.iinfo(scores.dtype).min)
    by_place = np.where(allowed.T, scores.T, never)
    enough = int(by_place.max(initial=never)) if enough is None else enough
    if np.count_nonzero(allowed) * DENSE > allowed.size:
        bests = [by_place.max(axis=side) for side in (0, 1)]
        most = min(int((best > never).sum()) for best in bests)
        highest = min(enough, *(int(np.sort(best)[-most]) for best in bests))
        good = links(by_place, highest)
        if good.most() == most:
            rows, places = (np.arange(count) for count in allowed.shape)
            return Parts([(rows, places)], good, most, highest)
    return _apart(by_place, links(by_place, never + 1), enough)


def _apart(by_place: Whole, found: Links, highest: int) -> Parts:
    """What alternating paths reach from those who are left out could be left out as well.

    The others are in every matching of most rows (Dulmage and Mendelsohn 1958): so there are three
    blocks, of rows for all of the places, of places for all of the rows, and of as many of either.
    """
    of_places = found.mates()
    has = np.flatnonzero(of_places != NOBODY)
    of_rows = np.full(by_place.shape[1], NOBODY)
    of_rows[of_places[has]] = has
    free_rows, their_places = _reached(found.rows, found.places, of_rows, of_places)
    free_places, their_rows = _reached(found.places, found.rows, of_places, of_rows)
    kind_of_row = free_rows * np.int8(1) + their_rows * np.int8(2)
    kind_of_place = their_places * np.int8(1) + free_places * np.int8(2)
    lowest = int(found.scores.min(initial=highest))
    inside = np.where(kind_of_place[:, None] == kind_of_row, by_place, lowest)
    for side, needed in ((0, ~free_rows), (1, ~free_places)):
        bests = inside.max(axis=side, initial=lowest)
        highest = min(highest, int(bests[needed].min(initial=highest)))
    sides = [
        (np.flatnonzero(kind_of_row == kind), np.flatnonzero(kind_of_place == kind))
        for kind in range(3)
    ]
    blocks = [(rows, places) for rows, places in sides if rows.size and places.size]
    these = kind_of_row[found.rows] == kind_of_place[found.places]
    return Parts(blocks, found.some(these), len(has), highest)


def _reached(ones: Whole, others: Whole, of_ones: Whole, of_others: Whole) -> tuple[Marks, Marks]:
    """What alternating paths reach from those ones who have no partner, on either side."""
    reached, met = of_ones == NOBODY, np.zeros(len(of_others), np.bool_)
    new = reached
    while new.any():
        before = met.copy()
        met[others[new[ones]]] = True
        new = np.zeros(len(reached), np.bool_)
        new[of_others[met & ~before]] = True
        reached = reached | new
    return reached, met
