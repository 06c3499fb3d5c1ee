"""What sits behind "Details": how firm a proposal is, and what one more place is worth."""

from __future__ import annotations

from dataclasses import dataclass

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.revise import options
from revmentor_desktop.domain.matching.robustness import (
    blocking_pairs,
    floor_cost,
    place_gains,
    solid_pairs,
)
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.alternatives import cost_text, in_points
from revmentor_desktop.services.review import Review

MOST = 10
PRESENT_AND_NEXT = 2
"""The cheapest options: where two cost nothing, one of them is not the present partner."""


@dataclass(frozen=True, slots=True)
class Details:
    """``solid``: (mentor, mentee) ids of the pairs that stay though the weights change by a fifth.

    And for which no other choice would be as good. The others are a toss-up. ``rather``: who would
    both rather be a pair; ``places``: what one more place is worth; ``floor``: what the guard floor
    does. All in words.
    """

    solid: frozenset[tuple[int, int]]
    rather: tuple[str, ...]
    places: tuple[str, ...]
    floor: str


def details(review: Review, progress: Progress = no_progress) -> Details:
    """Computed in the background: it solves the proposal a dozen times."""
    proposal, name = review.proposal, review.collected.name
    solid = _solid(review, progress)
    rather = [
        _("{mentor} and {mentee} would both have more in common with one another").format(
            mentor=name(mentor), mentee=name(mentee)
        )
        for mentee, mentor in blocking_pairs(proposal)[:MOST]
    ]
    places = [
        _("One more place with {name}: {gain}").format(
            name=name(mentor), gain=_gain(people, points)
        )
        for mentor, people, points in place_gains(proposal, progress)[:MOST]
        if people > 0 or points > 0
    ]
    return Details(
        solid,
        tuple(rather), tuple(places), _floor_text(review),
    )  # fmt: skip


def _solid(review: Review, progress: Progress) -> frozenset[tuple[int, int]]:
    proposal = review.proposal
    steady = sorted(solid_pairs(proposal, progress))
    found = set()
    for done, (mentee, mentor) in enumerate(steady):
        progress(done, len(steady))
        if (mentee, mentor) in proposal.locked or not _has_equals(review, mentee):
            found.add((mentor, mentee))
    return frozenset(found)


def _has_equals(review: Review, mentee: int) -> bool:
    """Whether an allowed partner of this mentee would cost nobody anything."""
    return any(
        not option.is_current and option.people <= 0 and option.points <= 0
        for option in options(review.proposal, mentee, PRESENT_AND_NEXT)
        if not option.pair.broken
    )


def _gain(people: int, points: int) -> str:
    if people > 0:
        return ngettext("{n} more person has a partner", "{n} more people have a partner", people)
    return _("{points} points more").format(points=in_points(points))


def _floor_text(review: Review) -> str:
    """What it costs that no pair is much weaker than the others, or what it would cost."""
    if not review.suggestions:
        return ""
    found = floor_cost(review.proposal)
    if found.lowest == found.without and not found.points:
        return _("The weakest pair scores {lowest}, with or without the guard.").format(
            lowest=in_points(found.lowest)
        )
    if review.rules.guard_floor:
        text = _("No pair scores below {lowest}; without the guard it would be {without}. {cost}.")
    else:
        text = _("The weakest pair scores {without}; with the guard it would be {lowest}. {cost}.")
    return text.format(
        lowest=in_points(found.lowest),
        without=in_points(found.without),
        cost=cost_text(found.people, found.points),
    )
