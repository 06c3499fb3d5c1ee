"""Made-up programmes: the same seed gives the same people."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.augment import extended
from revmentor_desktop.domain.matching.people import Couples, Person, Pool


def person(chance: Random, id_: int, levels: tuple[int | None, ...], places: int) -> Person:
    """Somebody of whom some things are known, and some not."""
    return Person(
        id=id_,
        key=f"n:{id_}",
        level=chance.choice(levels),
        department=chance.choice(("sales", "finance", "it", "")),
        site=chance.choice(("a", "b", "")),
        team=chance.choice(("red", "blue", "green", "")),
        start=chance.randrange(700_000, 740_000),
        languages=frozenset(chance.sample(("en", "de"), chance.randint(0, 2))),
        formats=frozenset(chance.sample(("online", "in person"), chance.randint(1, 2))),
        offers={chance.randrange(6): chance.randint(1, 4) for _n in range(chance.randint(0, 3))},
        wants={chance.randrange(6): chance.randint(1, 4) for _n in range(chance.randint(0, 3))},
        places=chance.randint(1, places),
    )


def programme(
    seed: int, most: int = 7, several: bool = False, both: bool = False, least: int = 1
) -> Pool:
    """A small pool, ``least`` to ``most`` people a side; ``both``: some of them on both sides."""
    chance = Random(seed)
    mentees = [
        person(chance, 100 + n, (3, 4, 5), 2 if several else 1)
        for n in range(chance.randint(least, most))
    ]
    mentors = [
        person(chance, 200 + n, (1, 2, 3, None), 2) for n in range(chance.randint(least, most))
    ]
    limits = {}
    if both:
        for one in chance.sample(mentees, min(2 + most // 8, len(mentees))):
            mentors.append(one)
            limits[one.id] = chance.randint(1, 2)
    couples = sorted(
        {frozenset({a.id, b.id}) for a in mentees for b in mentors if a is not b}, key=sorted
    )

    def some(share: int) -> Couples:
        return frozenset(chance.sample(couples, len(couples) // share))

    managers = {
        one.id: chance.choice([*(r.id for r in mentees), None]) for one in mentors[: most // 2 + 1]
    }
    return Pool(
        mentees, mentors, managers, apart=some(9), met=some(5), earlier=some(7), limits=limits
    )


def most_matched(allowed: NDArray[np.bool_]) -> int:
    """How many rows can be matched at once, by plain search."""
    nobody = np.full(len(allowed), -1, np.int64)
    return int((extended(allowed, nobody) >= 0).sum())
