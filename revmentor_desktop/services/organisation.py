"""The organisation of the file: its settings and its levels in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Level, Organisation
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level with the number of people on it; ``id`` is None for one that is new in a form."""

    id: int | None
    rank: int
    name: str
    people: int = 0


MOST_ADDRESS_LINES = 4
ADDRESS_LETTERS, FOOTER_LETTERS = 40, 240
"""What a line of the address and the whole footer hold, beside a wide logo and in small type."""
_LOOKS = ("logo", "signature", "accent", "paper", "language", "envelope", "shift_x", "shift_y")
_TEXTS = ("name", "address", "footer", "sponsor", "coordinator", "support_contact")


def create(
    session: Session, name: str, form_key: bytes | None = None, coordinator: str = ""
) -> None:
    """The organisation of a new file; ``form_key``: random bytes that sign its forms."""
    session.add(
        Organisation(
            name=clean(name).strip() or _("My organisation"),
            coordinator=clean(coordinator).strip(),
            form_key=form_key,
        )
    )
    session.flush()


def settings(session: Session) -> Mapping[str, Any]:
    """All settings of the organisation by their column name."""
    organisation = session.scalars(select(Organisation)).one()
    return {name: getattr(organisation, name) for name in (*_TEXTS, *_LOOKS)}


def save_settings(session: Session, values: Mapping[str, Any]) -> None:
    """Store what the settings form holds; the name may not be blank."""
    organisation = session.scalars(select(Organisation)).one()
    if "name" in values and not values["name"].strip():
        raise UserError(_("The organisation needs a name. It stands on every letter."))
    check_letterhead(values)
    for key, value in values.items():
        setattr(organisation, key, clean(value).strip() if key in _TEXTS else value)


def check_letterhead(values: Mapping[str, Any]) -> None:
    """Refuse a letterhead that could not be printed."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", values.get("accent", "#000000")):
        raise UserError(_("The accent colour must look like #0F6E66."))
    if len(values.get("address", "").splitlines()) > MOST_ADDRESS_LINES:
        raise UserError(
            _("The letterhead has room for {n} lines of the address.").format(n=MOST_ADDRESS_LINES)
        )
    if sum(-(-len(line) // ADDRESS_LETTERS) for line in values.get("address", "").splitlines()) > (
        MOST_ADDRESS_LINES
    ):
        raise UserError(
            _(
                "The address of the letterhead is too long: there is room for {n} lines of {m} "
                "letters. Shorten it, or put a part of it into the footer."
            ).format(n=MOST_ADDRESS_LINES, m=ADDRESS_LETTERS)
        )
    if len(values.get("footer", "")) > FOOTER_LETTERS:
        raise UserError(
            _("The footer of the letterhead has room for {n} letters. Shorten it.").format(
                n=FOOTER_LETTERS
            )
        )


def levels(session: Session) -> list[LevelRow]:
    """The levels from the entry level upwards, with how many people are on each."""
    people = (
        select(func.count()).where(StaffMember.level_id == Level.id).correlate(Level)
    ).scalar_subquery()
    rows = session.execute(select(Level.id, Level.rank, Level.name, people).order_by(Level.rank))
    return [LevelRow(*row) for row in rows]


def save_levels(session: Session, rows: Sequence[LevelRow]) -> None:
    """Store the levels in the given order (entry level first); missing ones are deleted."""
    names = [clean(row.name).strip() for row in rows]
    if "" in names:
        raise UserError(
            _("Level {n} has no name. Give it one or remove it.").format(n=names.index("") + 1)
        )
    folded = [name.casefold() for name in names]
    for name in names:
        if folded.count(name.casefold()) > 1:
            raise UserError(_("There are two levels called “{name}”.").format(name=name))
    stored = {level.id: level for level in session.scalars(select(Level))}
    kept = {row.id for row in rows}
    for level_id, level in stored.items():
        if level_id not in kept:
            session.execute(
                update(StaffMember).where(StaffMember.level_id == level_id).values(level_id=None)
            )
            session.delete(level)
    for rank, (row, name) in enumerate(zip(rows, names, strict=True), start=1):
        if row.id is None:
            session.add(Level(rank=rank, name=name))
        else:
            stored[row.id].rank, stored[row.id].name = rank, name
    session.flush()


def level_choices(session: Session) -> list[tuple[object, str]]:
    """The levels to choose from, highest first."""
    rows = session.execute(select(Level.id, Level.name).order_by(Level.rank.desc()))
    return [(level_id, name) for level_id, name in rows]


def save_all(session: Session, values: Mapping[str, Any], rows: Sequence[LevelRow]) -> None:
    """Settings and levels in one step."""
    save_settings(session, values)
    save_levels(session, rows)
