"""What needs the coordinator today: the plan's next steps, and at most seven grouped lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.pairs import OPEN_STATES, PairState
from revmentor_desktop.domain.programmes import (
    STEP_NAMES,
    EnrolmentState,
    PlanStep,
    Programme,
)
from revmentor_desktop.domain.session_logs import Action, SessionLog, SessionState
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, format_date, ngettext
from revmentor_desktop.services import enrolments, issued, pairs, programmes, session_logs
from revmentor_desktop.services.pairs import PairRow

QUIET_DAYS = 45
"""A pair without a held session for this long is quiet."""
AGREEMENT_DAYS = 21
"""So long after the kick-off the first meetings have been held and agreements signed."""
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A figure at the top of the page."""

    title: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan. ``late`` in days, 0 where it is not late."""

    id: int
    name: str
    due: date
    done_on: date | None
    late: int


@dataclass(frozen=True, slots=True)
class Need:
    """One line of what needs her: ``kind`` names the action, ``ids`` whom it concerns."""

    kind: str
    title: str
    detail: str
    severity: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page."""

    programme: programmes.ProgrammeRow
    heading: str
    cards: tuple[Card, ...]
    steps: tuple[Step, ...]
    needs: tuple[Need, ...]
    months: tuple[tuple[str, int], ...]


def page(session: Session, programme_id: int, today: date) -> Today:
    """Everything the Today tab shows of one programme."""
    programme = programmes.find(session, programme_id)
    rows = pairs.of_programme(session, programme_id)
    return Today(
        programme=programmes.row(programme),
        heading=_heading(programme, today),
        cards=_cards(session, programme, rows, today),
        steps=_steps(session, programme_id, today),
        needs=tuple(_needs(session, programme, rows, today))[:7],
        months=_months(session, programme_id, today),
    )


def _heading(programme: Programme, today: date) -> str:
    if programme.closed_on is not None:
        return _("{name} · closed on {day}").format(
            name=programme.name, day=format_date(programme.closed_on)
        )
    if today < programme.start_date:
        days = (programme.start_date - today).days
        until = ngettext("starts in {n} day", "starts in {n} days", days)
        return f"{programme.name} · {until}"
    weeks = (programme.end_date - programme.start_date).days // 7
    week = (today - programme.start_date).days // 7 + 1
    if week > weeks:
        return _("{name} · ended on {day}").format(
            name=programme.name, day=format_date(programme.end_date)
        )
    return _("{name} · week {week} of {weeks}").format(name=programme.name, week=week, weeks=weeks)


def _cards(
    session: Session, programme: Programme, rows: list[PairRow], today: date
) -> tuple[Card, ...]:
    counted = enrolments.counts(session, programme.id)
    enrolled = sum(n for (_r, state), n in counted.items() if state is EnrolmentState.ENROLLED)
    open_rows = [row for row in rows if row.state in OPEN_STATES]
    active = [row for row in rows if row.state is PairState.ACTIVE]
    paired = len({row.mentor_id for row in open_rows} | {row.mentee_id for row in open_rows})
    month = today - timedelta(days=30)
    held = _count_held(session, programme.id, month, today)
    before = _count_held(session, programme.id, month - timedelta(days=30), month)
    return (
        Card(_("Active pairs"), str(len(active)),
             ngettext("of {n} open pair", "of {n} open pairs", len(open_rows))),
        Card(_("Sessions in 30 days"), str(held),
             _("{n} in the 30 days before").format(n=before)),
        Card(_("Sessions held"), str(sum(row.held for row in rows)),
             ngettext("by {n} pair", "by {n} pairs", sum(1 for row in rows if row.held))),
        Card(_("Taking part"), str(enrolled),
             ngettext("{n} waiting for a partner", "{n} waiting for a partner",
                      max(0, enrolled - paired))),
    )  # fmt: skip


def _count_held(session: Session, programme_id: int, after: date, until: date) -> int:
    statement = session_logs.of_programme(select(func.count(SessionLog.id)), programme_id).where(
        SessionLog.state == SessionState.HELD,
        SessionLog.held_on > after,
        SessionLog.held_on <= until,
    )
    return session.scalar(statement) or 0


def _months(session: Session, programme_id: int, today: date) -> tuple[tuple[str, int], ...]:
    """Sessions held in each of the last six months, oldest first, as (2026-03, count)."""
    months = [_month_back(today, back) for back in range(5, -1, -1)]
    counted = dict.fromkeys(months, 0)
    days = session.scalars(
        session_logs.of_programme(select(SessionLog.held_on), programme_id).where(
            SessionLog.state == SessionState.HELD
        )
    )
    for day in days:
        if (key := f"{day:%Y-%m}") in counted:
            counted[key] += 1
    return tuple(counted.items())


def _month_back(today: date, back: int) -> str:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return f"{years:04d}-{month + 1:02d}"


def _steps(session: Session, programme_id: int, today: date) -> tuple[Step, ...]:
    found = session.scalars(
        select(PlanStep)
        .where(PlanStep.programme_id == programme_id, PlanStep.done_on.is_(None))
        .order_by(PlanStep.due, PlanStep.id)
    )
    return tuple(_step(step, today) for step in found)[:5]


def plan(session: Session, programme_id: int, today: date) -> tuple[Step, ...]:
    """Every step of the plan, done or not, in order of date."""
    found = session.scalars(
        select(PlanStep)
        .where(PlanStep.programme_id == programme_id)
        .order_by(PlanStep.due, PlanStep.id)
    )
    return tuple(_step(step, today) for step in found)


def _step(step: PlanStep, today: date) -> Step:
    late = max(0, (today - step.due).days) if step.done_on is None else 0
    return Step(step.id, _(STEP_NAMES[step.kind]), step.due, step.done_on, late)


def _needs(session: Session, programme: Programme, rows: list[PairRow], today: date) -> list[Need]:
    """The lines in order of urgency; a group without anybody makes no line."""
    if programme.closed_on is not None:
        return []
    groups = (
        _need("quiet", _quiet(rows, programme, today), "warn",
              ("{n} pair has been quiet for a while", "{n} pairs have been quiet for a while")),
        _need("moved", _moved_twice(session, programme.id, rows), "warn",
              ("{n} pair had its last two sessions moved or missed",
               "{n} pairs had their last two sessions moved or missed")),
        _need("unanswered", [r for r in rows if r.state is PairState.ASKED], "info",
              ("{n} pair is waiting for an answer", "{n} pairs are waiting for an answer")),
        _need("proposed", [r for r in rows if r.state is PairState.PROPOSED], "info",
              ("{n} proposed pair to ask", "{n} proposed pairs to ask")),
        _need("letters", _without_letters(session, programme.id, rows), "info",
              ("{n} pair has no letter yet", "{n} pairs have no letter yet")),
        _need("agreements", _without_agreement(session, programme, today), "info",
              ("{n} signed agreement has not come back",
               "{n} signed agreements have not come back")),
        _invitations(session, programme.id),
        _actions(session, programme.id, today),
        _untold(session),
    )  # fmt: skip
    return [need for need in groups if need is not None]


def _without_letters(session: Session, programme_id: int, rows: list[PairRow]) -> list[PairRow]:
    lacking = set(issued.lacking(session, programme_id))
    return [row for row in rows if row.id in lacking]


def _without_agreement(session: Session, programme: Programme, today: date) -> list[PairRow]:
    """Active pairs, from the time on by which the first meetings are held."""
    if today < programme.start_date + timedelta(days=AGREEMENT_DAYS):
        return []
    rows = issued.agreements_out(session, programme.id)
    return [row for row in rows if row.state is PairState.ACTIVE]


def _need(kind: str, rows: list[PairRow], severity: str, words: tuple[str, str]) -> Need | None:
    if not rows:
        return None
    names = _first([row.names for row in rows[:SHOWN]], len(rows))
    return Need(kind, ngettext(*words, len(rows)), names, severity, tuple(r.id for r in rows))


def _first(names: Sequence[str], count: int) -> str:
    """Some names, and how many more there are of ``count``."""
    text = "; ".join(names)
    if count > len(names):
        text += " " + ngettext("and {n} more", "and {n} more", count - len(names))
    return text


def _quiet(rows: list[PairRow], programme: Programme, today: date) -> list[PairRow]:
    """Active pairs whose last held session, or the kick-off, is too long ago."""
    limit = max(QUIET_DAYS, programme.days_between_sessions + 14)
    return [
        row
        for row in rows
        if row.state is PairState.ACTIVE
        and (today - (row.last or programme.start_date)).days > limit
        and (row.next is None or row.next < today)
    ]


def _moved_twice(session: Session, programme_id: int, rows: list[PairRow]) -> list[PairRow]:
    """Active pairs whose last two sessions were not held."""
    newest_first = session_logs.of_programme(
        select(SessionLog.pair_id, SessionLog.state), programme_id
    ).order_by(SessionLog.held_on.desc(), SessionLog.id.desc())
    states: dict[int, list[SessionState]] = {}
    for pair_id, state in session.execute(newest_first):
        states.setdefault(pair_id, []).append(state)
    return [
        row
        for row in rows
        if row.state is PairState.ACTIVE
        and len(last := states.get(row.id, [])[:2]) == 2  # noqa: PLR2004
        and SessionState.HELD not in last
    ]


def _actions(session: Session, programme_id: int, today: date) -> Need | None:
    found = session.execute(
        session_logs.of_programme(
            select(SessionLog.pair_id, Action.text).join(
                Action, Action.session_log_id == SessionLog.id
            ),
            programme_id,
        )
        .where(Action.done_on.is_(None), Action.due < today)
        .order_by(Action.due, Action.id)
    ).all()
    if not found:
        return None
    title = ngettext("{n} agreed action is overdue", "{n} agreed actions are overdue", len(found))
    detail = "; ".join(text for _pair, text in found[:SHOWN])
    return Need("actions", title, detail, "warn", tuple(dict.fromkeys(p for p, _t in found)))


def _invitations(session: Session, programme_id: int) -> Need | None:
    ids = issued.uninvited(session, programme_id)
    if not ids:
        return None
    title = ngettext(
        "{n} invited person has no invitation yet", "{n} invited people have no invitation yet",
        len(ids),
    )  # fmt: skip
    names = session.scalars(
        select(StaffMember.full_name)
        .where(StaffMember.id.in_(ids[:SHOWN]))
        .order_by(StaffMember.name_key, StaffMember.id)
    )
    return Need("invitations", title, _first(names.all(), len(ids)), "info", tuple(ids))


def _untold(session: Session) -> Need | None:
    ids = tuple(
        session.scalars(
            select(StaffMember.id)
            .where(StaffMember.told_on.is_(None), StaffMember.left_on.is_(None))
            .order_by(StaffMember.name_key)
        )
    )
    if not ids:
        return None
    title = ngettext(
        "{n} person has not been told of the programme",
        "{n} people have not been told of the programme",
        len(ids),
    )
    return Need("untold", title, _("Nobody is matched who was not told."), "info", ids)
