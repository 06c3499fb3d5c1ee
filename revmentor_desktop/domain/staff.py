"""A staff member: who they are, where they work, to whom they report, and what they agreed to."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from revmentor_desktop.domain.base import TABLE, Base, Words, collated, fold
from revmentor_desktop.i18n import N_


class MeetingFormat(Enum):
    """How a pair can meet."""

    IN_PERSON = "in person"
    ONLINE = "online"


FORMAT_NAMES = {MeetingFormat.IN_PERSON: N_("In person"), MeetingFormat.ONLINE: N_("Online")}


class StaffMember(Base):
    """One person of the staff register.

    ``told_on`` is the participation basis: the day on which the person was told of the programme;
    without it nobody is matched. ``restricted`` records an objection: out of matching and figures.
    Of a birth date only the year is ever stored.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year"),
        CheckConstraint("manager_id <> id", name="own_manager"),
        CheckConstraint("full_name <> ''", name="named"),
        Index("ix_staff_name_key", "name_key", "id"),
        Index("ix_staff_department_key", "department_key", "name_key", "id"),
        Index("ix_staff_job_title_key", "job_title_key", "name_key", "id"),
        Index("ix_staff_site_key", "site_key", "name_key", "id"),
        Index("ix_staff_start_date", "start_date", "name_key", "id"),
        Index("ix_staff_number_key", "number_key", "id"),
        Index("ix_staff_level_id", "level_id"),
        Index("ix_staff_manager_id", "manager_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    full_name: Mapped[str]
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    preferred_name: Mapped[str] = mapped_column(default="")
    staff_number: Mapped[str | None] = mapped_column(default=None, unique=True)
    email: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    team: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    level_id: Mapped[int | None] = mapped_column(
        ForeignKey("levels.id", ondelete="SET NULL"), default=None
    )
    manager_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL"), default=None
    )
    start_date: Mapped[date | None] = mapped_column(default=None)
    birth_year: Mapped[int | None] = mapped_column(default=None)
    languages: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    availability: Mapped[str] = mapped_column(default="")
    formats: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    told_on: Mapped[date | None] = mapped_column(default=None)
    restricted: Mapped[bool] = mapped_column(default=False)
    left_on: Mapped[date | None] = mapped_column(default=None)
    name_key: Mapped[str] = mapped_column(init=False, default="")
    number_key: Mapped[str] = mapped_column(init=False, default="")
    department_key: Mapped[str] = mapped_column(init=False, default="")
    job_title_key: Mapped[str] = mapped_column(init=False, default="")
    site_key: Mapped[str] = mapped_column(init=False, default="")
    search_key: Mapped[str] = mapped_column(init=False, default="")

    @property
    def call_name(self) -> str:
        """How a letter greets the person: preferred, else given, else the full name."""
        return self.preferred_name or self.given_name or self.full_name

    @property
    def is_active(self) -> bool:
        """Works here still."""
        return self.left_on is None

    @property
    def stable_key(self) -> str:
        """Names the person in every order of rows: staff number, else e-mail, else name and start.

        The family of each key is part of it, so that a number never equals an e-mail.
        """
        if self.staff_number:
            return f"n:{self.staff_number}"
        if self.email:
            return f"e:{fold(self.email)}"
        return f"p:{fold(self.full_name)}:{self.start_date or ''}"


def folded_keys(values: dict[str, Any]) -> dict[str, str]:
    """The stored sort and search keys of a staff row given as a mapping of column values."""

    def text(name: str) -> str:
        return values.get(name) or ""

    number = text("staff_number")
    return {
        "name_key": collated(
            fold(text("family_name"), text("given_name")) or fold(text("full_name"))
        ),
        "number_key": number.zfill(12) if number.isdecimal() else fold(number),
        "department_key": collated(fold(text("department"))),
        "job_title_key": collated(fold(text("job_title"))),
        "site_key": collated(fold(text("site"))),
        "search_key": fold(
            text("full_name"),
            text("preferred_name"),
            number,
            text("email"),
            text("department"),
            text("team"),
            text("job_title"),
            text("site"),
        ),
    }


def _refresh_keys(_mapper: Mapper[StaffMember], _connection: Connection, who: StaffMember) -> None:
    for name, key in folded_keys(who.__dict__).items():
        setattr(who, name, key)


event.listen(StaffMember, "before_insert", _refresh_keys)
event.listen(StaffMember, "before_update", _refresh_keys)


_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "du",
        "da",
        "dos",
        "das",
        "di",
        "del",
        "ter",
        "ten",
        "al",
        "el",
        "bin",
        "zu",
    ]
)
_TITLES = frozenset(
    ["dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau", "dipl.-ing"]
)


def split_name(full: str) -> tuple[str, str]:
    """Given and family name of a full name: "Doe, Jane", "Jane van der Berg", "Dr Jane Doe".

    Only used for sorting and greeting; the full name is kept and printed as it was written.
    """
    if "," in full:
        family, given = full.split(",", 1)
        return given.strip(), family.strip()
    parts = full.split()
    while len(parts) > 1 and parts[0].casefold().rstrip(".") in _TITLES:
        parts = parts[1:]
    if len(parts) < 2:
        return full.strip(), ""
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])
