"""How many pairs the rules leave to choose from, and what each change to them would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from revmentor_desktop.domain.matching.grid import Grid, regrid
from revmentor_desktop.domain.matching.mask import Mask
from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule, Rules


@dataclass(frozen=True, slots=True)
class Leaves:
    """What rules allow: so many ``pairs``, and partners for so many ``mentees`` and ``mentors``."""

    pairs: int
    mentees: int
    mentors: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left where a rule forbids, and where it does not; all other rules as they are."""

    forbidding: Leaves
    without: Leaves


def leaves(grid: Grid) -> Leaves:
    """What the rules of a grid allow."""
    return _counted(grid.forbidden)


def leaves_under(grid: Grid, rules: Rules) -> Leaves:
    """What other rules would allow the same people, without scoring or solving anything."""
    return leaves(regrid(grid, rules, with_scores=False))


def choices(grid: Grid) -> Mapping[Rule, Choice]:
    """For each rule that she can choose about what either choice leaves."""
    forbidding = np.uint16(grid.rules.in_force & ~grid.rules.preferred)
    now = leaves(grid)
    found = {}
    for rule in RULE_NAMES:
        other = _counted(grid.breaches & (forbidding ^ np.uint16(rule)))
        found[rule] = Choice(now, other) if forbidding & rule else Choice(other, now)
    return found


def _counted(forbidden: Mask) -> Leaves:
    allowed = forbidden == 0
    return Leaves(
        pairs=int(np.count_nonzero(allowed)),
        mentees=int(np.count_nonzero(allowed.any(axis=1))),
        mentors=int(np.count_nonzero(allowed.any(axis=0))),
    )
