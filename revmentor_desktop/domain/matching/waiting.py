"""Who is left without a partner, and why, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from revmentor_desktop.domain.matching.mask import Mask
from revmentor_desktop.domain.matching.people import Person
from revmentor_desktop.domain.matching.rules import Rule
from revmentor_desktop.i18n import _, ngettext

MOST_RULES = 2
"""The sentence names at most this many rules, and one where that one forbids everybody."""

RULES = tuple(rule for rule in Rule if rule is not Rule.FAR_ABOVE)

CLAUSES: Mapping[Rule, Callable[[int], str]] = {
    Rule.REPORTING_LINE: lambda n: ngettext(
        "{n} is in the reporting line", "{n} are in the reporting line", n
    ),
    Rule.SAME_TEAM: lambda n: ngettext("{n} is in the same team", "{n} are in the same team", n),
    Rule.LEVEL_GAP: lambda n: ngettext(
        "{n} is too close in level or time here", "{n} are too close in level or time here", n
    ),
    Rule.LANGUAGE: lambda n: ngettext("{n} shares no language", "{n} share no language", n),
    Rule.FORMAT: lambda n: ngettext(
        "{n} has no way to meet in common", "{n} have no way to meet in common", n
    ),
    Rule.KEPT_APART: lambda n: ngettext("{n} is not available", "{n} are not available", n),
    Rule.EARLIER: lambda n: ngettext("{n} was a partner before", "{n} were partners before", n),
    Rule.DECLINED: lambda n: ngettext(
        "{n} was proposed before, and one side said no",
        "{n} were proposed before, and one side said no",
        n,
    ),
    Rule.ASIDE: lambda n: ngettext("{n} was ruled out by you", "{n} were ruled out by you", n),
    Rule.TURNED_DOWN: lambda n: ngettext(
        "{n} was proposed before, and it was declined",
        "{n} were proposed before, and it was declined",
        n,
    ),
    Rule.NOT_ASKED: lambda n: ngettext("{n} has a partner", "{n} have a partner", n),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without a partner.

    ``others``: how many people there are on the other side; ``allowed``: how many of them the
    rules allow; ``rules``: how many each rule forbids (one person may be forbidden by several).
    """

    person: int
    others: int
    allowed: int
    rules: Mapping[Rule, int]


def waiting(people: Sequence[Person], broken: Mask, matched: Set[int]) -> tuple[Waiting, ...]:
    """Those of ``people`` (the rows of ``broken``) without a partner; ``matched`` get one now."""
    rows = [
        row for row, person in enumerate(people) if person.id not in matched and not person.partners
    ]
    cells = broken[rows]
    others = (cells & np.uint16(Rule.SELF)) == 0
    allowed = (cells == 0).sum(axis=1)
    counts = [((cells & np.uint16(rule) != 0) & others).sum(axis=1).tolist() for rule in RULES]
    return tuple(
        Waiting(people[row].id, count, free, dict(zip(RULES, of_rules, strict=True)))
        for row, count, free, *of_rules in zip(
            rows, others.sum(axis=1).tolist(), allowed.tolist(), *counts, strict=True
        )
    )


def once(
    mentees: Sequence[Waiting], mentors: Sequence[Waiting]
) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
    """Who waits in both roles waits once: as mentor only where there are no mentors for them."""
    others = {one.person: one.others for one in mentors}
    alone = {one.person for one in mentees if others.get(one.person) and not one.others}
    twice = others.keys() & {one.person for one in mentees}
    return (
        tuple(one for one in mentees if one.person not in alone),
        tuple(one for one in mentors if one.person not in twice - alone),
    )


def waiting_sentence(allowed: int, others: int, rules: Mapping[Rule, int]) -> str:
    """Why somebody has no partner."""
    if not others:
        return _("There is nobody on the other side yet.")
    if allowed:
        return ngettext(
            "{n} possible partner is paired with somebody else.",
            "All {n} possible partners are paired with somebody else.",
            allowed,
        )
    most = sorted((rule for rule in CLAUSES if rules.get(rule)), key=lambda rule: -rules[rule])
    enough = 1 if most and rules[most[0]] == others else MOST_RULES
    why = "; ".join(CLAUSES[rule](rules[rule]) for rule in most[:enough])
    return ngettext(
        "The rules do not allow the {n} possible partner: {why}.",
        "The rules allow none of the {n} possible partners: {why}.",
        others,
    ).format(why=why)


def shortage_sentence(mentees: int, places: int, mentee: str, mentor: str) -> str:
    """What holds for everybody: more people on one side than places on the other; "" if not.

    ``mentee`` and ``mentor`` are the programme's own words for the roles.
    """
    if mentees > places:
        return ngettext(
            "There is {n} more person in the role “{wanting}” than there are places with a "
            "“{giving}”.",
            "There are {n} more people in the role “{wanting}” than there are places with a "
            "“{giving}”.",
            mentees - places,
        ).format(wanting=mentee, giving=mentor)
    return ""
