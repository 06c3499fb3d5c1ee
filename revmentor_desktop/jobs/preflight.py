"""Looks through a pack before a file is written: all that is to mend or to decide, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.documents import fonts, windows
from revmentor_desktop.documents.blocks import address_lines
from revmentor_desktop.documents.pack import Sheet, check_fits, undrawable_letterhead
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.letter_fields import FIELDS, Value
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs.forms import ensure_key
from revmentor_desktop.services import issued, letters, preflight
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.services.preflight import PreflightRow, Problem
from revmentor_desktop.services.shared_facts import Letter
from revmentor_desktop.store.workspace import Workspace

LONG = 500
"""A value of fewer letters fits on a page wherever it stands."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """The table, and what concerns more than one letter.

    ``baselines``: the people who have not answered the baseline, by staff id; ``undecided``: the
    pairs that have not both said yes, by number; ``is_unsigned``: nobody's name is under a letter.
    """

    rows: tuple[PreflightRow, ...]
    baselines: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()
    is_unsigned: bool = False

    @property
    def changed(self) -> int:
        """How many documents say something else than when they were printed last."""
        return sum(row.issue.state == "changed" for row in self.rows)


def check(workspace: Workspace, pack: Pack, progress: Progress = no_progress) -> Preflight:
    """Look through every letter of a pack. Nothing is printed or recorded."""
    if DocumentKind.SESSION_LOG in pack.kinds:
        ensure_key(workspace)
    found, head = workspace.read(_read, pack, progress)
    with i18n.language(head.language):
        made = issued.chosen(found, progress)
        rows = preflight.rows(found, made, progress)
        by_letter = _first_of_each(made)
        checked = []
        for done, row in enumerate(rows):
            progress(done, len(rows))
            letter = by_letter[row.kind, row.subject]
            checked.append(_with_print_problems(row, letter, found.wordings[row.kind], head))
    return Preflight(
        tuple(checked),
        tuple(workspace.read(preflight.baselines_outstanding, pack.programme_id, made)),
        tuple(workspace.read(preflight.undecided, made)),
        preflight.is_unsigned(made, found.wordings),
    )


def _read(session: Session, pack: Pack, progress: Progress) -> tuple[issued.Reading, Letterhead]:
    head = letters.letterhead(session)
    with i18n.language(head.language):
        wordings = letters.documents(session, pack.kinds, head.language)
        return issued.read(session, pack, wordings, progress), head


def _first_of_each(made: list[Letter]) -> dict[tuple[DocumentKind, Subject], Letter]:
    return {(letter.kind, letter.subject): letter for letter in reversed(made)}


def _with_print_problems(
    row: PreflightRow, letter: Letter, document: Document, head: Letterhead
) -> PreflightRow:
    if letter.refusal:
        return row
    found = [
        *_letterhead(head),
        *_undrawable(letter, document),
        *_too_long(letter, document, head),
        *_address(letter, document, head),
        *row.problems,
    ]
    return replace(row, problems=tuple(found))


def _letterhead(head: Letterhead) -> Iterator[Problem]:
    if refusal := undrawable_letterhead(head):
        yield Problem("refused", refusal)


def _too_long(letter: Letter, document: Document, head: Letterhead) -> Iterator[Problem]:
    """Only a long text can be higher than a page, so only then the pages are laid out."""
    said = merging.said(document, letter.values).values()
    if max((_longest(value) for value in said), default=0) < LONG:
        return
    values = merging.used(document, letter.values)
    try:
        check_fits(Sheet(_(DOCUMENT_NAMES[letter.kind]), document, values), head)
    except UserError as refusal:
        yield Problem("refused", str(refusal), *preflight.place(letter, "reader."))


def _longest(value: Value) -> int:
    """The letters that have to stand on one page: of a list of rows, those of one row."""
    if isinstance(value, str):
        return len(value)
    apart = [sum(map(len, part)) for part in value if not isinstance(part, str)]
    return max(apart, default=sum(map(len, texts(value))))


def _undrawable(letter: Letter, document: Document) -> Iterator[Problem]:
    for name, value in merging.said(document, letter.values).items():
        if missing := "".join(dict.fromkeys("".join(map(fonts.undrawable, texts(value))))):
            text = _("{field}: no font of this program can draw {characters}").format(
                field=_(FIELDS[name].title), characters=missing
            )
            yield Problem("undrawable", text, *preflight.place(letter, name))
    said = [piece.text for block in merging.shown(document, letter.values)
            for line in block.lines for piece in line]  # fmt: skip
    if missing := "".join(dict.fromkeys("".join(map(fonts.undrawable, said)))):
        text = _("The wording: no font of this program can draw {characters}").format(
            characters=missing
        )
        yield Problem("undrawable", text, form="templates")


def texts(value: Value) -> Iterator[str]:
    """Every text of a value."""
    for part in (value,) if isinstance(value, str) else value:
        yield from (part,) if isinstance(part, str) else part


def _address(letter: Letter, document: Document, head: Letterhead) -> Iterator[Problem]:
    for block in merging.shown(document, letter.values):
        if block.kind == "address":
            for text in windows.problems(address_lines(block, letter.values), head):
                yield Problem("address", text, *preflight.place(letter, "reader."))
