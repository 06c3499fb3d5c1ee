"""What sits behind "Details": how firm a proposal is, and what one more place is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.robustness import (
    blocking_pairs,
    floor_cost,
    in_every_best,
    place_gains,
    solid_pairs,
)
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.alternatives import cost_text, in_points
from revmentor_desktop.services.review import Review

MOST = 10


@dataclass(frozen=True, slots=True)
class Details:
    """``solid``: (mentor, mentee) ids of the pairs that stay though the weights change by a fifth.

    And without which no proposal would be as good. The others are a toss-up. ``rather``: who would
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
    steady = solid_pairs(proposal, progress)
    solid = in_every_best(proposal, steady, progress)
    rather = [
        _("{mentor} and {mentee} would both have more in common with one another").format(
            mentor=name(mentor), mentee=name(mentee)
        )
        for mentee, mentor in blocking_pairs(proposal)[:MOST]
    ]
    return Details(
        frozenset((mentor, mentee) for mentee, mentor in solid),
        tuple(rather), tuple(_places(review, progress)), _floor_text(review, progress),
    )  # fmt: skip


def _places(review: Review, progress: Progress) -> Iterator[str]:
    """What is gained by one more place, where most first; and how many were not tried."""
    gains = place_gains(review.proposal, progress)
    for mentor, people, points in gains.found[:MOST]:
        if people > 0 or points > 0:
            yield _("One more place with {name}: {gain}").format(
                name=review.collected.name(mentor), gain=_gain(people, points)
            )
    if gains.untried:
        yield ngettext(
            "There was no time to try {n} other person.",
            "There was no time to try {n} other people.",
            gains.untried,
        )


def _gain(people: int, points: int) -> str:
    if people > 0:
        return ngettext("{n} more person has a partner", "{n} more people have a partner", people)
    return _("{points} points more").format(points=in_points(points))


def _floor_text(review: Review, progress: Progress) -> str:
    """What it costs that no pair is much weaker than the others, or what it would cost."""
    if not review.suggestions:
        return ""
    found = floor_cost(review.proposal, progress)
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
