"""Proposes levels from job titles and the reporting tree, where a list has none."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from revmentor_desktop.i18n import N_

Key = TypeVar("Key", bound=Hashable)
NAMES = (N_("Assistant"), N_("Specialist"), N_("Manager"), N_("Director"), N_("Executive"))
_WORDS = (
    (4, r"\b(chief|ceo|cfo|coo|cto|cio|president|managing director"
        r"|geschäftsführer\w*|vorstand\w*)\b"),
    (3, r"\b(vice president|vp|director|head of|executive|direktor\w*|bereichsleit\w*)\b"),
    (2, r"\b(manager\w*|lead|leader|head|supervisor|principal|teamleit\w*|leiter\w*|leitung)\b"),
    (0, r"\b(assistant|clerk|trainee|apprentice|intern|junior|receptionist|cleaner|representative"
        r"|operative|helper|porter|driver|azubi|auszubildende\w*|praktikant\w*|sachbearbeit\w*"
        r"|assistent\w*|aushilfe)\b"),
)  # fmt: skip
SPECIALIST = 1


def title_level(title: str) -> int:
    """The place in NAMES that a job title speaks of; a title that says nothing is a specialist."""
    folded = title.casefold()
    if re.search(r"\bvice president\b|\bvp\b", folded):
        return 3
    if re.search(r"\bassistant\b(?! (manager|director|head))", folded) and "vice" not in folded:
        return 0
    for level, words in _WORDS:
        if re.search(words, folded):
            return level
    return SPECIALIST


def propose_levels(
    people: Sequence[tuple[Key, str, Key | None]],
) -> tuple[tuple[str, ...], Mapping[Key, int]]:
    """Level names from the entry level up, and each key's place in them.

    ``people``: (key, job title, the manager's key). The title decides; where somebody would not
    stand above those who report to them, the tree lifts them, and where the top leaves no room
    above, those who report are lowered. Levels that nobody has are dropped.
    """
    levels = {key: title_level(title) for key, title, _manager in people}
    managers = {key: manager for key, _title, manager in people if manager in levels}
    for _round in range(len(NAMES)):
        lifted = False
        for key, manager in managers.items():
            if manager is not None and levels[manager] <= levels[key] < len(NAMES) - 1:
                levels[manager] = levels[key] + 1
                lifted = True
        if not lifted:
            break
    _lower(levels, managers)
    used = sorted(set(levels.values()))
    return tuple(NAMES[place] for place in used), {
        key: used.index(level) for key, level in levels.items()
    }


def _lower(levels: dict[Key, int], managers: Mapping[Key, Key | None]) -> None:
    for _round in range(len(NAMES)):
        for key, manager in managers.items():
            if manager is not None and manager != key and levels[manager] <= levels[key]:
                levels[key] = max(0, levels[manager] - 1)
