"""A programme's dates and words."""

from __future__ import annotations

from datetime import date

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import (
    Programme,
    Role,
    StepKind,
    default_end,
    planned_dates,
)


def test_the_plan_is_counted_from_kick_off_and_end() -> None:
    dates = planned_dates(date(2026, 3, 2), date(2026, 9, 2))
    assert set(dates) == set(StepKind)
    assert dates[StepKind.INVITE] == date(2026, 1, 5)
    assert dates[StepKind.BASELINE_DUE] < dates[StepKind.PROPOSE] < dates[StepKind.PRINT]
    assert dates[StepKind.SIX_MONTHS_LATER] == date(2027, 3, 2)


def test_six_months_is_the_default_and_august_ends_in_february() -> None:
    assert default_end(date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_programme_uses_its_own_words() -> None:
    programme = Programme(
        name="Upwards", start_date=date(2026, 1, 1), end_date=date(2026, 7, 1), mentor_word="Guide"
    )
    assert programme.word(Role.MENTOR) == "Guide"
    assert programme.word(Role.BOTH) == "Guide and Mentee"


def test_a_closed_programme_can_only_be_read() -> None:
    programme = Programme(name="A", start_date=date(2026, 1, 1), end_date=date(2026, 7, 1))
    programme.check_open()
    programme.closed_on = date(2026, 8, 1)
    with pytest.raises(UserError, match="Reopen it first"):
        programme.check_open()


def test_a_role_of_both_includes_each() -> None:
    assert Role.BOTH.includes(Role.MENTOR)
    assert Role.BOTH.includes(Role.MENTEE)
    assert not Role.MENTOR.includes(Role.MENTEE)
