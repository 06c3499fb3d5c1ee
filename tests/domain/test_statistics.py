"""Paired change, checked against SciPy and by hand."""

from __future__ import annotations

import pytest
from scipy.stats import ttest_rel

from revmentor_desktop.domain.statistics import paired_change


def test_it_agrees_with_the_paired_t_test() -> None:
    before, after = [2.0, 3.0, 2.5, 4.0, 3.0], [3.0, 3.0, 3.5, 3.5, 4.0]
    found = paired_change(before, after)
    interval = ttest_rel(after, before).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.mean == pytest.approx(0.5)
    assert (found.better, found.same, found.worse) == (3, 1, 1)


def test_one_person_is_no_change() -> None:
    with pytest.raises(ValueError, match="two or more"):
        paired_change([1.0], [2.0])
