"""What stands on the documents of a whole programme, and on the sign-in sheet of a gathering."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from revmentor_desktop.domain.changes import Change, ChangeState
from revmentor_desktop.domain.letter_fields import Value
from revmentor_desktop.domain.pairs import Pair, PairState
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.programmes import (
    GATHERING_NAMES,
    Gathering,
    GatheringKind,
    StepKind,
)
from revmentor_desktop.domain.session_logs import SessionLog, SessionState
from revmentor_desktop.i18n import N_, _, format_date, format_date_short, ngettext
from revmentor_desktop.services import gatherings, session_logs
from revmentor_desktop.services.shared_facts import Ground, Letter, Wanted

NEVER_BEGAN = (PairState.PROPOSED, PairState.ASKED, PairState.DECLINED)
LAST_SESSION_BEFORE_END = timedelta(days=7)
_SHOWN = {
    StepKind.INTERESTS_DUE: (N_("Interest forms due"), None),
    StepKind.BASELINE_DUE: (N_("First questionnaire due"), None),
    StepKind.BRIEF: (N_("Briefing"), GatheringKind.BRIEFING),
    StepKind.MENTOR_CIRCLE: (N_("Mentor circle"), GatheringKind.MENTOR_CIRCLE),
    StepKind.MIDPOINT: (N_("Midpoint review: look back and ahead together"), None),
    StepKind.FINAL: (N_("Last questionnaire"), None),
    StepKind.SIX_MONTHS_LATER: (N_("A short questionnaire, six months on"), None),
}
"""The steps that concern those who take part, in their words, and the gathering that takes the
place of a step.
"""


def letters(on: Ground, shared: Mapping[str, Value], wanted: Wanted) -> list[Letter]:
    """The timeline and the page of changes."""
    made = []
    for subject, kinds in wanted:
        for kind in kinds:
            values = _timeline(on) if kind is DocumentKind.TIMELINE else _told(on)
            refusal = _nothing_told(values) if kind is DocumentKind.YOU_SAID else ""
            values = {**shared, **values}
            made.append(Letter(kind, subject, on.programme.name, values, refusal=refusal))
    return made


def _nothing_told(values: Mapping[str, Value]) -> str:
    if any(value for name, value in values.items() if name.startswith("changes.")):
        return ""
    return _("no change may be told yet")


def _timeline(on: Ground) -> dict[str, Value]:
    rows = [*_sessions(on), *_steps(on), *_gatherings(on)]
    return {
        "programme.steps": tuple(
            (format_date_short(day), text) for day, text in sorted(rows, key=lambda row: row[0])
        )
    }


def _sessions(on: Ground) -> list[tuple[date, str]]:
    """By when each session is held: the first when the plan says, the last before the end."""
    count, programme = on.programme.sessions, on.programme
    first = on.steps.get(StepKind.FIRST_MEETINGS, programme.start_date + timedelta(days=21))
    last = max(first, programme.end_date - LAST_SESSION_BEFORE_END)
    between = (last - first) / max(1, count - 1)
    return [(first + between * number, _session_text(number + 1, count)) for number in range(count)]


def _session_text(number: int, count: int) -> str:
    if number == 1:
        return _("Session 1 of {all}: the first hour, with the agreement").format(all=count)
    return _("Session {n} of {all}").format(n=number, all=count)


def _steps(on: Ground) -> list[tuple[date, str]]:
    present = {gathering.kind for gathering in on.gatherings}
    rows = [
        (on.steps[kind], _(name))
        for kind, (name, gathering) in _SHOWN.items()
        if kind in on.steps and gathering not in present
    ]
    if GatheringKind.KICK_OFF not in present:
        rows.append((on.programme.start_date, _("The programme begins")))
    if GatheringKind.CLOSING not in present:
        rows.append((on.programme.end_date, _("The programme ends")))
    return rows


def _gatherings(on: Ground) -> list[tuple[date, str]]:
    return [(one.held_on, _name_and_place(one)) for one in on.gatherings]


def _name_and_place(gathering: Gathering) -> str:
    name = _(GATHERING_NAMES[gathering.kind])
    if not gathering.place:
        return name
    return _("{gathering}, {place}").format(gathering=name, place=gathering.place)


def _told(on: Ground) -> dict[str, Value]:
    """Only changes that may be told, and nothing of whom they come from."""
    found = on.session.execute(
        select(Change.state, Change.text)
        .where(Change.programme_id == on.programme.id, Change.may_be_told)
        .order_by(Change.heard_on, Change.id)
    ).all()
    texts = {state: tuple(text for of, text in found if of is state) for state in ChangeState}
    held = on.session.scalars(
        session_logs.of_programme(select(SessionLog.pair_id), on.programme.id).where(
            SessionLog.state == SessionState.HELD
        )
    ).all()
    have_met = frozenset(held)
    began = [
        id_
        for id_, state in on.session.execute(
            select(Pair.id, Pair.state).where(Pair.programme_id == on.programme.id)
        )
        if state not in NEVER_BEGAN or id_ in have_met
    ]
    return {
        "changes.done": texts[ChangeState.DONE],
        "changes.decided": texts[ChangeState.DECIDED],
        "changes.heard": texts[ChangeState.HEARD],
        "programme.pairs": ngettext("{n} pair", "{n} pairs", len(began)),
        "programme.sessions_held": ngettext("{n} session", "{n} sessions", len(held)),
    }


def sign_in_sheets(on: Ground, shared: Mapping[str, Value], wanted: Wanted) -> list[Letter]:
    """The sheet of each gathering with the names of those who are expected."""
    by_id = {gathering.id: gathering for gathering in on.gatherings}
    made = []
    for subject, kinds in wanted:
        gathering = by_id[subject.id]
        name, day = _(GATHERING_NAMES[gathering.kind]), format_date(gathering.held_on)
        who = _("{gathering}, {day}").format(gathering=name, day=day)
        expected = gatherings.expected(on.session, gathering.programme_id, gathering.kind)
        values: dict[str, Value] = {
            "gathering.name": name,
            "gathering.date": day,
            "gathering.place": gathering.place,
            "gathering.people": tuple((p.full_name, p.department, "") for p in expected),
        }
        made += [Letter(kind, subject, who, {**shared, **values}) for kind in kinds]
    return made
