"""What every letter of a programme shares: its ground, and the fields that each document offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.letter_fields import Value
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.programmes import (
    Gathering,
    GatheringKind,
    PlanStep,
    Programme,
    StepKind,
)
from revmentor_desktop.i18n import _, format_date, ngettext
from revmentor_desktop.services import programmes
from revmentor_desktop.services.packs import Subject


@dataclass(frozen=True, slots=True)
class Letter:
    """One document for one subject. ``values``: all that it may say, by field name.

    ``who`` names the subject in the outline; ``people`` says which staff member stands behind the
    fields of a prefix ("reader", "mentor"); ``refusal`` why it cannot be printed, if it cannot.
    """

    kind: DocumentKind
    subject: Subject
    who: str
    values: Mapping[str, Value]
    people: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every fact of a programme's letters rests on."""

    session: Session
    programme: Programme
    organisation: Organisation
    steps: Mapping[StepKind, date]
    gatherings: Sequence[Gathering]
    day: date

    @property
    def mentor_word(self) -> str:
        """The programme's word for mentor, as it stands inside a sentence."""
        return self.programme.mentor_word or _("mentor")

    @property
    def mentee_word(self) -> str:
        """The programme's word for mentee, as it stands inside a sentence."""
        return self.programme.mentee_word or _("mentee")


def ground(session: Session, programme_id: int, day: date) -> Ground:
    """Read what all letters of a programme share."""
    steps = session.scalars(select(PlanStep).where(PlanStep.programme_id == programme_id))
    met = session.scalars(
        select(Gathering)
        .where(Gathering.programme_id == programme_id)
        .order_by(Gathering.held_on, Gathering.id)
    )
    return Ground(
        session,
        programmes.find(session, programme_id),
        session.scalars(select(Organisation)).one(),
        {step.kind: step.due for step in steps},
        met.all(),
        day,
    )


def shared_values(on: Ground) -> dict[str, Value]:
    """The fields that every document offers."""
    programme, organisation = on.programme, on.organisation
    hours = programme.sessions * programme.minutes / 60
    return {
        "mentor.word": on.mentor_word,
        "mentee.word": on.mentee_word,
        "programme.name": programme.name,
        "programme.aims": programme.aims,
        "programme.shared_aim": programme.shared_aim,
        "programme.start": format_date(programme.start_date),
        "programme.end": format_date(programme.end_date),
        "programme.sessions": str(programme.sessions),
        "programme.minutes": str(programme.minutes),
        "programme.session_plan": ngettext(
            "{n} session of {minutes} minutes",
            "{n} sessions of {minutes} minutes",
            programme.sessions,
        ).format(minutes=programme.minutes),
        "programme.hours": f"{hours:.1f}".removesuffix(".0"),
        "programme.briefing": _briefing(on),
        "programme.reply_by": _step_day(on, StepKind.INTERESTS_DUE),
        "programme.midpoint": _step_day(on, StepKind.MIDPOINT),
        "organisation.name": organisation.name,
        "organisation.sponsor": organisation.sponsor,
        "coordinator.name": organisation.coordinator,
        "support.contact": organisation.support_contact or organisation.coordinator,
        "today": format_date(on.day),
    }


def _step_day(on: Ground, kind: StepKind) -> str:
    return format_date(on.steps[kind]) if kind in on.steps else ""


def _briefing(on: Ground) -> str:
    """When and where the briefings to come are, else all of them, else the step of the plan."""
    briefings = [one for one in on.gatherings if one.kind is GatheringKind.BRIEFING]
    coming = [one for one in briefings if one.held_on >= on.day] or briefings
    if not coming:
        return _step_day(on, StepKind.BRIEF)
    return _(" or ").join(day_and_place(one) for one in coming)


def day_and_place(gathering: Gathering) -> str:
    """``27 February 2026, Harbour House``."""
    day = format_date(gathering.held_on)
    return _("{day}, {place}").format(day=day, place=gathering.place) if gathering.place else day


Wanted = Sequence[tuple[Subject, tuple[DocumentKind, ...]]]
"""For whom which documents are printed; all of one scope."""


def yes(condition: bool) -> str:
    """The value of a field that is only a condition."""
    return "yes" if condition else ""
