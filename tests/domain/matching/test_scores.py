"""Criteria are whole numbers, best where they should be, and unknown is never nought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from revmentor_desktop.domain.matching.grid import ProposedPair, make_grid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.scores import CRITERIA, FAR_LINE, PREFERENCE


def person(id_: int, **facts: object) -> Person:
    return replace(Person(id=id_, key=f"n:{id_}"), **facts)  # type: ignore[arg-type]


NONE = replace(Rules(), **{f"weight_{name}": 0 for name in CRITERIA})


def told(mentee: Person, mentor: Person, rules: Rules, **known: object) -> ProposedPair:
    pool = replace(Pool([mentee], [mentor]), **known)  # type: ignore[arg-type]
    return make_grid(pool, rules).pairs([(0, 0)])[0]


def part(name: str, mentee: Person, mentor: Person, **known: object) -> int | None:
    """The criterion's 0..1000 for the two, None where it is unknown."""
    found = told(mentee, mentor, replace(NONE, **{f"weight_{name}": 1}), **known)  # type: ignore[arg-type]
    return found.parts.get(name, 0) if name in found.known_parts else None


def test_two_or_three_levels_are_best_and_more_is_not_better() -> None:
    by_distance = [part("level", person(1, level=1 + n), person(2, level=1)) for n in range(9)]
    assert max(by_distance, key=lambda v: v or 0) == by_distance[2] == by_distance[3] == 1000
    assert by_distance[1] < by_distance[2]  # type: ignore[operator]
    assert by_distance[3:] == sorted(by_distance[3:], key=lambda v: -(v or 0))
    assert part("level", person(1), person(2, level=1)) is None


def test_a_wish_is_met_by_the_level_of_the_offer_and_the_first_wishes_count_most() -> None:
    wanting = person(1, wants={1: 3, 2: 1})
    whole = part("wanted", wanting, person(2, offers={1: 4, 2: 4}))
    first = part("wanted", wanting, person(2, offers={1: 4}))
    second = part("wanted", wanting, person(2, offers={2: 4}))
    little = part("wanted", wanting, person(2, offers={1: 1}))
    assert (whole, first, second, little) == (1000, 750, 250, 187)


def test_topics_count_in_both_directions_apart() -> None:
    mentee, mentor = person(1, offers={5: 4}), person(2, wants={5: 2})
    assert part("gained", mentee, mentor) == 1000
    assert part("wanted", mentee, mentor) is None


def test_topics_that_miss_are_nought_but_no_topics_are_unknown() -> None:
    assert part("wanted", person(1, wants={1: 4}), person(2, offers={2: 4})) == 0
    assert part("wanted", person(1, wants={1: 4}), person(2)) is None
    assert part("wanted", person(1), person(2)) is None


@pytest.mark.parametrize("name", ["department", "site"])
def test_another_department_or_site_counts_where_both_are_known(name: str) -> None:
    assert part(name, person(1, **{name: "a"}), person(2, **{name: "b"})) == 1000
    assert part(name, person(1, **{name: "a"}), person(2, **{name: "a"})) == 0
    assert part(name, person(1, **{name: "a"}), person(2)) is None
    assert part(name, person(1), person(2)) is None


def test_who_has_met_is_known_only_of_people_who_said_whom_they_know() -> None:
    one, other = person(1), person(2)
    assert part("met", one, other) is None
    assert part("met", one, other, met=frozenset({frozenset({1, 2})})) == 0
    assert part("met", one, other, met=frozenset({frozenset({1, 7})})) == 1000
    couple, asked = frozenset({frozenset({1, 2})}), frozenset({frozenset({2, 7})})
    assert part("met", one, other, met=asked, earlier=couple) == 0
    assert part("met", one, other, met=asked, earlier=couple, declined=couple) == 1000


def test_who_has_met_counts_for_nobody_where_nobody_said_whom_they_met() -> None:
    one, two, third = person(1, department="a"), person(2, department="b"), person(3)
    rules = replace(NONE, weight_department=15, weight_met=5)

    def known(*couples: set[int]) -> int:
        met = frozenset(map(frozenset, couples))
        grid = make_grid(Pool([one], [two, third], met=met), rules)
        [pair] = grid.pairs([(grid.rows[1], grid.columns[2])])
        return pair.known

    assert known() == 100
    assert known({8, 9}) == 100, "two who take no part said so"
    assert known({3, 9}) == 75, "somebody else did, so that of these two it is not known"
    assert known({2, 9}) == 100


def test_distance_in_years_goes_by_birth_year_and_else_by_the_years_here() -> None:
    assert part("years", person(1, birth_year=1960), person(2, birth_year=1970)) == 500
    assert part("years", person(1, birth_year=1990), person(2, birth_year=1960)) == 1000
    long, new = date(2010, 5, 1).toordinal(), date(2015, 6, 1).toordinal()
    assert part("years", person(1, start=long), person(2, start=new, birth_year=1960)) == 500
    assert part("years", person(1, start=long), person(2)) is None


def test_two_half_days_in_common_are_enough() -> None:
    free = {"times": frozenset({"mon am", "tue pm", "fri am"})}
    assert part("times", person(1, **free), person(2, times=frozenset({"mon am"}))) == 500
    assert part("times", person(1, **free), person(2, **free)) == 1000
    assert part("times", person(1, **free), person(2, times=frozenset({"wed am"}))) == 0
    assert part("times", person(1, **free), person(2)) is None


@pytest.mark.parametrize(("name", "field"), [("format", "formats"), ("language", "languages")])
def test_a_word_in_common_counts_where_both_named_some(name: str, field: str) -> None:
    some, others = {field: frozenset({"a", "b"})}, {field: frozenset({"b"})}
    assert part(name, person(1, **some), person(2, **others)) == 1000
    assert part(name, person(1, **others), person(2, **{field: frozenset({"c"})})) == 0
    assert part(name, person(1, **some), person(2)) is None


def test_a_wish_counts_by_its_rank_and_half_from_either_side() -> None:
    assert part("wishes", person(1), person(2)) is None
    assert part("wishes", person(1, wishes={7: 1}), person(2)) == 0
    assert part("wishes", person(1, wishes={2: 1}), person(2)) == 500
    assert part("wishes", person(1, wishes={2: 1}), person(2, wishes={1: 2})) == 850
    assert part("wishes", person(1, wishes={2: 9}), person(2)) == 150


def test_the_best_distance_can_be_chosen() -> None:
    by_distance = {
        n: told(
            person(1, level=1 + n),
            person(2, level=1),
            replace(NONE, weight_level=1, best_distance=1),
        ).score
        for n in range(5)
    }
    assert by_distance[0] == 0
    assert by_distance[1] == by_distance[2] == 1000 > by_distance[3] > by_distance[4]


def test_a_preference_costs_points_and_a_line_beyond_the_rule_some() -> None:
    mentee, mentor = person(1, team="red", level=5), person(2, team="red", level=3, manager=3)
    line = {2: 3, 3: 4, 4: 1}
    rules = replace(NONE, weight_level=10, preferences=int(Rule.SAME_TEAM))
    found = told(mentee, mentor, rules, managers=line)
    assert found.score == 1000 - PREFERENCE - FAR_LINE
    assert found.parts == {"level": 10_000, "preference": -PREFERENCE * 10, "line": -FAR_LINE * 10}
    assert found.broken == Rule.SAME_TEAM


def test_an_exception_from_the_line_takes_away_what_the_rest_of_it_costs() -> None:
    mentee, mentor = person(1, level=5), person(2, level=3, manager=3)
    known = {"managers": {2: 3, 3: 4, 4: 1}}
    rules = replace(NONE, weight_level=10)
    assert told(mentee, mentor, rules, **known).score == 1000 - FAR_LINE
    for one in (1, 2):
        for bit in (Rule.REPORTING_LINE, Rule.FAR_ABOVE):
            excepted = told(mentee, mentor, rules, **known, waived={one: int(bit)})
            assert (excepted.score, excepted.parts) == (1000, {"level": 10_000})


def test_an_exception_from_being_far_above_leaves_the_direct_line_forbidden() -> None:
    head, report = person(1, level=5), person(2, level=3, manager=1)
    waived = {1: int(Rule.FAR_ABOVE)}
    assert told(head, report, Rules(), waived=waived).broken == Rule.REPORTING_LINE


def test_a_preference_that_costs_more_than_speaks_for_the_two_goes_below_nought() -> None:
    rules = replace(NONE, weight_site=1, preferences=int(Rule.SAME_TEAM))
    assert told(person(1, team="red"), person(2, team="red"), rules).score == -PREFERENCE


def test_the_known_share_is_that_of_the_weights() -> None:
    mentee, mentor = person(1, level=4, site="a"), person(2, level=2, site="b")
    rules = replace(
        NONE,
        weight_wanted=40,
        weight_gained=0,
        weight_level=30,
        weight_department=20,
        weight_site=10,
    )
    found = told(mentee, mentor, rules)
    assert (found.known, found.score) == (40, 400)


def test_no_weights_at_all_are_no_error() -> None:
    found = told(person(1, level=4), person(2, level=2), NONE)
    assert (found.score, found.known) == (0, 0)
