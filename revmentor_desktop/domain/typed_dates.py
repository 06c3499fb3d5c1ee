"""Dates as people type them: "today", "+7", "fri", "3 mar", "3/4/26", "2026-03-31"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR = {"today": 0, "t": 0, "now": 0, "tomorrow": 1, "yesterday": -1, "y": -1}


def typed_date(text: str, today: date) -> date | None:
    """The date that was meant; None for blank text, UserError for what is none.

    Day before month; a missing year is the one that makes the date nearest to ``today``.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if not typed:
        return None
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    if relative := re.fullmatch(r"([+-]) ?(\d{1,4})( ?[dwm])?", typed):
        return _relative(relative, today)
    if typed[:3] in _DAYS and typed.isalpha():
        ahead = (_DAYS.index(typed[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    return _absolute(typed, text, today)


def _relative(found: re.Match[str], today: date) -> date:
    amount = int(found[2]) * (-1 if found[1] == "-" else 1)
    unit = (found[3] or "d").strip()
    return today + timedelta(days=amount * {"d": 1, "w": 7, "m": 30}[unit])


def _absolute(typed: str, text: str, today: date) -> date:
    year: str | None
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        year, month, day = iso[1], int(iso[2]), iso[3]
    elif dotted := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{2}|\d{4}))?\.?", typed):
        day, month, year = dotted[1], int(dotted[2]), dotted[3]
    elif named := re.fullmatch(r"(\d{1,2})\.? ?([a-z]{3,9})\.?(?: (\d{2}|\d{4}))?", typed):
        day, year = named[1], named[3]
        month = _MONTHS.index(named[2][:3]) + 1 if named[2][:3] in _MONTHS else 0
    else:
        raise UserError(_("“{text}” is not a date. Write it like 31 Mar 2026.").format(text=text))
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
        near = [date(y, month, int(day)) for y in (today.year - 1, today.year, today.year + 1)]
    except ValueError:
        raise UserError(_("“{text}” is not a date that exists.").format(text=text)) from None
    return min(near, key=lambda candidate: abs((candidate - today).days))
