"""What a rule does: it forbids a pair, is a preference that costs points, or does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import Enum

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.i18n import N_


class Setting(Enum):
    """The three choices about a rule."""

    FORBID = "forbid"
    PREFER = "prefer"
    IGNORE = "ignore"


SETTING_NAMES = {
    Setting.FORBID: N_("Forbids a pair"),
    Setting.PREFER: N_("Preference"),
    Setting.IGNORE: N_("Does not matter"),
}

_SWITCHES: Mapping[Rule, str] = {
    Rule.SAME_TEAM: "other_team",
    Rule.LEVEL_GAP: "level_apart",
    Rule.LANGUAGE: "shared_language",
    Rule.FORMAT: "shared_format",
    Rule.EARLIER: "no_earlier_partner",
}


def setting(rules: Rules, rule: Rule) -> Setting:
    """What is chosen about a rule."""
    if not rules.in_force & rule:
        return Setting.IGNORE
    return Setting.PREFER if rules.preferred & rule else Setting.FORBID


def choices(rule: Rule) -> tuple[Setting, ...]:
    """What can be chosen: who is to be kept apart is never simply ignored."""
    if rule is Rule.KEPT_APART:
        return Setting.FORBID, Setting.PREFER
    return tuple(Setting)


def chosen(rules: Rules, rule: Rule, choice: Setting) -> Rules:
    """The rules with another choice about one of them."""
    preferences = rules.preferences & ~int(rule)
    if choice is Setting.PREFER:
        preferences |= int(rule)
    rules = replace(rules, preferences=preferences)
    is_on = choice is not Setting.IGNORE
    if rule is Rule.REPORTING_LINE:
        depth = rules.manager_depth or Rules().manager_depth
        return replace(rules, manager_depth=depth if is_on else 0)
    if rule in _SWITCHES:
        return Rules(**{**asdict(rules), _SWITCHES[rule]: is_on})
    return rules
