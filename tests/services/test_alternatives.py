"""Other partners cost what is said, and any two names have an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from revmentor_desktop.domain.matching import options as options_module
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule, Rules
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.services import alternatives, decisions, matching, review
from tests.domain.matching.programmes import programme as made_up
from tests.factory import enrolled, programme
from tests.services.test_review import collected


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_an_option_costs_what_it_says_when_it_is_chosen(seed: int) -> None:
    data = collected(made_up(seed, 5), Rules(guard_floor=False))
    found = review.review(data)
    everything = found.proposal.grid.rules.everything
    for person in data.pool.mentees:
        for option in alternatives.options(found, person.id).found:
            couple = (person.id, option.suggestion.mentor_id)
            after = review.review(replace(data, locked=(couple,)), previous=found)
            assert len(found.suggestions) - len(after.suggestions) == option.people
            lost = found.proposal.total - after.proposal.total
            assert option.points == -(-lost // everything)
            if option.is_current:
                assert option.cost == "The present partner"


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_who_is_locked_can_have_another_partner_at_its_exact_cost(seed: int) -> None:
    data = collected(made_up(seed, 5), Rules(guard_floor=False))
    found = review.review(data)
    if not found.suggestions:
        return
    line = found.suggestions[seed % len(found.suggestions)]
    data = replace(data, locked=((line.mentee_id, line.mentor_id),))
    locked = review.review(data)
    everything = locked.proposal.grid.rules.everything
    told = alternatives.options(locked, line.mentee_id).found
    assert len(told) == len(alternatives.options(found, line.mentee_id).found)
    assert [one.suggestion.couple for one in told if one.is_current] == [line.couple]
    for option in told:
        couple = (line.mentee_id, option.suggestion.mentor_id)
        after = review.review(replace(data, locked=(couple,)))
        assert len(locked.suggestions) - len(after.suggestions) == option.people
        lost = locked.proposal.total - after.proposal.total
        assert option.points == -(-lost // everything)


def test_a_choice_names_the_rules_that_it_is_an_exception_to() -> None:
    both = [Person(1, "a", level=3, team="red"), Person(2, "b", level=1, team="blue")]
    apart = Person(3, "c", level=1, team="red")
    data = collected(Pool(both, [*both, apart], limits={1: 1, 2: 1}))
    found = review.review(data)
    [turned] = [
        one for one in alternatives.options(found, 2).found if one.suggestion.mentor_id == 1
    ]
    assert turned.rules == Rule.LEVEL_GAP  # though the other way round breaks none
    aside = frozenset({frozenset({1, 3})})
    found = review.review(replace(data, pool=replace(data.pool, aside=aside)))
    told = {one.suggestion.mentor_id: one.rules for one in alternatives.options(found, 1).found}
    assert told[3] == Rule.SAME_TEAM  # she had also ruled out the two
    assert told[2] == 0


def test_costs_are_told_in_words() -> None:
    assert alternatives.cost_text(0, 0) == "Costs nobody anything"
    assert alternatives.cost_text(1, 0) == "1 more person would wait"
    assert alternatives.cost_text(0, 12) == "All pairs together lose 1.2 points"
    assert alternatives.cost_text(0, -3) == "All pairs together gain 0.3 points"
    assert alternatives.cost_text(-1, -3) == ("1 person fewer would wait")


def two_and_two() -> Pool:
    return Pool(
        [Person(1, "a", team="red", level=3), Person(2, "b", team="blue", level=3)],
        [Person(3, "c", team="red", level=1), Person(4, "d", team="blue", level=1)],
    )


def test_why_not_has_an_answer_for_any_two() -> None:
    data = replace(collected(two_and_two()), later={7: date(2026, 5, 1)}, left_out=frozenset())
    data = replace(data, profiles={**data.profiles, 7: data.profiles[1], 8: data.profiles[2]})
    found = review.review(data)

    def why(one: int, other: int) -> alternatives.WhyNot:
        return alternatives.why_not_these(found, one, other)

    assert why(1, 4).sentence == "These two are proposed as a pair."
    assert why(1, 2).sentence == "Both take part as “Mentee”."
    assert why(3, 4).sentence == "Both take part as “Mentor”."
    assert why(7, 3).sentence == "Person 1 is not available until 1 May 2026."
    assert why(8, 3).sentence == "Person 2 has no free place any more."
    assert "Enrol them in Staff" in why(99, 3).sentence
    same_team = why(1, 3)
    assert same_team.sentence == (
        "They work in the same team. If you make an exception: 1 more person would wait."
    )
    assert (same_team.rules, same_team.can_lock) == (Rule.SAME_TEAM, True)
    assert same_team.moves == (
        "Person 1 with Person 3 instead of Person 4",
        "Person 2 would wait, now with Person 3",
    )
    ruled_out = review.review(
        replace(data, pool=replace(data.pool, aside=frozenset({frozenset({1, 4})})))
    )
    answer = alternatives.why_not_these(ruled_out, 4, 1)
    assert answer.sentence == "You have ruled out these two."
    assert not answer.can_lock


def test_a_couple_that_is_kept_apart_is_only_not_available() -> None:
    pool = replace(two_and_two(), apart=frozenset({frozenset({1, 4})}))
    found = review.review(collected(pool))
    answer = alternatives.why_not_these(found, 1, 4)
    assert answer.broken == ("Not available",)
    assert answer.sentence.startswith("Not available.")


def test_reserves_are_free_and_allowed() -> None:
    pool = two_and_two()
    more = replace(pool, mentors=[*pool.mentors, Person(5, "e", team="green", level=1)])
    found = review.review(collected(more))
    line = next(one for one in found.suggestions if one.mentee_id == 1)
    free = {5, 4} - {one.mentor_id for one in found.suggestions}
    told = alternatives.reserves_of(found, *line.couple)
    assert [one.mentor_id for one in told.for_mentee] == sorted(free)
    assert told.for_mentor == ()


def test_counts_are_told_in_words() -> None:
    found = review.review(collected(two_and_two()))
    told = alternatives.rule_counts(found)
    assert list(told) == list(RULE_NAMES)
    assert told[Rule.SAME_TEAM] == "2 possible pairs, 2 more without it"
    assert told[Rule.LANGUAGE] == "2 possible pairs"
    assert alternatives.possible_pairs(found) == 2


def test_what_a_mentor_is_told_is_what_locking_the_choice_costs(session: Session) -> None:
    spring = programme(session)
    topics = ("Budgets", "How projects are run", "Safe passwords")
    ann = enrolled(session, spring, "Ann Ash", Role.MENTOR, offers=topics[:2])
    decisions.add_place(session, spring, ann)
    enrolled(session, spring, "Bo Birch", Role.MENTOR, offers=topics[1:])
    mentees = [
        enrolled(session, spring, name, Role.MENTEE, wants=(topic,))
        for name, topic in zip(("Cy Cole", "Di Dale", "Ed Elm"), topics, strict=True)
    ]
    for mentee in mentees[1:]:
        decisions.lock(session, spring, ann, mentee)
    before = review.review(matching.collect(session, spring))
    told = alternatives.options(before, ann, is_mentor=True).found
    [choice] = [one for one in told if one.suggestion.mentee_id == mentees[0]]
    decisions.lock(session, spring, ann, mentees[0])
    after = review.review(matching.collect(session, spring))
    assert after.collected.locked == ((mentees[2], ann), (mentees[0], ann)), "the oldest gave way"
    lost = before.proposal.total - after.proposal.total
    assert choice.people == len(before.suggestions) - len(after.suggestions)
    assert choice.points == -(-lost // before.proposal.grid.rules.everything)
    assert {one.cost for one in told if one.is_current} == {"The present partner"}


def test_a_list_that_is_not_whole_says_so() -> None:
    data = collected(two_and_two())
    found = review.review(data)
    assert alternatives.options(found, 1).note == ""
    locked = review.review(replace(data, locked=((1, 4), (2, 3))))
    taken = replace(locked.collected, paired=frozenset({frozenset({1, 4}), frozenset({1, 3})}))
    nobody = alternatives.options(replace(locked, collected=taken), 1)
    assert nobody == alternatives.Choices((), "The rules and what is locked leave nobody.")


def test_a_cost_that_may_be_less_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = made_up(3, 7, both=True, least=6)
    found = review.review(collected(pool))
    mentee = next(iter(found.proposal.grid.rows))
    real = options_module.counted

    def unsure(*args: Any) -> tuple[int, int, bool]:  # noqa: ANN401
        pairs, total, _exact = real(*args)
        return pairs, total, False

    told = [one.cost for one in alternatives.options(found, mentee).found]
    monkeypatch.setattr(options_module, "counted", unsure)
    unsure_told = [one.cost for one in alternatives.options(found, mentee).found]
    assert len(told) > 2
    assert unsure_told == [
        one if one == "The present partner" else f"{one}, or less" for one in told
    ]
