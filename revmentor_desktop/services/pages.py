"""Everything about one person or one pair on one page, for when the phone rings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.changes import CHANGE_NAMES, Change
from revmentor_desktop.domain.pairs import Answer, Pair, PairEvent
from revmentor_desktop.domain.printed import Scope
from revmentor_desktop.domain.programmes import ENROLMENT_NAMES, Enrolment, Programme, Role
from revmentor_desktop.domain.session_logs import Action, SessionLog, Side
from revmentor_desktop.domain.staff import FORMAT_NAMES, MeetingFormat, StaffMember
from revmentor_desktop.i18n import _, format_date, ngettext
from revmentor_desktop.services import issued, pairs, programmes, session_logs, staff
from revmentor_desktop.services.packs import Subject
from revmentor_desktop.services.pairs import PairRow
from revmentor_desktop.services.session_logs import SessionRow
from revmentor_desktop.services.staff_table import StaffRow, StaffTable


@dataclass(frozen=True, slots=True)
class Part:
    """What a person does in one programme. ``state``: with what differs from the usual."""

    programme: str
    role: str
    state: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: who they are, what they take part in, with whom, and what was said."""

    row: StaffRow
    details: tuple[tuple[str, str], ...]
    reports: tuple[str, ...]
    parts: tuple[Part, ...]
    pairs: tuple[PairRow, ...]
    sessions: tuple[SessionRow, ...]
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something agreed in a session."""

    text: str
    owner: Side
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PairPage:
    """One pair: both people, why, answers, sessions, actions, changes, papers and history."""

    row: PairRow
    mentor_word: str
    mentee_word: str
    mentor: StaffRow
    mentee: StaffRow
    mentor_answer: Answer
    mentee_answer: Answer
    reason: str
    exceptions: tuple[str, ...]
    sessions: tuple[SessionRow, ...]
    actions: tuple[OpenAction, ...]
    changes: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str], ...]
    history: tuple[tuple[date, str], ...]
    end_note: str


def person_page(
    session: Session, staff_id: int, programme_id: int | None, today: date
) -> PersonPage:
    """Everything about one person."""
    person = staff.find(session, staff_id)
    row = StaffTable(programme_id).rows(session, [staff_id])[staff_id]
    pair_ids = list(
        session.scalars(
            select(Pair.id).where(or_(Pair.mentor_id == staff_id, Pair.mentee_id == staff_id))
        )
    )
    logs = [log for pair_id in pair_ids for log in session_logs.of_pair(session, pair_id)]
    reports = session.scalars(
        select(StaffMember.full_name)
        .where(StaffMember.manager_id == staff_id, StaffMember.left_on.is_(None))
        .order_by(StaffMember.name_key)
    )
    return PersonPage(
        row=row,
        details=tuple(_details(row, person, today)),
        reports=tuple(reports),
        parts=tuple(_parts(session, staff_id)),
        pairs=tuple(pairs.pair_rows(session, pair_ids)),
        sessions=tuple(sorted(logs, key=lambda log: (log.held_on, log.id), reverse=True)),
        papers=tuple(issued.papers(session, Subject(Scope.PERSON, staff_id))),
    )


def _details(row: StaffRow, person: StaffMember, today: date) -> list[tuple[str, str]]:
    """The label and text of everything that is known, in reading order."""
    told = format_date(row.told_on) if row.told_on else _("Not yet")
    formats = ", ".join(_(FORMAT_NAMES[MeetingFormat(name)]) for name in person.formats)
    known = (
        (_("E-mail"), row.email),
        (_("Staff number"), row.number),
        (_("Department"), row.department),
        (_("Team"), row.team),
        (_("Level"), row.level),
        (_("Site"), row.site),
        (_("Manager"), row.manager),
        (_("Started"), _tenure(row.start_date, today)),
        (_("Languages"), ", ".join(row.languages)),
        (_("Meets"), formats),
        (_("Availability"), person.availability),
        (_("Offers"), ", ".join(row.offers)),
        (_("Would like to learn"), ", ".join(row.wants)),
        (_("Told of the programme"), told),
        (_("Left"), format_date(person.left_on) if person.left_on else ""),
        (_("Objection"), _("Leave out of matching and figures") if person.restricted else ""),
    )
    return [(label, text) for label, text in known if text]


def _tenure(start: date | None, today: date) -> str:
    if start is None:
        return ""
    years = (today - start).days // 365
    if years < 1:
        return format_date(start)
    return _("{day} ({years})").format(
        day=format_date(start), years=ngettext("{n} year", "{n} years", years)
    )


def _parts(session: Session, staff_id: int) -> list[Part]:
    found = session.execute(
        select(Programme, Enrolment)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .where(Enrolment.staff_id == staff_id)
        .order_by(Programme.start_date.desc())
    )
    return [Part(p.name, p.word(e.role), _standing(e)) for p, e in found]


def _standing(enrolment: Enrolment) -> str:
    """Where somebody stands, with more than one place and a later day where there are such."""
    said = [_(ENROLMENT_NAMES[enrolment.state])]
    if (places := enrolment.capacity) > 1:
        said.append(ngettext("{n} partner at a time", "{n} partners at a time", places))
    if enrolment.not_before:
        day = format_date(enrolment.not_before)
        said.append(_("not available until {day}").format(day=day))
    return ", ".join(said)


def pair_page(session: Session, pair_id: int) -> PairPage:
    """Everything about one pair."""
    pair = pairs.find(session, pair_id)
    row = pairs.pair_rows(session, [pair_id])[0]
    programme = session.get_one(Programme, pair.programme_id)
    both = StaffTable(pair.programme_id).rows(session, [pair.mentor_id, pair.mentee_id])
    return PairPage(
        row=row,
        mentor_word=programme.word(Role.MENTOR),
        mentee_word=programme.word(Role.MENTEE),
        mentor=both[pair.mentor_id],
        mentee=both[pair.mentee_id],
        mentor_answer=pair.mentor_answer,
        mentee_answer=pair.mentee_answer,
        reason=pair.reason,
        exceptions=pair.exceptions,
        sessions=tuple(session_logs.of_pair(session, pair_id)),
        actions=tuple(_open_actions(session, pair_id)),
        changes=tuple(_changes(session, pair_id)),
        papers=tuple(issued.papers(session, Subject(Scope.PAIR, pair_id))),
        history=tuple(_history(session, pair_id)),
        end_note=pair.end_reason,
    )


def _open_actions(session: Session, pair_id: int) -> list[OpenAction]:
    found = session.scalars(
        select(Action)
        .join(SessionLog, SessionLog.id == Action.session_log_id)
        .where(SessionLog.pair_id == pair_id)
        .order_by(Action.done_on.is_not(None), Action.due, Action.id)
    )
    return [OpenAction(a.text, a.owner, a.due, a.done_on) for a in found]


def _changes(session: Session, pair_id: int) -> list[tuple[str, str]]:
    found = session.scalars(select(Change).where(Change.pair_id == pair_id).order_by(Change.id))
    return [(change.text, _(CHANGE_NAMES[change.state])) for change in found]


def _history(session: Session, pair_id: int) -> list[tuple[date, str]]:
    found = session.execute(
        select(PairEvent.on, PairEvent.what)
        .where(PairEvent.pair_id == pair_id)
        .order_by(PairEvent.id)
    )
    programme = programmes.find(session, pairs.find(session, pair_id).programme_id)
    words = programme.word(Role.MENTOR), programme.word(Role.MENTEE)
    return [(day, pairs.event_text(what, *words)) for day, what in found]
