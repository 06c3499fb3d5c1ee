"""What people write about when they can meet is read as half days, and nothing is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.availability import half_days

WEEK = ("mon", "tue", "wed", "thu", "fri")


def slots(*days: str, halves: tuple[str, ...] = ("am", "pm")) -> frozenset[str]:
    return frozenset(f"{day} {half}" for day in days for half in halves)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mornings", slots(*WEEK, halves=("am",))),
        ("Any time", slots(*WEEK)),
        ("Mon, Wed afternoon", slots("mon") | slots("wed", halves=("pm",))),
        ("Mon-Wed", slots("mon", "tue", "wed")),
        ("Dienstag bis Donnerstag vormittags", slots("tue", "wed", "thu", halves=("am",))),
        ("not Fridays", slots("mon", "tue", "wed", "thu")),
        ("Any time except Monday mornings", slots(*WEEK) - slots("mon", halves=("am",))),
        ("Tue and Thu", slots("tue", "thu")),
        ("Flexibel, außer Freitag", slots("mon", "tue", "wed", "thu")),
        ("ask my secretary", frozenset()),
        ("", frozenset()),
    ],
)
def test_half_days_that_a_text_names(text: str, expected: frozenset[str]) -> None:
    assert half_days(text) == expected


@given(st.text())
def test_any_text_gives_half_days_of_a_week(text: str) -> None:
    assert half_days(text) <= slots(*WEEK)
