"""What the engine is given: people, who is on which side, and the rules, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

SEED = "revmentor-1"
"""Orders people who are equal otherwise: a constant, so the same input gives the same pairs."""

MOST = 1000
"""No number among the rules is greater, so that every score stays far inside int32."""


@dataclass(frozen=True, slots=True)
class Person:
    """One participant. ``None`` and empty mean unknown, which never counts as agreement.

    ``key`` names the person in every order of rows; ``level``: higher is further up; ``start``:
    ordinal of the start date; ``offers``: topic -> level 1-4; ``wants``: topic -> priority 1-4.
    """

    id: int
    key: str
    level: int | None = None
    department: str = ""
    team: str = ""
    site: str = ""
    manager: int | None = None
    start: int | None = None
    languages: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    offers: Mapping[int, int] = field(default_factory=dict)
    wants: Mapping[int, int] = field(default_factory=dict)
    places: int = 1


@dataclass(frozen=True, slots=True)
class Pool:
    """Everyone who can be paired, with what is known between them.

    ``managers``: staff id -> manager id for the whole register; ``apart``, ``met`` and ``earlier``
    hold unordered pairs of ids.
    """

    mentees: Sequence[Person]
    mentors: Sequence[Person]
    managers: Mapping[int, int | None] = field(default_factory=dict)
    apart: frozenset[frozenset[int]] = frozenset()
    met: frozenset[frozenset[int]] = frozenset()
    earlier: frozenset[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules and weights (whole percent) of a programme.

    A ``manager_depth`` of 99 is the whole line, 0 none of it. The field names are those of the
    stored text, so a field is never renamed.
    """

    manager_depth: int = 2
    level_gap: int = 1
    tenure_gap_years: int = 5
    other_team: bool = True
    shared_language: bool = True
    shared_format: bool = True
    no_earlier_partner: bool = True
    guard_floor: bool = True
    weight_wanted: int = 40
    weight_gained: int = 15
    weight_level: int = 20
    weight_department: int = 20
    weight_site: int = 5

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


def _unreadable() -> UserError:
    return UserError(
        _(
            "The matching rules of this programme cannot be read. Restore a backup from before "
            "they were changed."
        )
    )
