"""What she decides in the review: each is stored at once, can be undone, and counts when computed.

All functions refuse a closed programme. Decisions of two people name the mentor first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.decisions import Decision, DecisionKind
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import NEVER_WAIVED, SENTENCES, Rule, Rules
from revmentor_desktop.domain.programmes import Enrolment, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _
from revmentor_desktop.services import participants, programmes
from revmentor_desktop.services.tables import chunks

MOST_PARTNERS = 20


def lock(
    session: Session, programme_id: int, mentor_id: int, mentee_id: int, reason: str = ""
) -> None:
    """These two stay together. Another lock that leaves no room for it is given up.

    ``reason``: why, where it goes against a rule; kept with the pair.
    """
    _open_for(session, programme_id, mentor_id, mentee_id)
    if frozenset({mentor_id, mentee_id}) in participants.between(session, programme_id).open_:
        raise UserError(_("These two are a pair already."))
    _forget_two(session, programme_id, mentor_id, mentee_id)
    for who, role in ((mentor_id, Role.MENTOR), (mentee_id, Role.MENTEE)):
        _make_room(session, programme_id, who, role)
    _add_two(session, programme_id, DecisionKind.TOGETHER, mentor_id, mentee_id, reason)


def unlock(session: Session, programme_id: int, mentor_id: int, mentee_id: int) -> None:
    """These two need not stay together."""
    programmes.open_programme(session, programme_id)
    _forget_two(session, programme_id, mentor_id, mentee_id, DecisionKind.TOGETHER)


def rule_out(session: Session, programme_id: int, mentor_id: int, mentee_id: int) -> None:
    """Not these two, in either role."""
    _open_for(session, programme_id, mentor_id, mentee_id)
    _forget_two(session, programme_id, mentor_id, mentee_id)
    _add_two(session, programme_id, DecisionKind.NOT_THESE_TWO, mentor_id, mentee_id, "")


def allow_again(session: Session, programme_id: int, mentor_id: int, mentee_id: int) -> None:
    """These two may be a pair again."""
    programmes.open_programme(session, programme_id)
    _forget_two(session, programme_id, mentor_id, mentee_id, DecisionKind.NOT_THESE_TWO)


def make_exception(
    session: Session, programme_id: int, staff_id: int, rules: int, reason: str
) -> None:
    """These rules (bits) do not hold for this person; ``reason`` is kept with the pair."""
    make_exceptions(session, programme_id, {staff_id: rules}, reason)


def make_exceptions(
    session: Session, programme_id: int, rules_of: Mapping[int, int], reason: str
) -> None:
    """Exceptions for some people at once: staff id -> bits of rules.

    Not from keeping apart, which would be an exception for everybody whom it concerns: two who are
    kept apart can only be locked.
    """
    for staff_id, rules in rules_of.items():
        _open_for(session, programme_id, staff_id)
        if not rules or rules & NEVER_WAIVED:
            raise UserError(_("No exception can be made to this rule."))
        for rule in SENTENCES:
            if rules & rule:
                _forget_exception(session, programme_id, staff_id, rule)
                session.add(
                    Decision(
                        programme_id=programme_id, kind=DecisionKind.EXCEPTION, staff_id=staff_id,
                        rules=int(rule), reason=clean(reason).strip(),
                    )
                )  # fmt: skip
    session.flush()


def end_exception(session: Session, programme_id: int, staff_id: int, rules: int) -> None:
    """These rules (bits) hold for this person again."""
    programmes.open_programme(session, programme_id)
    for rule in SENTENCES:
        if rules & rule:
            _forget_exception(session, programme_id, staff_id, rule)


def leave_out(session: Session, programme_id: int, staff_id: int, reason: str = "") -> None:
    """This person is left out of matching; what was locked for them is given up."""
    _open_for(session, programme_id, staff_id)
    bring_back(session, programme_id, staff_id)
    _delete(session, programme_id, Decision.kind == DecisionKind.TOGETHER, _names(staff_id))
    session.add(
        Decision(
            programme_id=programme_id, kind=DecisionKind.LEFT_OUT, staff_id=staff_id,
            reason=clean(reason).strip(),
        )
    )  # fmt: skip
    session.flush()


def bring_back(session: Session, programme_id: int, staff_id: int) -> None:
    """This person is matched again."""
    programmes.open_programme(session, programme_id)
    _delete(
        session, programme_id,
        Decision.kind == DecisionKind.LEFT_OUT, Decision.staff_id == staff_id,
    )  # fmt: skip


def add_place(session: Session, programme_id: int, staff_id: int) -> None:
    """One more partner at the same time for this person."""
    _open_for(session, programme_id, staff_id)
    enrolment = _enrolment(session, programme_id, staff_id)
    if enrolment.capacity >= MOST_PARTNERS:
        raise UserError(
            _("Nobody can have more than {n} partners at the same time.").format(n=MOST_PARTNERS)
        )
    enrolment.capacity += 1


def stored_rules(session: Session, programme_id: int) -> Rules:
    """The rules and weights of the programme, as they are kept."""
    return Rules.from_json(programmes.find(session, programme_id).rules)


def prefer(session: Session, programme_id: int, rule: Rule) -> None:
    """Let a rule be a preference; whatever else has become of the rules stays."""
    rules = stored_rules(session, programme_id)
    rules = replace(rules, preferences=rules.preferences | rule)
    save_rules(session, programme_id, rules)


def save_rules(session: Session, programme_id: int, rules: Rules) -> None:
    """The rules and weights of the programme."""
    programmes.open_programme(session, programme_id).rules = rules.to_json()


def start_again(session: Session, programme_id: int) -> None:
    """Forget every decision of the review; rules, places and whom to keep apart stay."""
    programmes.open_programme(session, programme_id)
    _delete(session, programme_id)


def forget_people(
    session: Session, staff_ids: Sequence[int], programme_id: int | None = None
) -> None:
    """Whoever has left, or takes no part in a programme any more, is in none of its decisions."""
    for portion in chunks(staff_ids):
        statement = sql_delete(Decision).where(_names(*portion))
        if programme_id is not None:
            statement = statement.where(Decision.programme_id == programme_id)
        session.execute(statement)


def _open_for(session: Session, programme_id: int, *staff_ids: int) -> None:
    """Refuse a closed programme, one person as two, and people who are no longer in the list."""
    programmes.open_programme(session, programme_id)
    if len(set(staff_ids)) < len(staff_ids):
        raise UserError(_("Nobody can be their own partner. Choose two people."))
    for staff_id in staff_ids:
        if session.get(StaffMember, staff_id) is None:
            raise UserError(_("This person is no longer in the list."))


def _enrolment(session: Session, programme_id: int, staff_id: int) -> Enrolment:
    found = session.scalars(
        select(Enrolment).where(
            Enrolment.programme_id == programme_id, Enrolment.staff_id == staff_id
        )
    ).first()
    if found is None:
        person = session.get_one(StaffMember, staff_id)
        raise UserError(
            _("{name} takes no part in this programme. Enrol them first.").format(
                name=person.full_name
            )
        )
    return found


def _make_room(session: Session, programme_id: int, staff_id: int, role: Role) -> None:
    """Give up this person's oldest locks until one more has room."""
    enrolment = _enrolment(session, programme_id, staff_id)
    person = session.get_one(StaffMember, staff_id)
    if not enrolment.takes_part or not enrolment.role.includes(role):
        word = programmes.find(session, programme_id).word(role)
        raise UserError(
            _("{name} is not enrolled as “{role}”. Enrol them first.").format(
                name=person.full_name, role=word
            )
        )
    room = enrolment.capacity - participants.places(session, programme_id).used[staff_id]
    if room < 1:
        raise UserError(
            _("{name} has no free place any more. Give them one more place first.").format(
                name=person.full_name
            )
        )
    locks = session.scalars(
        select(Decision)
        .where(
            Decision.programme_id == programme_id,
            Decision.kind == DecisionKind.TOGETHER,
            _names(staff_id),
        )
        .order_by(Decision.id)
    ).all()
    for lock_ in locks[: max(0, len(locks) - room + 1)]:
        session.delete(lock_)
    session.flush()


def _add_two(
    session: Session,
    programme_id: int,
    kind: DecisionKind,
    mentor_id: int,
    mentee_id: int,
    reason: str,
) -> None:
    session.add(
        Decision(
            programme_id=programme_id, kind=kind, mentor_id=mentor_id, mentee_id=mentee_id,
            reason=clean(reason).strip(),
        )
    )  # fmt: skip
    session.flush()


def _forget_two(
    session: Session,
    programme_id: int,
    mentor_id: int,
    mentee_id: int,
    kind: DecisionKind | None = None,
) -> None:
    """Delete what was decided of these two, in either role: of one kind, or all."""
    both = (mentor_id, mentee_id)
    conditions: list[ColumnElement[bool]] = [
        Decision.mentor_id.in_(both),
        Decision.mentee_id.in_(both),
    ]
    if kind is not None:
        conditions.append(Decision.kind == kind)
    _delete(session, programme_id, *conditions)


def _forget_exception(session: Session, programme_id: int, staff_id: int, rule: Rule) -> None:
    _delete(
        session, programme_id, Decision.kind == DecisionKind.EXCEPTION,
        Decision.staff_id == staff_id, Decision.rules == int(rule),
    )  # fmt: skip


def _delete(session: Session, programme_id: int, *conditions: ColumnElement[bool]) -> None:
    session.execute(sql_delete(Decision).where(Decision.programme_id == programme_id, *conditions))


def _names(*staff_ids: int) -> ColumnElement[bool]:
    """Decisions in which one of these people is named."""
    return or_(
        Decision.staff_id.in_(staff_ids),
        Decision.mentee_id.in_(staff_ids),
        Decision.mentor_id.in_(staff_ids),
    )
