"""Each rule forbids, is preferred, or does not matter."""

from __future__ import annotations

import pytest

from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule, Rules
from revmentor_desktop.services.rule_settings import (
    SETTING_NAMES,
    Setting,
    choices,
    chosen,
    setting,
)


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_what_is_chosen_is_what_is_read_back_and_touches_no_other_rule(rule: Rule) -> None:
    before = {other: setting(Rules(), other) for other in RULE_NAMES if other is not rule}
    for choice in choices(rule):
        assert SETTING_NAMES[choice]
        rules = chosen(Rules(), rule, choice)
        assert setting(rules, rule) is choice
        assert {other: setting(rules, other) for other in before} == before
        assert chosen(rules, rule, setting(Rules(), rule)) == Rules()


def test_the_whole_line_stays_the_whole_line_and_apart_is_never_ignored() -> None:
    whole = Rules(manager_depth=99)
    assert chosen(whole, Rule.REPORTING_LINE, Setting.PREFER).manager_depth == 99
    assert Setting.IGNORE not in choices(Rule.KEPT_APART)
