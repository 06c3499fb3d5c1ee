"""A programme's matching rules: what forbids a pair, what only costs points, and what counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntFlag
from typing import Any

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _

MOST = 1000
"""No number among the rules is greater, so that every score stays far inside int32."""
WHOLE_LINE = 99
"""A ``manager_depth`` that reaches to the head of any organisation."""


class Rule(IntFlag):
    """One bit for each rule, so that every forbidden pair can say why."""

    SELF = 1
    REPORTING_LINE = 2
    SAME_TEAM = 4
    LEVEL_GAP = 8
    LANGUAGE = 16
    FORMAT = 32
    KEPT_APART = 64
    EARLIER = 128
    DECLINED = 256
    ASIDE = 512
    TURNED_DOWN = 1024
    NOT_ASKED = 2048
    FAR_ABOVE = 4096
    """Forbids nobody: it costs points, and is a bit so that an exception can be made from it."""


ALWAYS = Rule.SELF | Rule.DECLINED | Rule.ASIDE | Rule.NOT_ASKED
"""Rules that are no preference and that no exception can be made for."""
NEVER_WAIVED = ALWAYS | Rule.KEPT_APART | Rule.TURNED_DOWN
"""Nobody is talked into an exception to these."""

SENTENCES = {
    Rule.SELF: N_("Nobody can be their own partner"),
    Rule.REPORTING_LINE: N_("One of them is in the other’s reporting line"),
    Rule.SAME_TEAM: N_("They work in the same team"),
    Rule.LEVEL_GAP: N_("Not far enough apart in level or time here, or the wrong way round"),
    Rule.LANGUAGE: N_("They have no language in common"),
    Rule.FORMAT: N_("They have no way to meet in common"),
    Rule.KEPT_APART: N_("Not available"),
    Rule.EARLIER: N_("They were a pair before"),
    Rule.DECLINED: N_("One of them has said no to this pair"),
    Rule.ASIDE: N_("You have ruled out these two"),
    Rule.TURNED_DOWN: N_("They were proposed as a pair before, and it was declined"),
    Rule.NOT_ASKED: N_("Neither of the two is looking for a partner here"),
    Rule.FAR_ABOVE: N_("One is far above the other in the reporting line"),
}

RULE_NAMES = {
    Rule.REPORTING_LINE: N_("Not in the reporting line"),
    Rule.SAME_TEAM: N_("Not in the same team"),
    Rule.LEVEL_GAP: N_("Far enough apart in level or time here"),
    Rule.LANGUAGE: N_("A language in common"),
    Rule.FORMAT: N_("A way to meet in common"),
    Rule.KEPT_APART: N_("Keep apart who is to be kept apart"),
    Rule.EARLIER: N_("Not partners before"),
}
"""The rules that she can choose about, in the order in which they are shown."""

EXCEPTION_NAMES = {**RULE_NAMES, Rule.FAR_ABOVE: N_("Not far above in the reporting line")}
"""What an exception can be made from for one person."""

CRITERIA = {
    "wanted": N_("Topics to learn"),
    "gained": N_("Topics to gain in return"),
    "level": N_("Distance in level"),
    "department": N_("Different departments"),
    "site": N_("Different sites"),
    "met": N_("Have not met"),
    "years": N_("Distance in years"),
    "times": N_("Free at the same time"),
    "format": N_("Meet in the same way"),
    "language": N_("Speak the same language"),
    "wishes": N_("Wishes for a partner"),
}
"""What speaks for a pair, by the name of its weight among the rules."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules and weights (whole percent) of a programme.

    A ``manager_depth`` of 99 is the whole line, 0 none of it. ``preferences``: the bits of rules
    that do not forbid a pair but cost it points. The field names are those of the stored text, so
    a field is never renamed.
    """

    manager_depth: int = 2
    level_apart: bool = True
    level_gap: int = 1
    tenure_gap_years: int = 5
    best_distance: int = 2
    other_team: bool = True
    shared_language: bool = True
    shared_format: bool = True
    no_earlier_partner: bool = True
    preferences: int = 0
    guard_floor: bool = True
    weight_wanted: int = 35
    weight_gained: int = 15
    weight_level: int = 15
    weight_department: int = 15
    weight_site: int = 5
    weight_met: int = 5
    weight_years: int = 0
    weight_times: int = 5
    weight_format: int = 0
    weight_language: int = 0
    weight_wishes: int = 5

    @classmethod
    def from_json(cls, text: str) -> Rules:
        """The rules of a programme; what the text does not name keeps its default.

        A text that cannot be read is refused: pairs under another rule than hers would be worse.
        """
        try:
            stored: dict[str, Any] = json.loads(text) if text else {}
            kinds = {name: type(value) for name, value in asdict(cls()).items()}
            chosen = {name: value for name, value in stored.items() if name in kinds}
        except (ValueError, AttributeError):
            raise _unreadable() from None
        for name, value in chosen.items():
            if type(value) is not kinds[name] or not 0 <= value <= MOST:
                raise _unreadable()
        return cls(**chosen)

    def to_json(self) -> str:
        """As the programme and each accepted pair keep them."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def weights(self) -> Mapping[str, int]:
        """The weight of each criterion that counts at all."""
        found = {name: getattr(self, f"weight_{name}") for name in CRITERIA}
        return {name: weight for name, weight in found.items() if weight}

    @property
    def everything(self) -> int:
        """All weights together; a total divided by it is of a thousand."""
        return max(1, sum(self.weights.values()))

    @property
    def preferred(self) -> int:
        """The bits of the rules that cost points."""
        return self.preferences & ~int(ALWAYS)

    @property
    def in_force(self) -> int:
        """The bits of the rules that forbid or cost points."""
        off = {
            Rule.REPORTING_LINE: self.manager_depth == 0,
            Rule.SAME_TEAM: not self.other_team,
            Rule.LEVEL_GAP: not self.level_apart,
            Rule.LANGUAGE: not self.shared_language,
            Rule.FORMAT: not self.shared_format,
            Rule.EARLIER: not self.no_earlier_partner,
        }
        return sum(int(rule) for rule in Rule if not off.get(rule, False))


PRESETS: Mapping[str, Mapping[str, int]] = {
    N_("Balanced"): {},
    N_("Digital upskilling"): {"weight_wanted": 60, "weight_gained": 5, "weight_level": 5},
    N_("Perspective"): {"weight_wanted": 15, "weight_level": 35, "weight_department": 25},
    N_("Building bridges"): {
        "weight_wanted": 15, "weight_gained": 10, "weight_department": 25, "weight_site": 15,
        "weight_met": 20, "weight_years": 10, "weight_times": 0,
    },
}  # fmt: skip
"""Weights that come with the program; what a preset does not name is as in ``Rules``."""


def preset_weights(chosen: Mapping[str, int]) -> dict[str, int]:
    """All weights of a preset, by field name."""
    defaults = {name: value for name, value in asdict(Rules()).items() if name[:7] == "weight_"}
    return defaults | dict(chosen)


def _unreadable() -> UserError:
    return UserError(
        _(
            "The matching rules of this programme cannot be read. Restore a backup from before "
            "they were changed."
        )
    )
