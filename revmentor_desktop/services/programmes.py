"""Programmes: their form, their plan, and who takes part in which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import (
    PlanStep,
    Programme,
    Role,
    StepKind,
    planned_dates,
)
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import questionnaires

FORM_FIELDS = (
    "name", "start_date", "end_date", "mentor_word", "mentee_word", "sessions", "minutes",
    "aims", "shared_aim", "certificate_sessions",
)  # fmt: skip
_TEXTS = frozenset({"name", "mentor_word", "mentee_word", "aims", "shared_aim"})


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as the switch and the page headers show it; words already resolved."""

    id: int
    name: str
    start_date: date
    end_date: date
    mentor: str
    mentee: str
    sessions: int
    minutes: int
    aims: str
    shared_aim: str
    closed_on: date | None


def find(session: Session, programme_id: int) -> Programme:
    """The mapped programme; a UserError where it is not there any more."""
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise UserError(_("This programme is no longer in the file."))
    return programme


def open_programme(session: Session, programme_id: int) -> Programme:
    """The mapped programme, refused where it is closed."""
    programme = find(session, programme_id)
    programme.check_open()
    return programme


def rows(session: Session) -> list[ProgrammeRow]:
    """All programmes, the one that starts last first."""
    found = session.scalars(select(Programme).order_by(Programme.start_date.desc(), Programme.id))
    return [row(programme) for programme in found]


def row(programme: Programme) -> ProgrammeRow:
    """The plain row of a mapped programme."""
    return ProgrammeRow(
        programme.id, programme.name, programme.start_date, programme.end_date,
        programme.word(Role.MENTOR), programme.word(Role.MENTEE), programme.sessions,
        programme.minutes, programme.aims, programme.shared_aim, programme.closed_on,
    )  # fmt: skip


def record(session: Session, programme_id: int) -> dict[str, Any]:
    """The programme's values for the form."""
    programme = find(session, programme_id)
    return {name: getattr(programme, name) for name in FORM_FIELDS}


def by_name(session: Session, name: str | None) -> Programme | None:
    """The programme of that name, or the one that starts last; None where there is none at all."""
    found = list(session.scalars(select(Programme).order_by(Programme.start_date.desc())))
    if name is None:
        return next((p for p in found if p.closed_on is None), found[0] if found else None)
    for programme in found:
        if programme.name.casefold() == name.casefold():
            return programme
    raise UserError(_("There is no programme called “{name}” in this file.").format(name=name))


def save(session: Session, programme_id: int | None, values: Mapping[str, Any]) -> int:
    """Store the form of a programme, new where ``programme_id`` is None; returns its id."""
    checked = _checked(values)
    if programme_id is not None:
        programme = open_programme(session, programme_id)
        for key, value in checked.items():
            setattr(programme, key, value)
        _shift_plan(session, programme)
        return programme.id
    programme = Programme(**checked)
    session.add(programme)
    session.flush()
    for kind, due in planned_dates(programme.start_date, programme.end_date).items():
        session.add(PlanStep(programme_id=programme.id, kind=kind, due=due))
    questionnaires.seed(session, programme.id, programme.start_date, programme.end_date)
    return programme.id


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = {k: clean(v).strip() if k in _TEXTS else v for k, v in values.items()}
    if not checked.get("name"):
        raise UserError(_("The programme needs a name."))
    start, end = checked.get("start_date"), checked.get("end_date")
    if not isinstance(start, date) or not isinstance(end, date):
        raise UserError(_("The programme needs a start and an end."))
    if end <= start:
        raise UserError(
            _(
                "The programme ends on {end}, before it starts on {start}. Choose a later end."
            ).format(end=format_date(end), start=format_date(start))
        )
    if not 1 <= int(checked.get("sessions", 6)) <= 60:
        raise UserError(_("Choose between 1 and 60 sessions."))
    if not 10 <= int(checked.get("minutes", 60)) <= 480:
        raise UserError(_("A session lasts between 10 minutes and 8 hours."))
    if not 0 <= int(checked.get("certificate_sessions", 4)) <= 60:
        raise UserError(_("Choose between 0 and 60 sessions for a certificate."))
    return checked


def _shift_plan(session: Session, programme: Programme) -> None:
    """Steps that are not done follow the programme's dates."""
    dates = planned_dates(programme.start_date, programme.end_date)
    steps = select(PlanStep).where(
        PlanStep.programme_id == programme.id, PlanStep.done_on.is_(None)
    )
    for step in session.scalars(steps):
        step.due = dates[step.kind]


def close(session: Session, programme_id: int, today: date) -> None:
    """A closed programme can only be read."""
    open_programme(session, programme_id).closed_on = today


def reopen(session: Session, programme_id: int) -> None:
    """A closed programme can be changed again."""
    find(session, programme_id).closed_on = None


def delete(session: Session, ids: Sequence[int]) -> None:
    """Remove programmes with their enrolments, pairs, session logs and responses."""
    session.execute(sql_delete(Programme).where(Programme.id.in_(ids)))


def set_step_done(session: Session, step_id: int, day: date | None) -> None:
    """Tick a step of the plan off, or take the tick back."""
    step = session.get(PlanStep, step_id)
    if step is None:
        raise UserError(_("This step is no longer in the plan."))
    step.done_on = day


def reach(session: Session, programme_id: int, kind: StepKind, day: date) -> None:
    """Tick off a step that what was done has reached; an earlier tick stays as it is."""
    steps = select(PlanStep).where(
        PlanStep.programme_id == programme_id, PlanStep.kind == kind, PlanStep.done_on.is_(None)
    )
    for step in session.scalars(steps):
        step.done_on = day


def any_programme(session: Session) -> bool:
    """Whether the file has a programme."""
    return bool(session.scalar(select(func.count()).select_from(Programme)))


def id_by_name(session: Session, name: str | None) -> int | None:
    """The id of the programme of that name, or of the newest that is open; None where is none."""
    programme = by_name(session, name)
    return programme.id if programme else None


def required_id(session: Session, name: str | None) -> int:
    """Like ``id_by_name``, refused where the file has no programme."""
    found = id_by_name(session, name)
    if found is None:
        raise UserError(_("There is no programme in this file yet. Make one first."))
    return found
