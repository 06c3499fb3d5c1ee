"""How many pairs the rules leave to choose from, and what each change to them would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from revmentor_desktop.domain.matching.grid import Grid
from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """How many pairs are possible where a rule forbids, and where it does not; others as is."""

    forbidding: int
    without: int


def possible_pairs(grid: Grid) -> int:
    """How many pairs the rules of a grid allow."""
    return int(np.count_nonzero(grid.allowed))


def choices(grid: Grid) -> Mapping[Rule, Choice]:
    """For each rule that she can choose about what either choice leaves."""
    forbidding = np.uint16(grid.rules.in_force & ~grid.rules.preferred)
    now = possible_pairs(grid)
    found = {}
    for rule in RULE_NAMES:
        other = int(np.count_nonzero((grid.breaches & (forbidding ^ np.uint16(rule))) == 0))
        found[rule] = Choice(now, other) if forbidding & rule else Choice(other, now)
    return found
