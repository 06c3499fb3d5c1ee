"""Writes address labels for the people of a pack."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.labels import SHEETS, write_labels
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.i18n import _
from revmentor_desktop.services import letters, packs, programmes
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.atomic import atomic_write
from revmentor_desktop.store.workspace import Workspace

Addresses = list[tuple[str, ...]]


def make_labels(
    workspace: Workspace,
    target: Path,
    pack: Pack,
    sheet: str,
    start: int = 1,
    progress: Progress = no_progress,
) -> int:
    """Write a label for everybody the pack is for; returns the number of pages.

    ``sheet``: a key of SHEETS; ``start``: the first label that is still on the first sheet. Which
    documents the pack has does not matter. UserError where there is nobody, or a name does not fit.
    """
    file = io.BytesIO()
    pages = _write(workspace, file, pack, sheet, start, progress)
    with atomic_write(target) as kept:
        kept.write(file.getvalue())
    return pages


def labels_of(
    workspace: Workspace,
    pack: Pack,
    sheet: str,
    start: int = 1,
    progress: Progress = no_progress,
) -> bytes:
    """The same pages in memory, for a preview or the printer."""
    file = io.BytesIO()
    _write(workspace, file, pack, sheet, start, progress)
    return file.getvalue()


def _write(
    workspace: Workspace, file: BinaryIO, pack: Pack, sheet: str, start: int, progress: Progress
) -> int:
    if sheet not in SHEETS:
        raise UserError(
            _("There is no sheet of labels called “{name}”. Choose from: {names}.").format(
                name=sheet, names=", ".join(SHEETS)
            )
        )
    addresses, head, title = workspace.read(_read, pack)
    with i18n.language(head.language):
        return write_labels(file, addresses, sheet, head, title, start, progress)


def _read(session: Session, pack: Pack) -> tuple[Addresses, Letterhead, str]:
    people = packs.addressees(session, pack)
    if not people:
        raise UserError(_("There is nobody to write a label for yet. Enrol people first."))
    lines = [
        tuple(dict.fromkeys(line for line in (p.full_name, p.department, p.site) if line))
        for p in people
    ]
    name = programmes.find(session, pack.programme_id).name
    return lines, letters.letterhead(session), _("{programme}: labels").format(programme=name)
