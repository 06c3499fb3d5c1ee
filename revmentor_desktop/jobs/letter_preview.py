"""How one document will look, drawn by the real engine from a wording that is being edited."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.documents.window_sheet import window_test_sheet
from revmentor_desktop.domain import merging, templates
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.letter_fields import Value, samples
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, SCOPES, DocumentKind, Scope
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.i18n import _
from revmentor_desktop.services import letter_facts, letters, pack_choices, programmes
from revmentor_desktop.services import templates as own_templates
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.atomic import atomic_write
from revmentor_desktop.store.workspace import Workspace


def choices(
    session: Session, programme_id: int | None, kind: DocumentKind, day: date
) -> list[tuple[Pack, str]]:
    """For whom a document can be shown, with the names; none where there is nobody yet."""
    if programme_id is None:
        return []
    if SCOPES[kind] is Scope.PROGRAMME:
        name = programmes.find(session, programme_id).name
        return [(Pack(programme_id, (kind,), day), name)]
    return [
        (_pack(programme_id, kind, one.id, day), one.name)
        for one in pack_choices.choices(session, programme_id, SCOPES[kind])
    ]


def _pack(programme_id: int, kind: DocumentKind, subject_id: int, day: date) -> Pack:
    """The pack of one document for one subject."""
    one = (subject_id,)
    scope = SCOPES[kind]
    return Pack(
        programme_id, (kind,), day,
        pairs=one if scope is Scope.PAIR else None,
        people=one if scope is Scope.PERSON else None,
        gatherings=one if scope is Scope.GATHERING else None,
    )  # fmt: skip


def preview(
    workspace: Workspace,
    kind: DocumentKind,
    wording: Wording,
    chosen: Pack | None,
    progress: Progress = no_progress,
) -> bytes:
    """The document as a PDF, for one of the choices or with sample values; nothing is recorded."""
    document = templates.compiled(wording, 0, kind)
    head, code, values = workspace.read(_contents, kind, chosen)
    with i18n.language(head.language):
        sheet = Sheet(_(DOCUMENT_NAMES[kind]), document, merging.used(document, values))
        return _drawn(Entry(sheet.name, code, [sheet]), head, progress)


def preview_letterhead(
    workspace: Workspace, head: Letterhead, progress: Progress = no_progress
) -> bytes:
    """The letter to the mentor with sample values, under a letterhead that is being edited."""
    kind = DocumentKind.MENTOR_LETTER
    wording = workspace.read(own_templates.wording, kind, head.language)
    document = templates.compiled(wording, 0, kind)
    with i18n.language(head.language):
        sheet = Sheet(_(DOCUMENT_NAMES[kind]), document, merging.used(document, samples(kind)))
        return _drawn(Entry(sheet.name, "P017", [sheet]), head, progress)


def test_sheet(head: Letterhead) -> bytes:
    """A page to be printed and folded: it shows whether the address sits in the window."""
    file = io.BytesIO()
    with i18n.language(head.language):
        window_test_sheet(file, head)
    return file.getvalue()


def write_test_sheet(path: Path, head: Letterhead) -> None:
    """The same page as a file, whole or not at all."""
    data = test_sheet(head)
    with atomic_write(path) as file:
        file.write(data)


def _contents(
    session: Session, kind: DocumentKind, chosen: Pack | None
) -> tuple[Letterhead, str, Mapping[str, Value]]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        if chosen is None:
            return head, "P017" if SCOPES[kind] is Scope.PAIR else "", samples(kind)
        letter = letter_facts.letters(session, chosen)[0]
        code = letter.subject.code if SCOPES[kind] in (Scope.PAIR, Scope.PERSON) else ""
        return head, code, letter.values


def _drawn(entry: Entry, head: Letterhead, progress: Progress) -> bytes:
    file = io.BytesIO()
    write_pack(file, [entry], head, entry.title, progress)
    return file.getvalue()
