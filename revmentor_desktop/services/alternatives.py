"""What else could be: other partners and their cost, why not these two, who could take over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching import counts, reserves, why_not
from revmentor_desktop.domain.matching import options as matching_options
from revmentor_desktop.domain.matching.grid import ProposedPair
from revmentor_desktop.domain.matching.options import Option, Options
from revmentor_desktop.domain.matching.rules import ALWAYS, RULE_NAMES, Rule
from revmentor_desktop.domain.matching.why_not import Answer, Move
from revmentor_desktop.i18n import _, format_date, format_number, ngettext
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion, suggestions


@dataclass(frozen=True, slots=True)
class Choice:
    """Another partner, what the choice would cost everybody together, and that in words.

    ``people``: how many more would wait; ``points``: how much less the scores sum to, of a thousand
    each. Both can be below 0 where a rule or the guard floor stands between the two. ``rules``: the
    bits of those that the choice would be an exception to, 0 where none is in the way.
    """

    suggestion: Suggestion
    people: int
    points: int
    cost: str
    is_current: bool
    rules: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The other partners for somebody; ``note`` says where there are none, or perhaps more."""

    found: tuple[Choice, ...]
    note: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why two people are not a pair: one sentence, the rules in words, and what would follow.

    ``rules``: the bits that an exception could be made to, 0 where none is in the way;
    ``can_lock``: whether choosing the two is possible at all; ``moves``: who else would change.
    """

    sentence: str
    suggestion: Suggestion | None
    broken: tuple[str, ...] = ()
    rules: int = 0
    people: int = 0
    points: int = 0
    can_lock: bool = False
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reserves:
    """Who is free, best first, should a pair break: for the mentee, and for the mentor."""

    for_mentee: tuple[Suggestion, ...]
    for_mentor: tuple[Suggestion, ...]


def options(
    review: Review,
    staff_id: int,
    most: int = 12,
    *,
    is_mentor: bool = False,
    progress: Progress = no_progress,
) -> Choices:
    """The partners for somebody, the cheapest first; those that a rule forbids come last."""
    proposal, collected = review.proposal, review.collected
    told = matching_options.options(
        proposal, staff_id, most, is_mentor=is_mentor, locked=collected.locked, progress=progress
    )
    found = [
        option
        for option in told.found
        if frozenset({option.pair.mentee, option.pair.mentor}) not in collected.paired
    ]
    lines = _told(review, [option.pair for option in found])
    excepted = ~proposal.grid.rules.preferred & ~ALWAYS
    choices = tuple(
        Choice(
            line, option.people, option.points, _option_text(option), option.is_current,
            option.pair.broken & excepted,
        )
        for option, line in zip(found, lines, strict=True)
    )  # fmt: skip
    return Choices(choices, _note(choices, told))


def _note(choices: Sequence[Choice], told: Options) -> str:
    if told.tried < told.possible:
        return _("The {n} most likely of {all} were looked at: there was no time for more.").format(
            n=told.tried, all=told.possible
        )
    return "" if choices else _("The rules and what is locked leave nobody.")


def _option_text(option: Option) -> str:
    if option.is_current:
        return _("The present partner")
    cost = cost_text(option.people, option.points)
    return cost if option.exact else _("{cost}, or less").format(cost=cost)


def reserves_of(review: Review, mentor_id: int, mentee_id: int, most: int = 5) -> Reserves:
    """Who could take over, without moving anybody else."""
    found = reserves.reserves(review.proposal, mentee_id, mentor_id, most)
    return Reserves(tuple(_told(review, found.for_mentee)), tuple(_told(review, found.for_mentor)))


def why_not_these(
    review: Review, mentee_id: int, mentor_id: int, progress: Progress = no_progress
) -> WhyNot:
    """Why any two people are not a pair; the other way round where they can be only that."""
    found = why_not.why_not(review.proposal, mentee_id, mentor_id, progress)
    line = _told(review, [found.pair])[0] if found.pair is not None else None
    bits = found.pair.broken if found.pair is not None else 0
    forbidding = bits & ~review.proposal.grid.rules.preferred
    return WhyNot(
        sentence=_why_sentence(review, found, (mentee_id, mentor_id), line),
        suggestion=line,
        broken=line.exceptions if line is not None else (),
        rules=0 if forbidding & ALWAYS else forbidding,
        people=found.people,
        points=found.points,
        can_lock=found.answer in (Answer.RULES, Answer.FLOOR, Answer.COST)
        and not forbidding & ALWAYS,
        moves=tuple(_move_text(review, move) for move in found.moves),
    )


def rule_counts(review: Review) -> Mapping[Rule, str]:
    """For each rule how many pairs are possible where it forbids, and where it does not."""
    found = counts.choices(review.proposal.grid)
    return {rule: _count_text(found[rule]) for rule in RULE_NAMES}


def possible_pairs(review: Review) -> int:
    """How many pairs the rules allow."""
    return counts.possible_pairs(review.proposal.grid)


def cost_text(people: int, points: int) -> str:
    """What a choice costs all together, in words: people, and points only where nobody waits."""
    if people > 0:
        return ngettext("{n} more person would wait", "{n} more people would wait", people)
    if people < 0:
        return ngettext("{n} person fewer would wait", "{n} people fewer would wait", -people)
    if points > 0:
        return _("All pairs together lose {points} points").format(points=in_points(points))
    if points < 0:
        return _("All pairs together gain {points} points").format(points=in_points(-points))
    return _("Costs nobody anything")


def in_points(thousandths: int) -> str:
    """A score or a difference of scores as it is shown: of a hundred, with one decimal."""
    return f"{thousandths / 10:.1f}"


def _told(review: Review, pairs: Sequence[ProposedPair]) -> list[Suggestion]:
    proposal = review.proposal
    return suggestions(review.collected, proposal.grid, pairs, proposal.locked)


def _why_sentence(
    review: Review, found: why_not.WhyNot, asked: tuple[int, int], line: Suggestion | None
) -> str:
    collected = review.collected
    if frozenset(asked) in collected.paired:
        return _("These two are a pair already.")
    if found.answer in (Answer.RULES, Answer.FLOOR, Answer.COST):
        return _cost_sentence(found, line)
    if found.answer is Answer.ABSENT:
        return _absent_sentence(review, found.who[0])
    if found.answer is Answer.SAME_ROLE:
        is_mentee = asked[0] in review.proposal.grid.rows
        word = collected.mentee_word if is_mentee else collected.mentor_word
        return _("Both take part as “{role}”.").format(role=word)
    if found.answer is Answer.LEFT_OUT:
        return _("{name} is left out of matching. Bring them back first.").format(
            name=collected.name(found.who[0])
        )
    return _("These two are proposed as a pair.")


def _cost_sentence(found: why_not.WhyNot, line: Suggestion | None) -> str:
    cost = _inside(cost_text(found.people, found.points))
    if found.answer is Answer.RULES and line is not None and found.pair is not None:
        why = "; ".join(line.exceptions)
        if found.pair.broken & ALWAYS:
            return _("{why}.").format(why=why)
        return _("{why}. If you make an exception: {cost}.").format(why=why, cost=cost)
    if found.answer is Answer.FLOOR:
        return _(
            "The rules allow it, but less speaks for these two than for any proposed pair. If "
            "you choose them all the same: {cost}."
        ).format(cost=cost)
    if found.people == found.points == 0:
        return _("It is as good as what is proposed: choose it if you prefer it.")
    return _("The rules allow it. If you choose these two: {cost}.").format(cost=cost)


def _absent_sentence(review: Review, staff_id: int) -> str:
    collected = review.collected
    if staff_id not in collected.profiles:
        return _("This person takes no part in the programme. Enrol them in Staff first.")
    name = collected.name(staff_id)
    if staff_id in collected.later:
        return _("{name} is not available until {day}.").format(
            name=name, day=format_date(collected.later[staff_id])
        )
    return _("{name} has no free place any more.").format(name=name)


def _move_text(review: Review, move: Move) -> str:
    """How one mentee's partners would change."""
    name = review.collected.name
    after = ", ".join(name(mentor) for mentor in move.after)
    before = ", ".join(name(mentor) for mentor in move.before)
    if not move.after:
        return _("{mentee} would wait, now with {mentor}").format(
            mentee=name(move.mentee), mentor=before
        )
    if not move.before:
        return _("{mentee} with {mentor}, now waiting").format(
            mentee=name(move.mentee), mentor=after
        )
    return _("{mentee} with {mentor} instead of {other}").format(
        mentee=name(move.mentee), mentor=after, other=before
    )


def _count_text(choice: counts.Choice) -> str:
    """What switching a rule would leave, in words."""
    more = choice.without - choice.forbidding
    left = ngettext("{n} possible pair", "{n} possible pairs", choice.forbidding)
    if not more:
        return left
    return _("{left}, {more} more without it").format(left=left, more=format_number(more))


def _inside(text: str) -> str:
    """A sentence that goes on inside another."""
    return f"{text[:1].lower()}{text[1:]}"
