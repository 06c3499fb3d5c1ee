"""The pack: the documents of some pairs in one PDF, with an outline, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop.documents import fonts
from revmentor_desktop.documents.flow import story
from revmentor_desktop.documents.pages import (
    Paper,
    begin_letterhead,
    draw_pages,
    lay_out,
    look_of,
)
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead, PairFacts


def write_pack(
    file: BinaryIO,
    facts: Sequence[PairFacts],
    documents: Mapping[DocumentKind, Document],
    head: Letterhead,
    title: str,
    progress: Progress = no_progress,
) -> int:
    """Write the documents of each pair, pair by pair; returns the number of pages.

    Refuses (UserError) before anything is written where a text has letters that no font can draw.
    """
    check_drawable(facts, head)
    paper = Paper.named(head.paper)
    look = look_of(head, paper)
    canvas = _canvas(file, paper, head, title)
    begin_letterhead(canvas, head, paper)
    count = 0
    for done, fact in enumerate(facts):
        progress(done, len(facts))
        canvas.bookmarkPage(fact.code)
        canvas.addOutlineEntry(fact.title, fact.code, 0, closed=True)
        for kind, document in documents.items():
            key = f"{fact.code}-{kind.value}"
            canvas.bookmarkPage(key)
            name = _(DOCUMENT_NAMES[kind])
            canvas.addOutlineEntry(name, key, 1)
            pages = lay_out(story(document, fact.values(kind), look), paper)
            draw_pages(canvas, pages, head, paper, name, fact.code)
            count += len(pages)
    canvas.save()
    progress(len(facts), len(facts))
    return count


def _canvas(file: BinaryIO, paper: Paper, head: Letterhead, title: str) -> Canvas:
    """An empty PDF that is the same bytes each time, with its language and title."""
    canvas = Canvas(
        file, pagesize=(paper.width, paper.height), invariant=1, pageCompression=1,
        lang=head.language.replace("_", "-"),
        initialFontName=fonts.font_name("NotoSans", False, False),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(head.name)
    canvas.setCreator("RevMentor Desktop")
    canvas.setSubject(_("Programme pack"))
    canvas.showOutline()
    return canvas


def check_drawable(facts: Sequence[PairFacts], head: Letterhead) -> None:
    """Refuse, by name, a text with letters that no bundled font has."""
    for text in (head.name, head.address, head.footer):
        if missing := fonts.undrawable(text):
            raise UserError(
                _(
                    "The letterhead has characters that cannot be printed: {characters}. "
                    "Change them in Organisation."
                ).format(characters=missing)
            )
    for fact in facts:
        for values in (fact.mentor, fact.mentee, fact.shared):
            for value in values.values():
                for text in (value,) if isinstance(value, str) else value:
                    if missing := fonts.undrawable(text):
                        raise UserError(
                            _("{pair}: “{text}” has characters that cannot be printed with the "
                              "fonts of this program: {characters}. Leave the pair out or write it "
                              "differently.").format(
                                pair=fact.code, text=text[:60], characters=missing)
                        )  # fmt: skip
