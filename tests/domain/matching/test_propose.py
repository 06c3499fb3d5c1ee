"""The proposal: exact, the same in any order, explained, and never against a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching import reasons
from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import propose
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.waiting import waiting_sentence

RELAXED: tuple[dict[str, object], ...] = (
    {"other_team": False}, {"shared_language": False}, {"shared_format": False},
    {"no_earlier_partner": False}, {"manager_depth": 0}, {"level_gap": 0}, {"tenure_gap_years": 0},
)  # fmt: skip
OPEN = Rules(guard_floor=False)
DEPARTMENTS = ("sales", "finance", "it")


def person(chance: Random, id_: int, upper: bool) -> Person:
    return Person(
        id=id_,
        key=f"n:{id_}",
        level=chance.choice((3, 4, 5)) if upper else chance.choice((1, 2, 3, None)),
        department=chance.choice((*DEPARTMENTS, "")),
        site=chance.choice(("a", "b", "")),
        team=chance.choice(("red", "blue", "")),
        start=chance.randrange(700_000, 740_000),
        languages=frozenset(chance.sample(("en", "de"), chance.randint(0, 2))),
        offers={chance.randrange(6): chance.randint(1, 4) for _n in range(chance.randint(0, 3))},
        wants={chance.randrange(6): chance.randint(1, 4) for _n in range(chance.randint(0, 3))},
        places=1 if upper else chance.randint(1, 2),
    )


def pool(seed: int, mentees: int, mentors: int) -> Pool:
    chance = Random(seed)
    rows = [person(chance, 100 + at, True) for at in range(mentees)]
    columns = [person(chance, 200 + at, False) for at in range(mentors)]
    managers = {one.id: chance.choice([*(r.id for r in rows), None]) for one in columns}
    earlier = {frozenset({row.id, one.id}) for row in rows for one in columns if not one.id % 3}
    return Pool(
        rows,
        columns,
        managers,
        earlier=frozenset(chance.sample(sorted(earlier, key=sorted), len(earlier) // 2)),
    )


pools = st.builds(pool, st.integers(0, 10_000), st.integers(0, 7), st.integers(0, 7))


def every_assignment(found: Pool, rules: Rules) -> Iterator[tuple[int, int, int]]:
    """Of every allowed assignment: people matched, worst score, total."""
    grid = make_grid(found, rules)
    broken, scores, found = grid.forbidden, grid.total, grid.pool
    choices = [
        [None, *(j for j in range(len(found.mentors)) if broken[i, j] == 0)]
        for i in range(len(found.mentees))
    ]
    for chosen in product(*choices):
        taken = [j for j in chosen if j is not None]
        if all(taken.count(j) <= found.mentors[j].places for j in set(taken)):
            values = [int(scores[i, j]) for i, j in enumerate(chosen) if j is not None]
            yield len(values), min(values, default=0), sum(values)


@pytest.mark.parametrize("seed", range(300))
def test_no_assignment_is_better(seed: int) -> None:
    found = pool(seed, 1 + seed % 5, 1 + seed // 5 % 5)
    for rules in (Rules(), Rules(guard_floor=False)):
        proposal = propose(found, rules)
        total = sum(sum(pair.parts.values()) for pair in proposal.pairs)
        worst = min((sum(pair.parts.values()) for pair in proposal.pairs), default=0)
        every = list(every_assignment(found, rules))
        most = max(count for count, _worst, _total in every)
        assert len(proposal.pairs) == most
        if rules.guard_floor:
            floor = max(low for count, low, _total in every if count == most)
            assert worst == floor
            best = max(t for count, low, t in every if count == most and low >= floor)
        else:
            best = max(t for count, _low, t in every if count == most)
        assert total == best


@settings(max_examples=32, deadline=None)
@given(pools, st.randoms(use_true_random=False))
def test_the_same_people_in_another_order_give_the_same_pairs(found: Pool, chance: Random) -> None:
    def shuffled(people: Sequence[Person]) -> list[Person]:
        return chance.sample(list(people), len(people))

    other = replace(found, mentees=shuffled(found.mentees), mentors=shuffled(found.mentors))
    assert {(p.mentee, p.mentor) for p in propose(found, Rules()).pairs} == {
        (p.mentee, p.mentor) for p in propose(other, Rules()).pairs
    }


@settings(max_examples=32, deadline=None)
@given(pools)
def test_no_pair_breaks_a_rule_and_its_parts_sum_to_its_score(found: Pool) -> None:
    proposal = propose(found, Rules())
    for pair in proposal.pairs:
        assert pair.broken == 0
        assert sum(pair.parts.values()) // proposal.grid.rules.everything == pair.score
        assert 0 <= pair.score <= 1000
        assert 0 <= pair.known <= 100
    waiting = {one.person for one in (*proposal.waiting_mentees, *proposal.waiting_mentors)}
    matched = {p.mentee for p in proposal.pairs} | {p.mentor for p in proposal.pairs}
    assert not waiting & matched
    assert waiting | matched == {p.id for p in (*found.mentees, *found.mentors)}


@settings(max_examples=24, deadline=None)
@given(pools, st.sampled_from(RELAXED))
def test_relaxing_a_rule_never_leaves_more_people_waiting(found: Pool, change: object) -> None:
    strict = Rules()
    relaxed = replace(strict, **change)  # type: ignore[arg-type]
    assert len(propose(found, relaxed).pairs) >= len(propose(found, strict).pairs)


def plain(id_: int, **more: object) -> Person:
    return replace(Person(id=id_, key=f"n:{id_}"), **more)  # type: ignore[arg-type]


def test_a_manager_and_the_managers_manager_are_never_partners_but_those_above_can_be() -> None:
    line = {1: None, 2: 1, 3: 2, 4: 3}
    mentor = plain(4, level=1)
    for head, allowed in ((3, False), (2, False), (1, True)):
        found = propose(Pool([plain(head, level=5)], [mentor], line), Rules())
        assert bool(found.pairs) is allowed


def test_a_rule_forbids_only_on_known_facts() -> None:
    found = propose(Pool([plain(1)], [plain(2)]), Rules())
    assert len(found.pairs) == 1
    assert found.pairs[0].known == 0
    assert found.pairs[0].score == 0
    assert not found.topics_known


def test_unknown_never_counts_as_agreement() -> None:
    mentee = plain(1, wants={7: 4}, department="sales")
    silent, helpful = plain(2), plain(3, offers={7: 4}, department="it")
    found = propose(Pool([mentee], [silent, helpful]), Rules())
    assert found.pairs[0].mentor == 3


def test_without_levels_the_years_here_decide() -> None:
    newer, longer = plain(1, start=738_000), plain(2, start=733_000)
    assert propose(Pool([longer], [newer]), Rules()).pairs
    assert not propose(Pool([newer], [longer]), Rules()).pairs


def test_a_keep_apart_is_obeyed_and_never_named() -> None:
    apart = frozenset({frozenset({1, 2})})
    found = Pool([plain(1)], [plain(2)], apart=apart)
    proposal = propose(found, Rules())
    assert not proposal.pairs
    [waiting] = proposal.waiting_mentees
    said = waiting_sentence(waiting.allowed, waiting.others, waiting.rules)
    assert "not available" in said
    assert "apart" not in said


def test_a_locked_pair_stays_and_the_rest_is_matched_around_it() -> None:
    found = pool(7, 5, 5)
    best = propose(found, Rules())
    first = best.pairs[0]
    other = next(m.id for m in found.mentors if m.id != first.mentor)
    kept = propose(found, Rules(), [(first.mentee, other)])
    assert (first.mentee, other) in {(p.mentee, p.mentor) for p in kept.pairs}


@settings(max_examples=32, deadline=None)
@given(pools, st.randoms(use_true_random=False))
def test_around_a_lock_the_others_are_matched_as_if_the_two_were_gone(
    found: Pool, chance: Random
) -> None:
    assume(found.mentees and found.mentors)
    mentee, mentor = chance.choice(found.mentees), chance.choice(found.mentors)
    fewer = [replace(m, places=m.places - 1) if m is mentor else m for m in found.mentors]
    rest = replace(found, mentees=[m for m in found.mentees if m is not mentee], mentors=fewer)
    locked = (mentee.id, mentor.id)
    pairs = [(p.mentee, p.mentor) for p in propose(found, OPEN, [locked, locked]).pairs]
    assert sorted(pairs) == sorted(
        [locked, *((p.mentee, p.mentor) for p in propose(rest, OPEN).pairs)]
    )


def test_a_lock_that_breaks_a_rule_is_kept_as_an_exception() -> None:
    both = Pool([plain(1, team="red")], [plain(2, team="red")])
    assert not propose(both, Rules()).pairs
    [pair] = propose(both, Rules(), [(1, 2)]).pairs
    assert pair.broken == Rule.SAME_TEAM


@pytest.mark.parametrize("locked", [[(1, 3), (2, 3)], [(1, 3), (1, 4)]])
def test_locks_that_cannot_all_hold_are_refused(locked: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="locked"):
        propose(Pool([plain(1), plain(2)], [plain(3), plain(4)]), Rules(), locked)


def test_a_lock_of_somebody_who_left_is_passed_over() -> None:
    proposal = propose(Pool([plain(1)], [plain(3)]), Rules(), [(9, 3)])
    assert [(pair.mentee, pair.mentor) for pair in proposal.pairs] == [(1, 3)]


def test_who_has_no_partner_comes_before_who_has_one() -> None:
    eager = plain(1, places=2, wants={7: 4})
    mentors = [plain(3, offers={7: 4}), plain(4, offers={7: 4})]
    locked = propose(Pool([eager, plain(2)], mentors), Rules(), [(1, 3)])
    assert {(pair.mentee, pair.mentor) for pair in locked.pairs} == {(1, 3), (2, 4)}
    served = replace(eager, places=1, partners=1)
    proposal = propose(Pool([served, plain(2)], mentors[:1]), Rules())
    assert {(pair.mentee, pair.mentor) for pair in proposal.pairs} == {(2, 3)}
    assert proposal.waiting_mentees == ()


def test_the_head_of_a_small_organisation_can_be_matched_by_an_exception() -> None:
    line = {1: None, 2: 1, 3: 2}
    found = Pool([plain(1, level=5)], [plain(2, level=3), plain(3, level=2)], line)
    assert not propose(found, Rules()).pairs
    excepted = replace(found, waived={1: int(Rule.REPORTING_LINE)})
    [pair] = propose(excepted, Rules()).pairs
    assert pair.broken == 0
    assert "line" not in pair.parts


def test_two_people_with_the_same_key_are_matched_the_same_in_any_order() -> None:
    twins = [Person(id=1, key="same"), Person(id=2, key="same")]
    for people in (twins, twins[::-1]):
        [pair] = propose(Pool(people, [plain(3)]), Rules()).pairs
        assert pair.mentee == 1


@settings(max_examples=16, deadline=None)
@given(pools)
def test_why_not_answers_for_any_two_as_pairing_by_hand_does(found: Pool) -> None:
    grid = propose(found, Rules()).grid
    for row, mentee in enumerate(grid.pool.mentees):
        for column, mentor in enumerate(grid.pool.mentors):
            assert grid.pairs([(row, column)]) == make_grid(
                replace(found, mentees=[mentee], mentors=[mentor]), Rules()
            ).pairs([(0, 0)])


def test_nobody_and_one_alone_are_no_error() -> None:
    assert propose(Pool([], []), Rules()).pairs == ()
    alone = propose(Pool([plain(1)], []), Rules())
    [waiting] = alone.waiting_mentees
    assert "nobody on the other side" in waiting_sentence(
        waiting.allowed, waiting.others, waiting.rules
    )


def test_pairing_by_hand_names_the_rules_it_breaks() -> None:
    both = Pool([plain(1, level=1, team="red")], [plain(2, level=3, team="red")])
    [found] = make_grid(both, Rules()).pairs([(0, 0)])
    assert found.broken == Rule.SAME_TEAM | Rule.LEVEL_GAP


def test_a_score_is_of_a_thousand_whatever_the_weights_sum_to() -> None:
    often = {"times": frozenset({"mon am", "tue am"})}
    mentee = plain(1, level=5, department="a", site="x", wants={1: 4}, offers={2: 4}, **often)
    mentor = plain(2, level=3, department="b", site="y", wants={2: 4}, offers={1: 4}, **often)
    known = frozenset({frozenset({1, 9})})
    for rules in (Rules(), Rules(weight_wanted=90), Rules(weight_level=1)):
        [pair] = propose(Pool([mentee], [mentor], met=known), rules).pairs
        assert (pair.score, pair.known) == (1000, 100)


@pytest.mark.parametrize(
    "text",
    ["not JSON", "[1]", '{"level_gap": "two"}', '{"level_gap": -1}', '{"other_team": 1}',
     '{"weight_site": 2000000000}'],
)  # fmt: skip
def test_rules_that_cannot_be_read_are_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UserError, match="rules of this programme cannot be read"):
        Rules.from_json(text)


def test_rules_survive_being_stored_and_a_newer_key_is_ignored() -> None:
    rules = Rules(manager_depth=3, weight_site=0)
    assert Rules.from_json(rules.to_json()) == rules
    assert Rules.from_json('{"manager_depth": 1, "unheard_of": 2}') == Rules(manager_depth=1)
    assert Rules.from_json("") == Rules()


def test_reasons_name_topics_only_where_both_sides_gave_them() -> None:
    mentee = plain(1, level=4, department="a", wants={1: 4}, offers={2: 3})
    mentor = plain(2, level=1, department="b", offers={1: 3}, wants={2: 2})
    [pair] = propose(Pool([mentee], [mentor]), Rules()).pairs
    topics = {1: "Safe passwords", 2: "Budgets"}
    said = reasons.sentence(reasons.letter_reasons(pair.facts, "Peter", "Amara", topics))
    assert "Amara brings “Safe passwords”, which Peter would like to learn" in said
    assert "Peter brings “Budgets”" in said
    assert "3 levels apart" in said
    assert "different departments" in said
    [bare] = propose(Pool([plain(1, level=4)], [plain(2, level=1, offers={1: 3})]), Rules()).pairs
    assert reasons.sentence(reasons.letter_reasons(bare.facts, "Peter", "Amara", topics)) == (
        "They see the organisation from different places, 3 levels apart."
    )
