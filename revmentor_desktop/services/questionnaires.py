"""The questionnaire of a programme: its rounds, its answers, and what may be shown of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role
from revmentor_desktop.domain.questionnaires import (
    ROUND_NAMES,
    Question,
    Questionnaire,
    Response,
    Round,
    RoundKind,
)
from revmentor_desktop.domain.statistics import paired_change
from revmentor_desktop.domain.topics import BENEFIT_NAMES, Benefit
from revmentor_desktop.i18n import _, format_date

FEWEST = 5
"""No average of fewer people is shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary."""

    text: str
    note: str


def seed(session: Session, programme_id: int, start: date, end: date) -> None:
    """Give a programme the shipped questions and its four rounds."""
    shipped = json.loads(resources.path("questionnaires", "en_GB.json").read_text("utf-8"))
    questionnaire = Questionnaire(
        programme_id=programme_id, name=shipped["name"], source=shipped["source"]
    )
    session.add(questionnaire)
    session.flush()
    for position, entry in enumerate(shipped["questions"], start=1):
        session.add(
            Question(
                questionnaire_id=questionnaire.id,
                position=position,
                text=entry["text"],
                benefit=Benefit(entry["benefit"]),
                role=Role(entry["role"]),
            )
        )
    for kind, due in (
        (RoundKind.BASELINE, start - timedelta(days=28)),
        (RoundKind.MIDPOINT, start + (end - start) / 2),
        (RoundKind.END, end - timedelta(days=7)),
        (RoundKind.LATER, end + relativedelta(months=6)),
    ):
        session.add(Round(questionnaire_id=questionnaire.id, kind=kind, due=due))
    session.flush()


def record(
    session: Session, round_id: int, staff_id: int, values: Mapping[int, int], day: date
) -> None:
    """Store one person's answers (question id -> 1..5) to a round; earlier ones are replaced."""
    present = {
        response.question_id: response
        for response in session.scalars(
            select(Response).where(Response.round_id == round_id, Response.staff_id == staff_id)
        )
    }
    for question_id, value in values.items():
        if question_id in present:
            present[question_id].value, present[question_id].answered_on = value, day
        else:
            session.add(
                Response(
                    round_id=round_id, question_id=question_id, staff_id=staff_id, value=value,
                    answered_on=day,
                )
            )  # fmt: skip
    session.flush()


def summary(session: Session, programme_id: int) -> list[Line]:
    """Who answered in each round, then each benefit's change of the people who answered twice."""
    rounds = _rounds(session, programme_id)
    asked = session.scalar(
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.programme_id == programme_id, Enrolment.state == EnrolmentState.ENROLLED)
    )
    lines = []
    for kind, (round_id, due) in rounds.items():
        answered = session.scalar(
            select(func.count(func.distinct(Response.staff_id))).where(
                Response.round_id == round_id
            )
        )
        note = _("due on {day}").format(day=format_date(due))
        if answered:
            note = _("{n} of {all} answered").format(n=answered, all=asked)
        lines.append(Line(_(ROUND_NAMES[kind]), note))
    return lines + [_change_line(session, rounds, benefit) for benefit in Benefit]


def _rounds(session: Session, programme_id: int) -> dict[RoundKind, tuple[int, date]]:
    found = session.execute(
        select(Round.kind, Round.id, Round.due)
        .join(Questionnaire, Questionnaire.id == Round.questionnaire_id)
        .where(Questionnaire.programme_id == programme_id)
        .order_by(Round.due)
    )
    return {kind: (round_id, due) for kind, round_id, due in found}


def _change_line(
    session: Session, rounds: Mapping[RoundKind, tuple[int, date]], benefit: Benefit
) -> Line:
    name = _(BENEFIT_NAMES[benefit])
    means = {kind: _means(session, rounds[kind][0], benefit) for kind in rounds}
    first = means.get(RoundKind.BASELINE, {})
    last_kind = next(
        (k for k in (RoundKind.LATER, RoundKind.END, RoundKind.MIDPOINT) if means.get(k)), None
    )
    if last_kind is None or not first:
        return Line(name, _("not yet asked twice"))
    both = sorted(first.keys() & means[last_kind].keys())
    if len(both) < FEWEST:
        return Line(name, _("too few answers to show"))
    found = paired_change([first[i] for i in both], [means[last_kind][i] for i in both])
    text = _("{name}: {before:.1f} at the baseline, {after:.1f} at {round} (of 5)").format(
        name=name, before=found.before, after=found.after, round=_(ROUND_NAMES[last_kind]).lower()
    )
    note = _("change {mean:+.1f}, 95 % interval {low:+.1f} to {high:+.1f}, {n} people").format(
        mean=found.mean, low=found.low, high=found.high, n=found.people
    )
    return Line(text, note)


def _means(session: Session, round_id: int, benefit: Benefit) -> dict[int, float]:
    """The mean answer of each person to the questions of a benefit."""
    rows = session.execute(
        select(Response.staff_id, Response.value, Question.reverse)
        .join(Question, Question.id == Response.question_id)
        .where(Response.round_id == round_id, Question.benefit == benefit)
    )
    values: dict[int, list[int]] = {}
    for staff_id, value, reverse in rows:
        values.setdefault(staff_id, []).append(6 - value if reverse else value)
    return {staff_id: fmean(answers) for staff_id, answers in values.items()}
