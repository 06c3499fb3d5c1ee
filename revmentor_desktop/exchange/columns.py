"""Recognises what the columns of a staff list hold, by their headings and by what is in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.sheets import Cell, Sheet
from revmentor_desktop.i18n import N_, _

FIELDS: Mapping[str, str] = {
    "full_name": N_("Name"),
    "given_name": N_("First name"),
    "family_name": N_("Last name"),
    "preferred_name": N_("Preferred name"),
    "staff_number": N_("Staff number"),
    "email": N_("E-mail"),
    "job_title": N_("Job title"),
    "department": N_("Department"),
    "team": N_("Team"),
    "level": N_("Level"),
    "site": N_("Site"),
    "manager_name": N_("Manager (name)"),
    "manager_number": N_("Manager (staff number)"),
    "manager_email": N_("Manager (e-mail)"),
    "start_date": N_("Start date"),
    "birth_year": N_("Birth year"),
    "languages": N_("Languages"),
    "formats": N_("Ways to meet"),
    "availability": N_("Availability"),
    "offers": N_("Topics offered"),
    "wants": N_("Topics wanted"),
    "told_on": N_("Told on"),
}
"""What can be brought in; the titles are also those of the export, so it can come back."""

_HEADINGS: Mapping[str, str] = {
    "full_name": "name|full name|employee name|staff name|employee|person|staff member|display name"
    "|vollstandiger name|mitarbeiter|mitarbeiterin|mitarbeitername",
    "given_name": "first name|firstname|given name|forename|fname|vorname",
    "family_name": "last name|lastname|family name|surname|lname|nachname|familienname",
    "preferred_name": "preferred name|known as|nickname|rufname",
    "staff_number": "staff number|staff no|staff id|employee id|employee number|employee no|emp id"
    "|empid|personnel number|payroll number|worker id|id|id number|number|personalnummer"
    "|personal nr|pers nr|mitarbeiternummer",
    "email": "email|e mail|mail|email address|e mail address|work email|e mail adresse",
    "job_title": "job title|title|position|role|job|function|post|stelle|stellenbezeichnung"
    "|funktion|jobtitel|berufsbezeichnung",
    "department": "department|dept|dept name|department name|division|unit|business unit"
    "|directorate|abteilung|bereich",
    "team": "team|group|squad|section|gruppe",
    "level": "level|grade|band|seniority|job level|career level|stufe|ebene|entgeltgruppe",
    "site": "site|city|location|office|work location|workplace|base|branch|building|standort|ort"
    "|stadt|dienstort",
    "manager_name": "manager|manager name|line manager|supervisor|supervisor name|reports to|boss"
    "|reporting manager|vorgesetzter|vorgesetzte|fuhrungskraft",
    "manager_number": "manager id|manager number|manager no|supervisor id|line manager id"
    "|reports to id|manager employee id|manager staff number|vorgesetzten nummer",
    "manager_email": "manager email|manager e mail|line manager email|supervisor email",
    "start_date": "start date|start|started|hire date|hired|date of hire|joining date|date joined"
    "|joined|employment start|service date|eintrittsdatum|eintritt|beginn",
    "birth_year": "birth year|year of birth|date of birth|dob|birth date|birthday|geburtsjahr"
    "|geburtsdatum",
    "languages": "languages|language|spoken languages|sprachen|sprache",
    "formats": "ways to meet|formats|meeting formats",
    "availability": "availability|available|verfugbarkeit",
    "offers": "topics offered|offers|can teach|skills to share|can offer|bietet",
    "wants": "topics wanted|wants|wants to learn|would like to learn|interests|mochte lernen",
    "told_on": "told on|informed on",
}
_WHO = "manager|line manager|supervisor|reporting manager|vorgesetzter|vorgesetzten|fuhrungskraft"
_NUMBERS = "id|no|number|nr|nummer|employee id|employee number|staff number|personalnummer"
_MORE = {"team name": "team", "office location": "site", "work location": "site"}
_KNOWN = _MORE | {
    f"{who} {number}": "manager_number" for who in _WHO.split("|") for number in _NUMBERS.split("|")
}
_KNOWN |= {name: field for field, names in _HEADINGS.items() for name in names.split("|")}
CLOSE_ENOUGH = 90


def folded_heading(text: str) -> str:
    """Letters and figures in lower case without accents, words parted by one space."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", split.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", bare))


def propose_mapping(sheet: Sheet) -> dict[int, str]:
    """Column -> field for every column that is recognised; no field twice."""
    mapping: dict[int, str] = {}
    headings = [folded_heading(heading) for heading in sheet.header]
    for at, heading in enumerate(headings):
        field = _KNOWN.get(heading)
        if field is not None and field not in mapping.values():
            mapping[at] = field
    for at, heading in enumerate(headings):
        if at not in mapping and (field := _close(heading)) and field not in mapping.values():
            mapping[at] = field
    _by_content(sheet, mapping)
    return mapping


def _close(heading: str) -> str | None:
    """A heading that is nearly one that is known, such as one with a typing slip."""
    from rapidfuzz import fuzz, process

    if len(heading) < 5:
        return None
    found = process.extractOne(heading, _KNOWN, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return _KNOWN[found[0]] if found else None


def _by_content(sheet: Sheet, mapping: dict[int, str]) -> None:
    """What the cells themselves give away, where the heading said nothing."""
    for at in range(len(sheet.header)):
        cells = [row[at] for row in sheet.rows[:200] if row[at] not in (None, "")]
        if at in mapping or not cells:
            continue
        if "email" not in mapping.values() and all("@" in str(cell) for cell in cells):
            mapping[at] = "email"
    numbers = next((at for at, field in mapping.items() if field == "staff_number"), None)
    named = next((at for at, field in mapping.items() if field == "manager_name"), None)
    if numbers is not None and named is not None:
        known = {cell_text(row[numbers]) for row in sheet.rows}
        said = {cell_text(row[named]) for row in sheet.rows} - {""}
        if said and said <= known and "manager_number" not in mapping.values():
            mapping[named] = "manager_number"


def cell_text(cell: Cell) -> str:
    """A cell as text; whole numbers without a decimal point."""
    return "" if cell is None else " ".join(str(cell).split())


def asked_mapping(sheet: Sheet, wanted: Mapping[str, str]) -> dict[int, str]:
    """The proposed mapping, changed by what was asked for (heading -> field or ``skip``)."""
    mapping = propose_mapping(sheet)
    for heading, field in wanted.items():
        at = find_column(sheet, heading)
        mapping.pop(at, None)
        if folded_heading(field) in ("skip", "ignore", ""):
            continue
        name = find_field(field)
        mapping = {other: kept for other, kept in mapping.items() if kept != name}
        mapping[at] = name
    return mapping


def find_field(text: str) -> str:
    """The field of that name or title; a UserError that names the nearest one."""
    by_title = {folded_heading(title): field for field, title in FIELDS.items()}
    by_title |= {folded_heading(field): field for field in FIELDS}
    folded = folded_heading(text)
    if folded in by_title:
        return by_title[folded]
    raise UserError(
        _("There is no field “{name}”. {hint}").format(
            name=text, hint=_did_you_mean(folded, list(FIELDS))
        )
    )


def find_column(sheet: Sheet, heading: str) -> int:
    """The place of the column with that heading; a UserError that names the nearest one."""
    folded = [folded_heading(title) for title in sheet.header]
    if folded_heading(heading) in folded:
        return folded.index(folded_heading(heading))
    raise UserError(
        _("“{file}” has no column “{name}”. {hint}").format(
            file=sheet.name, name=heading, hint=_did_you_mean(heading, sheet.header)
        )
    )


def _did_you_mean(text: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(text.casefold(), [name.casefold() for name in known], 1, 0.6)
    if close:
        name = next(name for name in known if name.casefold() == close[0])
        return _("Did you mean “{name}”?").format(name=name)
    return _("Choose one of: {names}.").format(names=", ".join(known))
