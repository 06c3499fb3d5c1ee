"""What the matching is given: who takes part, what is known of them, and what she has decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import DecisionKind
from revmentor_desktop.domain.matching.people import Couples, Person, Pool
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.services import participants, profiles, programmes
from revmentor_desktop.services.decided import Decided, decided
from revmentor_desktop.services.participants import Between, Participant
from revmentor_desktop.services.profiles import Profile


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that a proposal needs, as plain data: it is computed away from the file.

    ``locked``: (mentee, mentor) ids that stay together; ``left_out``: of matching, by her;
    ``later``: who is not available yet, and from when on; ``paired``: couples that are a pair
    already; ``reasons``: (staff id, bit of a rule) -> why an exception was made, and
    ``lock_reasons``: (mentee, mentor) -> why two stay together; ``only``: where not empty, nobody
    is matched but with one of these people. The words are the programme's own; ``language`` is that
    of the organisation's paper.
    """

    programme_id: int
    programme: str
    pool: Pool
    rules: Rules
    profiles: Mapping[int, Profile]
    topics: Mapping[int, str]
    mentor_word: str
    mentee_word: str
    locked: tuple[tuple[int, int], ...] = ()
    left_out: frozenset[int] = frozenset()
    later: Mapping[int, date] = field(default_factory=dict)
    paired: Couples = frozenset()
    reasons: Mapping[tuple[int, int], str] = field(default_factory=dict)
    lock_reasons: Mapping[tuple[int, int], str] = field(default_factory=dict)
    only: frozenset[int] = frozenset()
    language: str = ""

    @property
    def is_slow(self) -> bool:
        """Whether its review can take a second, however few they are: some are in both roles."""
        return bool(self.pool.limits)

    def name(self, staff_id: int) -> str:
        """The full name of somebody who takes part."""
        return self.profiles[staff_id].name


def collect(
    session: Session, programme_id: int, today: date | None = None, only: Iterable[int] = ()
) -> Collected:
    """Who takes part and still has a free place, with the rules and decisions of the programme.

    Who is not available by the kick-off (or by ``today``, where that is later) is not among them.
    ``only``: look for partners for these people alone, all other pairs and people staying.
    """
    programme = programmes.open_programme(session, programme_id)
    day = max(today or programme.start_date, programme.start_date)
    found = participants.enrolled(session, programme_id)
    later = {p.staff.id: p.not_before for p in found if p.not_before and p.not_before > day}
    members = [p.staff for p in found]
    made = participants.people(session, programme_id, members)
    hers = decided(session, programme_id)
    free = [p for p in found if p.free > 0 and p.staff.id not in later]
    known = participants.between(session, programme_id)
    pool = _pool(free, made, hers, known, participants.managers(session, members))
    return Collected(
        programme_id=programme_id,
        programme=programme.name,
        pool=pool,
        rules=Rules.from_json(programme.rules),
        profiles=profiles.profiles(session, members, made),
        topics=profiles.topic_names(session),
        mentor_word=programme.word(Role.MENTOR),
        mentee_word=programme.word(Role.MENTEE),
        locked=_possible(hers, pool),
        left_out=hers.left_out & made.keys(),
        later=later,
        paired=known.open_,
        reasons=hers.reasons,
        lock_reasons=hers.lock_reasons,
        only=frozenset(only),
        language=session.scalars(select(Organisation.language)).one(),
    )


def _pool(
    free: Sequence[Participant],
    made: Mapping[int, Person],
    hers: Decided,
    known: Between,
    managers: Mapping[int, int | None],
) -> Pool:
    """The people who have a free place, on each side that their role includes.

    Two who are a pair already are set aside, or who has another place would be given the same
    partner twice.
    """
    places = {
        p.staff.id: replace(made[p.staff.id], places=p.free, partners=p.partners) for p in free
    }
    return Pool(
        mentees=[places[p.staff.id] for p in free if p.role.includes(Role.MENTEE)],
        mentors=[places[p.staff.id] for p in free if p.role.includes(Role.MENTOR)],
        managers=managers,
        apart=known.apart,
        met=known.met,
        earlier=known.earlier,
        declined=known.declined,
        turned_down=known.turned_down,
        aside=hers.of_two[DecisionKind.NOT_THESE_TWO] | known.open_,
        waived=hers.waived,
        limits={p.staff.id: p.free for p in free if p.role is Role.BOTH},
    )


def _possible(hers: Decided, pool: Pool) -> tuple[tuple[int, int], ...]:
    """The locked pairs for which there is still room, the first that were locked before others."""
    room = {person.id: person.places for person in (*pool.mentees, *pool.mentors)}
    mentees = {person.id for person in pool.mentees} - hers.left_out
    mentors = {person.id for person in pool.mentors} - hers.left_out
    kept = []
    for mentee, mentor in hers.together:
        if mentee in mentees and mentor in mentors and room[mentee] and room[mentor]:
            room[mentee] -= 1
            room[mentor] -= 1
            kept.append((mentee, mentor))
    return tuple(kept)
