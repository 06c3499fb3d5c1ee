"""Which rules every possible pair would break, as one bit for each rule in each cell.

A rule forbids only on known facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.cells import A_YEAR, UNKNOWN, Cells, Marks
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.rules import ALWAYS, WHOLE_LINE, Rule, Rules

Mask = NDArray[np.uint16]


def mask(pool: Pool, rules: Rules, cells: Cells) -> Mask:
    """The rules that every mentor (row) with every mentee (column) would break; 0 breaks none.

    Also those that are switched off, so that a switch needs no new mask; what somebody was
    excepted from is not among them.
    """
    broken = np.zeros(cells.shape, np.uint16)
    if not broken.size:
        return broken
    for some, block in cells.blocks():
        for rule, test in _TESTS.items():
            broken[some] |= test(rules, block) * np.uint16(rule)
    line = reporting_lines(pool, 0, rules.manager_depth or Rules().manager_depth)
    for rule, couples in (
        (Rule.SELF, [(id_, id_) for id_ in _on_both_sides(cells)]),
        (Rule.REPORTING_LINE, line),
        (Rule.KEPT_APART, pool.apart), (Rule.EARLIER, pool.earlier - pool.declined),
        (Rule.DECLINED, pool.declined), (Rule.ASIDE, pool.aside),
        (Rule.TURNED_DOWN, pool.turned_down - pool.declined),
    ):  # fmt: skip
        if couples:
            broken |= cells.mark(couples) * np.uint16(rule)
    _waive(broken, pool, cells)
    return broken


def _on_both_sides(cells: Cells) -> set[int]:
    return set(cells.mentees.ids.tolist()) & set(cells.mentors.ids.tolist())


def _waive(broken: Mask, pool: Pool, cells: Cells) -> None:
    for id_, bits in pool.waived.items():
        kept = np.uint16(~(bits & ~int(ALWAYS)) & 0xFFFF)
        broken[:, cells.mentees.ids == id_] &= kept
        broken[cells.mentors.ids == id_] &= kept


def reporting_lines(pool: Pool, over: int, depth: int) -> set[tuple[int, int]]:
    """Who is above whom by more than ``over`` steps and at most ``depth``: (above, below)."""
    people = (*pool.mentees, *pool.mentors)
    if not any(pool.managers.values()) and not any(person.manager for person in people):
        return set()
    managers = {person.id: person.manager for person in people} | dict(pool.managers)
    return {
        (above, person.id)
        for person in people
        if managers.get(person.id) is not None
        for above in _above(person.id, managers, depth)[over:]
    }


def _above(staff_id: int, managers: Mapping[int, int | None], depth: int) -> list[int]:
    line: list[int] = []
    above = managers.get(staff_id)
    limit = len(managers) if depth == WHOLE_LINE else depth
    while above is not None and len(line) < limit and above not in line and above != staff_id:
        line.append(above)
        above = managers.get(above)
    return line


def _same_team(_rules: Rules, cells: Cells) -> Marks:
    """The same named team; without team data, the same manager."""
    teams, managers = cells.both("team"), cells.both("manager")
    unknown = (teams[0] == UNKNOWN) | (teams[1] == UNKNOWN)
    return np.asarray(equal_known(*teams) | (unknown & equal_known(*managers)), np.bool_)


def equal_known(one: NDArray[Any], other: NDArray[Any]) -> Marks:
    """Equal values, where both are known."""
    return np.asarray(one == np.where(other == UNKNOWN, UNKNOWN - 1, other), np.bool_)


def _too_close(rules: Rules, cells: Cells) -> Marks:
    """The mentee is not enough levels above; where a level is unknown, not enough years longer."""
    mentee, mentor = cells.both("level")
    if (mentee != UNKNOWN).all() and (mentor != UNKNOWN).all():
        return np.asarray(mentee - mentor < rules.level_gap, np.bool_)
    levels = (mentee != UNKNOWN) & (mentor != UNKNOWN)
    since, other = cells.both("start")
    years = ~levels & (since != UNKNOWN) & (other != UNKNOWN)
    enough = np.int32(rules.tenure_gap_years * A_YEAR)
    by_level = levels & (mentee - mentor < rules.level_gap)
    return np.asarray(by_level | (years & (other - since < enough)), np.bool_)


def _no_language(_rules: Rules, cells: Cells) -> Marks:
    return cells.none_shared("languages")


def _no_format(_rules: Rules, cells: Cells) -> Marks:
    return cells.none_shared("formats")


_TESTS: Mapping[Rule, Callable[[Rules, Cells], Marks]] = {
    Rule.SAME_TEAM: _same_team,
    Rule.LEVEL_GAP: _too_close,
    Rule.LANGUAGE: _no_language,
    Rule.FORMAT: _no_format,
}
