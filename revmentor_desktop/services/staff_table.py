"""The Staff table: everybody, with their part in the programme that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.pairs import OPEN_STATES, Pair
from revmentor_desktop.domain.programmes import (
    ENROLMENT_NAMES,
    Enrolment,
    EnrolmentState,
    Programme,
    Role,
)
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import organisation, staff, staff_choices, topics
from revmentor_desktop.services.tables import (
    Chip,
    Column,
    Editor,
    Filter,
    TableSource,
    chunks,
    day_text,
)

Columns = TypeVarTuple("Columns")
S = StaffMember


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person as the table shows them."""

    id: int
    name: str
    preferred_name: str
    number: str
    email: str
    department: str
    team: str
    job_title: str
    level: str
    level_id: int | None
    site: str
    manager: str
    manager_id: int | None
    start_date: date | None
    languages: tuple[str, ...]
    offers: tuple[str, ...]
    wants: tuple[str, ...]
    told_on: date | None
    status: str
    status_kind: Chip
    role: str


def _by(*columns: Any) -> Any:  # noqa: ANN401
    """Sort expressions: a stored key, then the name, then the id."""
    return lambda: [*columns, S.name_key, S.id]


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _columns(programme_id: int | None) -> tuple[Column[StaffRow], ...]:
    text, day = Editor("text"), Editor("date")
    role = (
        select(Enrolment.role)
        .where(Enrolment.staff_id == S.id, Enrolment.programme_id == programme_id)
        .scalar_subquery()
    )
    return (
        Column("full_name", N_("Name"), lambda r: r.name, lambda r: r.name, _by(), 180,
               editor=text, strong=True),
        Column("preferred_name", N_("Preferred name"), lambda r: r.preferred_name,
               lambda r: r.preferred_name, _by(S.preferred_name), shown=False, editor=text),
        Column("staff_number", N_("Staff number"), lambda r: r.number, lambda r: r.number,
               _by(S.number_key), 110, shown=False, editor=text),
        Column("job_title", N_("Job title"), lambda r: r.job_title, lambda r: r.job_title,
               _by(S.job_title_key), 160, editor=Editor("choice", staff_choices.job_titles)),
        Column("department", N_("Department"), lambda r: r.department, lambda r: r.department,
               _by(S.department_key), 135, editor=Editor("choice", staff_choices.departments)),
        Column("team", N_("Team"), lambda r: r.team, lambda r: r.team, _by(S.team), shown=False,
               editor=Editor("choice", staff_choices.teams)),
        Column("level", N_("Level"), lambda r: r.level_id, lambda r: r.level, _by(Level.rank),
               96, editor=Editor("choice", organisation.level_choices, strict=True)),
        Column("site", N_("Site"), lambda r: r.site, lambda r: r.site, _by(S.site_key), 125,
               editor=Editor("choice", staff_choices.sites)),
        Column("manager", N_("Manager"), lambda r: r.manager_id, lambda r: r.manager,
               _by(_MANAGER.name_key), 135, muted=True,
               editor=Editor("choice", staff_choices.names, strict=True)),
        Column("start_date", N_("Started"), lambda r: r.start_date,
               lambda r: day_text(r.start_date), _by(S.start_date), 110, editor=day),
        Column("email", N_("E-mail"), lambda r: r.email, lambda r: r.email, _by(S.email), 220,
               shown=False, editor=text),
        Column("languages", N_("Languages"), lambda r: r.languages, lambda r: _words(r.languages),
               _by(S.languages), shown=False, editor=Editor("tokens", staff_choices.languages)),
        Column("offers", N_("Topics offered"), lambda r: r.offers, lambda r: _words(r.offers),
               _by(), 220, shown=False, muted=True, editor=Editor("tokens", topics.choices)),
        Column("wants", N_("Topics wanted"), lambda r: r.wants, lambda r: _words(r.wants),
               _by(), 220, shown=False, muted=True, editor=Editor("tokens", topics.choices)),
        Column("told_on", N_("Told on"), lambda r: r.told_on, lambda r: day_text(r.told_on),
               _by(S.told_on), 108, editor=day),
        Column("status", N_("Status"), lambda r: r.status, lambda r: r.status,
               _by(S.left_on), 168, chip=lambda r: r.status_kind),
        Column("role", N_("Role in the programme"), lambda r: r.role, lambda r: r.role,
               _by(role), 170, shown=False),
    )  # fmt: skip


_MANAGER = aliased(StaffMember)


class StaffTable(TableSource[StaffRow]):
    """Everybody in the register; the status speaks of one programme (or of none)."""

    name = "staff"
    reads = frozenset(
        {"staff", "levels", "interests", "topics", "enrolments", "pairs", "programmes"}
    )

    def __init__(self, programme_id: int | None = None) -> None:
        self.columns = _columns(programme_id)
        self._programme_id = programme_id

    def counted(self, n: int) -> str:
        """So many of them, in words."""
        return ngettext("{n} person", "{n} people", n)

    def rows(self, session: Session, ids: Sequence[int]) -> dict[int, StaffRow]:
        """The rows of these people."""
        rows: dict[int, StaffRow] = {}
        for portion in chunks(ids):
            interests = topics.interests_of(session, portion)
            status = self._status(session, portion)
            statement = (
                select(
                    S.id, S.full_name, S.preferred_name, S.staff_number, S.email, S.department,
                    S.team, S.job_title, Level.name, S.level_id, S.site, _MANAGER.full_name,
                    S.manager_id, S.start_date, S.languages, S.told_on, S.left_on,
                )
                .outerjoin(Level, Level.id == S.level_id)
                .outerjoin(_MANAGER, _MANAGER.id == S.manager_id)
                .where(S.id.in_(portion))
            )  # fmt: skip
            for row in session.execute(statement):
                text, kind, role = status.get(row.id, ("", "plain", ""))
                if row.left_on is not None:
                    text, kind = _("Left"), "plain"
                rows[row.id] = StaffRow(
                    row.id, row.full_name, row.preferred_name, row.staff_number or "", row.email,
                    row.department, row.team, row.job_title, row[8] or "", row.level_id, row.site,
                    row[11] or "", row.manager_id, row.start_date, row.languages,
                    _topic_names(interests, row.id, InterestKind.OFFERS),
                    _topic_names(interests, row.id, InterestKind.WANTS),
                    row.told_on, text, kind, role,
                )  # fmt: skip
        return rows

    def set_values(
        self, session: Session, ids: Sequence[int], values: Mapping[str, object]
    ) -> None:
        """Set columns of some people at once."""
        for portion in chunks(ids):
            people = list(session.scalars(select(S).where(S.id.in_(portion))))
            staff.set_fields(session, people, values)

    def delete(self, session: Session, ids: Sequence[int]) -> None:
        """Remove these people."""
        staff.delete(session, ids)

    def filter_choices(self, session: Session) -> tuple[Filter, ...]:
        """Department, status and site."""
        names = {state: _(name) for state, name in ENROLMENT_NAMES.items()}
        names[EnrolmentState.ENROLLED] = _("Waiting for a partner")
        words = self._role_words(session)
        states: list[tuple[object, str]] = [
            ("paired", _("Has a partner")),
            *((state.value, name) for state, name in names.items()),
            *(
                (f"{state.value}/{role.value}", f"{names[state]}: {word}")
                for state in (EnrolmentState.CANDIDATE, EnrolmentState.ENROLLED)
                for role, word in words.items()
            ),
            ("none", _("Not in the programme")),
            ("untold", _("Not yet told")),
            ("left", _("Left")),
        ]
        return (
            Filter("department", _("All departments"), staff_choices.departments(session)),
            Filter("status", _("Any status"), states),
            Filter("level", _("Any level"), organisation.level_choices(session)),
            Filter("site", _("Any site"), staff_choices.sites(session)),
        )

    def _role_words(self, session: Session) -> dict[Role, str]:
        """The programme's words for its roles; none without a programme."""
        if self._programme_id is None:
            return {}
        programme = session.get_one(Programme, self._programme_id)
        return {role: programme.word(role) for role in Role}

    def _ids(self) -> Select[int]:
        return self._joined(select(S.id))

    def _search(self) -> Select[str]:
        return self._joined(select(S.search_key))

    def _joined(self, statement: Select[*Columns]) -> Select[*Columns]:
        # SQLite leaves out a left join by primary key that nothing in the statement uses.
        return statement.outerjoin(Level, Level.id == S.level_id).outerjoin(
            _MANAGER, _MANAGER.id == S.manager_id
        )

    def _where(self, filters: Mapping[str, object]) -> Sequence[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = []
        if department := filters.get("department"):
            where.append(S.department == department)
        if site := filters.get("site"):
            where.append(S.site == site)
        if level := filters.get("level"):
            where.append(S.level_id == level)
        if status := filters.get("status"):
            where.append(self._has_status(str(status)))
        return where

    def _has_status(self, status: str) -> ColumnElement[bool]:
        state, _slash, role = status.partition("/")
        here = (Enrolment.staff_id == S.id) & (Enrolment.programme_id == self._programme_id)
        if role:
            here = here & (Enrolment.role == Role(role))
        paired = exists().where(
            Pair.programme_id == self._programme_id,
            Pair.state.in_(OPEN_STATES),
            or_(Pair.mentor_id == S.id, Pair.mentee_id == S.id),
        )
        conditions: dict[str, ColumnElement[bool]] = {
            "left": S.left_on.is_not(None),
            "untold": S.told_on.is_(None) & S.left_on.is_(None),
            "paired": paired,
            "none": ~exists().where(here) & S.left_on.is_(None),
            "enrolled": exists().where(here, Enrolment.state == EnrolmentState.ENROLLED) & ~paired,
        }
        if state in conditions:
            return conditions[state]
        return exists().where(here, Enrolment.state == EnrolmentState(state))

    def _status(self, session: Session, ids: Sequence[int]) -> dict[int, tuple[str, Chip, str]]:
        """What the person does in the programme, with the kind of its chip, and the role."""
        if self._programme_id is None:
            return {}
        taken = _places_taken(session, self._programme_id, ids)
        found = session.execute(
            select(Enrolment.staff_id, Enrolment.role, Enrolment.state).where(
                Enrolment.programme_id == self._programme_id, Enrolment.staff_id.in_(ids)
            )
        )
        words = self._role_words(session)
        return {
            staff_id: (*_status_text(words[role], state, taken.get(staff_id, 0)), words[role])
            for staff_id, role, state in found
        }


def _topic_names(
    interests: Mapping[tuple[int, InterestKind], Sequence[tuple[str, int]]],
    staff_id: int,
    kind: InterestKind,
) -> tuple[str, ...]:
    return tuple(name for name, _strength in interests.get((staff_id, kind), ()))


def _places_taken(session: Session, programme_id: int, ids: Sequence[int]) -> dict[int, int]:
    taken: dict[int, int] = {}
    for side in (Pair.mentor_id, Pair.mentee_id):
        counted = session.execute(
            select(side, func.count())
            .where(Pair.programme_id == programme_id, Pair.state.in_(OPEN_STATES), side.in_(ids))
            .group_by(side)
        )
        for staff_id, count in counted:
            taken[staff_id] = taken.get(staff_id, 0) + count
    return taken


def _status_text(role: str, state: EnrolmentState, partners: int) -> tuple[str, Chip]:
    if partners:
        return _("Has a partner"), "ok"
    if state is EnrolmentState.ENROLLED:
        return _("Waiting for a partner"), "warn"
    if state is EnrolmentState.CANDIDATE:
        return _("Candidate: {role}").format(role=role), "info"
    kinds: dict[EnrolmentState, Chip] = {
        EnrolmentState.INVITED: "info",
        EnrolmentState.INTERESTED: "info",
        EnrolmentState.WAITING: "warn",
    }
    return _(ENROLMENT_NAMES[state]), kinds.get(state, "plain")
