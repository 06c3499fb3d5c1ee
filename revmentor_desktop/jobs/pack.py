"""Makes the programme pack, for the window, its preview and the command line."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _
from revmentor_desktop.services import letters, programmes
from revmentor_desktop.services.letters import Letterhead, PairFacts
from revmentor_desktop.store.atomic import atomic_write
from revmentor_desktop.store.workspace import Workspace

NAMES: Mapping[str, tuple[DocumentKind, ...]] = {
    "letters": (DocumentKind.MENTOR_LETTER, DocumentKind.MENTEE_LETTER),
    "agreement": (DocumentKind.AGREEMENT,),
    "guide": (DocumentKind.FIRST_MEETING,),
    "log": (DocumentKind.SESSION_LOG,),
}
"""The documents as the command line names them."""


@dataclass(frozen=True, slots=True)
class PackResult:
    """What was written."""

    target: Path
    pairs: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Contents:
    facts: list[PairFacts]
    documents: dict[DocumentKind, Document]
    head: Letterhead
    title: str


def kinds(text: str) -> tuple[DocumentKind, ...]:
    """The documents of a list such as ``letters,agreement``; all where it is blank."""
    wanted = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in wanted:
        if name not in NAMES:
            raise UserError(
                _("There is no document called “{name}”. Choose from: {names}.").format(
                    name=name, names=", ".join(NAMES)
                )
            )
    chosen = {kind for name in wanted or NAMES for kind in NAMES[name]}
    return tuple(kind for kind in DocumentKind if kind in chosen)


def make_pack(
    workspace: Workspace,
    target: Path,
    programme_id: int,
    kinds: Sequence[DocumentKind],
    pair_ids: Sequence[int] | None,
    day: date,
    progress: Progress = no_progress,
) -> PackResult:
    """Write the pack whole or not at all, then record the issue, which changes no page."""
    contents = workspace.read(_contents, programme_id, kinds, pair_ids, day)
    with i18n.language(contents.head.language), atomic_write(target) as file:
        pages = write_pack(file, _entries(contents), contents.head, contents.title, progress)
    workspace.write(letters.record_issued, contents.facts, contents.documents, day)
    return PackResult(target, len(contents.facts), pages)


def preview_pack(
    workspace: Workspace,
    programme_id: int,
    kinds: Sequence[DocumentKind],
    pair_ids: Sequence[int] | None,
    day: date,
    progress: Progress = no_progress,
) -> bytes:
    """The same pages in memory; nothing is recorded."""
    contents = workspace.read(_contents, programme_id, kinds, pair_ids, day)
    file = io.BytesIO()
    with i18n.language(contents.head.language):
        write_pack(file, _entries(contents), contents.head, contents.title, progress)
    return file.getvalue()


def _entries(contents: _Contents) -> list[Entry]:
    return [
        Entry(
            fact.title,
            fact.code,
            [
                Sheet(_(DOCUMENT_NAMES[kind]), document, fact.values(kind))
                for kind, document in contents.documents.items()
            ],
        )
        for fact in contents.facts
    ]


def _contents(
    session: Session,
    programme_id: int,
    kinds: Sequence[DocumentKind],
    pair_ids: Sequence[int] | None,
    day: date,
) -> _Contents:
    if not kinds:
        raise UserError(_("Choose at least one document to print."))
    printable = letters.printable(session, programme_id)
    chosen = printable if pair_ids is None else [id_ for id_ in pair_ids if id_ in printable]
    if pair_ids is not None:
        for id_ in pair_ids:
            if id_ not in printable:
                raise UserError(
                    _(
                        "Pair P{n:03d} is not one whose documents are printed: it is not "
                        "in this programme, or it has ended."
                    ).format(n=id_)
                )
    if not chosen:
        raise UserError(_("There are no pairs to print yet. Propose pairs and accept them first."))
    head = letters.letterhead(session)
    with i18n.language(head.language):
        return _Contents(
            letters.pair_facts(session, chosen, day),
            letters.documents(session, kinds, head.language),
            head,
            _("{programme}: programme pack").format(
                programme=programmes.find(session, programme_id).name
            ),
        )
