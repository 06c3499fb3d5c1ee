"""What each choice about a rule leaves is what a new grid under that choice allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.matching.counts import Choice, choices, possible_pairs
from revmentor_desktop.domain.matching.grid import make_grid, regrid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule, Rules
from tests.domain.matching.programmes import programme

SWITCHES = {
    Rule.SAME_TEAM: "other_team",
    Rule.LEVEL_GAP: "level_apart",
    Rule.LANGUAGE: "shared_language",
    Rule.FORMAT: "shared_format",
    Rule.EARLIER: "no_earlier_partner",
}
some_rules = st.builds(
    Rules,
    manager_depth=st.sampled_from([0, 1, 2, 99]),
    level_gap=st.integers(0, 2),
    tenure_gap_years=st.sampled_from([0, 5, 20]),
    best_distance=st.integers(0, 3),
    preferences=st.sampled_from([0, int(Rule.SAME_TEAM), int(Rule.LEVEL_GAP | Rule.FORMAT)]),
    weight_site=st.integers(0, 20),
    **{name: st.booleans() for name in SWITCHES.values()},
)


@settings(max_examples=32, deadline=None)
@given(seed=st.integers(0, 10**6), rules=some_rules)
def test_each_choice_leaves_what_a_new_grid_allows(seed: int, rules: Rules) -> None:
    pool = programme(seed)
    grid = make_grid(pool, rules)
    found = choices(grid)
    assert set(found) == set(RULE_NAMES)
    for rule, name in SWITCHES.items():
        never_preferred = replace(rules, preferences=rules.preferences & ~int(rule))
        for is_on, told in ((True, found[rule].forbidding), (False, found[rule].without)):
            anew = make_grid(pool, replace(never_preferred, **{name: is_on}))  # type: ignore[arg-type]
            assert told == possible_pairs(anew)


@settings(max_examples=32, deadline=None)
@given(seed=st.integers(0, 10**6), before=some_rules, after=some_rules)
def test_a_grid_under_other_rules_is_as_one_made_anew(
    seed: int, before: Rules, after: Rules
) -> None:
    pool = programme(seed)
    changed, anew = regrid(make_grid(pool, before), after), make_grid(pool, after)
    assert (changed.total == anew.total).all()
    assert (changed.broken == anew.broken).all()
    assert changed.rules == anew.rules


def test_what_is_left_is_counted_in_pairs() -> None:
    mentees = [Person(1, "a", team="red"), Person(2, "b", team="blue"), Person(3, "c")]
    mentors = [Person(4, "d", team="red"), Person(5, "e", team="red")]
    grid = make_grid(Pool(mentees, mentors), Rules())
    assert choices(grid)[Rule.SAME_TEAM] == Choice(forbidding=4, without=6)
    assert possible_pairs(grid) == 4


def test_the_reporting_line_switched_off_is_counted_to_its_usual_depth() -> None:
    both = Pool([Person(1, "a"), Person(3, "c")], [Person(2, "b", manager=1)])
    told = choices(make_grid(both, Rules(manager_depth=0)))[Rule.REPORTING_LINE]
    assert told == Choice(forbidding=1, without=2)


def test_nobody_leaves_nothing() -> None:
    grid = make_grid(Pool([], []), Rules())
    assert possible_pairs(grid) == 0
    assert np.size(grid.broken) == 0
    assert choices(grid)[Rule.LANGUAGE] == Choice(0, 0)
