"""How one document will look, drawn by the real engine from a wording that is being edited."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.pack import write_pack
from revmentor_desktop.domain import templates
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.letter_fields import samples
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, SCOPES, DocumentKind, Scope
from revmentor_desktop.domain.templates import Wording
from revmentor_desktop.i18n import _
from revmentor_desktop.services import letters
from revmentor_desktop.services.letters import Letterhead, PairFacts
from revmentor_desktop.store.workspace import Workspace


def choices(
    session: Session, programme_id: int | None, kind: DocumentKind, day: date
) -> list[tuple[int, str]]:
    """For whom a document can be shown: id and name; none where there is nobody yet."""
    if programme_id is None or SCOPES[kind] is not Scope.PAIR:
        return []
    ids = letters.printable(session, programme_id)
    return [(fact.pair_id, fact.title) for fact in letters.pair_facts(session, ids, day)]


def preview(
    workspace: Workspace,
    kind: DocumentKind,
    wording: Wording,
    chosen: int | None,
    day: date,
    progress: Progress = no_progress,
) -> bytes:
    """The document as a PDF, for one of the choices or with sample values; nothing is recorded."""
    document = templates.compiled(wording, 0, kind)
    facts, head = workspace.read(_contents, kind, chosen, day)
    file = io.BytesIO()
    with i18n.language(head.language):
        write_pack(file, [facts], {kind: document}, head, _(DOCUMENT_NAMES[kind]), progress)
    return file.getvalue()


def _contents(
    session: Session, kind: DocumentKind, chosen: int | None, day: date
) -> tuple[PairFacts, Letterhead]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        if chosen is not None:
            return letters.pair_facts(session, [chosen], day)[0], head
        return _sample_facts(kind), head


def _sample_facts(kind: DocumentKind) -> PairFacts:
    values: Mapping[str, object] = samples(kind)
    people = [
        {name.partition(".")[2]: value for name, value in values.items() if name.startswith(who)}
        for who in ("reader.", "partner.")
    ]
    if kind is DocumentKind.MENTEE_LETTER:
        people.reverse()
    return PairFacts(0, "P017", "", people[0], people[1], values)  # type: ignore[arg-type]
