"""The Pairs table: one programme's pairs with how far each has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.pairs import OPEN_STATES, STATE_NAMES, Pair, PairState
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import pairs, staff_choices
from revmentor_desktop.services.pairs import MENTEE, MENTOR, PairRow
from revmentor_desktop.services.tables import (
    Column,
    Editor,
    Filter,
    TableSource,
    chunks,
    day_text,
)


def _by(*columns: Any) -> Any:  # noqa: ANN401
    return lambda: [*columns, MENTOR.name_key, Pair.id]


def _columns(mentor: str, mentee: str) -> tuple[Column[PairRow], ...]:
    day = Editor("date")
    return (
        Column("code", N_("Pair"), lambda r: r.code, lambda r: r.code, lambda: [Pair.id], 70,
               muted=True),
        Column("mentor", mentor, lambda r: r.mentor, lambda r: r.mentor, _by(), 190, strong=True),
        Column("mentee", mentee, lambda r: r.mentee, lambda r: r.mentee, _by(MENTEE.name_key),
               190, strong=True),
        Column("state", N_("Status"), lambda r: _(STATE_NAMES[r.state]),
               lambda r: _(STATE_NAMES[r.state]), _by(Pair.state), 130,
               chip=lambda r: pairs.CHIPS[r.state]),
        Column("held", N_("Sessions"), lambda r: r.held,
               lambda r: pairs.sessions_text(r.held, r.planned), _by(pairs.held()), 100),
        Column("last", N_("Last session"), lambda r: r.last, lambda r: day_text(r.last),
               _by(pairs.last()), 120),
        Column("next", N_("Next session"), lambda r: r.next, lambda r: day_text(r.next),
               _by(pairs.next_session()), 120),
        Column("shared_aim", N_("Shared aim"), lambda r: r.shared_aim, lambda r: r.shared_aim,
               _by(Pair.shared_aim), 240, muted=True, editor=Editor("text")),
        Column("mentor_department", N_("Department"), lambda r: r.mentor_department,
               lambda r: r.mentor_department, _by(MENTOR.department_key), 140, shown=False),
        Column("mentee_department", N_("Partner’s department"), lambda r: r.mentee_department,
               lambda r: r.mentee_department, _by(MENTEE.department_key), 160, shown=False),
        Column("first_meeting", N_("First meeting"), lambda r: r.first_meeting,
               lambda r: day_text(r.first_meeting), _by(Pair.first_meeting), 120, shown=False,
               editor=day),
        Column("agreement_on", N_("Agreement signed"), lambda r: r.agreement_on,
               lambda r: day_text(r.agreement_on), _by(Pair.agreement_on), 130, shown=False,
               editor=day),
        Column("letters_on", N_("Letters printed"), lambda r: r.letters_on,
               lambda r: day_text(r.letters_on), _by(pairs.letters()), 130, shown=False),
        Column("reason", N_("Why these two"), lambda r: r.reason, lambda r: r.reason,
               _by(Pair.reason), 360, shown=False, muted=True),
    )  # fmt: skip


class PairTable(TableSource[PairRow]):
    """The pairs of one programme."""

    name = "pairs"
    reads = frozenset({"pairs", "staff", "session_logs", "issued_documents", "programmes"})

    def __init__(self, programme_id: int, mentor: str = "", mentee: str = "") -> None:
        self.columns = _columns(mentor or N_("Mentor"), mentee or N_("Mentee"))
        self._programme_id = programme_id

    def counted(self, n: int) -> str:
        """So many of them, in words."""
        return ngettext("{n} pair", "{n} pairs", n)

    def rows(self, session: Session, ids: Sequence[int]) -> dict[int, PairRow]:
        """The rows of these pairs."""
        return {row.id: row for portion in chunks(ids) for row in pairs.pair_rows(session, portion)}

    def set_values(
        self, session: Session, ids: Sequence[int], values: Mapping[str, object]
    ) -> None:
        """Set the shared aim or one of the dates of some pairs."""
        for portion in chunks(ids):
            for pair in session.scalars(select(Pair).where(Pair.id.in_(portion))):
                pairs.set_fields(session, pair, values)

    def delete(self, session: Session, ids: Sequence[int]) -> None:
        """Remove these pairs with their session logs."""
        pairs.delete(session, ids)

    def filter_choices(self, session: Session) -> tuple[Filter, ...]:
        """By state and by the mentor's department."""
        states = [(state.value, _(name)) for state, name in STATE_NAMES.items()]
        return (
            Filter("state", _("Any status"), [("open", _("All that are open")), *states]),
            Filter("department", _("All departments"), staff_choices.departments(session)),
        )

    def _ids(self) -> Select[int]:
        return pairs.joined(select(Pair.id))

    def _search(self) -> Select[str]:
        return pairs.joined(select(MENTOR.search_key + " " + MENTEE.search_key).select_from(Pair))

    def _where(self, filters: Mapping[str, object]) -> Sequence[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = [Pair.programme_id == self._programme_id]
        if filters.get("state") == "open":
            where.append(Pair.state.in_(OPEN_STATES))
        elif state := filters.get("state"):
            where.append(Pair.state == PairState(str(state)))
        if department := filters.get("department"):
            where.append((MENTOR.department == department) | (MENTEE.department == department))
        return where
