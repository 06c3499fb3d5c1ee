"""The hard rules, as one bit for each rule in each cell, so that every forbidden pair can say why.

A rule forbids only on known facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.people import Person, Pool, Rules
from revmentor_desktop.i18n import N_

Mask = NDArray[np.uint16]
A_YEAR = 10_000
"""Between two days written as 20260302: calendar years are compared exactly, leap days or not."""


class Rule(IntFlag):
    """One bit each; rows are mentees, columns mentors."""

    SELF = 1
    REPORTING_LINE = 2
    SAME_TEAM = 4
    LEVEL_GAP = 8
    LANGUAGE = 16
    FORMAT = 32
    KEPT_APART = 64
    EARLIER = 128


SENTENCES = {
    Rule.SELF: N_("Nobody can be their own partner"),
    Rule.REPORTING_LINE: N_("One of them is in the other’s reporting line"),
    Rule.SAME_TEAM: N_("They work in the same team"),
    Rule.LEVEL_GAP: N_("The mentee is not far enough above the mentor in level or time here"),
    Rule.LANGUAGE: N_("They have no language in common"),
    Rule.FORMAT: N_("They have no way to meet in common"),
    Rule.KEPT_APART: N_("Not available"),
    Rule.EARLIER: N_("They were a pair before"),
}


def mask(pool: Pool, rules: Rules) -> Mask:
    """The broken rules of every mentee (row) with every mentor (column); 0 is allowed."""
    rows, columns = pool.mentees, pool.mentors
    broken = np.zeros((len(rows), len(columns)), np.uint16)
    if not broken.size:
        return broken
    broken |= np.equal.outer(_ids(rows), _ids(columns)) * np.uint16(Rule.SELF)
    broken |= _reporting_line(pool, rules) * np.uint16(Rule.REPORTING_LINE)
    if rules.other_team:
        broken |= _same_team(rows, columns) * np.uint16(Rule.SAME_TEAM)
    broken |= _too_close(rows, columns, rules) * np.uint16(Rule.LEVEL_GAP)
    if rules.shared_language:
        languages = _nothing_shared([p.languages for p in rows], [p.languages for p in columns])
        broken |= languages * np.uint16(Rule.LANGUAGE)
    if rules.shared_format:
        formats = _nothing_shared([p.formats for p in rows], [p.formats for p in columns])
        broken |= formats * np.uint16(Rule.FORMAT)
    _mark(broken, pool, pool.apart, Rule.KEPT_APART)
    if rules.no_earlier_partner:
        _mark(broken, pool, pool.earlier, Rule.EARLIER)
    return broken


def sentences(bits: int) -> list[str]:
    """The rules of a cell in words, untranslated."""
    return [text for rule, text in SENTENCES.items() if bits & rule]


def _ids(people: Sequence[Person]) -> NDArray[np.int64]:
    return np.array([person.id for person in people], np.int64)


def _reporting_line(pool: Pool, rules: Rules) -> NDArray[np.bool_]:
    rows = {person.id: at for at, person in enumerate(pool.mentees)}
    columns = {person.id: at for at, person in enumerate(pool.mentors)}
    managers = {p.id: p.manager for p in (*pool.mentees, *pool.mentors)} | dict(pool.managers)
    found = np.zeros((len(rows), len(columns)), np.bool_)
    for staff_id in rows.keys() | columns.keys():
        for above in _above(staff_id, managers, rules.manager_depth):
            if above in rows and staff_id in columns:
                found[rows[above], columns[staff_id]] = True
            if above in columns and staff_id in rows:
                found[rows[staff_id], columns[above]] = True
    return found


def _above(staff_id: int, managers: Mapping[int, int | None], depth: int) -> list[int]:
    line: list[int] = []
    above = managers.get(staff_id)
    while above is not None and len(line) < depth and above not in line:
        line.append(above)
        above = managers.get(above)
    return line


def _same_team(rows: Sequence[Person], columns: Sequence[Person]) -> NDArray[np.bool_]:
    """The same named team; without team data, the same manager."""
    teams = _equal_known([p.team for p in rows], [p.team for p in columns])
    managers = _equal_known([p.manager or 0 for p in rows], [p.manager or 0 for p in columns])
    unknown = np.logical_or.outer([not p.team for p in rows], [not p.team for p in columns])
    return np.asarray(teams | (unknown & managers), np.bool_)


def _equal_known(rows: Sequence[Any], columns: Sequence[Any]) -> NDArray[np.bool_]:
    """Equal values, where both are known."""
    codes: dict[Any, int] = {}
    left = np.array([codes.setdefault(v, len(codes)) if v else -1 for v in rows])
    right = np.array([codes.setdefault(v, len(codes)) if v else -2 for v in columns])
    return np.asarray(np.equal.outer(left, right), np.bool_)


def _too_close(
    rows: Sequence[Person], columns: Sequence[Person], rules: Rules
) -> NDArray[np.bool_]:
    """The mentee is not enough levels above; where a level is unknown, not enough years longer."""
    levels = np.subtract.outer(_or_nan(p.level for p in rows), _or_nan(p.level for p in columns))
    longer = np.subtract.outer(_or_nan(map(_day, columns)), _or_nan(map(_day, rows))).T
    by_level = np.isfinite(levels) & (levels < rules.level_gap)
    enough = rules.tenure_gap_years * A_YEAR
    by_tenure = ~np.isfinite(levels) & np.isfinite(longer) & (longer < enough)
    return np.asarray(by_level | by_tenure, np.bool_)


def _day(person: Person) -> int | None:
    if person.start is None:
        return None
    day = date.fromordinal(person.start)
    return day.year * A_YEAR + day.month * 100 + day.day


def _or_nan(values: Iterable[int | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _nothing_shared(
    rows: Sequence[frozenset[str]], columns: Sequence[frozenset[str]]
) -> NDArray[np.bool_]:
    """No word in common, where both sides have named some."""
    words = sorted(set().union(*rows, *columns))
    left, right = _incidence(rows, words), _incidence(columns, words)
    known = np.logical_and.outer([bool(r) for r in rows], [bool(c) for c in columns])
    return np.asarray(known & ((left @ right.T) == 0), np.bool_)


def _incidence(sets: Sequence[frozenset[str]], words: Sequence[str]) -> NDArray[np.int32]:
    return np.array([[w in s for w in words] for s in sets], np.int32).reshape(
        len(sets), len(words)
    )


def _mark(broken: Mask, pool: Pool, ties: frozenset[frozenset[int]], rule: Rule) -> None:
    rows = {person.id: at for at, person in enumerate(pool.mentees)}
    columns = {person.id: at for at, person in enumerate(pool.mentors)}
    for tie in ties:
        for one in tie:
            for other in tie - {one}:
                if one in rows and other in columns:
                    broken[rows[one], columns[other]] |= rule
