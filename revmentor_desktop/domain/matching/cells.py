"""People as arrays: all mentees with all mentors at once, or some chosen pairs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from revmentor_desktop.domain.matching.people import SEED, Person, Pool

Numbers = NDArray[np.int32]
Marks = NDArray[np.bool_]
Words = NDArray[np.uint64]
Table = NDArray[np.float32]
UNKNOWN = -1
BLOCK = 2**16
"""Cells that are scored at a time: a processor keeps them in its cache."""
WORDS = ("languages", "formats", "times")
CODED = ("department", "team", "site", "manager")
FIELDS = ("id", "level", "start", "birth_year", "offers", "wants", *WORDS, *CODED)
A_YEAR = 10_000
"""Between two days written as 20260302: calendar years are compared exactly, leap days or not."""


@dataclass(frozen=True, slots=True)
class Side:
    """The people of one side, n of them; ``UNKNOWN`` where nothing is known.

    Words (of languages, formats and times) are bits of as many whole numbers as are needed; the
    tables of topics have a column for each.
    """

    ids: NDArray[np.int64]
    codes: Words
    level: Numbers
    department: Numbers
    team: Numbers
    site: Numbers
    manager: Numbers
    start: Numbers
    born: Numbers
    languages: Words
    formats: Words
    times: Words
    offers: Table
    wants: Table
    most: Table
    has_offers: Marks
    has_wants: Marks
    names_met: Marks

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, some: slice) -> Side:
        """Some of these people."""
        return Side(**{one.name: getattr(self, one.name)[some] for one in fields(self)})


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cells to look at: every mentor with every mentee, or pair after pair.

    Whatever is computed has the shape (mentors, mentees), or (pairs,) where ``rows`` (of mentees)
    and ``columns`` (of mentors) choose some.
    """

    mentees: Side
    mentors: Side
    rows: NDArray[np.int64] | None = None
    columns: NDArray[np.int64] | None = None

    def both(self, of_mentee: str, of_mentor: str = "") -> tuple[Any, Any]:
        """An array of each side, so that they can be compared with one another."""
        one = getattr(self.mentees, of_mentee)
        other = getattr(self.mentors, of_mentor or of_mentee)
        if self.rows is None or self.columns is None:
            return one[None, :], other[:, None]
        return one[self.rows], other[self.columns]

    def product(self, of_mentee: str, of_mentor: str = "") -> Table:
        """For each cell the sum over all columns of one table times the other."""
        one = getattr(self.mentees, of_mentee)
        other = getattr(self.mentors, of_mentor or of_mentee)
        if self.rows is None or self.columns is None:
            # Most of a table is 0, and no threads of a library for dense ones get in the way.
            return np.asarray(_sparse(other) @ one.T, np.float32)
        return np.asarray((one[self.rows] * other[self.columns]).sum(axis=1), np.float32)

    def shared(self, words: str) -> Numbers:
        """For each cell how many words the two have in common."""
        counts = (np.bitwise_count(both) for both in self._common(words))
        return np.asarray(sum(counts, np.zeros(self.shape, np.int32)), np.int32)

    def none_shared(self, words: str) -> Marks:
        """The cells of two people who both have words, but none in common."""
        found = self.filled(words)
        for both in self._common(words):
            found &= both == 0
        return found

    def _common(self, words: str) -> Iterator[Words]:
        """For each cell the bits of the words that the two have in common."""
        one, other = self.both(words)
        return (one[..., at] & other[..., at] for at in range(one.shape[-1]))

    def filled(self, words: str) -> Marks:
        """Where both have any of some words."""
        one, other = self.both(words)
        return np.asarray(one.any(axis=-1) & other.any(axis=-1), np.bool_)

    def both_have(self, of_mentee: str, of_mentor: str) -> Marks:
        """Where both have topics of a kind."""
        one, other = self.both(f"has_{of_mentee}", f"has_{of_mentor}")
        return np.asarray(one & other, np.bool_)

    def blocks(self) -> Iterator[tuple[slice, Cells]]:
        """All cells, some mentors at a time: so few that what is computed of them stays near."""
        step = max(1, BLOCK // max(1, len(self.mentees)))
        if step >= len(self.mentors):
            yield slice(None), self
            return
        for start in range(0, len(self.mentors), step):
            some = slice(start, start + step)
            yield some, replace(self, mentors=self.mentors.part(some))

    @property
    def shape(self) -> tuple[int, ...]:
        """Of everything that is computed."""
        if self.rows is None:
            return len(self.mentors), len(self.mentees)
        return (len(self.rows),)

    def mark(self, couples: Iterable[Iterable[int]]) -> Marks:
        """The cells of these unordered pairs of ids."""
        couples = list(couples)
        if not couples:
            return np.zeros(self.shape, np.bool_)
        rows = {id_: at for at, id_ in enumerate(self.mentees.ids.tolist())}
        columns = {id_: at for at, id_ in enumerate(self.mentors.ids.tolist())}
        at_rows, at_columns = [], []
        for couple in couples:
            one, other = couple
            for mentee, mentor in ((one, other), (other, one)):
                if mentee in rows and mentor in columns:
                    at_rows.append(rows[mentee])
                    at_columns.append(columns[mentor])
        found = np.zeros((len(columns), len(rows)), np.bool_)
        found[at_columns, at_rows] = True
        return self.of_all(found)

    def of_all(self, whole: NDArray[Any]) -> NDArray[Any]:
        """Of an array (mentors, mentees) what these cells are."""
        return whole if self.rows is None else whole[self.columns, self.rows]


def encode(pool: Pool) -> tuple[Pool, Cells]:
    """The pool with its people ordered by a hash of each stable key, and these as arrays.

    So the same people give the same pairs in any order of rows.
    """
    (mentees, codes), (mentors, other_codes) = _ordered(pool.mentees), _ordered(pool.mentors)
    ordered = replace(pool, mentees=mentees, mentors=mentors)
    people = (*mentees, *mentors)
    columns = zip(*map(attrgetter(*FIELDS), people), strict=True) if people else [()] * len(FIELDS)
    values: dict[str, tuple[Any, ...]] = dict(zip(FIELDS, columns, strict=True))
    numbers = {name: _codes(sorted(set().union(*values[name]))) for name in WORDS}
    numbers |= {name: _codes(values[name]) | dict.fromkeys(("", None), UNKNOWN) for name in CODED}
    topics = _codes(sorted(set().union(*values["offers"], *values["wants"])))
    named = {one for couple in pool.met for one in couple}

    def side(some: slice, of_ties: Words) -> Side:
        known = {name: found[some] for name, found in values.items()}

        def coded(name: str) -> Numbers:
            return np.array([numbers[name][value] for value in known[name]], np.int32)

        wants, offers = _weighted(known["wants"], topics), _weighted(known["offers"], topics)
        return Side(
            ids=np.array(known["id"], np.int64),
            codes=of_ties,
            level=_or_unknown(known["level"]),
            start=_or_unknown(map(_day, known["start"])),
            born=_or_unknown(known["birth_year"]),
            wants=wants,
            offers=offers,
            has_wants=np.asarray(wants.any(axis=1), np.bool_),
            has_offers=np.asarray(offers.any(axis=1), np.bool_),
            most=np.sort(wants, axis=1)[:, ::-1][:, :3].sum(axis=1) * np.float32(4),
            names_met=np.array([id_ in named for id_ in known["id"]], np.bool_),
            department=coded("department"),
            team=coded("team"),
            site=coded("site"),
            manager=coded("manager"),
            languages=_bits(known["languages"], numbers["languages"]),
            formats=_bits(known["formats"], numbers["formats"]),
            times=_bits(known["times"], numbers["times"]),
        )

    middle = len(mentees)
    return ordered, Cells(side(slice(middle), codes), side(slice(middle, None), other_codes))


def _ordered(people: Sequence[Person]) -> tuple[list[Person], Words]:
    """People in the order of ties, with a number of each for how ties fall."""
    hashes = [
        blake2b(f"{SEED}:{person.key}".encode(), digest_size=16).digest() for person in people
    ]
    # The id decides only between two people whose keys are the same.
    order = sorted(range(len(people)), key=lambda at: (hashes[at], people[at].key, people[at].id))
    codes = np.frombuffer(b"".join(hashes[at][:8] for at in order), np.uint64)
    return [people[at] for at in order], codes


def _codes(values: Iterable[Any]) -> dict[Any, int]:
    return {value: at for at, value in enumerate(dict.fromkeys(values))}


def _weighted(of_people: Sequence[Mapping[int, int]], columns: dict[Any, int]) -> Table:
    table = np.zeros((len(of_people), len(columns)), np.float32)
    rows = np.repeat(np.arange(len(of_people)), [len(found) for found in of_people])
    at = [columns[key] for key in chain.from_iterable(of_people)]
    if at:
        table[rows, at] = list(chain.from_iterable(found.values() for found in of_people))
    return table


def _sparse(table: Table) -> csr_array:
    """Built by hand: scipy's own way takes longer than the product of small tables."""
    people, columns = table.shape
    filled = np.flatnonzero(table != 0)
    starts = np.searchsorted(filled, np.arange(people + 1) * columns).astype(np.int32)
    at = (filled % max(1, columns)).astype(np.int32)
    return csr_array((table.reshape(-1)[filled], at, starts), shape=table.shape)


def _bits(of_people: Sequence[frozenset[str]], numbers: dict[Any, int]) -> Words:
    of_words = {word: 1 << at for word, at in numbers.items()}
    known = {words: sum(map(of_words.__getitem__, words)) for words in set(of_people)}
    bits = [known[words] for words in of_people]
    found = np.empty((len(bits), -(-len(numbers) // 64)), np.uint64)
    for at in range(found.shape[1]):
        found[:, at] = [(one >> 64 * at) & (2**64 - 1) for one in bits]
    # Few words need narrow numbers, which are compared faster.
    return found.astype(np.min_scalar_type((1 << min(len(numbers), 64)) - 1))


def _or_unknown(values: Iterable[int | None]) -> Numbers:
    return np.array([UNKNOWN if value is None else value for value in values], np.int32)


_day_of: Callable[[int], date] = date.fromordinal


def _day(start: int | None) -> int | None:
    if start is None:
        return None
    day = _day_of(start)
    return day.year * A_YEAR + day.month * 100 + day.day
