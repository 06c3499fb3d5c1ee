"""What may be stored in each field of a person's record, said in one sentence where it may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean, fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember
from revmentor_desktop.i18n import _

_TEXTS = frozenset(
    {
        "given_name", "family_name", "preferred_name", "email", "department", "team",
        "job_title", "site", "availability",
    }
)  # fmt: skip
_DATES = frozenset({"start_date", "told_on", "left_on"})
LONGEST_TEXT = 300


def checked(
    session: Session,
    key: str,
    value: Any,  # noqa: ANN401
    people: Sequence[StaffMember],
) -> Any:  # noqa: ANN401
    if key in _TEXTS or key == "full_name":
        return _checked_text(key, value)
    if key in _DATES:
        return value or None
    check = _CHECKS.get(key)
    return check(session, value, people) if check else value


def _checked_text(key: str, value: object) -> str:
    text = " ".join(clean(str(value or "")).split())
    if len(text) > LONGEST_TEXT:
        raise UserError(
            _("This text has {n} characters; at most {most} can be kept.").format(
                n=len(text), most=LONGEST_TEXT
            )
        )
    if key == "full_name" and not text:
        raise UserError(_("A person needs a name."))
    if key == "email" and text and not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise UserError(_("“{text}” is not an e-mail address.").format(text=text))
    return text


def _checked_number(session: Session, value: object, people: Sequence[StaffMember]) -> str | None:
    number = clean(str(value or "")).strip() or None
    if number is None:
        return None
    if len(people) > 1:
        raise UserError(_("Two people cannot have the same staff number."))
    with session.no_autoflush:
        holder = session.scalars(
            select(StaffMember).where(StaffMember.staff_number == number)
        ).first()
    if holder is not None and holder is not people[0]:
        raise UserError(
            _("{name} has the staff number {number} already.").format(
                name=holder.full_name, number=number
            )
        )
    return number


def _checked_year(session: Session, value: object, people: Sequence[StaffMember]) -> int | None:
    if value in (None, ""):
        return None
    year = int(str(value)) if str(value).isdecimal() else 0
    if not 1900 <= year <= 2100:
        raise UserError(_("“{value}” is not a birth year. Write it like 1984.").format(value=value))
    return year


def _checked_level(session: Session, value: Any, people: Sequence[StaffMember]) -> int | None:  # noqa: ANN401
    if value in (None, ""):
        return None
    if isinstance(value, str):
        known = {fold(name): id_ for id_, name in session.execute(select(Level.id, Level.name))}
        if fold(value) not in known:
            raise UserError(
                _(
                    "There is no level “{name}”. Add it in the organisation’s settings first."
                ).format(name=value)
            )
        return known[fold(value)]
    return int(value)


def _checked_manager(session: Session, value: Any, people: Sequence[StaffMember]) -> int | None:  # noqa: ANN401
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = _by_name(session, value)
    if any(person.id == value for person in people):
        raise UserError(_("Nobody can be their own manager."))
    return int(value)


def _by_name(session: Session, name: str) -> int:
    with session.no_autoflush:
        found = [
            id_
            for id_, full in session.execute(select(StaffMember.id, StaffMember.full_name))
            if fold(full) == fold(name)
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            _("There are several people called “{name}”. Choose one in the form.").format(name=name)
        )
    raise UserError(_("There is nobody called “{name}” in the staff list.").format(name=name))


def _checked_words(
    session: Session, value: object, people: Sequence[StaffMember]
) -> tuple[str, ...]:
    return words(value)


def _checked_formats(
    session: Session, value: object, people: Sequence[StaffMember]
) -> tuple[str, ...]:
    known = {kind.value for kind in MeetingFormat}
    chosen = tuple(word.casefold() for word in words(value))
    for word in chosen:
        if word not in known:
            raise UserError(
                _("“{word}” is not a way to meet. Choose “in person” or “online”.").format(
                    word=word
                )
            )
    return chosen


_Check = Callable[[Session, Any, Sequence[StaffMember]], Any]
_CHECKS: dict[str, _Check] = {
    "staff_number": _checked_number,
    "birth_year": _checked_year,
    "level": _checked_level,
    "manager": _checked_manager,
    "languages": _checked_words,
    "formats": _checked_formats,
}


def words(value: object) -> tuple[str, ...]:
    """A list of words out of a tuple or of text with commas or semicolons; no word twice."""
    parts = value if isinstance(value, tuple | list) else re.split(r"[,;\n]", str(value or ""))
    cleaned = (" ".join(clean(str(part)).split()) for part in parts)
    return tuple(dict.fromkeys(word for word in cleaned if word))
