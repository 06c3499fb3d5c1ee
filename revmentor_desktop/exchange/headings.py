"""The fields of a staff list, and the headings under which other people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from revmentor_desktop.i18n import N_

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
    "role": N_("Role in the programme"),
    "capacity": N_("Number of partners"),
    "not_before": N_("Not available before"),
}
"""What can be brought in; the titles are also those of the export, so it can come back."""

_HEADINGS: Mapping[str, str] = {
    "full_name": "name|full name|employee name|staff name|employee|person|staff member|colleague"
    "|display name|worker|vollstandiger name|mitarbeiter|mitarbeiterin|mitarbeitername"
    "|name vorname|nachname vorname|last name first name|name first name",
    "given_name": "first name|firstname|given name|givenname|forename|fname|christian name"
    "|first names|given names|legal first name|vorname|vornamen",
    "family_name": "last name|lastname|family name|familyname|surname|lname|second name"
    "|legal last name|nachname|familienname|zuname",
    "preferred_name": "preferred name|preferred first name|known as|nickname|goes by|rufname",
    "staff_number": "staff number|staff no|staff id|employee id|employee number|employee no"
    "|employee code|emp id|empid|emp no|emp number|personnel number|personnel no|payroll number"
    "|payroll no|worker id|person id|user id|id|id number|number|no|personalnummer|personal nr"
    "|personalnr|pers nr|persnr|pnr|mitarbeiternummer|mitarbeiter nr|mitarbeiter id",
    "email": "email|e mail|mail|email address|e mail address|mail address|work email|work e mail"
    "|work email address|business email|company email|office email|corporate email|email work"
    "|e mail adresse|email adresse|mailadresse|dienstliche e mail|e mail dienstlich",
    "job_title": "job title|jobtitle|title|position|position title|role|job|job name|job role"
    "|business title|designation|occupation|function|post|stelle|stellenbezeichnung|funktion"
    "|jobtitel|rolle|berufsbezeichnung|tatigkeit|positionsbezeichnung",
    "department": "department|dept|dept name|department name|division|unit|business unit"
    "|organisational unit|org unit|directorate|faculty|function area|abteilung|bereich"
    "|fachbereich|organisationseinheit|abteilungsname",
    "team": "team|team name|group|squad|section|gruppe|arbeitsgruppe|sachgebiet",
    "level": "level|grade|band|pay grade name|seniority|job level|job grade|career level"
    "|management level|grade level|stufe|ebene|hierarchieebene|hierarchiestufe|karrierestufe",
    "site": "site|city|town|location|office|office location|work location|work city|workplace"
    "|place|place of work|base|branch|campus|building|standort|ort|arbeitsort|stadt|dienstort"
    "|niederlassung|einsatzort|filiale",
    "manager_name": "manager|manager name|manager s name|line manager|line manager name"
    "|line manager s name|people manager|supervisor|supervisor name|reports to|reporting to"
    "|boss|reporting manager|direct manager|manager full name|vorgesetzter|vorgesetzte"
    "|vorgesetzter name|name vorgesetzter|name des vorgesetzten|name der vorgesetzten"
    "|fuhrungskraft|name fuhrungskraft|teamleitung|berichtet an",
    "manager_number": "reports to id|reports to number|manager payroll number|mgr id|mgr no"
    "|vorgesetzten nummer|personalnummer vorgesetzter|personalnummer des vorgesetzten"
    "|personalnummer fuhrungskraft|personalnummer der fuhrungskraft",
    "manager_email": "reports to email|mgr email|e mail vorgesetzter|e mail des vorgesetzten"
    "|e mail fuhrungskraft|e mail der fuhrungskraft",
    "start_date": "start date|startdate|start|started|hire date|hiredate|hired|date of hire"
    "|original hire date|joining date|join date|date joined|date of joining|joined"
    "|joined on|employment start|employment start date|date started|employed since|service date"
    "|continuous service date|eintrittsdatum|eintritt|eintritt am|eingetreten am|beginn"
    "|einstelldatum|einstellungsdatum|startdatum|beschaftigt seit|betriebszugehorigkeit seit",
    "birth_year": "birth year|year of birth|birth band|date of birth|dob|d o b|birth date|birthdate"
    "|birthday|born|geburtstag|geburtsjahr|geburtsdatum|geb datum|geb|geboren|geboren am",
    "languages": "languages|language|spoken languages|languages spoken|sprachen|sprache"
    "|sprachkenntnisse",
    "formats": "ways to meet|formats|format|meeting formats|treffen",
    "availability": "availability|available|verfugbarkeit|verfugbar",
    "offers": "topics offered|offers|can teach|can offer|skills to share|bietet|bietet an"
    "|angebotene themen",
    "wants": "topics wanted|wants|wants to learn|would like to learn|mochte lernen"
    "|gewunschte themen",
    "told_on": "told on|informed on|informiert am",
    "role": "role in the programme|role in programme|programme role|program role|mentoring role"
    "|mentor or mentee|mentor mentee|takes part as|participates as|mentor oder mentee"
    "|rolle im programm|programmrolle|rolle im mentoring|mentoring rolle|nimmt teil als"
    "|teilnahme als",
    "capacity": "number of partners|places|capacity|number of places|number of mentees"
    "|how many partners|how many mentees|max mentees|platze|anzahl platze|kapazitat"
    "|anzahl mentees|anzahl partner|wie viele mentees",
    "not_before": "not available before|not before|available from|free from|nicht vor"
    "|nicht verfugbar vor|verfugbar ab|frei ab|fruhestens ab",
}  # fmt: skip
_WHO = (
    "manager|manager s|line manager|line manager s|people manager|supervisor|supervisor s"
    "|reporting manager|direct manager|vorgesetzter|vorgesetzte|vorgesetzten|fuhrungskraft"
)
_NUMBERS = (
    "id|no|number|nr|nummer|code|employee id|employee number|employee no|staff id|staff number"
    "|staff no|payroll number|worker id|personalnummer|personal nr"
)
_MAILS = "email|e mail|mail|email address|e mail address|work email"
KNOWN: Mapping[str, str] = {
    **{f"{w} {n}": "manager_number" for w in _WHO.split("|") for n in _NUMBERS.split("|")},
    **{f"{w} {m}": "manager_email" for w in _WHO.split("|") for m in _MAILS.split("|")},
    **{name: field for field, names in _HEADINGS.items() for name in names.split("|")},
}
"""Folded heading -> field."""

_NONE_OF_OURS = re.compile(
    r"salar|gehalt|lohn|verdienst|wage|\bpay\b|compensation|bonus|iban|\bbank|phone|telefon"
    r"|mobile|mobil|handy|\btel\b|\bfax\b|address|adress|street|strasse|post ?code|\bzip\b|\bplz\b"
    r"|postleitzahl|country|\bland\b|state\b|gender|\bsex\b|geschlecht|ethnic|religion|konfession"
    r"|national|marital|familienstand|emergency|notfall|private|privat|\bhome\b|personal e"
    r"|tax|steuer|insurance|versicherung|passport|health|disab|behinder|gewerkschaft|union"
)


def folded_heading(text: str) -> str:
    """Letters and figures in lower case without accents, words parted by one space."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", split.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", bare))


def field_of(heading: str) -> str | None:
    """The field that a heading names, with or without an explanation in brackets."""
    if found := KNOWN.get(folded_heading(heading)):
        return found
    shorter = folded_heading(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    if found := KNOWN.get(shorter):
        return found
    first, _space, rest = shorter.partition(" ")
    return KNOWN.get(rest) if first in ("employee", "worker", "staff", "emp", "legal") else None


def is_none_of_ours(heading: str) -> bool:
    """Whether a heading speaks of pay, private addresses and the like, which is never taken."""
    folded = folded_heading(heading)
    found = _NONE_OF_OURS.search(folded)
    return bool(found) and not ("mail" in folded and found is not None and "addres" in found[0])
