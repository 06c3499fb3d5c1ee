"""A proposal becomes pairs: accepted in the review, or made by hand; what was said is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.people import Pool
from revmentor_desktop.domain.matching.grid import make_grid
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _
from revmentor_desktop.services import decisions, matching, pairs, participants, programmes, staff
from revmentor_desktop.services.suggestions import Suggestion, suggestions


def accept(
    session: Session,
    programme_id: int,
    chosen: Sequence[Suggestion],
    today: date,
    by_hand_: bool = False,
) -> list[int]:
    """Make pairs of suggestions, all or none; returns their ids.

    Rules, weights, score, parts and reasons are frozen on each, as they were when it was proposed.
    Refused where somebody has left, has no free place meanwhile, or the programme is closed.
    """
    programmes.open_programme(session, programme_id)
    made = []
    for entry in chosen:
        pair = pairs.make(session, programme_id, entry.mentor_id, entry.mentee_id, today)
        pair.reason, pair.letter_reasons = entry.reason, entry.letter_reasons
        pair.score, pair.known, pair.rules = entry.score, entry.known, entry.rules
        pair.parts = json.dumps({p.key: p.points if p.known else None for p in entry.parts})
        pair.exceptions, pair.by_hand = entry.exceptions, by_hand_
        made.append(pair.id)
        decisions.unlock(session, programme_id, entry.mentor_id, entry.mentee_id)
    session.flush()
    return made
