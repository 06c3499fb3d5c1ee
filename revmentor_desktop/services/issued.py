"""The record of what was printed: for whom, when, in which wording, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.pairs import Pair, PairState
from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    PAIR_LETTERS,
    SCOPES,
    DocumentKind,
    IssuedDocument,
    Scope,
)
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Programme
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import letter_facts, letters, packs, pairs, programmes
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.services.pairs import PairRow
from revmentor_desktop.services.shared_facts import Letter

State = Literal["missing", "changed", "same"]
"""Never printed; printed with other facts or other words; printed as it would be now."""
Wordings = Mapping[DocumentKind, Document]
Key = tuple[DocumentKind, Subject]
PORTION = 25
"""After so many letters it is asked whether to stop."""
_COLUMNS = {Scope.PAIR: "pair_id", Scope.PERSON: "staff_id", Scope.GATHERING: "gathering_id"}


@dataclass(frozen=True, slots=True)
class Issue:
    """When a letter was printed last (None: never), and how it stands to what it would say now."""

    state: State
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a pack at one moment: all its letters, their wordings, what was printed
    last, and what of that may be printed again.
    """

    pack: Pack
    letters: Sequence[Letter]
    wordings: Wordings
    printed: Mapping[Key, tuple[date, str]]
    again: frozenset[Key]


def read(
    session: Session, pack: Pack, wordings: Wordings, progress: Progress = no_progress
) -> Reading:
    """Read a pack; what is to be printed of it can then be chosen without the file."""
    made = letter_facts.letters(session, pack, progress)
    printed = _last(session, pack.programme_id)
    again = frozenset[Key]()
    if pack.only == "changed":
        again = frozenset(_again(session, pack.programme_id, printed, pack.day))
    return Reading(pack, made, wordings, printed, again)


def chosen(found: Reading, progress: Progress = no_progress) -> list[Letter]:
    """The letters of a pack that are to be printed: all, what changed, or what is missing.

    A letter of which the reason has gone, such as an invitation that was answered, has not changed.
    """
    if found.pack.only == "all":
        return list(found.letters)
    issues = states(found, progress)
    return [
        one
        for one in found.letters
        if issues[one.kind, one.subject].state == found.pack.only
        and (found.pack.only == "missing" or (one.kind, one.subject) in found.again)
    ]


def states(found: Reading, progress: Progress = no_progress) -> dict[Key, Issue]:
    """How each letter stands to what was printed last."""
    issues = {}
    for done, letter in enumerate(found.letters):
        if done % PORTION == 0:
            progress(done, len(found.letters))
        before = found.printed.get((letter.kind, letter.subject))
        if before is None:
            issues[letter.kind, letter.subject] = Issue("missing")
            continue
        on, facts = before
        same = facts == merging.digest(found.wordings[letter.kind], letter.values)
        issues[letter.kind, letter.subject] = Issue("same" if same else "changed", on)
    return issues


def _again(session: Session, programme_id: int, printed: Iterable[Key], day: date) -> Iterator[Key]:
    """What was printed and may be printed again: who answered or is gone gets no second letter."""
    keys = list(printed)
    for kind in {kind for kind, _subject in keys}:
        if SCOPES[kind] is Scope.PAIR:
            ids = packs.printable(session, programme_id)
        elif SCOPES[kind] is Scope.PERSON:
            ids = packs.meant_again(session, programme_id, kind)
        elif SCOPES[kind] is Scope.GATHERING:
            ids = packs.coming(session, programme_id, day)
        else:
            ids = [programme_id]
        there = set(ids)
        yield from ((of, subject) for of, subject in keys if of is kind and subject.id in there)


def _last(session: Session, programme_id: int) -> dict[Key, tuple[date, str]]:
    """The last printing of every document of a programme: day, digest of what stood on it."""
    found = {}
    for one in session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.programme_id == programme_id)
        .order_by(IssuedDocument.id)
    ):
        if one.pair_id is not None:
            subject = Subject(Scope.PAIR, one.pair_id)
        elif one.staff_id is not None:
            subject = Subject(Scope.PERSON, one.staff_id)
        elif one.gathering_id is not None:
            subject = Subject(Scope.GATHERING, one.gathering_id)
        else:
            subject = Subject(Scope.PROGRAMME, programme_id)
        found[one.kind, subject] = (one.issued_on, one.facts)
    return found


def read_changed(
    session: Session, programme_id: int, day: date, progress: Progress = no_progress
) -> Reading | None:
    """Read what was printed and may be printed again; None where there is nothing."""
    if session.get(Programme, programme_id) is None:
        return None
    again = frozenset(_again(session, programme_id, _last(session, programme_id), day))
    if not again:
        return None
    ids = {
        scope: tuple(sorted({subject.id for _kind, subject in again if subject.scope is scope}))
        for scope in Scope
    }
    kinds = {kind for kind, _subject in again}
    pack = Pack(
        programme_id,
        tuple(kind for kind in DocumentKind if kind in kinds),
        day,
        pairs=ids[Scope.PAIR],
        people=ids[Scope.PERSON],
        gatherings=ids[Scope.GATHERING],
        only="changed",
    )
    language = letters.letterhead(session).language
    return read(session, pack, letters.documents(session, pack.kinds, language), progress)


def record(
    session: Session, programme_id: int, made: Sequence[Letter], wordings: Wordings, day: date
) -> int:
    """Record what was printed, each document once for its subject; returns how many."""
    once = {(letter.kind, letter.subject): letter for letter in made if not letter.refusal}
    for (kind, subject), letter in once.items():
        document = wordings[kind]
        entry = IssuedDocument(
            programme_id=programme_id, kind=kind, issued_on=day,
            template_version=document.version, facts=merging.digest(document, letter.values),
        )  # fmt: skip
        if subject.scope in _COLUMNS:
            setattr(entry, _COLUMNS[subject.scope], subject.id)
        session.add(entry)
    session.flush()
    return len(once)


def papers(session: Session, subject: Subject) -> list[tuple[str, str]]:
    """What was printed for a subject, newest first: the document, and when in which wording."""
    column = getattr(IssuedDocument, _COLUMNS[subject.scope])
    found = session.scalars(
        select(IssuedDocument)
        .where(column == subject.id)
        .order_by(IssuedDocument.issued_on.desc(), IssuedDocument.id)
    )
    lines = [(_(DOCUMENT_NAMES[one.kind]), _printed(one)) for one in found]
    return list(dict.fromkeys(lines))


def _printed(one: IssuedDocument) -> str:
    day = format_date(one.issued_on)
    if not one.template_version:
        return _("printed on {day}").format(day=day)
    return _("printed on {day}, own wording {n}").format(day=day, n=one.template_version)


def record_pack(session: Session, pack: Pack) -> int:
    """Record that a pack was printed as it stands now; returns how many documents."""
    language = letters.letterhead(session).language
    with i18n.language(language):
        wordings = letters.documents(session, pack.kinds, language)
        made = chosen(read(session, pack, wordings))
    return record(session, pack.programme_id, made, wordings, pack.day)


def lacking(session: Session, programme_id: int) -> list[int]:
    """The confirmed and active pairs that lack one of the two letters or both, by number."""
    has = {
        kind: set(
            session.scalars(
                select(IssuedDocument.pair_id).where(
                    IssuedDocument.programme_id == programme_id, IssuedDocument.kind == kind
                )
            )
        )
        for kind in PAIR_LETTERS
    }
    ids = session.scalars(
        select(Pair.id)
        .where(
            Pair.programme_id == programme_id,
            Pair.state.in_((PairState.CONFIRMED, PairState.ACTIVE)),
        )
        .order_by(Pair.id)
    )
    return [id_ for id_ in ids if any(id_ not in some for some in has.values())]


def uninvited(session: Session, programme_id: int) -> list[int]:
    """The people marked as invited to whom no invitation was printed, by id."""
    invited = select(IssuedDocument.staff_id).where(
        IssuedDocument.programme_id == programme_id,
        IssuedDocument.kind == DocumentKind.INVITATION,
        IssuedDocument.staff_id.is_not(None),
    )
    return list(
        session.scalars(
            select(Enrolment.staff_id)
            .where(
                Enrolment.programme_id == programme_id,
                Enrolment.state == EnrolmentState.INVITED,
                Enrolment.staff_id.not_in(invited),
            )
            .order_by(Enrolment.staff_id)
        )
    )


def agreements_out(session: Session, programme_id: int) -> list[PairRow]:
    """The pairs under way whose signed agreement has not come back, by number."""
    under_way = frozenset({PairState.CONFIRMED, PairState.ACTIVE, PairState.PAUSED})
    rows = pairs.of_programme(session, programme_id, under_way)
    return [row for row in rows if row.agreement_on is None]


def tick_off_agreements(session: Session, pair_ids: Sequence[int], day: date) -> int:
    """Record that the signed agreements of these pairs came back; returns how many were new."""
    ticked = 0
    for pair_id in pair_ids:
        pair = pairs.find(session, pair_id)
        programmes.open_programme(session, pair.programme_id)
        if pair.agreement_on is None:
            pair.agreement_on = day
            ticked += 1
    return ticked
