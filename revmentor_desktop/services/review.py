"""The review of a proposal: the pairs with their reasons, who waits, and what she should know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from revmentor_desktop.domain.base import collated
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.grid import Grid, make_grid
from revmentor_desktop.domain.matching.propose import Proposal, solve_again
from revmentor_desktop.domain.matching.revise import is_plain
from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.domain.matching.waiting import Waiting, shortage_sentence, waiting_sentence
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services.matching import Collected
from revmentor_desktop.services.revision import revised
from revmentor_desktop.services.suggestions import Suggestion, suggestions


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """Somebody for whom there is no partner, and why; ``role`` in the programme's own word."""

    staff_id: int
    name: str
    job: str
    role: str
    is_mentee: bool
    why: str


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is not matched now: left out by her, or not available yet."""

    staff_id: int
    name: str
    job: str
    why: str
    left_out: bool


@dataclass(frozen=True)
class Review:
    """A proposal in words, of so many ``mentees`` and ``mentors``.

    ``notice`` says what she should know first, "" where nothing.
    """

    suggestions: tuple[Suggestion, ...]
    waiting: tuple[WaitingPerson, ...]
    away: tuple[Away, ...]
    notice: str
    mentees: int
    mentors: int
    collected: Collected = field(repr=False)
    proposal: Proposal = field(repr=False)

    @property
    def is_plain(self) -> bool:
        """Whether every question about it is answered at once, at up to some 20,000 cells.

        Where somebody is in both roles, or has several partners to get, another partner or what
        would help those who wait is computed in a worker.
        """
        return is_plain(self.proposal)

    @property
    def topics_known(self) -> bool:
        """Whether anybody has given a topic."""
        return self.proposal.topics_known

    @property
    def rules(self) -> Rules:
        """The rules under which it was computed."""
        return self.collected.rules

    def find(self, mentor_id: int, mentee_id: int) -> Suggestion | None:
        """The proposed pair of these two, if they are one."""
        couple = (mentor_id, mentee_id)
        return next((one for one in self.suggestions if one.couple == couple), None)


def review(
    collected: Collected,
    rules: Rules | None = None,
    previous: Review | None = None,
    progress: Progress = no_progress,
) -> Review:
    """The best set of pairs with its reasons; pure, so it can run anywhere.

    ``rules``: others than the stored ones, while she tries them. ``previous``: the review before
    one change, from which the same answer is found faster.
    """
    if rules is not None:
        collected = replace(collected, rules=rules)
    proposal = None
    if previous is not None:
        proposal = revised(previous.collected, previous.proposal, collected, progress)
    if proposal is None:
        locked = sorted(collected.locked)
        proposal = solve_again(_grid(collected), locked, collected.left_out, progress=progress)
    return _told(collected, proposal)


def _grid(collected: Collected) -> Grid:
    """Rules and scores; where only some people look for a partner, no pair without one of them."""
    grid = make_grid(collected.pool, collected.rules)
    if not collected.only:
        return grid
    rows = np.array([p.id not in collected.only for p in grid.pool.mentees], np.bool_)
    columns = np.array([p.id not in collected.only for p in grid.pool.mentors], np.bool_)
    breaches = grid.breaches.copy(order="K")
    breaches[np.ix_(rows, columns)] |= np.uint16(Rule.NOT_ASKED)
    return replace(grid, breaches=breaches)


def _told(collected: Collected, proposal: Proposal) -> Review:
    """A proposal in words, pairs in the order of names."""
    only = collected.only
    pairs = [one for one in proposal.pairs if not only or {one.mentor, one.mentee} & only]
    lines = suggestions(collected, proposal.grid, pairs, proposal.locked)
    pool, out = collected.pool, collected.left_out
    return Review(
        suggestions=tuple(
            sorted(lines, key=lambda s: (collated(s.mentor), collated(s.mentee), s.couple))
        ),
        waiting=(
            *_waiting(collected, proposal.waiting_mentees, True, False),
            *_waiting(collected, proposal.waiting_mentors, False, not proposal.waiting_mentees),
        ),
        away=_away(collected),
        notice=_notice(collected, proposal),
        mentees=sum(person.id not in out for person in pool.mentees),
        mentors=sum(person.id not in out for person in pool.mentors),
        collected=collected,
        proposal=proposal,
    )


def _waiting(
    collected: Collected, people: Sequence[Waiting], is_mentee: bool, in_reserve: bool
) -> list[WaitingPerson]:
    role = collected.mentee_word if is_mentee else collected.mentor_word
    spare = _("In reserve: everybody in the role “{role}” has a partner.").format(
        role=collected.mentee_word
    )
    found = [
        WaitingPerson(
            one.person,
            collected.name(one.person),
            collected.profiles[one.person].job,
            role,
            is_mentee,
            spare
            if in_reserve and one.allowed
            else waiting_sentence(one.allowed, one.others, one.rules),
        )
        for one in people
        if not collected.only or one.person in collected.only
    ]
    return sorted(found, key=lambda person: (collated(person.name), person.staff_id))


def _away(collected: Collected) -> tuple[Away, ...]:
    reasons = {
        **{
            id_: _("Not available until {day}").format(day=format_date(day))
            for id_, day in collected.later.items()
        },
        **{id_: _("Left out of matching by you") for id_ in collected.left_out},
    }
    found = [
        Away(
            id_, collected.name(id_), collected.profiles[id_].job, why,
            id_ in collected.left_out,
        )
        for id_, why in reasons.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (collated(one.name), one.staff_id)))


def _notice(collected: Collected, proposal: Proposal) -> str:
    pool = collected.pool
    if not pool.mentees or not pool.mentors:
        return _(
            "Nobody is free to be matched. Enrol people as {mentor} and as {mentee} in Staff "
            "first; only people who were told of the programme can be enrolled."
        ).format(mentor=collected.mentor_word, mentee=collected.mentee_word)
    said = []
    if not proposal.topics_known:
        said.append(
            _(
                "Nobody has given topics yet, so these pairs rest on level, department and site "
                "alone. Letters will not claim more. Add topics in Staff for better pairs."
            )
        )
    if not collected.only:
        wanted = sum(p.id not in collected.left_out for p in pool.mentees)
        places = sum(p.places for p in pool.mentors if p.id not in collected.left_out)
        said.append(shortage_sentence(wanted, places, collected.mentee_word, collected.mentor_word))
    if not proposal.exact:
        said.append(
            _(
                "Some people take part in both roles. Everybody’s limit is kept, but a better "
                "set of pairs may exist: there was not enough time to look at all."
            )
        )
    return " ".join(text for text in said if text)
