"""Every letter of a pack with what stands on it, already in words."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.printed import Scope
from revmentor_desktop.services import packs, pair_facts, person_facts, programme_facts
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.shared_facts import Letter, ground, shared_values

_LETTERS = {
    Scope.PAIR: pair_facts.letters,
    Scope.PERSON: person_facts.letters,
    Scope.PROGRAMME: programme_facts.letters,
    Scope.GATHERING: programme_facts.sign_in_sheets,
}

PORTION = 100
"""After so many subjects it is asked whether to stop."""


def letters(session: Session, pack: Pack, progress: Progress = no_progress) -> list[Letter]:
    """Every letter of a pack, in the order of printing, but for those that are left out."""
    wanted = packs.subjects(session, pack)
    on = ground(session, pack.programme_id, pack.day)
    shared = shared_values(on)
    made: list[Letter] = []
    for scope, group in groupby(wanted, key=lambda one: one[0].scope):
        some = list(group)
        for at in range(0, len(some), PORTION):
            progress(len(made), max(len(wanted), len(made)))
            made += _LETTERS[scope](on, shared, some[at : at + PORTION])
    return [one for one in made if (one.kind, one.subject) not in pack.left_out]
