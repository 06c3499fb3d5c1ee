"""What a staff list says of somebody's part in a programme: the role, and how many partners."""

from __future__ import annotations

import re

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.exchange.headings import folded_heading
from revmentor_desktop.exchange.sheet_people import Cause, Reading, SheetRow
from revmentor_desktop.i18n import _
from revmentor_desktop.services.decisions import MOST_PARTNERS

_BOTH = frozenset({"both", "either", "beide", "beides"})
_NO_PART = frozenset({"no", "nein", "nicht"})


def role_of(text: str) -> Role | None:
    """The role that a cell names, in English or German; None where it names none."""
    words = folded_heading(text).split()
    mentor = any(re.fullmatch(r"mentor(s|in|innen)?", word) for word in words)
    mentee = any(re.fullmatch(r"mentees?", word) for word in words)
    if _BOTH & set(words) or (mentor and mentee):
        return Role.BOTH
    if mentor:
        return Role.MENTOR
    return Role.MENTEE if mentee else None


def role(reading: Reading, row: SheetRow) -> Role | None:
    """The role of a row; a cell that names none is a problem."""
    text = reading.text(row, "role")
    found = role_of(text)
    if text and found is None and folded_heading(text) not in _NO_PART:
        what = _("“{text}” is neither mentor nor mentee nor both.").format(text=text[:40])
        reading.note(row, "role", Cause.PART, what, "blank")
    return found


def capacity(reading: Reading, row: SheetRow) -> int | None:
    """How many partners a row has room for; what is no such number is a problem."""
    text = reading.text(row, "capacity")
    found = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    if found and 1 <= int(found[1]) <= MOST_PARTNERS:
        return int(found[1])
    if text:
        what = _("“{text}” is no number of partners from 1 to {most}.").format(
            text=text[:40], most=MOST_PARTNERS
        )
        reading.note(row, "capacity", Cause.PART, what, "blank")
    return None
