"""From the file to the matching engine and back: who can be paired, what is proposed and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching import reasons
from revmentor_desktop.domain.matching.grid import ProposedPair
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import check_pair, propose
from revmentor_desktop.domain.matching.rules import Rules, sentences
from revmentor_desktop.domain.matching.waiting import Waiting, waiting_sentence
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.pairs import OPEN_STATES, Pair
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role, Tie, TieKind
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import Interest, InterestKind, Topic
from revmentor_desktop.i18n import _
from revmentor_desktop.services import pairs, programmes, staff
from revmentor_desktop.services.tables import chunks


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposed pair as the review shows it, with all that is kept when it is accepted."""

    mentor_id: int
    mentor: str
    mentor_job: str
    mentee_id: int
    mentee: str
    mentee_job: str
    score: int
    known: int
    reason: str
    letter_reasons: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """Somebody for whom there is no partner, and why."""

    staff_id: int
    name: str
    role: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """A proposal in words. ``notice`` says what she should know first, "" where nothing."""

    suggestions: tuple[Suggestion, ...]
    waiting: tuple[WaitingPerson, ...]
    notice: str
    mentees: int
    mentors: int


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that a proposal needs, as plain data: it is computed away from the file."""

    pool: Pool
    rules: Rules
    names: Mapping[int, str]
    jobs: Mapping[int, str]
    topics: Mapping[int, str]
    mentor_word: str
    mentee_word: str


def collect(session: Session, programme_id: int) -> Collected:
    """Who takes part and still has a free place, with the rules of the programme."""
    programme = programmes.open_programme(session, programme_id)
    enrolled = session.execute(
        select(Enrolment, StaffMember)
        .join(StaffMember, StaffMember.id == Enrolment.staff_id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
            StaffMember.told_on.is_not(None),
        )
        .order_by(StaffMember.id)
    ).all()
    members = {person.id: person for _e, person in enrolled}
    taken = _taken(session, programme_id)
    made = _people(session, members)
    mentees, mentors = [], []
    for enrolment, person in enrolled:
        if enrolment.role.includes(Role.MENTEE) and not taken[Role.MENTEE].get(person.id):
            mentees.append(made[person.id])
        places = enrolment.capacity - taken[Role.MENTOR].get(person.id, 0)
        if enrolment.role.includes(Role.MENTOR) and places > 0:
            mentors.append(replace(made[person.id], places=places))
    return Collected(
        pool=_pool(session, mentees, mentors),
        rules=Rules.from_json(programme.rules),
        names={id_: person.full_name for id_, person in members.items()},
        jobs={id_: person.job_title for id_, person in members.items()},
        topics=_topic_names(session),
        mentor_word=programme.word(Role.MENTOR),
        mentee_word=programme.word(Role.MENTEE),
    )


def review(collected: Collected) -> Review:
    """The best set of pairs with its reasons; pure, so it can run anywhere."""
    pool = collected.pool
    proposal = propose(pool, collected.rules)
    order = {id_: name.casefold() for id_, name in collected.names.items()}
    suggestions = [
        suggestion(collected, pair, proposal.topics_known)
        for pair in sorted(proposal.pairs, key=lambda p: (order[p.mentor], order[p.mentee]))
    ]
    waiting = [
        *_waiting(collected, proposal.waiting_mentees, collected.mentee_word),
        *_waiting(collected, proposal.waiting_mentors, collected.mentor_word),
    ]
    return Review(
        tuple(suggestions),
        tuple(waiting),
        _notice(collected, proposal.topics_known),
        len(pool.mentees),
        len(pool.mentors),
    )


def _notice(collected: Collected, topics_known: bool) -> str:
    pool = collected.pool
    if not pool.mentees or not pool.mentors:
        return _(
            "Nobody is free to be matched. Enrol people as {mentor} and as {mentee} in Staff "
            "first; only people who were told of the programme can be enrolled."
        ).format(mentor=collected.mentor_word, mentee=collected.mentee_word)
    if not topics_known:
        return _(
            "Nobody has given topics yet, so these pairs rest on level, department and site alone. "
            "Letters will not claim more. Add topics in Staff for better pairs."
        )
    return ""


def suggestion(collected: Collected, pair: ProposedPair, topics_known: bool) -> Suggestion:
    """A proposed pair in words."""
    mentee, mentor = collected.names[pair.mentee], collected.names[pair.mentor]
    return Suggestion(
        mentor_id=pair.mentor,
        mentor=mentor,
        mentor_job=collected.jobs[pair.mentor],
        mentee_id=pair.mentee,
        mentee=mentee,
        mentee_job=collected.jobs[pair.mentee],
        score=pair.score,
        known=pair.known,
        reason=reasons.sentence(pair.facts, mentee, mentor, collected.topics, topics_known),
        letter_reasons=tuple(reasons.letter_reasons(pair.facts, mentee, mentor, collected.topics)),
        exceptions=tuple(_(text) for text in sentences(pair.broken)),
    )


def by_hand(session: Session, programme_id: int, mentor_id: int, mentee_id: int) -> Suggestion:
    """Two people of her choice: the same reasons, and the rules that they break."""
    programme = programmes.open_programme(session, programme_id)
    if mentor_id == mentee_id:
        raise UserError(_("Nobody can be their own partner. Choose two people."))
    members = {id_: staff.find(session, id_) for id_ in (mentor_id, mentee_id)}
    for person in members.values():
        if person.told_on is None:
            raise UserError(
                _(
                    "{name} has not been told of the programme yet. Record the day on "
                    "which they were told (“Told on”) first."
                ).format(name=person.full_name)
            )
    made = _people(session, members)
    pool = _pool(session, [made[mentee_id]], [made[mentor_id]])
    rules = Rules.from_json(programme.rules)
    collected = Collected(
        pool, rules, {i: p.full_name for i, p in members.items()},
        {i: p.job_title for i, p in members.items()}, _topic_names(session),
        programme.word(Role.MENTOR), programme.word(Role.MENTEE),
    )  # fmt: skip
    known = any(p.offers or p.wants for p in made.values())
    return suggestion(collected, check_pair(pool, rules, made[mentee_id], made[mentor_id]), known)


def accept(
    session: Session,
    programme_id: int,
    chosen: Sequence[Suggestion],
    today: date,
    by_hand_: bool = False,
) -> list[int]:
    """Make pairs of suggestions; rules, score and reasons are frozen on each. Returns their ids."""
    rules = Rules.from_json(programmes.open_programme(session, programme_id).rules).to_json()
    made = []
    for entry in chosen:
        pair = pairs.make(session, programme_id, entry.mentor_id, entry.mentee_id, today)
        pair.reason, pair.letter_reasons = entry.reason, entry.letter_reasons
        pair.score, pair.known, pair.rules = entry.score, entry.known, rules
        pair.exceptions, pair.by_hand = entry.exceptions, by_hand_
        made.append(pair.id)
    session.flush()
    return made


def _waiting(collected: Collected, people: Sequence[Waiting], role: str) -> list[WaitingPerson]:
    return sorted(
        (
            WaitingPerson(
                one.person,
                collected.names[one.person],
                role,
                waiting_sentence(one.allowed, one.others, one.rules),
            )
            for one in people
        ),
        key=lambda person: person.name.casefold(),
    )


def _taken(session: Session, programme_id: int) -> dict[Role, dict[int, int]]:
    """How many open pairs each person is in already, on each side."""
    taken: dict[Role, dict[int, int]] = {Role.MENTOR: {}, Role.MENTEE: {}}
    for mentor, mentee in session.execute(
        select(Pair.mentor_id, Pair.mentee_id).where(
            Pair.programme_id == programme_id, Pair.state.in_(OPEN_STATES)
        )
    ):
        taken[Role.MENTOR][mentor] = taken[Role.MENTOR].get(mentor, 0) + 1
        taken[Role.MENTEE][mentee] = taken[Role.MENTEE].get(mentee, 0) + 1
    return taken


def _people(session: Session, members: Mapping[int, StaffMember]) -> dict[int, Person]:
    ranks = dict(session.execute(select(Level.id, Level.rank)).all())
    topics: dict[tuple[int, InterestKind], dict[int, int]] = {}
    for portion in chunks(list(members)):
        for one in session.scalars(select(Interest).where(Interest.staff_id.in_(portion))):
            topics.setdefault((one.staff_id, one.kind), {})[one.topic_id] = one.strength
    return {
        id_: Person(
            id=id_,
            key=person.stable_key,
            level=ranks.get(person.level_id) if person.level_id is not None else None,
            department=person.department.casefold(),
            team=person.team.casefold(),
            site=person.site.casefold(),
            manager=person.manager_id,
            start=person.start_date.toordinal() if person.start_date else None,
            languages=frozenset(word.casefold() for word in person.languages),
            formats=frozenset(person.formats),
            offers=topics.get((id_, InterestKind.OFFERS), {}),
            wants=topics.get((id_, InterestKind.WANTS), {}),
        )
        for id_, person in members.items()
    }


def _pool(session: Session, mentees: Sequence[Person], mentors: Sequence[Person]) -> Pool:
    managers = dict(session.execute(select(StaffMember.id, StaffMember.manager_id)).all())
    ties: dict[TieKind, set[frozenset[int]]] = {kind: set() for kind in TieKind}
    for tie in session.scalars(select(Tie)):
        ties[tie.kind].add(frozenset({tie.one_id, tie.other_id}))
    earlier = {
        frozenset({mentor, mentee})
        for mentor, mentee in session.execute(select(Pair.mentor_id, Pair.mentee_id))
    }
    return Pool(
        mentees, mentors, managers, frozenset(ties[TieKind.KEEP_APART]),
        frozenset(ties[TieKind.MET]), frozenset(earlier),
    )  # fmt: skip


def _topic_names(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Topic.id, Topic.name)).all())
