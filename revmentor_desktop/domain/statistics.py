"""Honest small-sample statistics: pure functions on plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The change of the same people between two rounds, in scale points.

    ``low`` and ``high`` are the ends of the 95 % t-interval of the mean change.
    """

    people: int
    before: float
    after: float
    mean: float
    low: float
    high: float
    better: int
    same: int
    worse: int


def paired_change(before: Sequence[float], after: Sequence[float]) -> PairedChange:
    """Mean paired change with its t-interval (Student 1908), for at least two people."""
    if len(before) != len(after) or len(before) < 2:
        raise ValueError("paired change needs the same two or more people in both rounds")
    from scipy.stats import t as student

    changes = [b - a for a, b in zip(before, after, strict=True)]
    mean, people = fmean(changes), len(changes)
    half = float(student.ppf(0.975, people - 1)) * stdev(changes) / sqrt(people)
    return PairedChange(
        people=people,
        before=fmean(before),
        after=fmean(after),
        mean=mean,
        low=mean - half,
        high=mean + half,
        better=sum(1 for change in changes if change > 0),
        same=sum(1 for change in changes if change == 0),
        worse=sum(1 for change in changes if change < 0),
    )
