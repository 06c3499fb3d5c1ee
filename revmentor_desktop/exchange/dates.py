"""Reads the dates of other people's lists, whatever their order, separator or language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(1, 73_051)  # 1899-12-31 to 2099-12-31
EARLIEST, LATEST = 1900, 2100

_MONTHS = (
    ("jan", "jän", "jaen"),
    ("feb",),
    ("mar", "mär", "mae", "mrz"),
    ("apr",),
    ("may", "mai"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_PARTS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:[T ,]+\d.*)?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d]{3,})[\s.,-]+(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([^\W\d]{3,})[\s.]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NUMBER = re.compile(r"\d{1,5}(?:\.0+)?")


def day_first(values: Iterable[object]) -> bool | None:
    """Whether the day stands before the month in these dates; None where nothing tells.

    Dots tell too: no list writes the month first with them.
    """
    first = second = dots = 0
    for value in values:
        found = _PARTS.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            first += int(found[1]) > 12
            second += int(found[3]) > 12
            dots += found[2] == "."
    if first != second:
        return first > second
    return True if dots else None


def parse_date(value: object, day_first: bool | None) -> date:
    """The date that a cell holds; ValueError where it holds none or one that does not exist."""
    if isinstance(value, datetime):
        return _checked(value.date())
    if isinstance(value, date):
        return _checked(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    if not isinstance(value, str):
        raise ValueError("not a date")
    return _checked(_from_text(" ".join(value.split()), day_first))


def _checked(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError("a date outside living memory")
    return day


def _from_serial(value: float) -> date:
    if value != value or not SERIALS.start <= value < SERIALS.stop:  # NaN is not itself
        raise ValueError("not a day number")
    return _checked(EXCEL_DAY_ZERO + timedelta(days=int(value)))


def _from_text(text: str, day_first: bool | None) -> date:
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.fullmatch(text):
        return _from_parts(int(found[1]), int(found[3]), _year(found[4]), day_first)
    if found := _DAY_MONTH.fullmatch(text):
        return date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return date(_year(found[3]), _month(found[1]), int(found[2]))
    if _NUMBER.fullmatch(text) and float(text) > LATEST:
        return _from_serial(float(text))
    raise ValueError("not a date")


def _from_parts(one: int, two: int, year: int, day_first: bool | None) -> date:
    """Where one order gives no date (12/25/2020 in a list with the day first), the other may."""
    day, month = (two, one) if day_first is False else (one, two)
    if month > 12 and day <= 12:
        day, month = month, day
    return date(year, month, day)


def _year(text: str) -> int:
    """Two digits are of this century up to 49: start dates and birth years lie on both sides."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _month(word: str) -> int:
    folded = word.casefold()
    for number, names in enumerate(_MONTHS, start=1):
        if folded.startswith(names):
            return number
    raise ValueError("not a month")
