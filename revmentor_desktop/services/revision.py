"""The proposal after one change of hers, found from the one before instead of from nothing."""

from __future__ import annotations

from dataclasses import replace

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching import revise
from revmentor_desktop.domain.matching.people import Couples, Pool
from revmentor_desktop.domain.matching.propose import Proposal, solve_again
from revmentor_desktop.domain.matching.revise import one_more_place
from revmentor_desktop.services.matching import Collected


def revised(
    old: Collected, proposal: Proposal, new: Collected, progress: Progress = no_progress
) -> Proposal | None:
    """The best answer to ``new``, where it differs from ``old`` in one decision or in the rules.

    The same as a new solve would give. None where more has changed, so that one is needed.
    """
    if old.only or new.only:
        return None
    decided = (new.locked, new.left_out) == (old.locked, old.left_out)
    if new.rules != old.rules:
        is_same = decided and _same(old.pool, new.pool)
        return revise.with_rules(proposal, new.rules, progress) if is_same else None
    if _same(old.pool, new.pool):
        return proposal if decided else _decided(old, proposal, new, progress)
    aside = new.pool.aside - old.pool.aside
    if len(aside) == 1 and _same(old.pool, replace(new.pool, aside=old.pool.aside)):
        return _ruled_out(old, proposal, new, aside)
    return _with_place(old, proposal, new) if decided else None


def _same(one: Pool, other: Pool) -> bool:
    return one is other or one == other


def _decided(old: Collected, proposal: Proposal, new: Collected, progress: Progress) -> Proposal:
    """The same people; locks have come or gone, or somebody is left out or back."""
    locks, gone = set(new.locked) - set(old.locked), set(old.locked) - set(new.locked)
    out, back = new.left_out - old.left_out, old.left_out - new.left_out
    if len(locks) == 1 and not (gone or out or back):
        [(mentee, mentor)] = locks
        return revise.with_lock(proposal, mentee, mentor, progress)
    if len(out) == 1 and not (locks or back) and all(out & set(couple) for couple in gone):
        return revise.left_out(proposal, *out)
    return solve_again(proposal.grid, sorted(new.locked), new.left_out, progress=progress)


def _ruled_out(
    old: Collected, proposal: Proposal, new: Collected, aside: Couples
) -> Proposal | None:
    grid = proposal.grid
    [(one, other)] = aside
    cells = [
        (mentee, mentor)
        for mentee, mentor in ((one, other), (other, one))
        if mentee in grid.rows and mentor in grid.columns
    ]
    gone = set(old.locked) - set(new.locked)
    if len(cells) != 1 or gone - set(cells) or new.left_out != old.left_out:
        return None
    return revise.ruled_out(proposal, *cells[0])


def _with_place(old: Collected, proposal: Proposal, new: Collected) -> Proposal | None:
    """One more place with one mentor, all else the same."""
    changed = [
        after
        for before, after in zip(old.pool.mentors, new.pool.mentors, strict=False)
        if before != after
    ]
    if len(changed) != 1:
        return None
    [mentor] = changed
    is_all = _same(one_more_place(old.pool, mentor.id), new.pool)
    return revise.with_place(proposal, mentor.id) if is_all else None
