"""Makes the programme pack, for the window, its preview and the command line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    PAIR_LETTERS,
    DocumentKind,
    Scope,
)
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs.forms import ensure_key
from revmentor_desktop.jobs.places import file_names
from revmentor_desktop.jobs.press import Press
from revmentor_desktop.services import issued, letters, programmes
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.shared_facts import Letter
from revmentor_desktop.store.atomic import atomic_folder, atomic_write
from revmentor_desktop.store.workspace import Workspace

NAMES: Mapping[str, tuple[DocumentKind, ...]] = {
    "invitation": (DocumentKind.INVITATION,),
    "interest": (DocumentKind.INTEREST_FORM,),
    "manager": (DocumentKind.MANAGER_NOTE,),
    "letters": PAIR_LETTERS,
    "timeline": (DocumentKind.TIMELINE,),
    "agreement": (DocumentKind.AGREEMENT,),
    "guide": (DocumentKind.FIRST_MEETING,),
    "cards": (DocumentKind.CONVERSATION_CARDS,),
    "log": (DocumentKind.SESSION_LOG,),
    "signin": (DocumentKind.SIGN_IN,),
    "midpoint": (DocumentKind.MIDPOINT,),
    "changes": (DocumentKind.YOU_SAID,),
    "certificate": (DocumentKind.CERTIFICATE,),
}
"""The documents as the command line names them."""

STARTING = ("letters", "agreement", "guide", "cards", "log")
"""The pack that starts a pair, printed where no document is named."""


@dataclass(frozen=True, slots=True)
class PackResult:
    """What was written: files and their pages, and for how many pairs and others. ``refused``:
    what was not.
    """

    target: Path
    files: int
    pages: int
    documents: int
    pairs: int
    refused: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a pack needs to be written, read at one moment."""

    pack: Pack
    letters: Sequence[Letter]
    refused: Sequence[Letter]
    wordings: Mapping[DocumentKind, Document]
    head: Letterhead
    title: str


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF in memory, what was read for it, and how many pages each of its entries has."""

    data: bytes
    found: Contents
    counts: tuple[int, ...]

    def printed(self, pages: Collection[int]) -> Contents:
        """What of it is whole on paper where these pages (from 0) were printed."""
        letters: list[Letter] = []
        first = 0
        for some, count in zip(_each(self.found), self.counts, strict=True):
            if all(at in pages for at in range(first, first + count)):
                letters += some
            first += count
        return replace(self.found, letters=letters)


def kinds(text: str) -> tuple[DocumentKind, ...]:
    """The documents of a list such as ``letters,agreement``, as ordered; blank: to start with."""
    wanted = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in wanted:
        if name == "labels":
            raise UserError(_("Labels go on a sheet of their own. Print them alone."))
        if name not in NAMES:
            raise UserError(
                _("There is no document called “{name}”. Choose from: {names}.").format(
                    name=name, names=", ".join(NAMES)
                )
            )
    return tuple(dict.fromkeys(kind for name in wanted or STARTING for kind in NAMES[name]))


def make_pack(
    workspace: Workspace,
    target: Path,
    pack: Pack,
    progress: Progress = no_progress,
    *,
    duplex: bool = False,
) -> PackResult:
    """Write the pack whole or not at all, then record the issue, which changes no page."""
    found = _read(workspace, pack, progress)
    with atomic_write(target) as file:
        made = _made(found, progress, duplex=duplex)
        file.write(made.data)
    record(workspace, found)
    return _result(found, target, 1, sum(made.counts))


def make_folder(
    workspace: Workspace,
    folder: Path,
    pack: Pack,
    progress: Progress = no_progress,
    *,
    duplex: bool = False,
) -> PackResult:
    """Write one PDF for each pair (person, gathering) into a folder, all of them or none."""
    found = _read(workspace, pack, progress)
    pages = 0
    with i18n.language(found.head.language), atomic_folder(folder) as files:
        each = entries(found)
        names = file_names([entry.title for entry in each], ".pdf")
        for done, (entry, name) in enumerate(zip(each, names, strict=True)):
            progress(done, len(each))
            with files.open(name) as file:
                pages += sum(write_pack(file, [entry], found.head, entry.title, duplex=duplex))
        progress(len(each), len(each))
    record(workspace, found)
    return _result(found, folder, len(each), pages)


def pages_of(
    workspace: Workspace,
    pack: Pack,
    progress: Progress = no_progress,
    *,
    duplex: bool = False,
    tagged: bool = True,
) -> Pages:
    """The same pages in memory, for a preview or the printer; nothing is recorded.

    ``tagged`` False: they look the same and are made sooner, but cannot be read aloud.
    """
    return _made(_read(workspace, pack, progress), progress, duplex=duplex, tagged=tagged)


def _made(found: Contents, progress: Progress, *, duplex: bool, tagged: bool = True) -> Pages:
    with i18n.language(found.head.language):
        press = Press(entries(found), found.head, found.title, duplex, tagged)
        data, counts = press.run(progress)
    return Pages(data, found, tuple(counts))


def record(workspace: Workspace, found: Contents) -> int:
    """Record that this went to the printer, as it was read; returns how many documents."""
    return workspace.write(_record, found).value


def _record(session: Session, found: Contents) -> int:
    return issued.record(
        session, found.pack.programme_id, found.letters, found.wordings, found.pack.day
    )


def _result(found: Contents, target: Path, files: int, pages: int) -> PackResult:
    pairs = {one.subject for one in found.letters if one.subject.scope is Scope.PAIR}
    documents = {(one.kind, one.subject) for one in found.letters}
    return PackResult(target, files, pages, len(documents), len(pairs), tuple(found.refused))


def _read(workspace: Workspace, pack: Pack, progress: Progress) -> Contents:
    """Read a pack; refused (UserError) where nothing of it can be printed.

    Only the reading keeps others from the file; what is to be printed is chosen after it.
    """
    if DocumentKind.SESSION_LOG in pack.kinds:
        ensure_key(workspace)
    found, head, title = workspace.read(_facts, pack, progress)
    with i18n.language(head.language):
        every = issued.chosen(found, progress)
        some = [letter for letter in every if not letter.refusal]
        if not some:
            raise UserError(_nothing(pack, every))
    refused = [letter for letter in every if letter.refusal]
    return Contents(pack, some, refused, found.wordings, head, title)


def _facts(
    session: Session, pack: Pack, progress: Progress
) -> tuple[issued.Reading, Letterhead, str]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        wordings = letters.documents(session, pack.kinds, head.language)
        title = _("{programme}: programme pack").format(
            programme=programmes.find(session, pack.programme_id).name
        )
        return issued.read(session, pack, wordings, progress), head, title


def _nothing(pack: Pack, every: Sequence[Letter]) -> str:
    if every:
        return _("Nothing can be printed. {document}, {who}: {why}.").format(
            document=_(DOCUMENT_NAMES[every[0].kind]), who=every[0].who, why=every[0].refusal
        )
    if pack.only == "changed":
        return _("Nothing has changed since it was printed last.")
    return _("Everything of this pack was printed already. Print all of it to have it again.")


def entries(found: Contents) -> list[Entry]:
    """The letters as they are drawn, one entry for each subject."""
    return [
        Entry(some[0].who, some[0].subject.code, [_sheet(found, letter) for letter in some])
        for some in _each(found)
    ]


def _each(found: Contents) -> list[list[Letter]]:
    """The letters of each subject."""
    return [list(some) for _subject, some in groupby(found.letters, lambda one: one.subject)]


def _sheet(found: Contents, letter: Letter) -> Sheet:
    document = found.wordings[letter.kind]
    return Sheet(_(DOCUMENT_NAMES[letter.kind]), document, merging.used(document, letter.values))
