"""What the cells of a column give away, where its heading says nothing or misleads."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from revmentor_desktop.domain.base import fold
from revmentor_desktop.exchange.cells import cell_text, is_blank
from revmentor_desktop.exchange.dates import parse_date
from revmentor_desktop.exchange.headings import folded_heading, is_none_of_ours
from revmentor_desktop.exchange.parts import role_of
from revmentor_desktop.exchange.sheets import Sheet

SAMPLE = 500
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TURNED_NAME = re.compile(r"[^\W\d][^\d,@]*, ?[^\W\d][^\d,@]*")
_BEGINS = re.compile(r"start|hire|join|enter|employ|since|eintritt|beginn|seit|einstell")


def recognise_contents(sheet: Sheet, mapping: dict[int, str]) -> None:
    """Add to the mapping what the cells say, and mend what they contradict."""
    _settle_role(sheet, mapping)
    _settle_names(sheet, mapping)
    _find_names(sheet, mapping)
    _find_email(sheet, mapping)
    _find_start_date(sheet, mapping)
    _find_numbers(sheet, mapping)
    _settle_manager(sheet, mapping)
    _find_manager_numbers(sheet, mapping)


def _values(sheet: Sheet, at: int) -> list[str]:
    found = (cell_text(row[at]) for row in sheet.rows)
    return [text for text in found if text]


def _place(mapping: dict[int, str], field: str) -> int | None:
    return next((at for at, found in mapping.items() if found == field), None)


def _free(sheet: Sheet, mapping: dict[int, str]) -> list[int]:
    return [
        at
        for at, heading in enumerate(sheet.header)
        if at not in mapping and not is_none_of_ours(heading)
    ]


def _mostly(values: Collection[str], test: Callable[[str], object], share: float = 0.8) -> bool:
    return bool(values) and sum(bool(test(value)) for value in values) >= share * len(values)


def _settle_role(sheet: Sheet, mapping: dict[int, str]) -> None:
    """A column called "Role" may hold roles in the programme, and no jobs."""
    titles = _place(mapping, "job_title")
    if titles is None or "role" in mapping.values():
        return
    if _mostly(_values(sheet, titles)[:SAMPLE], role_of):
        mapping[titles] = "role"


def _settle_names(sheet: Sheet, mapping: dict[int, str]) -> None:
    """ "Name" beside "First name" is a last name, and beside "Surname" a first name."""
    full = _place(mapping, "full_name")
    given, family = _place(mapping, "given_name"), _place(mapping, "family_name")
    if full is None or (given is None) == (family is None):
        return
    part = given if given is not None else family
    assert part is not None
    rows = [(cell_text(r[full]), cell_text(r[part])) for r in sheet.rows[:SAMPLE]]
    both = [(whole, piece) for whole, piece in rows if whole and piece]
    if both and sum(fold(piece) in fold(whole) for whole, piece in both) * 2 < len(both):
        mapping[full] = "family_name" if given is not None else "given_name"


def _find_names(sheet: Sheet, mapping: dict[int, str]) -> None:
    if {"full_name", "given_name", "family_name"} & set(mapping.values()):
        return
    free = _free(sheet, mapping)
    for at in free:
        if _mostly(_values(sheet, at)[:SAMPLE], _TURNED_NAME.fullmatch):
            mapping[at] = "full_name"
            return
    for at in free:
        words = folded_heading(sheet.header[at]).split()
        if "name" in words and not {"user", "file", "company", "login"} & set(words):
            mapping[at] = "full_name"
            return


def _find_email(sheet: Sheet, mapping: dict[int, str]) -> None:
    """The first column of addresses that differ from person to person."""
    if "email" in mapping.values():
        return
    for at in _free(sheet, mapping):
        values = _values(sheet, at)[:SAMPLE]
        if _mostly(values, _EMAIL.fullmatch) and len(set(values)) * 10 >= len(values) * 9:
            mapping[at] = "email"
            return


def _find_start_date(sheet: Sheet, mapping: dict[int, str]) -> None:
    if "start_date" in mapping.values():
        return
    for at in _free(sheet, mapping):
        heading = folded_heading(sheet.header[at])
        cells = [row[at] for row in sheet.rows[:SAMPLE] if not is_blank(row[at])]
        if cells and _BEGINS.search(heading) and all(map(_is_date, cells[:20])):
            mapping[at] = "start_date"
            return


def _is_date(cell: object) -> bool:
    try:
        parse_date(cell, None)
    except (ValueError, OverflowError):
        return False
    return True


def _find_numbers(sheet: Sheet, mapping: dict[int, str]) -> None:
    """A column of different values to which the managers' numbers refer."""
    managers = _place(mapping, "manager_number")
    if managers is None or "staff_number" in mapping.values():
        return
    said = set(_values(sheet, managers))
    for at in _free(sheet, mapping):
        values = _values(sheet, at)
        if said and said <= set(values) and len(values) == len(set(values)):
            mapping[at] = "staff_number"
            return


def _settle_manager(sheet: Sheet, mapping: dict[int, str]) -> None:
    """A column called "Manager" may hold numbers or e-mail addresses instead of names."""
    named = _place(mapping, "manager_name")
    if named is None:
        return
    said = set(_values(sheet, named))
    numbers = _place(mapping, "staff_number")
    fields = set(mapping.values())
    if "manager_email" not in fields and _mostly(said, _EMAIL.fullmatch):
        mapping[named] = "manager_email"
    elif "manager_number" not in fields and numbers is not None:
        known = set(_values(sheet, numbers))
        if _mostly(said, known.__contains__) or _mostly(said, str.isdecimal, 1):
            mapping[named] = "manager_number"


def _find_manager_numbers(sheet: Sheet, mapping: dict[int, str]) -> None:
    """A column that leads from each person to another one, and at last to a person without."""
    numbers = _place(mapping, "staff_number")
    if numbers is None or any(field.startswith("manager") for field in mapping.values()):
        return
    own = [cell_text(row[numbers]) for row in sheet.rows]
    if len(set(own)) < len(own) or min(map(len, own), default=0) < 2:
        return
    for at in _free(sheet, mapping):
        above = {
            person: boss
            for person, boss in zip(own, (cell_text(row[at]) for row in sheet.rows), strict=True)
            if boss
        }
        if len(set(above.values())) > 1 and set(above.values()) <= set(own) and _is_tree(above):
            mapping[at] = "manager_number"
            return


def _is_tree(above: dict[str, str]) -> bool:
    fine: set[str] = set()
    for person in above:
        way: list[str] = []
        at: str | None = person
        while at is not None and at not in fine:
            if at in way:
                return False
            way.append(at)
            if len(way) > 50:
                return False
            at = above.get(at)
        fine.update(way)
    return True
