"""From a pool of people to proposed pairs with reasons, and to why somebody has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from revmentor_desktop.domain.matching.people import SEED, Person, Pool, Rules
from revmentor_desktop.domain.matching.reasons import Facts, facts_between
from revmentor_desktop.domain.matching.rules import Rule, mask
from revmentor_desktop.domain.matching.scores import score
from revmentor_desktop.domain.matching.solve import solve


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two people with what speaks for them.

    ``score`` 0..1000; ``parts`` sum to ``score x 100`` before it is rounded down; ``known``
    percent; ``broken`` the bits of rules an exception was made for (locked pairs only).
    """

    mentee: int
    mentor: int
    score: int
    parts: Mapping[str, int]
    known: int
    facts: Facts
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without a partner. ``rules``: how many of the others each rule forbids."""

    person: int
    others: int
    allowed: int
    rules: Mapping[Rule, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The pairs by mentee's key, who waits on either side, and whether any topic was given."""

    pairs: tuple[ProposedPair, ...]
    waiting_mentees: tuple[Waiting, ...]
    waiting_mentors: tuple[Waiting, ...]
    topics_known: bool


def propose(pool: Pool, rules: Rules, locked: Sequence[tuple[int, int]] = ()) -> Proposal:
    """The best set of pairs. ``locked``: (mentee, mentor) ids that stay as they are."""
    pool = _ordered(pool)
    rows = {person.id: at for at, person in enumerate(pool.mentees)}
    columns = {person.id: at for at, person in enumerate(pool.mentors)}
    kept = [(rows[m], columns[n]) for m, n in locked if m in rows and n in columns]
    broken, scores = mask(pool, rules), score(pool, rules)
    free = [at for at in range(len(rows)) if at not in {row for row, _column in kept}]
    places = [person.places for person in pool.mentors]
    for _row, column in kept:
        places[column] = max(0, places[column] - 1)
    found = solve(scores.total[free], (broken == 0)[free], places, guard_floor=rules.guard_floor)
    cells = [*kept, *((free[row], column) for row, column in found)]
    pairs = tuple(
        ProposedPair(
            mentee=pool.mentees[row].id,
            mentor=pool.mentors[column].id,
            score=int(scores.total[row, column]) // 100,
            parts={name: int(part[row, column]) for name, part in scores.parts.items()},
            known=int(scores.known[row, column]),
            facts=facts_between(pool.mentees[row], pool.mentors[column], pool),
            broken=int(broken[row, column]),
        )
        for row, column in sorted(cells)
    )
    return Proposal(
        pairs,
        _waiting(pool.mentees, broken, {row for row, _column in cells}),
        _waiting(pool.mentors, broken.T, {column for _row, column in cells}),
        any(p.offers or p.wants for p in (*pool.mentees, *pool.mentors)),
    )


def check_pair(pool: Pool, rules: Rules, mentee: Person, mentor: Person) -> ProposedPair:
    """Two people of her choice: their score and reasons, and the rules that they break."""
    two = replace(pool, mentees=[mentee], mentors=[mentor])
    broken, scores = mask(two, rules), score(two, rules)
    return ProposedPair(
        mentee.id,
        mentor.id,
        int(scores.total[0, 0]) // 100,
        {name: int(part[0, 0]) for name, part in scores.parts.items()},
        int(scores.known[0, 0]),
        facts_between(mentee, mentor, pool),
        int(broken[0, 0]),
    )


def _ordered(pool: Pool) -> Pool:
    """By a hash of each stable key: the same people give the same pairs in any order of rows."""
    return replace(
        pool, mentees=sorted(pool.mentees, key=_place), mentors=sorted(pool.mentors, key=_place)
    )


def _place(person: Person) -> tuple[bytes, str]:
    return blake2b(f"{SEED}:{person.key}".encode(), digest_size=16).digest(), person.key


def _waiting(
    people: Sequence[Person],
    broken: np.ndarray[tuple[int, ...], np.dtype[np.uint16]],
    matched: set[int],
) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            person.id,
            broken.shape[1],
            int((broken[at] == 0).sum()),
            {rule: int(((broken[at] & rule) != 0).sum()) for rule in Rule},
        )
        for at, person in enumerate(people)
        if at not in matched
    )
