"""Forms to fill in on screen: the session log of a pair, and what somebody brings and wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from revmentor_desktop.documents import archive, fonts, forms_interest, forms_session
from revmentor_desktop.documents.forms_fields import add_fields
from revmentor_desktop.documents.forms_rows import Sheet
from revmentor_desktop.documents.pages import Paper, begin_letterhead, draw_pages, look_of
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Setting
from revmentor_desktop.documents.structure import Element, Tree
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.services.forms import InterestForm, SessionForm
from revmentor_desktop.services.letters import Letterhead

FEWEST_TOPICS = 2
"""Long topics are left out of a session log, down to these, before it takes a second page."""


def write_session_form(file: BinaryIO, form: SessionForm, head: Letterhead) -> None:
    """Write the session log of a pair as a form; the same bytes each time.

    Refuses (UserError) before anything is written where a text has letters that no font can draw.
    """
    check_form(form.code, form.texts)
    made = _Form(head, partial(forms_session.fill_sheet, form))
    while len(made.pages) > 1 and len(form.topics) > FEWEST_TOPICS:
        form = replace(form, topics=form.topics[:-2])
        made = _Form(head, partial(forms_session.fill_sheet, form))
    title = _("Session log {n}: {names}").format(n=form.number, names=form.names)
    made.write(file, title, _("Session log"), form.code, form.token)


def write_interest_form(file: BinaryIO, form: InterestForm, head: Letterhead) -> None:
    """Write what somebody brings and wants as a form; the same bytes each time.

    Refuses (UserError) before anything is written where a text has letters that no font can draw.
    """
    check_form(form.name, form.texts)
    made = _Form(head, partial(forms_interest.fill_sheet, form))
    title = _("Interest form: {name}").format(name=form.name)
    made.write(file, title, form.name, "", form.token)


def check_form(who: str, texts: Sequence[str]) -> None:
    """Refuse, by name, a text with letters that no font has."""
    for text in texts:
        if missing := fonts.undrawable(text):
            raise UserError(
                _("{who}: “{text}” has characters that cannot be printed with the fonts of this "
                  "program: {characters}. Write it differently.").format(
                    who=who, text=text[:60], characters=missing)
            )  # fmt: skip


class _Form:
    """A form whose rows are on their pages."""

    def __init__(self, head: Letterhead, fill_sheet: Callable[[Sheet], None]) -> None:
        self._head = head
        self._paper = Paper.named(head.paper)
        self._section = Element("Sect")
        self._sheet = Sheet(Copy(Setting(look_of(head, self._paper)), {}, self._section))
        fill_sheet(self._sheet)
        self.pages = self._sheet.pages(self._paper)

    def write(self, file: BinaryIO, title: str, running: str, code: str, token: str) -> None:
        """Draw it. ``running`` stands at the head of later pages, ``code`` at the foot of all."""
        add = partial(add_fields, placed=self._sheet.placed, token=token)
        with archive.writing(file, title, self._head, self._paper, add_fields=add) as canvas:
            begin_letterhead(canvas, self._head, self._paper)
            pen = Pen(canvas)
            copy = self._sheet.copy
            draw_pages(pen, copy, self.pages, self._head, self._paper, running, code)
            tree = Tree(canvas._doc)
            tree.top.kids.append(self._section)
            tree.add_pages(pen.take_marks())
            tree.write(self._section, tree.top)
            tree.finish(archive.language_tag(self._head))
