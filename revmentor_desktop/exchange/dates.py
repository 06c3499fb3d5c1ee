"""Reads the dates of other people's lists, whatever their order, separator or language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

EXCEL_DAY_ZERO = date(1899, 12, 30)
EARLIEST, LATEST = 1900, 2100
SERIALS = range(LATEST + 1, 73_051)  # 1905 to 2099; smaller ones are years

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
_WEEKDAY = r"(?:[^\W\d]{2,12}[.,]{0,2} )?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_PARTS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?(?:[T ,]+\d.*)?")
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?:of )?([^\W\d]{3,})[\s.,/-]+(\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(_WEEKDAY + r"([^\W\d]{3,})[\s.-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})")
_NUMBER = re.compile(r"\d{1,5}(?:[.,]\d+)?")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


def day_first(values: Iterable[object]) -> bool | None:
    """Whether the day stands before the month in these dates; None where nothing tells.

    Dots tell too: no list writes the month first with them.
    """
    first = second = dots = 0
    for value in values:
        found = _parts(value)
        if found:
            first += int(found[1]) > 12
            second += int(found[3]) > 12
            dots += found[2] == "."
    if first != second:
        return first > second
    return True if dots else None


def is_unclear(values: Iterable[object]) -> bool:
    """Whether there are dates such as 03/04/21 in a column that does not say how to read them."""
    values = list(values)
    return day_first(values) is None and any(_parts(value) for value in values)


def reads_against(value: object, day_first: bool | None) -> bool:
    """Whether a date such as 12/25/2020 exists only in the order that its column does not have."""
    found = _parts(value)
    if not found:
        return False
    month, day = (
        int(found[1 if day_first is False else 3]),
        int(found[3 if day_first is False else 1]),
    )
    return month > 12 >= day > 0


def _parts(value: object) -> re.Match[str] | None:
    return _PARTS.fullmatch(_plain(value)) if isinstance(value, str) else None


def _plain(text: str) -> str:
    """One line without marks of direction, which Arabic and Hebrew spreadsheets leave in dates."""
    return " ".join((text if text.isascii() else text.translate(_MARKS)).split())


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
    return _checked(_from_text(_plain(value), day_first))


def _checked(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError("a date outside living memory")
    return day


def _from_serial(value: float) -> date:
    if value == value and EARLIEST * 10_000 < value < (LATEST + 1) * 10_000:  # 20210304
        return date(int(value) // 10_000, int(value) // 100 % 100, int(value) % 100)
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
    if _NUMBER.fullmatch(text):
        return _from_serial(float(text.replace(",", ".")))
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
