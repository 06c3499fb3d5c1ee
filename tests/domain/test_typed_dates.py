"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.typed_dates import typed_date
from revmentor_desktop.i18n import format_date, format_date_short

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("today", MONDAY),
        ("t", MONDAY),
        ("+7", date(2026, 3, 9)),
        ("-1", date(2026, 3, 1)),
        ("+2w", date(2026, 3, 16)),
        ("fri", date(2026, 3, 6)),
        ("Monday", date(2026, 3, 9)),
        ("3/4", date(2026, 4, 3)),
        ("3.4.27", date(2027, 4, 3)),
        ("31 Mar 2026", date(2026, 3, 31)),
        ("5 Dec", date(2025, 12, 5)),
        ("2026-03-31", date(2026, 3, 31)),
    ],
)
def test_what_is_meant(text: str, day: date | None) -> None:
    assert typed_date(text, MONDAY) == day


@pytest.mark.parametrize("text", ["31/02/2026", "soon", "99", "3 Foo", "2026-13-01", "1/2/3/4"])
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError, match="is not a date"):
        typed_date(text, MONDAY)


@given(st.text(max_size=30))
def test_nothing_else_is_ever_raised(text: str) -> None:
    try:
        typed_date(text, MONDAY)
    except UserError:
        return


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_date_that_is_shown_can_be_typed(day: date) -> None:
    assert typed_date(format_date_short(day), MONDAY) == day
    assert typed_date(format_date(day), MONDAY) == day
