"""A pack: which documents are printed, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import PRINTED_STATES, Pair, PairState, pair_code
from revmentor_desktop.domain.printed import SCOPES, DocumentKind, Scope
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Gathering
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _
from revmentor_desktop.services import programmes
from revmentor_desktop.services.tables import chunks

Only = Literal["all", "changed", "missing"]
"""Which letters of a pack: all; those whose facts or wording differ from what was printed last;
those that were never printed.
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a letter is for: the id of a person, a pair, a programme or a gathering."""

    scope: Scope
    id: int

    @property
    def code(self) -> str:
        """How paper calls the subject: P017 a pair, S012 a person; nothing else has a code."""
        if self.scope is Scope.PAIR:
            return pair_code(self.id)
        return f"S{self.id:03d}" if self.scope is Scope.PERSON else ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What is printed: the documents in their order, dated ``day``, for whom.

    ``pairs`` None: all that are printed. ``people`` None: the members of the given pairs, else
    those for whom the document is meant (see ``meant_for``). ``gatherings`` None: those to come,
    else the last one. ``left_out``: letters that are not printed all the same.
    """

    programme_id: int
    kinds: tuple[DocumentKind, ...]
    day: date
    pairs: tuple[int, ...] | None = None
    people: tuple[int, ...] | None = None
    gatherings: tuple[int, ...] | None = None
    only: Only = "all"
    left_out: frozenset[tuple[DocumentKind, Subject]] = frozenset()


def subjects(session: Session, pack: Pack) -> list[tuple[Subject, tuple[DocumentKind, ...]]]:
    """For whom the pack prints which documents, in the order of printing.

    Refused (UserError) where no document is chosen, a pair is not printed, or nobody is left.
    """
    if not pack.kinds:
        raise UserError(_("Choose at least one document to print."))
    programmes.find(session, pack.programme_id)
    found: list[tuple[Subject, tuple[DocumentKind, ...]]] = []
    for scope in dict.fromkeys(SCOPES[kind] for kind in pack.kinds):
        wanted: dict[int, list[DocumentKind]] = {}
        kinds = [kind for kind in pack.kinds if SCOPES[kind] is scope]
        each = [(kind, _ids(session, pack, kind)) for kind in kinds]
        for id_ in _ordered(session, scope, {id_ for _kind, ids in each for id_ in ids}):
            wanted[id_] = [kind for kind, ids in each if id_ in ids]
        found += [(Subject(scope, id_), tuple(some)) for id_, some in wanted.items()]
    if not found:
        raise UserError(_nobody(SCOPES[pack.kinds[0]]))
    return found


def _nobody(scope: Scope) -> str:
    if scope is Scope.PAIR:
        return _("There are no pairs to print yet. Propose pairs and accept them first.")
    if scope is Scope.GATHERING:
        return _("There is no gathering in this programme yet. Add one first.")
    return _("There is nobody to print this for yet. Choose people, or change who takes part.")


def _ids(session: Session, pack: Pack, kind: DocumentKind) -> set[int]:
    scope = SCOPES[kind]
    if scope is Scope.PROGRAMME:
        return {pack.programme_id}
    if scope is Scope.PAIR:
        return set(_pairs(session, pack))
    if scope is Scope.GATHERING:
        return set(gatherings(session, pack) if pack.gatherings is None else pack.gatherings)
    if pack.people is not None:
        return set(pack.people)
    if pack.pairs is not None:
        return set(_members(session, pack.pairs))
    return set(meant_for(session, pack.programme_id, kind))


def _pairs(session: Session, pack: Pack) -> list[int]:
    allowed = printable(session, pack.programme_id)
    if pack.pairs is None:
        return allowed
    for id_ in pack.pairs:
        if id_ not in allowed:
            raise UserError(
                _(
                    "Pair {code} is not one whose documents are printed: it is not "
                    "in this programme, or it has ended."
                ).format(code=pair_code(id_))
            )
    return list(pack.pairs)


def printable(session: Session, programme_id: int) -> list[int]:
    """The pairs whose documents are printed, by number."""
    return list(
        session.scalars(
            select(Pair.id)
            .where(Pair.programme_id == programme_id, Pair.state.in_(PRINTED_STATES))
            .order_by(Pair.id)
        )
    )


def meant_for(session: Session, programme_id: int, kind: DocumentKind) -> list[int]:
    """The people for whom a document is meant, if nobody else is chosen.

    Invitation and interest form: who has not answered yet. Note to the line manager: who takes part
    and whose manager has not been told. Certificate: who is or was in a pair.
    """
    if kind is DocumentKind.CERTIFICATE:
        pairs = session.scalars(
            select(Pair.id).where(
                Pair.programme_id == programme_id, Pair.state != PairState.DECLINED
            )
        )
        return _members(session, pairs.all())
    statement = (
        select(Enrolment.staff_id)
        .join(StaffMember, StaffMember.id == Enrolment.staff_id)
        .where(
            Enrolment.programme_id == programme_id,
            StaffMember.left_on.is_(None),
            StaffMember.restricted.is_(False),
        )
    )
    if kind is DocumentKind.MANAGER_NOTE:
        states = (EnrolmentState.INTERESTED, EnrolmentState.ENROLLED)
        statement = statement.where(Enrolment.manager_told_on.is_(None))
    else:
        states = (EnrolmentState.CANDIDATE, EnrolmentState.INVITED)
    return list(session.scalars(statement.where(Enrolment.state.in_(states))))


def meant_again(session: Session, programme_id: int, kind: DocumentKind) -> list[int]:
    """The people to whom a document may go once more: it is meant for them, and they are there."""
    present = set(
        session.scalars(
            select(Enrolment.staff_id)
            .join(StaffMember, StaffMember.id == Enrolment.staff_id)
            .where(
                Enrolment.programme_id == programme_id,
                Enrolment.state.not_in((EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)),
                StaffMember.left_on.is_(None),
                StaffMember.restricted.is_(False),
            )
        )
    )
    return [id_ for id_ in meant_for(session, programme_id, kind) if id_ in present]


def _members(session: Session, pair_ids: Sequence[int]) -> list[int]:
    return [
        id_
        for portion in chunks(pair_ids)
        for both in session.execute(
            select(Pair.mentor_id, Pair.mentee_id).where(Pair.id.in_(portion))
        )
        for id_ in both
    ]


def gatherings(session: Session, pack: Pack) -> list[int]:
    """The gatherings that a sign-in sheet is needed for: those to come, else the last one."""
    last = (
        select(Gathering.id)
        .where(Gathering.programme_id == pack.programme_id)
        .order_by(Gathering.held_on.desc(), Gathering.id.desc())
        .limit(1)
    )
    return coming(session, pack.programme_id, pack.day) or list(session.scalars(last))


def coming(session: Session, programme_id: int, day: date) -> list[int]:
    """The gatherings from a day on, by date."""
    return list(
        session.scalars(
            select(Gathering.id)
            .where(Gathering.programme_id == programme_id, Gathering.held_on >= day)
            .order_by(Gathering.held_on, Gathering.id)
        )
    )


def _ordered(session: Session, scope: Scope, ids: Iterable[int]) -> list[int]:
    """Pairs by number, people by name, gatherings by date; refused where one is not there."""
    wanted = sorted(ids)
    if scope is Scope.PERSON:
        columns = select(StaffMember.name_key, StaffMember.id)
    elif scope is Scope.GATHERING:
        columns = select(Gathering.held_on, Gathering.id)
    else:
        return wanted
    id_column = columns.selected_columns[1]
    keys: dict[int, Any] = {}
    for portion in chunks(wanted):
        for key, id_ in session.execute(columns.where(id_column.in_(portion))):
            keys[id_] = key
    if len(keys) != len(wanted):
        raise UserError(_("Somebody or something chosen is no longer in the file. Choose again."))
    return sorted(keys, key=lambda id_: (keys[id_], id_))


def people_named(session: Session, names: Sequence[str]) -> tuple[int, ...]:
    """The people of these staff numbers or full names; refused where one is not found or twice."""
    return tuple(_named(session, name) for name in names)


def _named(session: Session, name: str) -> int:
    for found in (
        session.scalars(select(StaffMember.id).where(StaffMember.staff_number == name)).all(),
        session.scalars(select(StaffMember.id).where(StaffMember.full_name == name)).all(),
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(
                _("{n} people are called “{name}”. Give the staff number.").format(
                    n=len(found), name=name
                )
            )
    raise UserError(_("There is nobody with the name or staff number “{name}”.").format(name=name))


def addressees(session: Session, pack: Pack) -> list[StaffMember]:
    """Whose address goes on a label: the chosen people, the members of the chosen pairs, or all
    that take part; by name.
    """
    programmes.find(session, pack.programme_id)
    if pack.people is not None:
        ids = set(pack.people)
    elif pack.pairs is not None:
        ids = set(_members(session, pack.pairs))
    else:
        ids = set(
            session.scalars(
                select(Enrolment.staff_id)
                .join(StaffMember, StaffMember.id == Enrolment.staff_id)
                .where(
                    Enrolment.programme_id == pack.programme_id,
                    Enrolment.state == EnrolmentState.ENROLLED,
                    StaffMember.left_on.is_(None),
                    StaffMember.restricted.is_(False),
                )
            )
        )
    return [session.get_one(StaffMember, id_) for id_ in _ordered(session, Scope.PERSON, ids)]
