"""Who takes part in a programme as the matching sees them, and what is known between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.availability import half_days
from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.people import Couples, Person
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.pairs import OPEN_STATES, Answer, Pair, PairState
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role, Tie, TieKind, Wish
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import Interest, InterestKind
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.tables import chunks


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part: in which role, with how many partners and free places in all."""

    staff: StaffMember
    role: Role
    partners: int
    free: int
    not_before: date | None


@dataclass(frozen=True, slots=True)
class Between:
    """What is known between two people, beyond the reporting line.

    ``earlier``: a pair that was confirmed at least; ``declined``: one of the two said no in this
    programme; ``turned_down``: in another one, or without an answer; ``open_``: they are a pair.
    """

    apart: Couples
    met: Couples
    earlier: Couples
    declined: Couples
    turned_down: Couples
    open_: Couples


def enrolled(session: Session, programme_id: int) -> list[Participant]:
    """Everybody who is enrolled, was told of the programme, works here and has not objected.

    A capacity is of partners at the same time, in whichever role.
    """
    used = places(session, programme_id).used
    rows = session.execute(
        select(StaffMember, Enrolment.role, Enrolment.capacity, Enrolment.not_before)
        .join(Enrolment, Enrolment.staff_id == StaffMember.id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
            StaffMember.told_on.is_not(None),
        )
        .order_by(StaffMember.id)
    )
    return [
        Participant(one, role, used[one.id], capacity - used[one.id], not_before)
        for one, role, capacity, not_before in rows
    ]


@dataclass(frozen=True)
class Places:
    """How many partners people have and can have at the same time; counts on with each pair."""

    used: Counter[int]
    capacities: Mapping[int, int]
    couples: set[frozenset[int]]

    def take(self, mentor: StaffMember, mentee: StaffMember) -> None:
        """A place of each; refused where one is missing or both are a pair already."""
        couple = frozenset({mentor.id, mentee.id})
        if couple in self.couples:
            raise UserError(
                _("{mentor} and {mentee} are a pair already.").format(
                    mentor=mentor.full_name, mentee=mentee.full_name
                )
            )
        for person in (mentor, mentee):
            self.check(person)
        self.used.update(couple)
        self.couples.add(couple)

    def check(self, person: StaffMember) -> None:
        """Refuse whoever cannot be matched at all, or has as many partners as they have places."""
        if not person.is_active:
            raise UserError(
                _("{name} has left and cannot take part.").format(name=person.full_name)
            )
        if person.restricted:
            raise UserError(
                _("{name} has objected to taking part and is left out of matching.").format(
                    name=person.full_name
                )
            )
        if person.told_on is None:
            raise UserError(
                _(
                    "{name} has not been told of the programme yet. Record the day on which they "
                    "were told (“Told on”) first."
                ).format(name=person.full_name)
            )
        if self.used[person.id] >= self.capacities.get(person.id, 1):
            raise UserError(
                ngettext(
                    "{name} has {n} partner already and no free place. Give them one more place "
                    "first.",
                    "{name} has {n} partners already and no free place. Give them one more place "
                    "first.",
                    self.used[person.id],
                ).format(name=person.full_name)
            )


def places(session: Session, programme_id: int, besides: int | None = None) -> Places:
    """The places of everybody in a programme; the pair ``besides`` takes none."""
    couples = {
        frozenset({mentor, mentee})
        for pair_id, mentor, mentee in session.execute(
            select(Pair.id, Pair.mentor_id, Pair.mentee_id).where(
                Pair.programme_id == programme_id, Pair.state.in_(OPEN_STATES)
            )
        )
        if pair_id != besides
    }
    used = Counter(who for couple in couples for who in couple)
    return Places(used, capacities(session, programme_id), couples)


def capacities(session: Session, programme_id: int) -> dict[int, int]:
    """How many partners everybody who has a part in the programme can have at the same time."""
    return dict(
        session.execute(
            select(Enrolment.staff_id, Enrolment.capacity).where(
                Enrolment.programme_id == programme_id
            )
        ).all()
    )


def people(
    session: Session, programme_id: int, members: Sequence[StaffMember]
) -> dict[int, Person]:
    """These staff members as the matching reads them, by id."""
    ranks = dict(session.execute(select(Level.id, Level.rank)).all())
    topics = _interests(session, [one.id for one in members])
    wishes = _wishes(session, programme_id)
    times = {text: half_days(text) for text in {one.availability for one in members}}
    return {
        one.id: Person(
            id=one.id,
            key=one.stable_key,
            level=ranks.get(one.level_id) if one.level_id is not None else None,
            department=fold(one.department),
            team=fold(one.team),
            site=fold(one.site),
            manager=one.manager_id,
            start=one.start_date.toordinal() if one.start_date else None,
            birth_year=one.birth_year,
            languages=frozenset(fold(word) for word in one.languages),
            formats=frozenset(one.formats),
            times=times[one.availability],
            offers=topics.get((one.id, InterestKind.OFFERS), {}),
            wants=topics.get((one.id, InterestKind.WANTS), {}),
            wishes=wishes.get(one.id, {}),
        )
        for one in members
    }


def _interests(
    session: Session, ids: Sequence[int]
) -> dict[tuple[int, InterestKind], dict[int, int]]:
    """Topic -> strength of each person's offers and wants."""
    found: dict[tuple[int, InterestKind], dict[int, int]] = {}
    for portion in chunks(ids):
        for staff_id, kind, topic, strength in session.execute(
            select(Interest.staff_id, Interest.kind, Interest.topic_id, Interest.strength)
            .where(Interest.staff_id.in_(portion))
            .order_by(Interest.id)
        ):
            found.setdefault((staff_id, kind), {})[topic] = strength
    return found


def _wishes(session: Session, programme_id: int) -> dict[int, dict[int, int]]:
    """Who wished for whom, with the rank."""
    found: dict[int, dict[int, int]] = {}
    for staff_id, other, rank in session.execute(
        select(Enrolment.staff_id, Wish.staff_id, Wish.rank)
        .join(Wish, Wish.enrolment_id == Enrolment.id)
        .where(Enrolment.programme_id == programme_id)
    ):
        found.setdefault(staff_id, {})[other] = rank
    return found


def managers(session: Session, members: Iterable[StaffMember]) -> dict[int, int | None]:
    """The managers of some people and of everybody above them, by id."""
    found: dict[int, int | None] = {one.id: one.manager_id for one in members}
    while above := {id_ for id_ in found.values() if id_ is not None} - found.keys():
        for portion in chunks(sorted(above)):
            found |= dict.fromkeys(portion)
            found |= dict(
                session.execute(
                    select(StaffMember.id, StaffMember.manager_id).where(
                        StaffMember.id.in_(portion)
                    )
                ).all()
            )
    return found


def between(session: Session, programme_id: int) -> Between:
    """What is known between people: ties, partners of any programme, who said no."""
    ties: dict[TieKind, set[frozenset[int]]] = {kind: set() for kind in TieKind}
    for kind, one, other in session.execute(select(Tie.kind, Tie.one_id, Tie.other_id)):
        ties[kind].add(frozenset({one, other}))
    earlier: set[frozenset[int]] = set()
    declined: set[frozenset[int]] = set()
    turned_down: set[frozenset[int]] = set()
    open_: set[frozenset[int]] = set()
    for programme, state, mentor, mentee, *answers in session.execute(
        select(
            Pair.programme_id, Pair.state, Pair.mentor_id, Pair.mentee_id,
            Pair.mentor_answer, Pair.mentee_answer,
        )
    ):  # fmt: skip
        couple = frozenset({mentor, mentee})
        if state is PairState.DECLINED:
            is_no = programme == programme_id and Answer.NO in answers
            (declined if is_no else turned_down).add(couple)
        elif state not in (PairState.PROPOSED, PairState.ASKED):
            earlier.add(couple)
        if programme == programme_id and state in OPEN_STATES:
            open_.add(couple)
    return Between(
        frozenset(ties[TieKind.KEEP_APART]), frozenset(ties[TieKind.MET]), frozenset(earlier),
        frozenset(declined), frozenset(turned_down), frozenset(open_),
    )  # fmt: skip
