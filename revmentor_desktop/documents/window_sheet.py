"""The window test sheet: printed once and folded, it shows whether the address sits right."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.lib.units import mm

from revmentor_desktop.documents import archive
from revmentor_desktop.documents.pack import Entry, Pack, Sheet, check_texts
from revmentor_desktop.documents.pages import Paper
from revmentor_desktop.documents.structure import Tree
from revmentor_desktop.documents.style import MUTED
from revmentor_desktop.documents.windows import Window, window_of
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.templates import Block, Document, Piece
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead


def window_test_sheet(file: BinaryIO, head: Letterhead) -> None:
    """Write one page with an address in the window, its frame, and what to do with it.

    UserError where the organisation's envelopes have no window.
    """
    window = window_of(head)
    if window is None:
        raise UserError(_("Choose an envelope with a window first; then there is one to test."))
    paper = Paper.named(head.paper)
    check_texts((), head.name, head)
    title = _("Window test sheet")
    with archive.writing(file, title, head, paper) as canvas:
        pack = Pack(canvas, head, paper, Tree(canvas._doc))
        _frame(pack, window, paper)
        pack.add(0, Entry(title, "", [Sheet(title, _wording(head, window), {})]))
        pack.finish()


def _frame(pack: Pack, window: Window, paper: Paper) -> None:
    """Dashed: the window in the middle of the envelope; a cross every 5 mm around its corner."""
    x, y, width, height = window.hole
    top = paper.height - y
    for one in (
        (x, top, x + width, top), (x, top - height, x + width, top - height),
        (x, top, x, top - height), (x + width, top, x + width, top - height),
    ):  # fmt: skip
        pack.pen.rule(*one, MUTED, 0.5, "[2 2]")
    for step in range(-2, 3):
        at = step * 5 * mm
        long = 3 * mm if step == 0 else 1.5 * mm
        pack.pen.rule(x + at, top, x + at, top + long, MUTED, 0.25)
        pack.pen.rule(x, top + at, x - long, top + at, MUTED, 0.25)


def _wording(head: Letterhead, window: Window) -> Document:
    sample = [_("Line {n} of the address").format(n=n + 1) for n in range(window.lines)]
    steps = [
        _("Print this page at its actual size (100 %, “fit to page” off)."),
        _("Fold it at the marks, or in thirds, and put it into the envelope."),
        _("Shake the envelope to each corner. Every line must show in the window, nothing else."),
        _("If the address sits too far to one side, measure how far and enter it in the "
          "letterhead: right and down are positive, at most 10 mm."),
    ]  # fmt: skip
    blocks = (
        Block("address", _pieces(sample)),
        Block("heading", _pieces([_("Window test sheet")])),
        Block("paragraph", _pieces([
            _("Envelope: {name}. The address is moved {x} mm to the right and {y} mm down.").format(
                name=head.envelope, x=head.shift_x, y=head.shift_y)])),
        Block("bullets", _pieces(steps)),
        Block("small", _pieces([
            _("The dashed frame is the window when the sheet lies in the middle of the envelope. "
              "The ticks at its corner are 5 mm apart.")])),
    )  # fmt: skip
    return Document(_("Window test sheet"), blocks)


def _pieces(texts: list[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(text),) for text in texts)
