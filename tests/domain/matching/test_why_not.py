"""Any two people get a true answer, and the cost that it names is what the choice costs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching import revise
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import cost, propose
from revmentor_desktop.domain.matching.rules import ALWAYS, Rule, Rules
from revmentor_desktop.domain.matching.why_not import Answer, Move, why_not
from tests.domain.matching.programmes import programme


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), several=st.booleans(), both=st.booleans())
def test_any_two_people_get_a_true_answer(seed: int, several: bool, both: bool) -> None:
    proposal = propose(programme(seed, 5, several, both), Rules())
    grid = proposal.grid
    couples = {(pair.mentee, pair.mentor) for pair in proposal.pairs}
    for mentee in grid.rows:
        for mentor in grid.columns:
            found = why_not(proposal, mentee, mentor)
            assert found.pair is not None
            told = (found.pair.mentee, found.pair.mentor)
            cell = grid.rows[told[0]], grid.columns[told[1]]
            assert (found.answer is Answer.PAIR) == (told in couples)
            if found.answer is Answer.RULES:
                assert grid.forbidden[cell]
            if found.answer in (Answer.COST, Answer.FLOOR):
                assert grid.allowed[cell]
            if found.answer is Answer.PAIR or int(grid.forbidden[cell]) & ALWAYS:
                assert (found.people, found.points, found.moves) == (0, 0, ())
                continue
            after = revise.with_lock(proposal, *told)
            assert (found.people, found.points) == cost(proposal, after)
            now = dict.fromkeys(couples)
            for move in found.moves:
                for mentor_before in move.before:
                    del now[move.mentee, mentor_before]
                now |= dict.fromkeys((move.mentee, other) for other in move.after)
            assert set(now) == {(pair.mentee, pair.mentor) for pair in after.pairs}


def test_what_would_happen_to_whom() -> None:
    mentees = [Person(1, "a", wants={7: 4}), Person(2, "b", wants={7: 4}, department="x")]
    mentors = [Person(3, "c", offers={7: 4}, department="y"), Person(4, "d", offers={7: 1})]
    proposal = propose(Pool(mentees, mentors), Rules(guard_floor=False))
    assert {(pair.mentee, pair.mentor) for pair in proposal.pairs} == {(2, 3), (1, 4)}
    found = why_not(proposal, 1, 3)
    assert (found.answer, found.people) == (Answer.COST, 0)
    assert found.points > 0
    assert set(found.moves) == {Move(1, (4,), (3,)), Move(2, (3,), (4,))}


def test_people_who_are_not_on_two_sides_or_not_there() -> None:
    pool = Pool([Person(1, "a"), Person(2, "b")], [Person(3, "c"), Person(4, "d", places=0)])
    proposal = propose(pool, Rules())
    assert why_not(proposal, 1, 2).answer is Answer.SAME_ROLE
    assert why_not(proposal, 1, 1).answer is Answer.SAME_ROLE
    absent = why_not(proposal, 1, 99)
    assert (absent.answer, absent.who) == (Answer.ABSENT, (99,))
    full = why_not(proposal, 4, 1)
    assert (full.answer, full.who) == (Answer.ABSENT, (4,))
    [pair] = proposal.pairs
    assert why_not(proposal, pair.mentor, pair.mentee).answer is Answer.PAIR
    out = why_not(revise.left_out(proposal, pair.mentee), pair.mentee, 3)
    assert (out.answer, out.who) == (Answer.LEFT_OUT, (pair.mentee,))


def test_a_no_is_final_and_oneself_is_no_partner() -> None:
    both = Person(1, "a")
    said_no = frozenset({frozenset({1, 2})})
    proposal = propose(Pool([both], [both, Person(2, "b")], declined=said_no), Rules())
    for other, rule in ((1, Rule.SELF), (2, Rule.DECLINED)):
        found = why_not(proposal, 1, other)
        assert found.answer is Answer.RULES
        assert found.pair is not None
        assert found.pair.broken == rule
        assert found.moves == ()


def test_below_the_guard_floor() -> None:
    mentees = [Person(1, "a", wants={1: 4}), Person(2, "b", wants={1: 4, 2: 1})]
    mentors = [Person(3, "c", offers={1: 4}), Person(4, "d", offers={2: 4})]
    rules = Rules(weight_wanted=100)
    proposal = propose(Pool(mentees, mentors), rules)
    floor = proposal.rounds[0].solution.floor
    assert floor
    found = why_not(proposal, 1, 4)
    assert found.answer is Answer.FLOOR
