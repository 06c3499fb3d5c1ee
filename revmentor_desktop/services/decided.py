"""What she has decided in the review of a programme, as the matching takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.decisions import Decision, DecisionKind
from revmentor_desktop.domain.matching.people import Couples


@dataclass(frozen=True, slots=True)
class Decided:
    """All that she has decided. ``together``: (mentee, mentor) in the order in which she did.

    ``waived``: staff id -> bits of the rules that an exception was made to; ``reasons``: (staff
    id, bit) -> why; ``lock_reasons``: (mentee id, mentor id) -> why two stay together.
    """

    together: tuple[tuple[int, int], ...]
    of_two: Mapping[DecisionKind, Couples]
    waived: Mapping[int, int]
    reasons: Mapping[tuple[int, int], str]
    lock_reasons: Mapping[tuple[int, int], str]
    left_out: frozenset[int]


def decided(session: Session, programme_id: int) -> Decided:
    """The decisions of a programme."""
    together: dict[tuple[int, int], str] = {}
    of_two: dict[DecisionKind, set[frozenset[int]]] = {kind: set() for kind in DecisionKind}
    waived: dict[int, int] = {}
    reasons: dict[tuple[int, int], str] = {}
    left_out: set[int] = set()
    for one in session.scalars(
        select(Decision).where(Decision.programme_id == programme_id).order_by(Decision.id)
    ):
        if one.mentee_id is not None and one.mentor_id is not None:
            of_two[one.kind].add(frozenset({one.mentee_id, one.mentor_id}))
            if one.kind is DecisionKind.TOGETHER:
                together[one.mentee_id, one.mentor_id] = one.reason
        elif one.staff_id is not None and one.kind is DecisionKind.EXCEPTION:
            waived[one.staff_id] = waived.get(one.staff_id, 0) | one.rules
            reasons[one.staff_id, one.rules] = one.reason
        elif one.staff_id is not None:
            left_out.add(one.staff_id)
    couples = {kind: frozenset(found) for kind, found in of_two.items()}
    return Decided(tuple(together), couples, waived, reasons, together, frozenset(left_out))
