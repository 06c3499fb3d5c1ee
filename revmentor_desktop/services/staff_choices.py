"""What the staff list offers to choose from: names, departments, sites, languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import collated
from revmentor_desktop.domain.staff import StaffMember


def names(session: Session, active_only: bool = True) -> list[tuple[object, str]]:
    """Everybody's (id, name) by name, to choose from."""
    statement = select(StaffMember.id, StaffMember.full_name).order_by(
        StaffMember.name_key, StaffMember.id
    )
    if active_only:
        statement = statement.where(StaffMember.left_on.is_(None))
    return [(id_, name) for id_, name in session.execute(statement)]


def distinct(column: Any) -> Callable[[Session], list[tuple[object, str]]]:  # noqa: ANN401
    """Choices out of what a text column holds already."""

    def choices(session: Session) -> list[tuple[object, str]]:
        found = session.scalars(select(column).where(column != "").distinct())
        return [(text, text) for text in sorted(found, key=collated)]

    return choices


departments = distinct(StaffMember.department)
sites = distinct(StaffMember.site)
teams = distinct(StaffMember.team)
job_titles = distinct(StaffMember.job_title)


def languages(session: Session) -> list[tuple[object, str]]:
    """The languages that somebody speaks already, to choose from."""
    found = {word for row in session.scalars(select(StaffMember.languages)) for word in row}
    return [(word, word) for word in sorted(found, key=collated)]
