"""Criteria are whole numbers, best where they should be, and unknown is never nought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revmentor_desktop.domain.matching.people import Person, Pool, Rules
from revmentor_desktop.domain.matching.scores import CRITERIA, score


def person(id_: int, **facts: object) -> Person:
    return replace(Person(id=id_, key=f"n:{id_}"), **facts)  # type: ignore[arg-type]


def part(name: str, mentee: Person, mentor: Person) -> int | None:
    """The criterion's 0..1000 for the two, None where it is unknown."""
    rules = replace(Rules(), **{f"weight_{other}": 0 for other in CRITERIA})
    found = score(Pool([mentee], [mentor]), replace(rules, **{f"weight_{name}": 1}))
    return int(found.parts[name][0, 0]) if found.known_parts[name][0, 0] else None


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


def test_the_known_share_is_that_of_the_weights() -> None:
    mentee, mentor = person(1, level=4, site="a"), person(2, level=2, site="b")
    rules = Rules(
        weight_wanted=40, weight_gained=0, weight_level=30, weight_department=20, weight_site=10
    )
    found = score(Pool([mentee], [mentor]), rules)
    assert found.known[0, 0] == 40
    assert found.of_thousand(0, 0) == 400


def test_no_weights_at_all_are_no_error() -> None:
    none = replace(Rules(), **{f"weight_{name}": 0 for name in CRITERIA})
    found = score(Pool([person(1, level=4)], [person(2, level=2)]), none)
    assert (found.of_thousand(0, 0), int(found.known[0, 0])) == (0, 0)
