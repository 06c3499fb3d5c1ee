"""Dates of other people's lists."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from revmentor_desktop.exchange.dates import day_first, parse_date


@pytest.mark.parametrize(
    ("value", "first", "day"),
    [
        ("2021-03-04", None, date(2021, 3, 4)),
        ("2021-03-04T00:00:00", None, date(2021, 3, 4)),
        ("04/03/2021", True, date(2021, 3, 4)),
        ("03/04/2021", False, date(2021, 3, 4)),
        ("4.3.21", None, date(2021, 3, 4)),
        ("1.2.85", None, date(1985, 2, 1)),
        ("3 Mar 2021", None, date(2021, 3, 3)),
        ("3. März 2021", None, date(2021, 3, 3)),
        ("1. Dezember 2020", None, date(2020, 12, 1)),
        ("March 3, 2021", None, date(2021, 3, 3)),
        (datetime(2021, 3, 4, 8), None, date(2021, 3, 4)),
        (date(2021, 3, 4), None, date(2021, 3, 4)),
        (44259, None, date(2021, 3, 4)),
        ("Thursday, 4 March 2021", None, date(2021, 3, 4)),
        ("4th of March 2021", None, date(2021, 3, 4)),
        ("04-Mar-21", None, date(2021, 3, 4)),
        ("\u200f4/3/2021", True, date(2021, 3, 4)),
        ("04/03/2021 00:00:00", True, date(2021, 3, 4)),
        ("20210304", None, date(2021, 3, 4)),
        (20210304, None, date(2021, 3, 4)),
        (44259.75, None, date(2021, 3, 4)),
        ("44259", None, date(2021, 3, 4)),
    ],
)
def test_a_date_in_any_dress(value: object, first: bool | None, day: date) -> None:
    assert parse_date(value, first) == day


@pytest.mark.parametrize(
    "value",
    ["31/02/2024", "soon", "", None, 0, float("nan"), "99", True, 2019, "2019", 20211399, 1e300],
)
def test_what_is_no_date(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(value, True)


def test_the_order_is_learnt_from_the_column() -> None:
    assert day_first(["01/02/2020", "25/02/2020"]) is True
    assert day_first(["01/02/2020", "02/25/2020"]) is False
    assert day_first(["01/02/2020", None, 5]) is None
    assert day_first(["01.02.2020"]) is True
