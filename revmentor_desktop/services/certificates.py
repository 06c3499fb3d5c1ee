"""Who has earned a certificate: who was briefed and held enough sessions; and why not, if not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.programmes import Attendance, Gathering, GatheringKind, Programme
from revmentor_desktop.domain.session_logs import SessionLog, SessionState
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.tables import chunks


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody did in a programme: whether briefed; sessions held, their minutes, topics."""

    briefed: bool
    sessions: int
    minutes: int
    topics: tuple[str, ...]


def standings(session: Session, programme_id: int, staff_ids: Sequence[int]) -> dict[int, Standing]:
    """What each of these people did in the programme."""
    briefed = set(
        session.scalars(
            select(Attendance.staff_id)
            .join(Gathering, Gathering.id == Attendance.gathering_id)
            .where(Gathering.programme_id == programme_id, Gathering.kind == GatheringKind.BRIEFING)
        )
    )
    logs: dict[int, list[SessionLog]] = {}
    for portion in chunks(staff_ids):
        found = session.execute(
            select(SessionLog, Pair.mentor_id, Pair.mentee_id)
            .join(Pair, Pair.id == SessionLog.pair_id)
            .where(
                Pair.programme_id == programme_id,
                SessionLog.state == SessionState.HELD,
                or_(Pair.mentor_id.in_(portion), Pair.mentee_id.in_(portion)),
            )
            .options(selectinload(SessionLog.topics))
            .order_by(SessionLog.held_on, SessionLog.id)
        )
        members = set(portion)
        for log, *both in found:
            for staff_id in members.intersection(both):
                logs.setdefault(staff_id, []).append(log)
    return {id_: _standing(id_ in briefed, logs.get(id_, [])) for id_ in staff_ids}


def _standing(briefed: bool, logs: Sequence[SessionLog]) -> Standing:
    topics = dict.fromkeys(topic.name for log in logs for topic in log.topics)
    return Standing(briefed, len(logs), sum(log.minutes for log in logs), tuple(topics))


def refusal(standing: Standing, programme: Programme) -> str:
    """Why somebody is not given a certificate, "" where they are."""
    reasons = []
    if not standing.briefed:
        reasons.append(_("not recorded at a briefing"))
    if standing.sessions < programme.certificate_sessions:
        held = ngettext("{n} session held", "{n} sessions held", standing.sessions)
        reasons.append(_("{held}, {n} needed").format(held=held, n=programme.certificate_sessions))
    return "; ".join(reasons)
