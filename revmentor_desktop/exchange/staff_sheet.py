"""A sheet becomes people, with every problem named by its row and what was done about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.staff import split_name
from revmentor_desktop.exchange import parts
from revmentor_desktop.exchange.cells import cell_text, is_blank
from revmentor_desktop.exchange.dates import day_first, is_unclear, parse_date, reads_against
from revmentor_desktop.exchange.headings import folded_heading
from revmentor_desktop.exchange.managers import find_managers
from revmentor_desktop.exchange.sheet_people import (
    Cause,
    Problem,
    Reading,
    SheetPerson,
    SheetRow,
    StaffSheet,
)
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.exchange.words import Topics, split_topics, split_words
from revmentor_desktop.i18n import _, format_date

__all__ = ["Cause", "Problem", "SheetPerson", "StaffSheet", "check"]

DATES = ("start_date", "told_on", "not_before", "birth_year")
PLAIN = ("preferred_name", "department", "team", "job_title", "level", "site", "availability")
_REMARK = re.compile(
    r"(total|sum|summe|gesamt|count|anzahl|page|seite|printed|stand)\b", re.IGNORECASE
)
ENOUGH_TO_TELL = 4
"""As many equal cells say that two rows are one person, and not two of one name."""
YOUNGEST_SHORT_YEAR = 15
"""Two digits of a birth year up to this one are of this century."""


def check(
    sheet: Sheet,
    mapping: Mapping[int, str],
    strict: bool = False,
    first: bool | None = None,
    topics: Collection[str] | None = None,
) -> StaffSheet:
    """Read the people of a sheet. ``first``: the answer to "does the day come first?"; None asks
    the column itself. ``strict`` refuses the first problem instead of repairing it. ``topics``:
    the names of the topics there are (None: the shipped ones), which may hold commas.
    """
    columns = {name: at for at, name in mapping.items()}
    if "full_name" not in columns and not {"given_name", "family_name"} & columns.keys():
        raise UserError(
            _("“{name}” has no column with names. Choose the column that holds them.").format(
                name=sheet.name
            )
        )
    orders, unclear = _orders(sheet, columns, first)
    reading = Reading(sheet, columns, orders)
    known = Topics(topics)
    people = []
    for row in reading.rows():
        person = None if _is_no_person(reading, row) else _person(reading, row, known)
        if person is not None:
            people.append(person)
    people = _without_doubles(reading, people)
    people = find_managers(reading, people)
    problems = tuple(sorted(reading.problems, key=lambda p: (p.row, p.column)))
    if strict and problems:
        raise UserError(problems[0].sentence())
    return StaffSheet(tuple(people), problems, dict(mapping), unclear)


def _orders(
    sheet: Sheet, columns: Mapping[str, int], first: bool | None
) -> tuple[dict[str, bool | None], tuple[str, ...]]:
    """Whether the day comes first in each column of dates, and the columns that do not say.

    A heading such as "Start (mm/dd/yyyy)" says it, else the column, else the list's other ones.
    """
    found: dict[str, bool | None] = {}
    cells = {name: [row[columns[name]] for row in sheet.rows] for name in DATES if name in columns}
    for name, values in cells.items():
        heading = folded_heading(sheet.header[columns[name]])
        told = re.search(r"\b(?:(dd? mm?|tt? mm?)|(mm? dd?))\b", heading)
        found[name] = bool(told[1]) if told else day_first(values)
    decided = {order for order in found.values() if order is not None}
    others = decided.pop() if len(decided) == 1 else first
    silent = [name for name in cells if found[name] is None and name != "birth_year"]
    unclear = tuple(
        sheet.header[columns[name]] for name in silent if others is None and is_unclear(cells[name])
    )
    return {n: others if order is None else order for n, order in found.items()}, unclear


def _is_no_person(reading: Reading, row: SheetRow) -> bool:
    """A heading that is repeated on each page, a total or a remark below the list."""
    filled = [cell for cell in row.cells if cell is not None and cell != ""]
    if len(filled) > 1:
        if not all(cell in reading.header for cell in filled):
            return False
        what = _("the heading is repeated.")
    else:
        text = cell_text(filled[0]) if filled else ""
        if len(reading.header) < 3 or not re.search(r"[\d:]", text) and not _REMARK.match(text):
            return False
        what = _("it is a remark, not a person.")
    reading.note(row, "", Cause.NOT_A_PERSON, what, "row")
    return True


def _person(reading: Reading, row: SheetRow, topics: Topics) -> SheetPerson | None:
    given, family = reading.name(row, "given_name"), reading.name(row, "family_name")
    full = reading.name(row, "full_name") or " ".join(filter(None, (given, family)))
    if not full:
        reading.note(row, "full_name", Cause.NO_NAME, _("there is no name."), "row")
        return None
    if not given and not family:
        given, family = split_name(full)
        full = " ".join(filter(None, (given, family))) if "," in full else full
    return SheetPerson(
        row=row.number,
        full_name=full,
        given_name=given,
        family_name=family,
        staff_number=reading.text(row, "staff_number") or None,
        email=_email(reading, row),
        start_date=_date(reading, row, "start_date"),
        told_on=_date(reading, row, "told_on"),
        birth_year=_birth_year(reading, row),
        languages=split_words(reading.text(row, "languages")),
        formats=split_words(reading.text(row, "formats")),
        offers=split_topics(reading.lines(row, "offers"), topics),
        wants=split_topics(reading.lines(row, "wants"), topics),
        role=parts.role(reading, row),
        capacity=parts.capacity(reading, row),
        not_before=_date(reading, row, "not_before"),
        **{name: reading.text(row, name) for name in PLAIN},  # type: ignore[arg-type]
    )


def _email(reading: Reading, row: SheetRow) -> str:
    told = reading.text(row, "email")
    if not told:
        return ""
    inside = re.search(r"<([^<>]+)>", told)
    text = (inside[1] if inside else told).removeprefix("mailto:")
    text = re.sub(r"\s+", "", text) if text.count("@") == 1 else re.split(r"[;,\s]+", text)[0]
    if not re.fullmatch(r"[^@\s<>(),;:\"]+@[^@\s<>(),;:\"]+", text):
        what = _("“{text}” is not an e-mail address.").format(text=told)
        reading.note(row, "email", Cause.EMAIL, what, "blank")
        return ""
    if text not in (told, told.removeprefix("mailto:")):
        what = _("“{text}” is more than an e-mail address.").format(text=told)
        reading.note(row, "email", Cause.EMAIL, what, _("“{text}” is taken.").format(text=text))
    return text


def _date(reading: Reading, row: SheetRow, name: str) -> date | None:
    cell = reading.cell(row, name)
    if is_blank(cell):
        return None
    order = reading.orders.get(name)
    try:
        found = parse_date(cell, order is not False)
    except (ValueError, OverflowError):
        what = _("“{text}” is not a date that exists.").format(text=cell_text(cell)[:40])
        reading.note(row, name, Cause.DATE, what, "blank")
        return None
    if reads_against(cell, order):
        what = _("“{text}” is written in another order than the other dates.")
        taken = _("It is read as {date}.").format(date=format_date(found))
        reading.note(row, name, Cause.DATE_ORDER, what.format(text=cell_text(cell)), taken)
    return found


def _birth_year(reading: Reading, row: SheetRow) -> int | None:
    """Only the year of a birth date is ever kept, and no problem repeats the date."""
    cell = reading.cell(row, "birth_year")
    if is_blank(cell):
        return None
    text = cell_text(cell)
    # A year on its own is looked for first: 32005 is a day of 1987, not the year 2005.
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    year = int(found[0]) if found else _year_of_date(reading, cell, text)
    if year and 1900 <= year <= 2100:
        return year
    reading.note(row, "birth_year", Cause.BIRTH_YEAR, _("there is no year in this cell."), "blank")
    return None


def _year_of_date(reading: Reading, cell: object, text: str) -> int | None:
    try:
        year = parse_date(cell, reading.orders.get("birth_year") is not False).year
    except (ValueError, OverflowError):
        return None
    return year - 100 if year > 2000 + YOUNGEST_SHORT_YEAR and not text.isdecimal() else year


def _without_doubles(reading: Reading, people: list[SheetPerson]) -> list[SheetPerson]:
    """A staff number or an e-mail address stands for one person: the first row wins. Where a list
    has neither, a row that repeats another one whole is left out.
    """
    kept: list[SheetPerson] = []
    seen: dict[tuple[str, object], int] = {}
    for person in people:
        keys: list[tuple[str, object]] = [
            ("staff_number", person.staff_number or ""),
            ("email", fold(person.email)),
        ]
        if not person.staff_number and not person.email:
            cells = reading.row(person.row).cells
            filled = sum(not is_blank(cell) for cell in cells)
            keys = [("full_name", cells if filled >= ENOUGH_TO_TELL else "")]
        double = next((key for key in keys if key[1] and key in seen), None)
        if double is not None:
            text = _("the same value stands in row {n} already.").format(n=seen[double])
            reading.note(reading.row(person.row), double[0], Cause.DOUBLE, text, "row")
            continue
        seen.update({key: person.row for key in keys if key[1]})
        kept.append(person)
    return kept
