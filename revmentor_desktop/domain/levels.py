"""Proposes levels from job titles and the reporting tree, where a list has none."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from revmentor_desktop.i18n import N_

Key = TypeVar("Key", bound=Hashable)
NAMES = (N_("Assistant"), N_("Specialist"), N_("Manager"), N_("Director"), N_("Executive"))
ASSISTANT, SPECIALIST, MANAGER, DIRECTOR, EXECUTIVE = range(5)
_TITLES = tuple(
    (level, re.compile(rf"\b({words})\b"))
    for level, words in (
        (ASSISTANT, r"(assistant|pa|secretary|\w*assistent(in)?|referent(in)?) (to|of|der|des)"
                    r"|(executive|personal|virtual|office) assistant"),
        (DIRECTOR, r"vice[- ]president|s?vp|vize\w+"),
        (EXECUTIVE, r"chief|c[efoti]o|chro|president|(managing|executive) director"
                    r"|secretary general|owner|founder|(managing|senior|equity) partner"
                    r"|geschafts(fuhr|leit)\w*|vorstand\w*|prasident\w*|vorsitzende\w*|inhaber\w*"),
        (SPECIALIST, r"(account|sales|marketing|hr|customer|business development|media|advertising"
                     r"|recruitment) executive|social worker"),
        (DIRECTOR, r"director\w*|head of|executive|company secretary|\w*direktor\w*|dean"
                   r"|\w*bereichsleit\w*|hauptabteilungsleit\w*|prokurist\w*"),
        (MANAGER, r"\w*manager\w*|lead|leader|head|supervisor\w*|principal|superintendent|foreman"
                  r"|(?!\w*begleiter)(?!leiterpl)\w*leiter(in)?|\w*leitung|\w*leitende\w*"),
        (ASSISTANT, r"assistant|clerk|trainee|apprentice|intern|junior|receptionist|cleaner"
                    r"|(customer|client)( service| support| care)? representative|operative"
                    r"|operator|helper|porter|driver|cashier|secretary"
                    r"|volunteer|worker|labourer|\w*auszubildende\w*|\w*azubi\w*|\w*praktikant\w*"
                    r"|\w*sachbearbeit\w*|\w*assisten[tz]\w*|\w*aushilfe|\w*hilfskraft"
                    r"|\w*helfer(in)?|werkstudent\w*|volontar\w*|lehrling\w*|\w*sekretar\w*"
                    r"|\w*fahrer(in)?|reinigungskraft|empfang\w*"),
    )
)  # fmt: skip


def title_level(title: str) -> int:
    """The place in NAMES that a job title speaks of; a title that says nothing is a specialist."""
    found = named_level(title)
    return SPECIALIST if found is None else found


def named_level(title: str) -> int | None:
    """The place in NAMES that a title, or a level's own name, speaks of; None if of none."""
    plain = title.casefold().translate(_UMLAUTS)
    return next((level for level, words in _TITLES if words.search(plain)), None)


_UMLAUTS = str.maketrans("äöüáéè", "aouaee")


def propose_levels(
    people: Sequence[tuple[Key, str, Key | None]],
) -> tuple[tuple[str, ...], Mapping[Key, int]]:
    """Level names from the entry level up, and each key's place in them.

    ``people``: (key, job title, the manager's key). The title decides; where somebody would not
    stand above those who report to them, the tree lifts them, and where the top leaves no room
    above, those who report are lowered. Levels that nobody has are dropped.
    """
    levels = {key: title_level(title) for key, title, _manager in people}
    above = _tree({key: manager for key, _title, manager in people if manager in levels})
    for _round in range(EXECUTIVE):
        for key, manager in above.items():
            if levels[manager] <= levels[key] < EXECUTIVE:
                levels[manager] = levels[key] + 1
    for _round in range(EXECUTIVE):
        for key, manager in above.items():
            if levels[manager] <= levels[key]:
                levels[key] = max(ASSISTANT, levels[manager] - 1)
    used = sorted(set(levels.values()))
    return tuple(NAMES[place] for place in used), {
        key: used.index(level) for key, level in levels.items()
    }


def _tree(managers: Mapping[Key, Key | None]) -> dict[Key, Key]:
    """The reporting lines without those that lead back to where they began."""
    above: dict[Key, Key] = {}
    for key, manager in managers.items():
        at: Key | None = manager
        while at is not None and at != key:
            at = above.get(at)
        if manager is not None and at is None:
            above[key] = manager
    return above
