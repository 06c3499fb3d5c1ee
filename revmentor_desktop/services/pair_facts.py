"""What stands on the documents of a pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from revmentor_desktop.domain.letter_fields import Value
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.returns import FormKind, FormToken, make_token
from revmentor_desktop.domain.session_logs import SessionLog, SessionState
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.i18n import _, format_date, format_date_short
from revmentor_desktop.services import conversation, topics
from revmentor_desktop.services.shared_facts import Ground, Letter, Wanted, yes
from revmentor_desktop.services.tables import chunks

MOST_TOPICS = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of some pairs at once."""

    pairs: Mapping[int, Pair]
    people: Mapping[int, StaffMember]
    interests: topics.Interests
    logs: Mapping[int, Sequence[SessionLog]]


def letters(on: Ground, shared: Mapping[str, Value], wanted: Wanted) -> list[Letter]:
    """The letters of some pairs, in their order."""
    known = _read(on, [subject.id for subject, _kinds in wanted])
    bank = conversation.bank(on.session, on.organisation.language)
    made = []
    for subject, kinds in wanted:
        pair = known.pairs[subject.id]
        mentor, mentee = known.people[pair.mentor_id], known.people[pair.mentee_id]
        values = {**shared, **_values(on, pair, mentor, mentee, known)}
        who = _("{code} {mentor} and {mentee}").format(
            code=pair.code, mentor=mentor.full_name, mentee=mentee.full_name
        )
        people = {"mentor": mentor.id, "mentee": mentee.id}
        for kind in kinds:
            for more, readers in _versions(on, kind, pair, mentor, mentee, known, bank):
                made.append(Letter(kind, subject, who, {**values, **more}, {**people, **readers}))
    return made


def _versions(
    on: Ground, kind: DocumentKind, pair: Pair, mentor: StaffMember, mentee: StaffMember,
    known: _Known, bank: conversation.Bank,
) -> Iterator[tuple[Mapping[str, Value], Mapping[str, int]]]:  # fmt: skip
    """What one kind of document says beyond the pair's values: one for each copy."""
    if kind is DocumentKind.MENTOR_LETTER:
        yield _addressed(on, mentor, mentee, mentor_reads=True)
    elif kind is DocumentKind.MENTEE_LETTER:
        yield _addressed(on, mentee, mentor, mentor_reads=False)
    elif kind is DocumentKind.CONVERSATION_CARDS:
        gives = _brings(known.interests, mentor, mentee), _brings(known.interests, mentee, mentor)
        yield (
            {"pair.cards": conversation.cards(bank, mentor.call_name, mentee.call_name, *gives)},
            {},
        )
    elif kind is DocumentKind.SESSION_LOG:
        held = len(known.logs.get(pair.id, ()))
        for number in range(held + 1, max(on.programme.sessions, held + 1) + 1):
            code = _form_code(on.organisation.form_key, pair.id, number)
            yield {"session.number": str(number), "form.code": code}, {}
    else:
        yield {}, {}


def _form_code(key: bytes | None, pair_id: int, number: int) -> str:
    """The signed code of a sheet; blank where the file has no key for its forms yet."""
    return make_token(key, FormToken(FormKind.SESSION, pair_id, number)) if key else ""


def _addressed(
    on: Ground, reader: StaffMember, partner: StaffMember, *, mentor_reads: bool
) -> tuple[Mapping[str, Value], Mapping[str, int]]:
    values = {
        **{f"reader.{key}": value for key, value in person_values(reader).items()},
        **{f"partner.{key}": value for key, value in person_values(partner).items()},
        "reader.role": on.mentor_word if mentor_reads else on.mentee_word,
        "reader.is_mentor": yes(mentor_reads),
        "reader.is_mentee": yes(not mentor_reads),
    }
    return values, {"reader": reader.id, "partner": partner.id}


def person_values(person: StaffMember) -> dict[str, Value]:
    """What a document may say of a person."""
    return {
        "name": person.full_name,
        "call_name": person.call_name,
        "job_title": person.job_title,
        "department": person.department,
        "site": person.site,
        "email": person.email,
    }


def _values(
    on: Ground, pair: Pair, mentor: StaffMember, mentee: StaffMember, known: _Known
) -> dict[str, Value]:
    logs = known.logs.get(pair.id, ())
    both = set(mentor.formats) & set(mentee.formats)
    return {
        "mentor.name": mentor.full_name,
        "mentor.call_name": mentor.call_name,
        "mentee.name": mentee.full_name,
        "mentee.call_name": mentee.call_name,
        "mentor.brings": _brings(known.interests, mentor, mentee),
        "mentee.brings": _brings(known.interests, mentee, mentor),
        "reasons": tuple(_as_sentence(reason) for reason in pair.letter_reasons),
        "pair.code": pair.code,
        "pair.aim": pair.shared_aim or on.programme.shared_aim,
        "pair.first_meeting": format_date(pair.first_meeting) if pair.first_meeting else "",
        "pair.meets_in_person": yes(MeetingFormat.IN_PERSON.value in both),
        "pair.meets_online": yes(MeetingFormat.ONLINE.value in both),
        "pair.same_site": yes(bool(mentor.site) and mentor.site == mentee.site),
        "pair.two_sites": yes(bool(mentor.site and mentee.site) and mentor.site != mentee.site),
        "pair.sessions_held": str(len(logs)),
        "pair.sessions": tuple(_session_row(log) for log in logs),
        "pair.actions": tuple(
            action.text for log in logs for action in log.actions if action.done_on is None
        ),
    }  # fmt: skip


def _session_row(log: SessionLog) -> tuple[str, ...]:
    return (
        format_date_short(log.held_on),
        str(log.minutes),
        ", ".join(topic.name for topic in log.topics),
    )


def _brings(interests: topics.Interests, giver: StaffMember, taker: StaffMember) -> tuple[str, ...]:
    """The topics somebody offers, those that the other one wants first."""
    wanted = {name for name, _s in interests.get((taker.id, InterestKind.WANTS), ())}
    offered = [name for name, _s in interests.get((giver.id, InterestKind.OFFERS), ())]
    return tuple(sorted(offered, key=lambda name: name not in wanted)[:MOST_TOPICS])


def _as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _read(on: Ground, pair_ids: Sequence[int]) -> _Known:
    session = on.session
    pairs = {
        pair.id: pair
        for portion in chunks(pair_ids)
        for pair in session.scalars(select(Pair).where(Pair.id.in_(portion)))
    }
    staff_ids = sorted({id_ for pair in pairs.values() for id_ in (pair.mentor_id, pair.mentee_id)})
    people: dict[int, StaffMember] = {}
    interests: topics.Interests = {}
    for portion in chunks(staff_ids):
        for person in session.scalars(select(StaffMember).where(StaffMember.id.in_(portion))):
            people[person.id] = person
        interests.update(topics.interests_of(session, portion))
    logs: dict[int, list[SessionLog]] = {}
    for portion in chunks(pair_ids):
        for log in session.scalars(_held(portion)):
            logs.setdefault(log.pair_id, []).append(log)
    return _Known(pairs, people, interests, logs)


def _held(pair_ids: Sequence[int]) -> Select[SessionLog]:
    """The sessions that some pairs held, first to last, with topics and actions."""
    return (
        select(SessionLog)
        .where(SessionLog.pair_id.in_(pair_ids), SessionLog.state == SessionState.HELD)
        .options(selectinload(SessionLog.topics), selectinload(SessionLog.actions))
        .order_by(SessionLog.held_on, SessionLog.id)
    )
