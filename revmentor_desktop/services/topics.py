"""The topic library, and who offers or wants which topic."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain.base import clean, collated, fold, in_order
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.topics import Benefit, Interest, InterestKind, Topic
from revmentor_desktop.i18n import _

MOST = 4
"""The highest level of an offer, and the highest priority of a wish; the lowest is 1."""

Interests = dict[tuple[int, InterestKind], list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class InterestRow:
    """One topic that somebody offers or wants, at a level or with a priority of 1 to 4."""

    id: int
    kind: InterestKind
    topic: str
    strength: int


def seed(session: Session) -> None:
    """Put the shipped topics into the file; those that are there already stay as they are."""
    known = set(session.scalars(select(Topic.key)))
    shipped = json.loads(resources.path("topics", "en_GB.json").read_text("utf-8"))
    for entry in shipped["topics"]:
        if entry["key"] not in known:
            session.add(
                Topic(
                    key=entry["key"],
                    name=entry["name"],
                    benefit=Benefit(entry["benefit"]),
                    area=entry.get("area", ""),
                    description=entry.get("description", ""),
                    digcomp=entry.get("digcomp", ""),
                )
            )
    session.flush()


def choices(session: Session) -> list[tuple[object, str]]:
    """The topics that can be chosen, by name."""
    names = session.scalars(select(Topic.name).where(Topic.retired.is_(False)))
    return [(name, name) for name in sorted(names, key=collated)]


def by_benefit(session: Session) -> dict[Benefit, list[str]]:
    """The topics that can be chosen, by benefit and in the order of their areas."""
    found: dict[Benefit, list[str]] = {benefit: [] for benefit in Benefit}
    for topic in session.scalars(
        select(Topic).where(Topic.retired.is_(False)).order_by(Topic.key, Topic.id)
    ):
        found[topic.benefit].append(topic.name)
    return found


def named(session: Session, names: object) -> list[Topic]:
    """The topics of these names; a new name becomes a topic of the organisation's own.

    ``names``: a sequence, or text with commas or semicolons.
    """
    parts = names if isinstance(names, tuple | list) else re.split(r"[,;\n]", str(names or ""))
    wanted = dict.fromkeys(" ".join(clean(str(part)).split()) for part in parts)
    known = {fold(topic.name): topic for topic in session.scalars(select(Topic))}
    found: dict[int, Topic] = {}
    for name in wanted:
        if not name:
            continue
        topic = known.get(fold(name))
        if topic is None:
            topic = _own(session, name)
            known[fold(name)] = topic
        found[topic.id] = topic
    return list(found.values())


def _own(session: Session, name: str) -> Topic:
    if len(name) > 120:
        raise UserError(
            _(
                "A topic is a few words; this text has {n} characters. Put a comma "
                "between two topics."
            ).format(n=len(name))
        )
    topic = Topic(key=f"own:{fold(name)}", name=name, benefit=Benefit.WHOLE)
    session.add(topic)
    session.flush()
    return topic


def interests_of(session: Session, staff_ids: Sequence[int]) -> Interests:
    """By person and kind: the names of the topics with their strength, strongest first."""
    rows = session.execute(
        select(Interest.staff_id, Interest.kind, Topic.name, Interest.strength)
        .join(Topic, Topic.id == Interest.topic_id)
        .where(Interest.staff_id.in_(staff_ids))
        .order_by(Interest.strength.desc(), in_order(Topic.name), Topic.id)
    )
    found: Interests = {}
    for staff_id, kind, name, strength in rows:
        found.setdefault((staff_id, kind), []).append((name, strength))
    return found


def set_interest_names(session: Session, staff_id: int, kind: InterestKind, names: object) -> None:
    """Replace what somebody offers or wants; a topic that stays keeps its strength."""
    topics = {topic.id: topic for topic in named(session, names)}
    present = {
        interest.topic_id: interest
        for interest in session.scalars(
            select(Interest).where(Interest.staff_id == staff_id, Interest.kind == kind)
        )
    }
    gone = [interest.id for topic_id, interest in present.items() if topic_id not in topics]
    if gone:
        session.execute(sql_delete(Interest).where(Interest.id.in_(gone)))
    for topic_id in topics:
        if topic_id not in present:
            session.add(Interest(staff_id=staff_id, topic_id=topic_id, kind=kind))
    session.flush()


def interests(session: Session, staff_id: int) -> list[InterestRow]:
    """What somebody offers, then what they want, each by name."""
    rows = session.execute(
        select(Interest.id, Interest.kind, Topic.name, Interest.strength)
        .join(Topic, Topic.id == Interest.topic_id)
        .where(Interest.staff_id == staff_id)
    )
    order = list(InterestKind)
    found = [InterestRow(*row) for row in rows]
    return sorted(found, key=lambda one: (order.index(one.kind), collated(one.topic)))


def set_strengths(session: Session, staff_id: int, strengths: Mapping[int, int]) -> None:
    """How well somebody knows what they offer and how much they want the rest, by interest id.

    An interest that is gone meanwhile is passed over.
    """
    if any(not 1 <= strength <= MOST for strength in strengths.values()):
        raise UserError(_("Choose a level between 1 and {n}.").format(n=MOST))
    for interest in session.scalars(select(Interest).where(Interest.staff_id == staff_id)):
        interest.strength = strengths.get(interest.id, interest.strength)
