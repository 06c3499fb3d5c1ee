"""What the engine is given: people, who is on which side, and what is known between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SEED = "revmentor-1"
"""Orders people who are equal otherwise: a constant, so the same input gives the same pairs."""

Couples = frozenset[frozenset[int]]
"""Unordered pairs of staff ids."""


@dataclass(frozen=True, slots=True)
class Person:
    """One participant. ``None`` and empty mean unknown, which never counts as agreement.

    ``key`` names the person in every order of rows; ``level``: higher is further up; ``start``:
    ordinal of the start date; ``offers``: topic -> level 1-4; ``wants``: topic -> priority 1-4;
    ``times``: half days in which they could meet; ``wishes``: staff id -> rank from 1 on, and no
    wish is an answer; ``places``: how many partners the person still has room for; ``partners``:
    how many they have already, so that who has none comes first.
    """

    id: int
    key: str
    level: int | None = None
    department: str = ""
    team: str = ""
    site: str = ""
    manager: int | None = None
    start: int | None = None
    birth_year: int | None = None
    languages: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    offers: Mapping[int, int] = field(default_factory=dict)
    wants: Mapping[int, int] = field(default_factory=dict)
    wishes: Mapping[int, int] = field(default_factory=dict)
    places: int = 1
    partners: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Everyone who can be paired, with what is known between them.

    ``managers``: staff id -> manager id of those here and above; ``declined``: a side said no;
    ``turned_down``: the same in another programme, or without an answer of either; ``aside``: set
    aside in this review; ``waived``: staff id -> bits of rules that an exception was made for;
    ``limits``: staff id -> most pairs to add over both roles, for people on both sides.
    """

    mentees: Sequence[Person]
    mentors: Sequence[Person]
    managers: Mapping[int, int | None] = field(default_factory=dict)
    apart: Couples = frozenset()
    met: Couples = frozenset()
    earlier: Couples = frozenset()
    declined: Couples = frozenset()
    turned_down: Couples = frozenset()
    aside: Couples = frozenset()
    waived: Mapping[int, int] = field(default_factory=dict)
    limits: Mapping[int, int] = field(default_factory=dict)
