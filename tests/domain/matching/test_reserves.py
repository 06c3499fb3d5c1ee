"""Reserves are free, allowed, the best first, and taking one moves nobody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, propose
from revmentor_desktop.domain.matching.reserves import reserves
from revmentor_desktop.domain.matching.revise import left_out
from revmentor_desktop.domain.matching.rules import Rules
from tests.domain.matching.programmes import programme


def is_valid(proposal: Proposal, couples: set[tuple[int, int]]) -> bool:
    """No rule, place or limit is broken by these couples."""
    grid, pool = proposal.grid, proposal.grid.pool
    mentees = Counter(mentee for mentee, _mentor in couples)
    mentors = Counter(mentor for _mentee, mentor in couples)
    return (
        all(grid.allowed[grid.rows[mentee], grid.columns[mentor]] for mentee, mentor in couples)
        and all(mentees[person.id] <= person.places for person in pool.mentees)
        and all(mentors[person.id] <= person.places for person in pool.mentors)
        and all(mentees[id_] + mentors[id_] <= most for id_, most in pool.limits.items())
        and not any((mentor, mentee) in couples for mentee, mentor in couples)
        and not any(proposal.left_out & {*couple} for couple in couples)
    )


@settings(max_examples=32, deadline=None)
@given(seed=st.integers(0, 10**6), several=st.booleans(), both=st.booleans())
def test_exactly_the_free_ones_are_reserves(seed: int, several: bool, both: bool) -> None:
    proposal = propose(programme(seed, 5, several, both), Rules())
    if proposal.waiting_mentors:
        proposal = left_out(proposal, proposal.waiting_mentors[0].person)
    couples = {(pair.mentee, pair.mentor) for pair in proposal.pairs}
    for mentee, mentor in couples:
        rest = couples - {(mentee, mentor)}
        found = reserves(proposal, mentee, mentor, 99)
        for told, others in (
            (found.for_mentee, [(mentee, one.id) for one in proposal.grid.pool.mentors]),
            (found.for_mentor, [(one.id, mentor) for one in proposal.grid.pool.mentees]),
        ):
            free = {
                other
                for other in others
                if other not in couples and is_valid(proposal, {*rest, other})
            }
            assert {(pair.mentee, pair.mentor) for pair in told} == free
            totals = [sum(pair.parts.values()) for pair in told]
            assert totals == sorted(totals, reverse=True)


def test_the_best_few_are_told() -> None:
    mentees = [Person(1, "a", wants={7: 4})]
    mentors = [Person(n, f"m{n}", offers={7: 4 - n % 4}) for n in range(4, 12)]
    proposal = propose(Pool(mentees, mentors), Rules())
    [pair] = proposal.pairs
    found = reserves(proposal, pair.mentee, pair.mentor, 3)
    assert len(found.for_mentee) == 3
    assert found.for_mentee[0].score == pair.score  # 4 and 8 are as good as one another
    assert found.for_mentor == ()
