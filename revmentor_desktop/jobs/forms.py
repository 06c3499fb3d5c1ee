"""Writes forms to fill in on screen into a folder, one file each, for window and command line."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.forms import (
    check_form,
    write_interest_form,
    write_session_form,
)
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.returns import KEY_BYTES
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs.places import file_names
from revmentor_desktop.services import forms, letters
from revmentor_desktop.services.forms import InterestForm, SessionForm
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.store.atomic import atomic_write
from revmentor_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FormsResult:
    """What was written into which folder, in the order of the pairs or people."""

    folder: Path
    files: tuple[Path, ...]


def ensure_key(workspace: Workspace) -> None:
    """A file from before there were forms gets its key with the first of them."""
    if not workspace.read(forms.has_key):
        workspace.write(forms.ensure_key, secrets.token_bytes(KEY_BYTES))


def make_session_forms(
    workspace: Workspace,
    folder: Path,
    pair_ids: Sequence[int],
    numbers: Sequence[int] = (),
    progress: Progress = no_progress,
) -> FormsResult:
    """A session log to fill in for each pair and planned session (from 1; none: the next one).

    A form of the same name that is there already is written anew. Cancelling keeps what was
    written whole.
    """
    ensure_key(workspace)
    head, made = workspace.read(_session_contents, pair_ids, numbers)
    return _write(folder, made, head, progress)


def make_interest_forms(
    workspace: Workspace,
    folder: Path,
    programme_id: int,
    staff_ids: Sequence[int],
    progress: Progress = no_progress,
) -> FormsResult:
    """An interest form for each of these people; else as make_session_forms."""
    ensure_key(workspace)
    head, made = workspace.read(_interest_contents, programme_id, staff_ids)
    return _write(folder, made, head, progress)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file that is to be written."""

    name: str
    who: str
    texts: tuple[str, ...]
    write: Callable[[BinaryIO, Letterhead], None]


def _session_contents(
    session: Session, pair_ids: Sequence[int], numbers: Sequence[int]
) -> tuple[Letterhead, list[_Sheet]]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        made = forms.session_forms(session, pair_ids, numbers)
        return head, [
            _Sheet(_session_name(form), form.code, form.texts, partial(_session_form, form))
            for form in made
        ]


def _session_name(form: SessionForm) -> str:
    return _("{code} session {n} {names}").format(code=form.code, n=form.number, names=form.names)


def _session_form(form: SessionForm, file: BinaryIO, head: Letterhead) -> None:
    write_session_form(file, form, head)


def _interest_contents(
    session: Session, programme_id: int, staff_ids: Sequence[int]
) -> tuple[Letterhead, list[_Sheet]]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        made = forms.interest_forms(session, programme_id, staff_ids)
        return head, [
            _Sheet(_("Interest form {name}").format(name=form.name), form.name, form.texts,
                   partial(_interest_form, form))
            for form in made
        ]  # fmt: skip


def _interest_form(form: InterestForm, file: BinaryIO, head: Letterhead) -> None:
    write_interest_form(file, form, head)


def _write(
    folder: Path, sheets: Sequence[_Sheet], head: Letterhead, progress: Progress
) -> FormsResult:
    """Write the files one by one; refuses (UserError) before the first where one cannot be."""
    if not sheets:
        raise UserError(_("There is nobody to make a form for yet."))
    if not folder.is_dir():
        raise UserError(
            _("The folder “{folder}” is not there. Choose another one.").format(folder=folder)
        )
    names = file_names([sheet.name for sheet in sheets], ".pdf")
    with i18n.language(head.language):
        for sheet in sheets:
            check_form(sheet.who, sheet.texts)
        written = []
        for done, (sheet, name) in enumerate(zip(sheets, names, strict=True)):
            progress(done, len(sheets))
            with atomic_write(folder / name) as file:
                sheet.write(file, head)
            written.append(folder / name)
    progress(len(sheets), len(sheets))
    return FormsResult(folder, tuple(written))
