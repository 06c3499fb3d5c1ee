"""Words, dates and numbers in the user's language; window and paper may differ."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache

from revmentor_desktop import resources

_language: ContextVar[str] = ContextVar("language", default="en_GB")

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = str(resources.path("locale"))
    return gettext.translation("revmentor", folder, [language], fallback=True)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "marked, translated when shown"
    """Mark a module-level text; it is translated where it is shown."""
    return text


def _(text: str) -> str:
    """The text in the current language."""
    return _catalogue(_language.get()).gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the text that goes with ``n``, with ``{n}`` filled in."""
    return _catalogue(_language.get()).ngettext(one, many, n).replace("{n}", format_number(n))


def set_language(language: str) -> None:
    """Choose the language of this thread's texts, e.g. ``"en_GB"`` or ``"de_DE"``."""
    _language.set(language)


def current_language() -> str:
    """The language of this thread's texts, to be carried into another process."""
    return _language.get()


@contextmanager
def language(code: str) -> Iterator[None]:
    """Another language for a while: paper in the organisation's, the window in the user's."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def format_date(day: date) -> str:
    """A date as on a letter: ``3 March 2026``."""
    code = _language.get()
    if code.startswith("en"):
        # Babel costs 60 ms at start; the language that ships first needs none of it.
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date as babel_format

    return babel_format(day, "long", code)


def format_date_short(day: date) -> str:
    """A date as in a table: ``3 Mar 2026``."""
    code = _language.get()
    if code.startswith("en"):
        return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
    from babel.dates import format_date as babel_format

    return babel_format(day, "medium", code)


def format_time(moment: datetime) -> str:
    """A time of day: ``09:12``."""
    return f"{moment:%H:%M}"


def format_number(number: int) -> str:
    """A whole number with the language's grouping."""
    code = _language.get()
    if code.startswith("en"):
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=code)


def format_month(month: str) -> str:
    """The short name of a month given as ``2026-03``: ``Mar``."""
    number = int(month[5:])
    code = _language.get()
    if code.startswith("en"):
        return _MONTHS[number - 1][:3]
    from babel.dates import get_month_names

    return str(get_month_names("abbreviated", "stand-alone", code)[number])
