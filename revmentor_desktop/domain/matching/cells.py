"""People as arrays: all mentees with all mentors at once, or some chosen pairs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import blake2b
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
        found = np.zeros(self.shape, np.int32)
        for both in self._common(words):
            found += np.bitwise_count(both)
        return found

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

    def filled(self, of_mentee: str, of_mentor: str = "") -> Marks:
        """Where both have a row in a table that is not empty."""
        one = getattr(self.mentees, of_mentee).any(axis=1)
        other = getattr(self.mentors, of_mentor or of_mentee).any(axis=1)
        if self.rows is None or self.columns is None:
            return np.asarray(one[None, :] & other[:, None], np.bool_)
        return np.asarray(one[self.rows] & other[self.columns], np.bool_)

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


def encode(pool: Pool) -> Cells:
    """The people of a pool as arrays, in the pool's order."""
    people = (*pool.mentees, *pool.mentors)
    word_ids = {name: _numbered(people, name) for name in ("languages", "formats", "times")}
    topics = _codes(sorted({t for p in people for t in (*p.offers, *p.wants)}))
    codes = {
        name: _codes(value for p in people if (value := getattr(p, name)))
        for name in ("department", "team", "site", "manager")
    }
    named = {one for couple in pool.met for one in couple}

    def coded(some: Sequence[Person], name: str) -> Numbers:
        return np.array([codes[name].get(getattr(p, name), UNKNOWN) for p in some], np.int32)

    def named_words(some: Sequence[Person], name: str) -> Words:
        return _bits([getattr(p, name) for p in some], word_ids[name])

    def side(some: Sequence[Person]) -> Side:
        wants = _weighted([p.wants for p in some], topics)
        return Side(
            ids=np.array([p.id for p in some], np.int64),
            codes=np.frombuffer(b"".join(hashed(p)[:8] for p in some), np.uint64),
            level=_or_unknown(p.level for p in some),
            start=_or_unknown(map(_day, some)),
            born=_or_unknown(p.birth_year for p in some),
            wants=wants,
            offers=_weighted([p.offers for p in some], topics),
            most=np.sort(wants, axis=1)[:, ::-1][:, :3].sum(axis=1) * np.float32(4),
            names_met=np.array([p.id in named for p in some], np.bool_),
            department=coded(some, "department"),
            team=coded(some, "team"),
            site=coded(some, "site"),
            manager=coded(some, "manager"),
            languages=named_words(some, "languages"),
            formats=named_words(some, "formats"),
            times=named_words(some, "times"),
        )

    return Cells(side(pool.mentees), side(pool.mentors))


def hashed(person: Person) -> bytes:
    """Of the stable key: decides the order of people, and how ties fall."""
    return blake2b(f"{SEED}:{person.key}".encode(), digest_size=16).digest()


def _numbered(people: Iterable[Person], name: str) -> dict[Any, int]:
    return _codes(sorted({word for person in people for word in getattr(person, name)}))


def _codes(values: Iterable[Any]) -> dict[Any, int]:
    codes: dict[Any, int] = {}
    for value in values:
        codes.setdefault(value, len(codes))
    return codes


def _weighted(of_people: Sequence[Any], columns: dict[Any, int]) -> Table:
    table = np.zeros((len(of_people), len(columns)), np.float32)
    cells = [(row, columns[k], v) for row, found in enumerate(of_people) for k, v in found.items()]
    if cells:
        rows, at, values = zip(*cells, strict=True)
        table[rows, at] = values
    return table


def _sparse(table: Table) -> csr_array:
    """Built by hand: scipy's own way takes longer than the product of small tables."""
    people, columns = table.shape
    filled = np.flatnonzero(table != 0)
    starts = np.searchsorted(filled, np.arange(people + 1) * columns).astype(np.int32)
    at = (filled % max(1, columns)).astype(np.int32)
    return csr_array((table.reshape(-1)[filled], at, starts), shape=table.shape)


def _bits(of_people: Sequence[Iterable[Any]], numbers: dict[Any, int]) -> Words:
    bits = [sum(1 << numbers[word] for word in words) for words in of_people]
    found = np.empty((len(bits), -(-len(numbers) // 64)), np.uint64)
    for at in range(found.shape[1]):
        found[:, at] = [(one >> 64 * at) & (2**64 - 1) for one in bits]
    return found


def _or_unknown(values: Iterable[int | None]) -> Numbers:
    return np.array([UNKNOWN if value is None else value for value in values], np.int32)


_day_of: Callable[[int], date] = date.fromordinal


def _day(person: Person) -> int | None:
    if person.start is None:
        return None
    day = _day_of(person.start)
    return day.year * A_YEAR + day.month * 100 + day.day
