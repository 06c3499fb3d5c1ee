"""Why somebody waits is said truly, in words that hurt nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import propose
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.waiting import (
    CLAUSES,
    Waiting,
    shortage_sentence,
    waiting_sentence,
)


def person(id_: int, **facts: object) -> Person:
    return replace(Person(id=id_, key=f"n:{id_}"), **facts)  # type: ignore[arg-type]


def said(one: Waiting) -> str:
    return waiting_sentence(one.allowed, one.others, one.rules)


def test_the_rules_that_forbid_most_are_counted() -> None:
    mentee = person(1, level=2)
    line = [person(n, level=1, manager=1) for n in (11, 12, 13)]
    close = [person(n, level=2) for n in (21, 22)]
    [one] = propose(Pool([mentee], [*line, *close]), Rules()).waiting_mentees
    assert said(one) == (
        "The rules allow none of the 5 possible partners: 3 are in the reporting line; "
        "2 are too close in level or time here."
    )


def test_a_rule_that_forbids_everybody_is_reason_enough() -> None:
    others = [person(n, level=2, team="red") for n in (11, 12)]
    [one] = propose(
        Pool([person(1, level=2, team="red")], [*others, person(13, level=2)]), Rules()
    ).waiting_mentees
    assert said(one) == (
        "The rules allow none of the 3 possible partners: 3 are too close in level or time here."
    )


def test_one_possible_partner_is_said_in_the_singular() -> None:
    found = Pool([person(1)], [person(2)], apart=frozenset({frozenset({1, 2})}))
    [one] = propose(found, Rules()).waiting_mentees
    assert said(one) == ("The rules do not allow the 1 possible partner: 1 is not available.")


def test_oneself_is_no_possible_partner() -> None:
    both = person(1)
    [one] = propose(Pool([both], [both]), Rules()).waiting_mentees
    assert said(one) == "There is nobody on the other side yet."


def test_who_finds_every_partner_taken_is_told_so_and_it_is_true() -> None:
    proposal = propose(Pool([person(1), person(2), person(3)], [person(9)]), Rules())
    assert len(proposal.pairs) == 1
    assert len(proposal.waiting_mentees) == 2
    for one in proposal.waiting_mentees:
        assert "paired with somebody else" in said(one)


@pytest.mark.parametrize("rule", sorted(set(Rule) - {Rule.SELF, Rule.FAR_ABOVE}))
def test_every_rule_can_be_said_of_one_and_of_many(rule: Rule) -> None:
    assert CLAUSES[rule](1).startswith("1 ")
    assert CLAUSES[rule](1200).startswith("1,200 ")
    for text in (CLAUSES[rule](1), CLAUSES[rule](2)):
        assert "{" not in text
        assert "apart" not in text


def test_more_people_than_places_is_said_with_the_programmes_own_words() -> None:
    text = shortage_sentence(12, 9, "Sponsor {n}", "Guide")
    assert text == (
        "There are 3 more people in the role “Sponsor {n}” than there are places with a “Guide”."
    )
    assert shortage_sentence(9, 9, "Mentee", "Mentor") == ""
