"""A proposal becomes pairs: accepted in the review, or made by hand; what was said is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import Decision, DecisionKind
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.people import Couples, Person
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import matching, pairs, participants, profiles, programmes, staff
from revmentor_desktop.services.decided import decided
from revmentor_desktop.services.matching import Collected
from revmentor_desktop.services.participants import Between
from revmentor_desktop.services.suggestions import Suggestion, suggestions
from revmentor_desktop.services.tables import chunks


def accept(
    session: Session,
    programme_id: int,
    chosen: Sequence[Suggestion],
    today: date,
    by_hand_: bool = False,
) -> list[int]:
    """Make pairs of suggestions, all or none; returns their ids.

    Rules, weights, score, parts and reasons are frozen on each, as they were when it was proposed.
    Refused where the programme is closed, somebody has left, takes no part or has no free place
    any more, or has said no to this partner meanwhile; or where she has decided otherwise since.
    By hand nobody needs to be enrolled.
    """
    programmes.open_programme(session, programme_id)
    if not by_hand_:
        _refuse_overtaken(session, programme_id, chosen)
    couples = [entry.couple for entry in chosen]
    made = pairs.make_all(session, programme_id, couples, today)
    for pair, entry in zip(made, chosen, strict=True):
        pair.reason, pair.letter_reasons = entry.reason, entry.letter_reasons
        pair.score, pair.known, pair.rules = entry.score, entry.known, entry.rules
        pair.parts = json.dumps({p.key: p.points if p.known else None for p in entry.parts})
        pair.exceptions, pair.by_hand = entry.exceptions, by_hand_
    _end_locks(session, programme_id, couples)
    session.flush()
    return [pair.id for pair in made]


def _end_locks(session: Session, programme_id: int, couples: Iterable[tuple[int, int]]) -> None:
    """The locks of couples (mentor and mentee id) that have become pairs are over."""
    accepted = set(couples)
    locks = select(Decision.id, Decision.mentor_id, Decision.mentee_id).where(
        Decision.programme_id == programme_id, Decision.kind == DecisionKind.TOGETHER
    )
    found = session.execute(locks)
    ids = [id_ for id_, *two in found if {tuple(two), tuple(two[::-1])} & accepted]
    for portion in chunks(ids):
        session.execute(sql_delete(Decision).where(Decision.id.in_(portion)))


def _refuse_overtaken(session: Session, programme_id: int, chosen: Sequence[Suggestion]) -> None:
    """Refuse a proposal from before somebody was withdrawn or said no, or she decided otherwise."""
    roles = dict(
        session.execute(
            select(Enrolment.staff_id, Enrolment.role).where(
                Enrolment.programme_id == programme_id,
                Enrolment.state == EnrolmentState.ENROLLED,
            )
        ).all()
    )
    known = participants.between(session, programme_id)
    hers = decided(session, programme_id)
    apart = hers.of_two[DecisionKind.NOT_THESE_TWO] | _kept_apart(session, programme_id, known)
    for entry in chosen:
        for who, name, role in (
            (entry.mentor_id, entry.mentor, Role.MENTOR),
            (entry.mentee_id, entry.mentee, Role.MENTEE),
        ):
            if who not in roles or not roles[who].includes(role):
                raise _overtaken(_("{name} does not take part in this role any more."), name=name)
            if who in hers.left_out:
                raise _overtaken(_("{name} is left out of matching now."), name=name)
        couple = frozenset(entry.couple)
        both = {"mentor": entry.mentor, "mentee": entry.mentee}
        if couple in known.declined:
            raise _overtaken(
                _("{mentor} and {mentee} were asked, and one of them has said no."), **both
            )
        is_locked = (entry.mentee_id, entry.mentor_id) in hers.together
        if couple in apart and not is_locked:
            raise _overtaken(_("{mentor} and {mentee} are not to be a pair any more."), **both)


def _overtaken(what: str, **names: str) -> UserError:
    return UserError(_("{what} Look at the proposal again.").format(what=what.format(**names)))


def _kept_apart(session: Session, programme_id: int, known: Between) -> Couples:
    """Who is kept apart, unless that is no more than a preference in this programme."""
    rules = Rules.from_json(programmes.find(session, programme_id).rules)
    return frozenset() if rules.preferred & Rule.KEPT_APART else known.apart


def by_hand(
    session: Session, programme_id: int, mentor_id: int, mentee_id: int, today: date | None = None
) -> Suggestion:
    """Two people of her choice: the same reasons as in a review, and what the pair goes against."""
    programmes.open_programme(session, programme_id)
    if mentor_id == mentee_id:
        raise UserError(_("Nobody can be their own partner. Choose two people."))
    mentor, mentee = (staff.find(session, id_) for id_ in (mentor_id, mentee_id))
    participants.places(session, programme_id).take(mentor, mentee)
    collected = _with_two(session, programme_id, mentor, mentee, today)
    grid = make_grid(collected.pool, collected.rules)
    pair = grid.pairs([(grid.rows[mentee_id], grid.columns[mentor_id])])
    [found] = suggestions(collected, grid, pair, frozenset())
    also = [
        *_no_part(session, programme_id, mentor, Role.MENTOR, collected),
        *_no_part(session, programme_id, mentee, Role.MENTEE, collected),
    ]
    return replace(found, exceptions=(*found.exceptions, *also))


def _with_two(
    session: Session,
    programme_id: int,
    mentor: StaffMember,
    mentee: StaffMember,
    today: date | None,
) -> Collected:
    """Everybody who can be matched, and these two, so that their score is that of the review."""
    collected = matching.collect(session, programme_id, today)
    members = [mentor, mentee]
    made = participants.people(session, programme_id, members)
    pool = replace(
        collected.pool,
        mentees=_including(collected.pool.mentees, made[mentee.id]),
        mentors=_including(collected.pool.mentors, made[mentor.id]),
        managers={**collected.pool.managers, **participants.managers(session, members)},
    )
    introduced = profiles.profiles(session, members, made)
    return replace(collected, pool=pool, profiles={**collected.profiles, **introduced})


def _including(people: Sequence[Person], person: Person) -> list[Person]:
    return [*people, *([] if any(one.id == person.id for one in people) else [person])]


def _no_part(
    session: Session, programme_id: int, person: StaffMember, role: Role, collected: Collected
) -> list[str]:
    """What the enrolment says against it."""
    enrolment = session.scalars(
        select(Enrolment).where(
            Enrolment.programme_id == programme_id, Enrolment.staff_id == person.id
        )
    ).first()
    if enrolment is None or not enrolment.takes_part or not enrolment.role.includes(role):
        word = collected.mentor_word if role is Role.MENTOR else collected.mentee_word
        return [_("{name} is not enrolled as “{role}”").format(name=person.full_name, role=word)]
    if person.id in collected.later:
        day = format_date(collected.later[person.id])
        return [_("{name} is not available until {day}").format(name=person.full_name, day=day)]
    if person.id in collected.left_out:
        return [_("{name} is left out of matching").format(name=person.full_name)]
    return []
