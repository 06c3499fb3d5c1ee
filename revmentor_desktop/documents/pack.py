"""The pack: documents for people, pairs or a programme in one PDF, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop.documents import archive, fonts
from revmentor_desktop.documents.blocks import set_document
from revmentor_desktop.documents.pages import (
    Page,
    Paper,
    begin_letterhead,
    begin_signature,
    draw_pages,
    look_of,
    pages_of,
)
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Setting
from revmentor_desktop.documents.structure import Element, Tree
from revmentor_desktop.documents.windows import window_of
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.templates import Document, Value
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: its name as the outline and the running head show it, wording and values."""

    name: str
    document: Document
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Entry:
    """Whom documents are for: a person, a pair, a programme or a gathering.

    ``code`` stands at the foot of the pages; blank: it is left out.
    """

    title: str
    code: str
    sheets: Sequence[Sheet]


def write_pack(
    file: BinaryIO,
    entries: Sequence[Entry],
    head: Letterhead,
    title: str,
    progress: Progress = no_progress,
    *,
    duplex: bool = False,
    tagged: bool = True,
) -> list[int]:
    """Write the documents, entry by entry; returns how many pages each entry has.

    ``duplex``: a document that ends on a front gets an empty back. Refuses (UserError) before
    anything is written where a text has letters that no font can draw.
    """
    check_drawable(entries, head)
    paper = Paper.named(head.paper)
    saving = archive.Saving(progress, len(entries))
    counts = []
    with archive.writing(file, title, head, paper, saving=saving, tagged=tagged) as canvas:
        tree = Tree(canvas._doc, saving.check) if tagged else None
        pack = Pack(canvas, head, paper, tree, duplex=duplex)
        for done, entry in enumerate(entries):
            progress(done, len(entries))
            counts.append(pack.add(done, entry))
        pack.finish()
    progress(len(entries), len(entries))
    return counts


class Pack:
    """A pack while it is written."""

    def __init__(self, canvas: Canvas, head: Letterhead, paper: Paper, tree: Tree | None, *,
                 duplex: bool = False) -> None:  # fmt: skip
        self.canvas, self.head, self.paper, self.duplex = canvas, head, paper, duplex
        begin_letterhead(canvas, head, paper)
        signature = begin_signature(canvas, head.signature)
        self.setting = Setting(look_of(head, paper), signature, window_of(head) is not None)
        self.pen = Pen(canvas, tree is not None)
        self.tree = tree

    def add(self, number: int, entry: Entry) -> int:
        """Draw an entry's documents, write their part of the tree, and return its pages."""
        count = 0
        part = Element("Part", self.tree.top if self.tree else None)
        self._outline(entry.title, f"{number}", 0)
        for at, sheet in enumerate(entry.sheets):
            if len(entry.sheets) > 1:
                self._outline(sheet.name, f"{number}.{at}", 1)
            section = Element("Sect", part)
            copy, pages = self._laid_out(entry, sheet, section)
            draw_pages(self.pen, copy, pages, self.head, self.paper, sheet.name, entry.code)
            count += len(pages)
            if self.duplex and len(pages) % 2:
                self.pen.end_page()
                count += 1
        if self.tree:
            self.tree.add_pages(self.pen.take_marks())
            self.tree.write(part, self.tree.top)
        return count

    def finish(self) -> None:
        """Write the root of the tree."""
        if self.tree:
            self.tree.finish(archive.language_tag(self.head))

    def _laid_out(self, entry: Entry, sheet: Sheet, section: Element) -> tuple[Copy, list[Page]]:
        """A document on its pages; what does not fit is refused by name."""
        try:
            copy = set_document(sheet.document, sheet.values, self.setting, section)
            return copy, pages_of(copy, self.head, self.paper)
        except UserError as refusal:
            raise UserError(
                _("{document}, {who}: {what}").format(
                    document=sheet.name, who=entry.title, what=refusal
                )
            ) from refusal

    def _outline(self, title: str, key: str, level: int) -> None:
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(fonts.prepared(title), key, level, closed=level == 0)


def check_fits(sheet: Sheet, head: Letterhead) -> None:
    """Refuse (UserError) a document with a text that does not fit on a page."""
    paper = Paper.named(head.paper)
    setting = Setting(look_of(head, paper), None, window_of(head) is not None)
    copy = set_document(sheet.document, sheet.values, setting, Element("Sect"))
    pages_of(copy, head, paper)


def check_drawable(entries: Sequence[Entry], head: Letterhead) -> None:
    """Refuse, by name, a text with letters that no font has."""
    check_texts((), "", head)
    for entry in entries:
        check_texts(_texts(entry), entry.code or entry.title)


def undrawable_letterhead(head: Letterhead) -> str:
    """What no font draws of the letterhead, in a sentence; "" where all can be drawn."""
    for text in (head.name, head.address, head.footer):
        if missing := fonts.undrawable(text):
            return _(
                "The letterhead has characters that cannot be printed: {characters}. "
                "Change them under File, Organisation or Letterhead."
            ).format(characters=missing)
    return ""


def check_texts(texts: Iterable[str], name: str, head: Letterhead | None = None) -> None:
    """Refuse (UserError) texts of somebody or something, or a letterhead, that no font can draw."""
    if head and (refusal := undrawable_letterhead(head)):
        raise UserError(refusal)
    for text in texts:
        if missing := fonts.undrawable(text):
            raise UserError(
                _("{pair}: “{text}” has characters that cannot be printed with the fonts of this "
                  "program: {characters}. Write it differently, leave it out, or put a TrueType "
                  "font that has them into “{folder}” and start the program again.").format(
                    pair=name, text=text[:60], characters=missing[:60],
                    folder=fonts.added_folder())
            )  # fmt: skip


def _texts(entry: Entry) -> set[str]:
    """Everything that an entry's pages say."""
    found: set[str] = set()
    for sheet in entry.sheets:
        found.update(
            piece.text
            for block in merging.shown(sheet.document, sheet.values)
            for line in block.lines
            for piece in line
        )
        for value in merging.said(sheet.document, sheet.values).values():
            for row in (value,) if isinstance(value, str) else value:
                found.update((row,) if isinstance(row, str) else row)
    return found
