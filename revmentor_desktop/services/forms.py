"""What stands on the forms that are filled in on screen and come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import in_order
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.programmes import PlanStep, Programme, Role, StepKind
from revmentor_desktop.domain.returns import FormKind, FormToken, make_token
from revmentor_desktop.domain.session_logs import SessionLog, SessionState
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import Benefit, Interest, InterestKind, Topic
from revmentor_desktop.i18n import _, format_date

MOST_TOPICS = 10
"""How many topics of a pair stand on its session log; there is room for others."""


@dataclass(frozen=True, slots=True)
class FormTopic:
    """A topic with its number, which names its field."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SessionForm:
    """The session log of one planned session of a pair, in words."""

    token: str
    pair_id: int
    number: int
    sessions: int
    code: str
    mentor: str
    mentee: str
    mentor_word: str
    mentee_word: str
    programme: str
    coordinator: str
    topics: tuple[FormTopic, ...]

    @property
    def names(self) -> str:
        """Mentor and mentee, as they stand on the form."""
        return _("{mentor} and {mentee}").format(mentor=self.mentor, mentee=self.mentee)

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of hers that are printed."""
        return (
            self.mentor, self.mentee, self.mentor_word, self.mentee_word, self.programme,
            self.coordinator, *(topic.name for topic in self.topics),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class InterestForm:
    """What somebody is asked before a programme, in words. ``due``: when it is to be back."""

    token: str
    staff_id: int
    name: str
    programme: str
    coordinator: str
    due: str
    topics: tuple[tuple[Benefit, tuple[FormTopic, ...]], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of hers that are printed."""
        names = (topic.name for _benefit, topics in self.topics for topic in topics)
        return (self.name, self.programme, self.coordinator, *names)


def ensure_key(session: Session, fresh: bytes) -> None:
    """Give a file that has no key for its forms yet the ``fresh`` one (32 random bytes)."""
    organisation = session.scalars(select(Organisation)).one()
    if organisation.form_key is None:
        organisation.form_key = fresh


def has_key(session: Session) -> bool:
    """Whether the file has a key for its forms."""
    return session.scalars(select(Organisation.form_key)).one() is not None


def form_key(session: Session) -> bytes:
    """The key that signs the tokens of this file's forms; UserError where none was printed yet."""
    key = session.scalars(select(Organisation.form_key)).one()
    if key is None:
        raise UserError(_("No form has been made with this file yet."))
    return key


def session_forms(
    session: Session, pair_ids: Sequence[int], numbers: Sequence[int] = ()
) -> list[SessionForm]:
    """The session logs of these pairs for the planned sessions ``numbers`` (from 1).

    Without numbers: the one that comes next, after those that were held.
    """
    key = form_key(session)
    return [
        form
        for pair_id in pair_ids
        for form in _session_forms(session, key, session.get_one(Pair, pair_id), numbers)
    ]


def _session_forms(
    session: Session, key: bytes, pair: Pair, numbers: Sequence[int]
) -> list[SessionForm]:
    programme = session.get_one(Programme, pair.programme_id)
    mentor = session.get_one(StaffMember, pair.mentor_id)
    mentee = session.get_one(StaffMember, pair.mentee_id)
    shared = _topics_of_pair(session, mentor.id, mentee.id)
    return [
        SessionForm(
            token=make_token(key, FormToken(FormKind.SESSION, pair.id, number)),
            pair_id=pair.id,
            number=number,
            sessions=max(number, programme.sessions),
            code=pair.code,
            mentor=mentor.full_name,
            mentee=mentee.full_name,
            mentor_word=programme.word(Role.MENTOR),
            mentee_word=programme.word(Role.MENTEE),
            programme=programme.name,
            coordinator=_coordinator(session),
            topics=shared,
        )
        for number in numbers or [next_session(session, pair.id)]
    ]


def next_session(session: Session, pair_id: int) -> int:
    """The number of the planned session that comes after those that were held."""
    held = session.scalars(
        select(func.count()).select_from(SessionLog)
        .where(SessionLog.pair_id == pair_id, SessionLog.state == SessionState.HELD)
    ).one()  # fmt: skip
    return held + 1


def _topics_of_pair(session: Session, mentor_id: int, mentee_id: int) -> tuple[FormTopic, ...]:
    """What one offers and the other wants, then what else either offers; by name within."""
    rows = session.execute(
        select(Topic.id, Topic.name, Interest.kind, Interest.staff_id)
        .join(Interest, Interest.topic_id == Topic.id)
        .where(Interest.staff_id.in_([mentor_id, mentee_id]))
        .order_by(in_order(Topic.name), Topic.id)
    ).all()
    said = {(topic_id, kind, who) for topic_id, _name, kind, who in rows}
    other = {mentor_id: mentee_id, mentee_id: mentor_id}
    offered: dict[int, tuple[bool, str]] = {}
    for topic_id, name, kind, who in rows:
        if kind is InterestKind.OFFERS:
            wanted = (topic_id, InterestKind.WANTS, other[who]) in said
            before = offered.get(topic_id, (False, name))[0]
            offered[topic_id] = (wanted or before, name)
    ranked = sorted(offered.items(), key=lambda entry: not entry[1][0])
    return tuple(FormTopic(topic_id, name) for topic_id, (_w, name) in ranked[:MOST_TOPICS])


def interest_forms(
    session: Session, programme_id: int, staff_ids: Sequence[int]
) -> list[InterestForm]:
    """The interest forms of these people for a programme."""
    key = form_key(session)
    programme = session.get_one(Programme, programme_id)
    due = session.scalars(
        select(PlanStep.due).where(
            PlanStep.programme_id == programme_id, PlanStep.kind == StepKind.INTERESTS_DUE
        )
    ).one_or_none()
    library = _library(session)
    coordinator = _coordinator(session)
    return [
        InterestForm(
            token=make_token(key, FormToken(FormKind.INTEREST, staff_id, programme_id)),
            staff_id=staff_id,
            name=session.get_one(StaffMember, staff_id).full_name,
            programme=programme.name,
            coordinator=coordinator,
            due=format_date(due) if due else "",
            topics=library,
        )
        for staff_id in staff_ids
    ]


def _library(session: Session) -> tuple[tuple[Benefit, tuple[FormTopic, ...]], ...]:
    rows = session.execute(
        select(Topic.benefit, Topic.id, Topic.name)
        .where(Topic.retired.is_(False))
        .order_by(in_order(Topic.name), Topic.id)
    ).all()
    return tuple(
        (benefit, tuple(FormTopic(id_, name) for one, id_, name in rows if one is benefit))
        for benefit in Benefit
        if any(one is benefit for one, _id, _name in rows)
    )


def _coordinator(session: Session) -> str:
    """To whom a form goes back."""
    name = session.scalars(select(Organisation.coordinator)).one()
    return name or _("the coordinator")
