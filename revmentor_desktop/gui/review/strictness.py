"""How strictly a rule holds, as she chooses it: never, rather not, or it does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.i18n import N_


class Strictness(Enum):
    """What a rule does with a pair that goes against it."""

    FORBID = "forbid"
    PREFER = "prefer"
    IGNORE = "ignore"


STRICTNESS_NAMES = {
    Strictness.FORBID: N_("Must hold"),
    Strictness.PREFER: N_("If possible"),
    Strictness.IGNORE: N_("Does not matter"),
}
SWITCHES: Mapping[Rule, str] = {
    Rule.SAME_TEAM: "other_team",
    Rule.LEVEL_GAP: "level_apart",
    Rule.LANGUAGE: "shared_language",
    Rule.FORMAT: "shared_format",
    Rule.EARLIER: "no_earlier_partner",
}
"""The field of Rules that switches a rule on."""


def strictness(rules: Rules, rule: Rule) -> Strictness:
    """How strictly a rule holds now."""
    if not rules.in_force & rule:
        return Strictness.IGNORE
    return Strictness.PREFER if rules.preferred & rule else Strictness.FORBID


def with_strictness(rules: Rules, rule: Rule, chosen: Strictness) -> Rules:
    """The rules with this one held as strictly as chosen."""
    preferences = rules.preferences & ~int(rule)
    if chosen is Strictness.PREFER:
        preferences |= int(rule)
    return replace(rules, preferences=preferences, **_switched(rules, rule, chosen))


def choices(rule: Rule) -> tuple[Strictness, ...]:
    """What can be chosen: who is to be kept apart always matters."""
    every = tuple(Strictness)
    return every[:2] if rule is Rule.KEPT_APART else every


def _switched(rules: Rules, rule: Rule, chosen: Strictness) -> dict[str, Any]:
    on = chosen is not Strictness.IGNORE
    if rule is Rule.REPORTING_LINE:
        depth = rules.manager_depth or Rules().manager_depth
        return {"manager_depth": depth if on else 0}
    return {SWITCHES[rule]: on} if rule in SWITCHES else {}
