"""How well two people suit, in whole numbers 0..1000 for each criterion, unknown kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.people import Person, Pool, Rules

Whole = NDArray[np.int32]
"""Halves the memory of a large pool; a total stays below 1000 x 1000 x 5 criteria."""
Known = NDArray[np.bool_]
FULL = 1000
LEVEL_SCORES = (0, 700, 1000, 1000, 800, 600, 500)
"""By how many levels lie between: best at two or three, and more is not better."""
CRITERIA = ("wanted", "gained", "level", "department", "site")


@dataclass(frozen=True, slots=True)
class Scores:
    """Rows are mentees, columns mentors.

    ``parts[c]``: 0..1000 x weight of criterion c where known, else 0; they sum to ``total``.
    ``known_parts[c]``: where it is known, so that an unknown can be told from a nought.
    ``known``: the weight of the known criteria in percent of all weights. ``weight``: of all
    criteria together; a total divided by it lies in 0..1000 whatever the weights are.
    """

    parts: dict[str, Whole]
    known_parts: dict[str, Known]
    total: Whole
    known: Whole
    weight: int

    def of_thousand(self, row: int, column: int) -> int:
        """The total of a cell as 0..1000."""
        return int(self.total[row, column]) // self.weight


def score(pool: Pool, rules: Rules) -> Scores:
    """Score every mentee with every mentor."""
    weights = {name: getattr(rules, f"weight_{name}") for name in CRITERIA}
    raw = {
        "wanted": _topics(pool.mentees, pool.mentors),
        "gained": _swap(_topics(pool.mentors, pool.mentees)),
        "level": _level(pool),
        "department": _different([p.department for p in pool.mentees],
                                 [p.department for p in pool.mentors]),
        "site": _different([p.site for p in pool.mentees], [p.site for p in pool.mentors]),
    }  # fmt: skip
    shape = (len(pool.mentees), len(pool.mentors))
    parts, known_parts = {}, {}
    total, known = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    for name, (values, is_known) in raw.items():
        parts[name] = np.where(is_known, values, 0).astype(np.int32) * np.int32(weights[name])
        known_parts[name] = is_known
        total += parts[name]
        known += is_known * np.int32(weights[name])
    everything = max(1, sum(weights.values()))
    return Scores(parts, known_parts, total, known * 100 // everything, everything)


def _swap(pair: tuple[Whole, Known]) -> tuple[Whole, Known]:
    return pair[0].T, pair[1].T


def _topics(wanting: Sequence[Person], offering: Sequence[Person]) -> tuple[Whole, Known]:
    """What one side wants against what the other offers, by priority and level.

    Of the wishes' priorities, the share that is met; an offer of level 4 meets a wish wholly, of
    level 1 by a quarter. The best three wishes count. Known where both sides have named topics.
    """
    topics = sorted({t for p in wanting for t in p.wants} | {t for p in offering for t in p.offers})
    at = {topic: place for place, topic in enumerate(topics)}
    # Whole numbers as floats: only those are multiplied fast, and so small that they stay exact.
    wants = np.zeros((len(wanting), len(topics)))
    offers = np.zeros((len(offering), len(topics)))
    for row, person in enumerate(wanting):
        for topic, priority in person.wants.items():
            wants[row, at[topic]] = priority
    for row, person in enumerate(offering):
        for topic, level in person.offers.items():
            offers[row, at[topic]] = level
    best = np.sort(wants, axis=1)[:, ::-1][:, :3].sum(axis=1)
    most = (best * 4).astype(np.int32)[:, None]
    met = np.minimum((wants @ offers.T).astype(np.int32), most)
    values = met * np.int32(FULL) // np.maximum(np.int32(1), most)
    known = np.logical_and.outer(
        [bool(p.wants) for p in wanting], [bool(p.offers) for p in offering]
    )
    return values, known


def _level(pool: Pool) -> tuple[Whole, Known]:
    unknown = -1_000_000
    rows = np.array([unknown if p.level is None else p.level for p in pool.mentees], np.int32)
    columns = np.array([unknown if p.level is None else p.level for p in pool.mentors], np.int32)
    distance = np.clip(np.subtract.outer(rows, columns), 0, len(LEVEL_SCORES) - 1)
    known = np.logical_and.outer(rows != unknown, columns != unknown)
    return np.array(LEVEL_SCORES, np.int32)[distance], known


def _different(rows: Sequence[str], columns: Sequence[str]) -> tuple[Whole, Known]:
    codes: dict[str, int] = {}
    left = np.array([codes.setdefault(value, len(codes)) for value in rows], np.int32)
    right = np.array([codes.setdefault(value, len(codes)) for value in columns], np.int32)
    known = np.logical_and.outer([bool(v) for v in rows], [bool(v) for v in columns])
    return np.not_equal.outer(left, right) * np.int32(FULL), known
