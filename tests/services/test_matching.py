"""What the matching is given: who takes part, what is known of them, and what she has decided."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from revmentor_desktop.domain.matching.rules import Rule
from revmentor_desktop.domain.pairs import Answer
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role, Tie, TieKind, Wish
from revmentor_desktop.services import decisions, enrolments, keep_aparts, matching, pairs, staff
from tests.factory import DAY, enrolled, pair, programme, staff_member


def enrolment(session: Session, programme_id: int, staff_id: int) -> Enrolment:
    return next(
        one
        for one in session.query(Enrolment)
        if (one.programme_id, one.staff_id) == (programme_id, staff_id)
    )


def test_all_that_is_known_of_somebody_reaches_the_matching(session: Session) -> None:
    spring = programme(session)
    boss = staff_member(session, "Bo Birch")
    ann = enrolled(
        session, spring, "Ann Ash", Role.MENTOR, manager="Bo Birch", department="Sales",
        team="Red", site="Harbour", birth_year=1990, availability="Mornings, not Fridays",
        languages=("English", "ENGLISH "), formats=("online",), start_date=date(2020, 5, 4),
        offers=("Budgets",), wants=("Safe passwords",),
    )  # fmt: skip
    session.add(Wish(enrolment_id=enrolment(session, spring, ann).id, staff_id=boss, rank=2))
    session.flush()
    [found] = matching.collect(session, spring).pool.mentors
    assert (found.birth_year, found.department, found.team) == (1990, "sales", "red")
    assert found.times == {f"{day} am" for day in ("mon", "tue", "wed", "thu")}
    assert found.languages == {"english"}
    assert found.wishes == {boss: 2}
    assert found.manager == boss
    assert found.start == date(2020, 5, 4).toordinal()
    assert len(found.offers) == len(found.wants) == 1
    rows = dict(matching.collect(session, spring).profiles[ann].rows)
    assert rows["Manager"] == "Bo Birch"
    assert rows["Offers"] == "Budgets"
    assert not any("1990" in text for text in rows.values())


def test_nobody_without_a_basis_and_nobody_who_objects_or_left_is_matched(
    session: Session,
) -> None:
    spring = programme(session)
    kept = enrolled(session, spring, "Kept", Role.MENTEE)
    for name, change in (("Untold", "told_on"), ("Objects", "restricted"), ("Left", "left_on")):
        who = enrolled(session, spring, name, Role.MENTEE)
        person = staff.find(session, who)
        setattr(person, change, {"told_on": None, "restricted": True, "left_on": DAY}[change])
    waiting = enrolled(session, spring, "Waiting", Role.MENTEE)
    enrolments.set_state(session, spring, [waiting], EnrolmentState.WAITING)
    found = matching.collect(session, spring)
    assert [person.id for person in found.pool.mentees] == [kept]


def test_places_are_what_pairs_leave_of_a_capacity_in_whichever_role(session: Session) -> None:
    spring = programme(session)
    both = enrolled(session, spring, "Both Roles", Role.BOTH)
    mentor = enrolled(session, spring, "One Mentor", Role.MENTOR)
    enrolments.set_capacity(session, spring, [both], 3)
    pairs.make(session, spring, mentor, both, DAY)
    pool = matching.collect(session, spring).pool
    assert [(p.id, p.places) for p in pool.mentees] == [(both, 2)]
    assert [(p.id, p.places) for p in pool.mentors] == [(both, 2)]
    assert pool.limits == {both: 2}


def test_a_no_is_no_earlier_pair_and_an_open_pair_is_not_proposed_twice(session: Session) -> None:
    spring = programme(session)
    declined = pairs.find(session, pair(session, spring, "Ann Ash", "Bo Birch"))
    declined.answer({Role.MENTEE: Answer.NO}, DAY)
    ended = pairs.find(session, pair(session, spring, "Cy Cole", "Di Dorn"))
    ended.start(DAY)
    ended.end_early(DAY)
    open_ = pairs.find(session, pair(session, spring, "Ed Elm", "Flo Fern"))
    enrolments.set_capacity(session, spring, [open_.mentor_id, open_.mentee_id], 2)
    found = matching.collect(session, spring)
    couples = [frozenset({one.mentor_id, one.mentee_id}) for one in (declined, ended, open_)]
    assert found.pool.declined == {couples[0]}
    assert couples[1] in found.pool.earlier
    assert couples[0] not in found.pool.earlier
    assert found.paired == {couples[2]} <= found.pool.aside


def test_who_is_not_available_by_the_kick_off_is_later(session: Session) -> None:
    spring = programme(session, start_date=date(2026, 3, 2))
    soon = enrolled(session, spring, "Soon", Role.MENTOR)
    late = enrolled(session, spring, "Late", Role.MENTOR)
    enrolment(session, spring, soon).not_before = date(2026, 3, 2)
    enrolment(session, spring, late).not_before = date(2026, 4, 1)
    session.flush()
    before = matching.collect(session, spring, date(2026, 2, 1))
    assert [p.id for p in before.pool.mentors] == [soon]
    assert before.later == {late: date(2026, 4, 1)}
    after = matching.collect(session, spring, date(2026, 4, 1))
    assert {p.id for p in after.pool.mentors} == {soon, late}


def test_ties_and_decisions_are_among_what_is_collected(session: Session) -> None:
    spring = programme(session)
    mentor = enrolled(session, spring, "Ann Ash", Role.MENTOR)
    mentee = enrolled(session, spring, "Bo Birch", Role.MENTEE)
    other = enrolled(session, spring, "Cy Cole", Role.MENTEE)
    out = enrolled(session, spring, "Di Dorn", Role.MENTEE)
    keep_aparts.keep_apart(session, mentor, other, "Family")
    one, two = sorted((mentor, mentee))
    session.add(Tie(kind=TieKind.MET, one_id=one, other_id=two))
    decisions.lock(session, spring, mentor, mentee)
    decisions.make_exception(session, spring, mentee, Rule.SAME_TEAM, "They asked for it")
    decisions.leave_out(session, spring, out)
    found = matching.collect(session, spring)
    assert found.pool.apart == {frozenset({mentor, other})}
    assert found.pool.met == {frozenset({mentor, mentee})}
    assert found.locked == ((mentee, mentor),)
    assert found.pool.waived == {mentee: Rule.SAME_TEAM}
    assert found.reasons == {(mentee, Rule.SAME_TEAM): "They asked for it"}
    assert found.left_out == {out}


def test_locks_for_which_there_is_no_room_are_passed_over(session: Session) -> None:
    spring = programme(session)
    mentor = enrolled(session, spring, "Ann Ash", Role.MENTOR)
    first = enrolled(session, spring, "Bo Birch", Role.MENTEE)
    second = enrolled(session, spring, "Cy Cole", Role.MENTEE)
    enrolments.set_capacity(session, spring, [mentor], 2)
    for mentee in (first, second):
        decisions.lock(session, spring, mentor, mentee)
    assert len(matching.collect(session, spring).locked) == 2
    enrolments.set_capacity(session, spring, [mentor], 1)
    assert matching.collect(session, spring).locked == ((first, mentor),)
    staff.mark_left(session, [first], DAY)
    assert matching.collect(session, spring).locked == ((second, mentor),)


def test_of_the_register_only_the_line_above_who_takes_part_is_read(session: Session) -> None:
    spring = programme(session)
    line = [staff_member(session, "Step 0")]
    for step in range(1, 5):
        line.append(staff_member(session, f"Step {step}", manager_id=line[-1]))
    staff_member(session, "Ulf Unconcerned", manager_id=line[0])
    low = enrolled(session, spring, "Lou Low", Role.MENTOR, manager_id=line[-1])
    found = matching.collect(session, spring).pool.managers
    assert found == {low: line[-1], **dict(zip(line[1:], line, strict=False)), line[0]: None}
