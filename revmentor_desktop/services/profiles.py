"""How each person is introduced beside another: what is known of them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import collated
from revmentor_desktop.domain.matching.people import Person
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.staff import FORMAT_NAMES, StaffMember
from revmentor_desktop.domain.topics import Topic
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services.tables import chunks


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody is introduced beside another: (what, in words), the same rows for everybody."""

    name: str
    call_name: str
    job: str
    department: str
    rows: tuple[tuple[str, str], ...]


def topic_names(session: Session) -> dict[int, str]:
    """The names of all topics."""
    return dict(session.execute(select(Topic.id, Topic.name)).all())


def profiles(
    session: Session, members: Sequence[StaffMember], made: Mapping[int, Person]
) -> dict[int, Profile]:
    """Each person in words. Nothing of age, wishes or whom to keep apart."""
    levels = dict(session.execute(select(Level.id, Level.name)).all())
    names = _names(session, {one.manager_id for one in members if one.manager_id is not None})
    topics = topic_names(session)
    labels = (
        _("Job title"), _("Department"), _("Team"), _("Site"), _("Level"), _("Manager"),
        _("Started"), _("Offers"), _("Would like to learn"), _("Languages"), _("Meets"),
        _("Availability"),
    )  # fmt: skip
    formats = {kind.value: _(name) for kind, name in FORMAT_NAMES.items()}

    def texts(one: StaffMember) -> tuple[str, ...]:
        person = made[one.id]
        return (
            one.job_title, one.department, one.team, one.site,
            levels.get(one.level_id or 0, ""), names.get(one.manager_id or 0, ""),
            format_date(one.start_date) if one.start_date else "",
            _ranked(person.offers, topics), _ranked(person.wants, topics),
            ", ".join(one.languages), ", ".join(formats[word] for word in one.formats),
            one.availability,
        )  # fmt: skip

    return {
        one.id: Profile(
            one.full_name, one.call_name, one.job_title, one.department,
            tuple(zip(labels, texts(one), strict=True)),
        )
        for one in members
    }  # fmt: skip


def _names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for portion in chunks(sorted(ids)):
        statement = select(StaffMember.id, StaffMember.full_name)
        found |= dict(session.execute(statement.where(StaffMember.id.in_(portion))).all())
    return found


def _ranked(strengths: Mapping[int, int], topics: Mapping[int, str]) -> str:
    """Topics by name, the strongest first."""
    order = sorted(strengths, key=lambda topic: (-strengths[topic], collated(topics[topic])))
    return ", ".join(topics[topic] for topic in order)
