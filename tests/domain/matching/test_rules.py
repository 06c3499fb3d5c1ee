"""Each hard rule forbids exactly what it says, and only on known facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from revmentor_desktop.domain.matching.cells import encode
from revmentor_desktop.domain.matching.mask import mask
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.rules import SENTENCES, Rule, Rules


def person(id_: int, **facts: object) -> Person:
    return replace(Person(id=id_, key=f"n:{id_}"), **facts)  # type: ignore[arg-type]


def broken(mentee: Person, mentor: Person, rules: Rules | None = None, **known: object) -> int:
    found = replace(Pool([mentee], [mentor]), **known)  # type: ignore[arg-type]
    chosen = rules or Rules()
    return int(mask(found, chosen, encode(found)[1])[0, 0]) & chosen.in_force


def test_every_rule_but_none_other_has_its_words() -> None:
    assert set(SENTENCES) == set(Rule)


def test_nobody_is_their_own_partner() -> None:
    assert broken(person(1), person(1)) == Rule.SELF


@pytest.mark.parametrize(("depth", "line"), [(0, 0), (1, 1), (2, 2), (99, 4)])
def test_the_reporting_line_reaches_as_far_as_the_rule_says(depth: int, line: int) -> None:
    managers = {1: None, 2: 1, 3: 2, 4: 3, 5: 4}
    rules = Rules(manager_depth=depth)
    lowest = person(5)
    for up, head in enumerate((4, 3, 2, 1), start=1):
        expected = Rule.REPORTING_LINE if up <= line else 0
        assert broken(person(head), lowest, rules, managers=managers) == expected
        assert broken(lowest, person(head), rules, managers=managers) == expected


def test_a_manager_named_only_on_the_person_counts_and_a_circle_ends() -> None:
    assert broken(person(1), person(2, manager=1)) == Rule.REPORTING_LINE
    circle = {1: 2, 2: 3, 3: 1}
    deep = Rules(manager_depth=99)
    assert broken(person(1), person(3), deep, managers=circle) == Rule.REPORTING_LINE
    assert broken(person(1), person(4), deep, managers=circle) == 0


@pytest.mark.parametrize(
    ("mentee", "mentor", "same"),
    [
        ({"team": "red"}, {"team": "red"}, True),
        ({"team": "red"}, {"team": "blue"}, False),
        ({"team": "red", "manager": 9}, {"team": "blue", "manager": 9}, False),
        ({"manager": 9}, {"manager": 9}, True),
        ({"team": "red", "manager": 9}, {"manager": 9}, True),
        ({"manager": 9}, {"manager": 8}, False),
        ({}, {}, False),
    ],
)
def test_the_same_team_or_without_teams_the_same_manager(
    mentee: dict[str, object], mentor: dict[str, object], same: bool
) -> None:
    found = broken(person(1, **mentee), person(2, **mentor))
    assert found == (Rule.SAME_TEAM if same else 0)
    assert broken(person(1, **mentee), person(2, **mentor), Rules(other_team=False)) == 0


@pytest.mark.parametrize(
    ("mentee", "mentor", "gap", "allowed"),
    [(2, 1, 1, True), (1, 1, 1, False), (1, 2, 1, False), (3, 2, 2, False), (1, 1, 0, True)],
)
def test_the_mentee_is_at_least_so_many_levels_above(
    mentee: int, mentor: int, gap: int, allowed: bool
) -> None:
    found = broken(person(1, level=mentee), person(2, level=mentor), Rules(level_gap=gap))
    assert found == (0 if allowed else Rule.LEVEL_GAP)


@pytest.mark.parametrize(
    ("mentee", "mentor", "allowed"),
    [
        (date(2017, 3, 1), date(2022, 3, 1), True),  # one leap day between: 1,826 days
        (date(2015, 3, 1), date(2020, 3, 1), True),  # two leap days between
        (date(2017, 3, 2), date(2022, 3, 1), False),
        (date(2020, 2, 29), date(2025, 2, 28), False),
        (date(2020, 2, 29), date(2025, 3, 1), True),
    ],
)
def test_without_levels_five_whole_years_lie_between(
    mentee: date, mentor: date, allowed: bool
) -> None:
    found = broken(person(1, start=mentee.toordinal()), person(2, start=mentor.toordinal()))
    assert found == (0 if allowed else Rule.LEVEL_GAP)


def test_known_levels_go_before_years_here() -> None:
    newer, longer = date(2025, 1, 1).toordinal(), date(2000, 1, 1).toordinal()
    assert broken(person(1, level=4, start=newer), person(2, level=2, start=longer)) == 0


@pytest.mark.parametrize(
    ("field", "rule", "switch"),
    [("languages", Rule.LANGUAGE, "shared_language"), ("formats", Rule.FORMAT, "shared_format")],
)
def test_something_in_common_is_needed_where_both_said_what(
    field: str, rule: Rule, switch: str
) -> None:
    one, other, none = frozenset({"a", "b"}), frozenset({"c"}), frozenset[str]()
    assert broken(person(1, **{field: one}), person(2, **{field: other})) == rule
    assert broken(person(1, **{field: one}), person(2, **{field: other | one})) == 0
    assert broken(person(1, **{field: one}), person(2, **{field: none})) == 0
    off = Rules(**{switch: False})  # type: ignore[arg-type]
    assert broken(person(1, **{field: one}), person(2, **{field: other}), off) == 0


def test_ties_forbid_in_either_direction() -> None:
    tie = frozenset({frozenset({1, 2})})
    for mentee, mentor in ((1, 2), (2, 1)):
        both = person(mentee), person(mentor)
        assert broken(*both, apart=tie) == Rule.KEPT_APART
        assert broken(*both, earlier=tie) == Rule.EARLIER
        assert broken(*both, Rules(no_earlier_partner=False), earlier=tie) == 0
        assert broken(*both, met=tie) == 0


def test_the_words_for_a_keep_apart_do_not_give_it_away() -> None:
    assert SENTENCES[Rule.KEPT_APART] == "Not available"


@pytest.mark.parametrize(
    ("field", "rule", "off"),
    [
        ("team", Rule.SAME_TEAM, {"other_team": False}),
        ("level", Rule.LEVEL_GAP, {"level_apart": False}),
    ],
)
def test_a_rule_can_be_switched_off(field: str, rule: Rule, off: dict[str, object]) -> None:
    same = {"team": "red", "level": 2}[field]
    both = person(1, **{field: same}), person(2, **{field: same})
    assert broken(*both) == rule
    assert broken(*both, replace(Rules(), **off)) == 0  # type: ignore[arg-type]


def test_an_exception_frees_one_person_of_one_rule_but_never_of_a_no() -> None:
    mentee, mentor = person(1, team="red", level=2), person(2, team="red", level=2)
    both = Rule.SAME_TEAM | Rule.LEVEL_GAP
    assert broken(mentee, mentor) == both
    for one in (1, 2):
        assert broken(mentee, mentor, waived={one: int(Rule.SAME_TEAM)}) == Rule.LEVEL_GAP
    assert broken(mentee, mentor, waived={9: int(both)}) == both
    said_no = frozenset({frozenset({1, 2})})
    assert broken(person(1), person(2), declined=said_no, waived={1: 0xFFFF}) == Rule.DECLINED


def test_who_said_no_is_not_asked_again_and_it_is_no_earlier_pair() -> None:
    proposed = frozenset({frozenset({1, 2})})
    found = broken(person(1), person(2), earlier=proposed, declined=proposed)
    assert found == Rule.DECLINED
    assert broken(person(1), person(2), Rules(), aside=proposed) == Rule.ASIDE
