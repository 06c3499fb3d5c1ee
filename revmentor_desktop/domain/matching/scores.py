"""How well two people suit: whole numbers 0..1000 for each criterion, unknown kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from revmentor_desktop.domain.matching.cells import UNKNOWN, Cells, Marks, Numbers
from revmentor_desktop.domain.matching.mask import Mask, reporting_lines
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.rules import WHOLE_LINE, Rule, Rules

FULL = 1000
PREFERENCE = 400
"""What each strong preference costs that a pair goes against, of a thousand."""
FAR_LINE = 150
"""What it costs that one is above the other, beyond the depth that the rules forbid."""
LINE = Rule.REPORTING_LINE | Rule.FAR_ABOVE
"""For whom an exception was made from one of these, it costs nothing."""
WISH_SCORES = (0, 1000, 700, 500, 300)
"""By the rank of a wish; the last stands for all further ranks."""

Part = tuple[Numbers, Marks]


@dataclass(frozen=True, slots=True)
class Explained:
    """The scores of some cells, taken apart.

    ``parts[c]``: 0..1000 x weight of criterion c where known, else 0; "preference" and "line" are
    what is taken off. They sum to the total. ``known[c]``: where a criterion is known, so that an
    unknown can be told from a nought; ``share``: the weight of the known ones in percent.
    """

    parts: Mapping[str, Numbers]
    known: Mapping[str, Marks]
    total: Numbers
    share: Numbers


def total(pool: Pool, rules: Rules, cells: Cells, broken: Mask) -> Numbers:
    """The score of every mentor (row) with every mentee (column), times all weights together."""
    found = np.zeros(cells.shape, np.int32)
    weights = rules.weights
    for some, block in cells.blocks():
        for name in weights.keys() - AT_ONCE:
            _add(found[some], CRITERIA[name](block, pool, rules), weights[name])
    for name in weights.keys() & AT_ONCE:
        _add(found, CRITERIA[name](cells, pool, rules), weights[name])
    for part in _taken_off(pool, rules, cells, broken).values():
        found += part
    return found


def _add(found: Numbers, part: Part, weight: int) -> None:
    values, known = part
    values *= np.int32(weight)
    if not known.all():
        values *= known
    found += values


def explain(pool: Pool, rules: Rules, cells: Cells, broken: Mask) -> Explained:
    """The scores of chosen pairs with what they are made of. ``broken`` is of these pairs."""
    parts, known = {}, {}
    share = np.zeros(cells.shape, np.int32)
    for name, weight in rules.weights.items():
        values, is_known = CRITERIA[name](cells, pool, rules)
        parts[name], known[name] = np.where(is_known, values, 0) * np.int32(weight), is_known
        share += is_known * np.int32(weight)
    parts |= _taken_off(pool, rules, cells, broken)
    whole = sum(parts.values(), np.zeros(cells.shape, np.int32))
    return Explained(parts, known, whole, share * 100 // rules.everything)


def _taken_off(pool: Pool, rules: Rules, cells: Cells, broken: Mask) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    if rules.preferred:
        counted = np.uint16(rules.preferred & rules.in_force)
        against = np.bitwise_count(broken & counted).astype(np.int32)
        found["preference"] = against * np.int32(-PREFERENCE * rules.everything)
    beyond = _beyond(pool, rules)
    if beyond:
        far = cells.mark(beyond).astype(np.int32)
        found["line"] = far * np.int32(-FAR_LINE * rules.everything)
    return found


def _beyond(pool: Pool, rules: Rules) -> list[tuple[int, int]]:
    """Who is above whom further than the rule forbids, where no exception was made for either."""
    if not rules.manager_depth:
        return []
    excepted = {id_ for id_, bits in pool.waived.items() if bits & LINE}
    lines = reporting_lines(pool, rules.manager_depth, WHOLE_LINE)
    return [couple for couple in lines if excepted.isdisjoint(couple)]


def _wanted(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    met = cells.product("wants", "offers")
    return _share(met, cells.both("most")[0]), cells.both_have("wants", "offers")


def _gained(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    met = cells.product("offers", "wants")
    return _share(met, cells.both("most")[1]), cells.both_have("offers", "wants")


def _share(met: NDArray[np.float32], most: NDArray[np.float32]) -> Numbers:
    """Of the wishes' priorities, the share that is met.

    An offer of level 4 meets a wish wholly, of level 1 by a quarter; the best three wishes count.
    Floor division of small whole numbers is exact in float32.
    """
    ceiling = np.maximum(most, np.float32(1))
    share = np.minimum(met, most)
    share *= np.float32(FULL)
    share /= ceiling
    return share.astype(np.int32)


def _level(cells: Cells, _pool: Pool, rules: Rules) -> Part:
    mentee, mentor = cells.both("level")
    table = level_scores(rules.best_distance)
    distance = np.minimum(np.maximum(mentee - mentor, 0), len(table) - 1)
    return table.take(distance), (mentee != UNKNOWN) & (mentor != UNKNOWN)


@cache
def level_scores(best: int) -> Numbers:
    """By how many levels lie between: full marks at ``best`` and one more, and more is not better.

    Each level too few costs 300, each too many 200 but never more than half.
    """
    distance = np.arange(best + 6, dtype=np.int32)
    near = FULL - 300 * (best - distance)
    far = np.maximum(FULL - 200 * (distance - best - 1), FULL // 2)
    scores = np.where(distance < best, near, np.where(distance > best + 1, far, FULL))
    scores[0] = 0 if best else FULL
    return np.asarray(np.clip(scores, 0, FULL), np.int32)


def _department(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    return _different(*cells.both("department"))


def _site(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    return _different(*cells.both("site"))


def _different(one: Numbers, other: Numbers) -> Part:
    known = (one != UNKNOWN) & (other != UNKNOWN)
    return (one != other) * np.int32(FULL), known


def met(cells: Cells, pool: Pool, _rules: Rules) -> Part:
    """Known of couples who met or were partners, and of people who said whom they have met."""
    together = cells.mark(pool.met | (pool.earlier - pool.declined))
    mentee, mentor = cells.both("names_met")
    return ~together * np.int32(FULL), together | mentee | mentor


def _years(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    """Twenty years between birth years, or ten between start dates, are full marks."""
    mentee, mentor = cells.both("born")
    by_birth = (mentee != UNKNOWN) & (mentor != UNKNOWN)
    since, other = cells.both("start")
    by_start = ~by_birth & (since != UNKNOWN) & (other != UNKNOWN)
    apart = np.where(by_birth, np.abs(mentee - mentor) * 50, np.abs(since - other) // 10_000 * 100)
    return np.minimum(apart, FULL).astype(np.int32), by_birth | by_start


def _times(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    """Two half days a week in common are enough."""
    shared = cells.shared("times")
    return np.minimum(shared * np.int32(FULL // 2), np.int32(FULL)), cells.filled("times")


def _format(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    return (cells.shared("formats") > 0) * np.int32(FULL), cells.filled("formats")


def _language(cells: Cells, _pool: Pool, _rules: Rules) -> Part:
    return (cells.shared("languages") > 0) * np.int32(FULL), cells.filled("languages")


def _wishes(cells: Cells, pool: Pool, _rules: Rules) -> Part:
    """Half from either side, by rank; no wish is an answer."""
    found = np.zeros((len(cells.mentors), len(cells.mentees)), np.int32)
    rows = {int(id_): at for at, id_ in enumerate(cells.mentees.ids)}
    columns = {int(id_): at for at, id_ in enumerate(cells.mentors.ids)}
    for people, own, others, table in (
        (pool.mentees, rows, columns, found.T), (pool.mentors, columns, rows, found),
    ):  # fmt: skip
        for person in people:
            for other, rank in person.wishes.items():
                if person.id in own and other in others:
                    points = WISH_SCORES[min(rank, len(WISH_SCORES) - 1)] // 2
                    table[own[person.id], others[other]] += points
    return cells.of_all(found), cells.of_all(np.ones(found.shape, np.bool_))


CRITERIA: Mapping[str, Callable[[Cells, Pool, Rules], Part]] = {
    "wanted": _wanted,
    "gained": _gained,
    "level": _level,
    "department": _department,
    "site": _site,
    "met": met,
    "years": _years,
    "times": _times,
    "format": _format,
    "language": _language,
    "wishes": _wishes,
}
"""Each gives 0..1000 and where it is known, both in the shape of the cells."""

AT_ONCE = {"wanted", "gained", "met", "wishes"}
"""These are faster for all cells at once than for some at a time."""
