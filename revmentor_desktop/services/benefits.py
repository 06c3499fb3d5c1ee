"""The three benefits, honestly: what was learnt, who met, what changed, what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.changes import CHANGE_NAMES, Change, ChangeState
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.session_logs import SessionLog, SessionState, session_topics
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import BENEFIT_NAMES, Benefit, Topic
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import programmes, session_logs


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the change ledger."""

    id: int
    text: str
    heard_on: date
    state: ChangeState
    state_name: str
    owner: str
    may_be_told: bool


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """What the session logs say of one benefit: sessions with a topic of it, and the topics."""

    benefit: Benefit
    name: str
    sessions: int
    pairs: int
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BenefitPage:
    """The whole tab, but for the questionnaires."""

    benefits: tuple[BenefitRow, ...]
    met: str
    met_note: str
    changes: tuple[ChangeRow, ...]


def page(session: Session, programme_id: int) -> BenefitPage:
    """What is known of the benefits of one programme."""
    programmes.find(session, programme_id)
    met, note = _met(session, programme_id)
    return BenefitPage(
        benefits=tuple(_benefit(session, programme_id, benefit) for benefit in Benefit),
        met=met,
        met_note=note,
        changes=tuple(changes(session, programme_id)),
    )


def _benefit(session: Session, programme_id: int, benefit: Benefit) -> BenefitRow:
    statement = (
        session_logs.of_programme(
            select(SessionLog.id, SessionLog.pair_id, Topic.name), programme_id
        )
        .join(session_topics, session_topics.c.session_log_id == SessionLog.id)
        .join(Topic, Topic.id == session_topics.c.topic_id)
        .where(Topic.benefit == benefit, SessionLog.state == SessionState.HELD)
    )
    found = session.execute(statement).all()
    counted: dict[str, int] = {}
    for _log, _pair, name in found:
        counted[name] = counted.get(name, 0) + 1
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return BenefitRow(
        benefit,
        _(BENEFIT_NAMES[benefit]),
        len({log for log, _pair, _name in found}),
        len({pair for _log, pair, _name in found}),
        tuple(ranked[:5]),
    )


def _met(session: Session, programme_id: int) -> tuple[str, str]:
    """How many people met somebody of another department at least once."""
    mentor, mentee = aliased(StaffMember), aliased(StaffMember)
    rows = session.execute(
        select(mentor.department, mentee.department, mentor.site, mentee.site)
        .select_from(Pair)
        .join(mentor, mentor.id == Pair.mentor_id)
        .join(mentee, mentee.id == Pair.mentee_id)
        .where(
            Pair.programme_id == programme_id,
            select(func.count())
            .where(SessionLog.pair_id == Pair.id, SessionLog.state == SessionState.HELD)
            .correlate(Pair)
            .scalar_subquery()
            > 0,
        )
    ).all()
    across = sum(1 for a, b, _s, _t in rows if a and b and a != b)
    sites = sum(1 for _a, _b, s, t in rows if s and t and s != t)
    met = ngettext(
        "{n} pair across departments has met", "{n} pairs across departments have met", across
    )
    note = ngettext(
        "{n} of all pairs works on two sites", "{n} of all pairs work on two sites", sites
    )
    return met, note


def changes(session: Session, programme_id: int) -> list[ChangeRow]:
    """The change ledger of a programme, newest first."""
    found = session.scalars(
        select(Change)
        .where(Change.programme_id == programme_id)
        .order_by(Change.heard_on.desc(), Change.id.desc())
    )
    return [
        ChangeRow(
            c.id, c.text, c.heard_on, c.state, _(CHANGE_NAMES[c.state]), c.owner, c.may_be_told
        )
        for c in found
    ]


def add_change(session: Session, programme_id: int, text: str, owner: str, today: date) -> int:
    """Record something that changes because somebody was listened to; returns its id."""
    programmes.open_programme(session, programme_id)
    text = " ".join(clean(text).split())
    if not text:
        raise UserError(_("Write in a few words what changes."))
    change = Change(
        programme_id=programme_id, text=text, heard_on=today, owner=clean(owner).strip()
    )
    session.add(change)
    session.flush()
    return change.id


def set_change(session: Session, ids: Sequence[int], state: ChangeState, today: date) -> None:
    """Move changes on to another state."""
    for change in session.scalars(select(Change).where(Change.id.in_(ids))):
        change.state = state
        change.done_on = today if state is ChangeState.DONE else None


def set_may_be_told(session: Session, change_id: int, told: bool) -> None:
    """Whether the change may be told outside the pair."""
    change = session.get(Change, change_id)
    if change is None:
        raise UserError(_("This change is no longer in the file."))
    change.may_be_told = told
