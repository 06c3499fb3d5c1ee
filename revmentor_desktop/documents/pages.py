"""Puts strips on pages under a letterhead, with page numbers that know how many there are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from revmentor_desktop.documents import lines
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import SIGNATURE, Copy, Ruled, Strip, draw_line
from revmentor_desktop.documents.style import ACCENT, RULE, SMALL, Look, Style
from revmentor_desktop.documents.windows import draw_address, window_of
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead

LEFT, RIGHT = 25 * mm, 35 * mm
TOP_FIRST, TOP_NEXT, BOTTOM = 43 * mm, 28 * mm, 22 * mm
SPARSE = 0.6
"""A last page whose text ends above this share of its height is sparse."""
TIGHT = (0.5, 0.4)
"""To save a sparse page the gaps between paragraphs shrink to this share, or to that."""
WIDER = 2.5 * mm
"""Lines to write on are set so much further apart at most, where there is room."""
LOGO_HEIGHT, LOGO_WIDTH = 40, 150
LETTERHEAD = "letterhead"
SIGNATURE_HEIGHT, SIGNATURE_WIDTH = 40, 160
NAME = Style(11, 14, 0, bold=True, colour=ACCENT)
FOOT = replace(SMALL, after=0)
FOOT_END = replace(FOOT, align="end")
RUNNING = replace(FOOT, bold=True)
Page = list[tuple[Strip, float]]


@dataclass(frozen=True, slots=True)
class Paper:
    """The measures of a sheet in points."""

    width: float
    height: float

    @classmethod
    def named(cls, name: str) -> Paper:
        """A4 or Letter."""
        return cls(*(LETTER if name == "Letter" else A4))

    @property
    def text_width(self) -> float:
        """About 150 mm, between 60 and 80 letters a line."""
        return float(self.width - LEFT - RIGHT)


def lay_out(strips: Sequence[Strip], paper: Paper, first: float) -> list[Page]:
    """The pages of a document: each strip with its upper edge; ``first``: where the text begins.

    A last page that would hold only a few lines is saved by tightening the others, where that is
    enough; the type stays as large as it is.
    """
    pages = _laid(strips, paper, first)
    last = pages[-1]
    if len(pages) == 1 or not last or last[0][0].fresh or last[-1][1] < paper.height * SPARSE:
        return pages
    before = [(strip.height, strip.after) for strip in strips]
    for strip in strips:
        strip.height -= strip.slack
    for share in TIGHT:
        for strip, (_height, after) in zip(strips, before, strict=True):
            strip.after = after * share
        tighter = _laid(strips, paper, first)
        if len(tighter) < len(pages):
            return tighter
    for strip, (height, after) in zip(strips, before, strict=True):
        strip.height, strip.after = height, after
    return pages


def _laid(strips: Sequence[Strip], paper: Paper, first: float) -> list[Page]:
    pages: list[Page] = [[]]
    y = paper.height - first
    highest = paper.height - TOP_NEXT
    for group in _groups(strips):
        needed = sum(s.height for s in group) + sum(s.after for s in group[:-1])
        if group[0].fresh or (needed > y - BOTTOM and needed <= highest - BOTTOM):
            y = _next_page(pages, y, highest)
        for strip in group:
            if strip.is_blank and not pages[-1] and len(pages) > 1:
                continue
            if strip.height > y - BOTTOM:
                y = _next_page(pages, y, highest)
            if strip.above and not pages[-1]:
                pages[-1].append((strip.above, y))
                y -= strip.above.height
            if strip.height > y - BOTTOM:
                raise UserError(_("A name or text is too long to stand on one page. Shorten it."))
            pages[-1].append((strip, y))
            y -= strip.height + strip.after
    return pages


def _next_page(pages: list[Page], y: float, highest: float) -> float:
    """Begin a page unless this one is empty; the upper edge of the text."""
    if not pages[-1]:
        return y
    pages.append([])
    return highest


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips that stay together on one page."""
    groups: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined and not strip.fresh:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        joined = strip.keep
    return groups


def pages_of(copy: Copy, head: Letterhead, paper: Paper) -> list[Page]:
    """The pages of a document; a certificate stands a little above the middle of its page."""
    window = window_of(head)
    first = window.text if window and copy.address else TOP_FIRST
    pages = lay_out(copy.strips, paper, first)
    if len(pages) == 1 and (ruled := [strip for strip in copy.strips if isinstance(strip, Ruled)]):
        # A sheet to write on uses the whole page: its lines stand wider apart.
        strip, y = pages[0][-1]
        more = min(WIDER, max(0, (y - strip.height - BOTTOM) / len(ruled)))
        for one in ruled:
            one.height += more
        pages = lay_out(copy.strips, paper, first)
    if copy.centred and len(pages) == 1:
        strip, y = pages[0][-1]
        lower = max(0, (y - strip.height - BOTTOM) * 0.4)
        return [[(strip, y - lower) for strip, y in pages[0]]]
    return pages


def draw_pages(
    pen: Pen, copy: Copy, pages: Sequence[Page], head: Letterhead, paper: Paper, title: str,
    code: str,
) -> None:  # fmt: skip
    """Draw the pages of one document."""
    window = window_of(head)
    for number, page in enumerate(pages, start=1):
        pen.begin(None)
        if copy.centred:
            _frame(pen, paper, head.accent)
        if number == 1:
            pen.form(None, LETTERHEAD)
            if window and copy.address:
                draw_address(pen, window, head, paper.height, *copy.address)
        else:
            _running_head(pen, head, paper, title, copy.look)
        left = (LEFT + RIGHT) / 2 if copy.centred else LEFT
        for strip, y in page:
            strip.draw(pen, left, y)
        pen.begin(None)
        if copy.centred and len(pages) == 1:
            pen.end_page()
            continue
        of = _("Page {n} of {all}").format(n=number, all=len(pages))
        foot = f"{code} · {of}" if code else of
        _put(pen, foot, FOOT_END, copy.look, LEFT, 15 * mm, paper.text_width)
        pen.end_page()


def _frame(pen: Pen, paper: Paper, colour: str) -> None:
    """The double line around a certificate."""
    for inset, wide in ((7 * mm, 1.5), (8.5 * mm, 0.5)):
        right, top = paper.width - inset, paper.height - inset
        for line in ((inset, inset, right, inset), (inset, top, right, top),
                     (inset, inset, inset, top), (right, inset, right, top)):  # fmt: skip
            pen.rule(*line, colour, wide)


def begin_letterhead(canvas: Any, head: Letterhead, paper: Paper) -> None:  # noqa: ANN401
    """Draw logo, name, address and footer once, to be used on every first page."""
    pen = Pen(canvas, tagged=False)
    look = Look(head.accent, paper.text_width)
    canvas.beginForm(LETTERHEAD, 0, 0, paper.width, paper.height)
    window = window_of(head)
    rule = paper.height - (window.rule if window else 34 * mm)
    top = rule + 22 * mm
    x = LEFT
    if head.logo is not None:
        picture = ImageReader(io.BytesIO(head.logo))
        width, height = picture.getSize()
        scale = min(LOGO_HEIGHT / height, LOGO_WIDTH / width)
        pen.picture(picture, LEFT, top - height * scale, width * scale, height * scale)
        x += width * scale + 12
    taken = _address(pen, head, paper, look, top)
    _put(pen, head.name, NAME, look, x, top - 10, paper.width - RIGHT - x - taken)
    pen.rule(LEFT, rule, paper.width - RIGHT, rule, RULE)
    _put(pen, head.footer, FOOT, look, LEFT, 15 * mm, paper.text_width - 110, upward=True)
    pen.finish()
    canvas.endForm()


def begin_signature(canvas: Any, data: bytes | None) -> tuple[float, float] | None:  # noqa: ANN401
    """Draw the scanned signature once, to be used in every letter; its width and height."""
    if data is None:
        return None
    picture = ImageReader(io.BytesIO(data))
    width, height = picture.getSize()
    scale = min(SIGNATURE_HEIGHT / height, SIGNATURE_WIDTH / width)
    size = (width * scale, height * scale)
    canvas.beginForm(SIGNATURE, 0, 0, *size)
    Pen(canvas, tagged=False).picture(picture, 0, 0, *size)
    canvas.endForm()
    return size


def _address(pen: Pen, head: Letterhead, paper: Paper, look: Look, top: float) -> float:
    """The sender's address at the right; the width that it takes."""
    widest = 0.0
    for at, line in enumerate(head.address.splitlines()[:5]):
        found = lines.words(line)
        widest = max(widest, lines.natural_width(found)[0] * FOOT_END.size)
        _put(pen, line, FOOT_END, look, LEFT, top - at * 10.5, paper.text_width)
    return widest + 15 if widest else 0


def _running_head(pen: Pen, head: Letterhead, paper: Paper, title: str, look: Look) -> None:
    top = paper.height - 12.5 * mm
    _put(pen, title, FOOT_END, look, LEFT, top, paper.text_width)
    _put(pen, head.name, RUNNING, look, LEFT, top, paper.text_width * 0.6)
    at = paper.height - 19 * mm
    pen.rule(LEFT, at, paper.width - RIGHT, at, RULE)


def _put(
    pen: Pen, text: str, style: Style, look: Look, x: float, top: float, width: float,
    *, upward: bool = False,
) -> None:  # fmt: skip
    """Lines of a text outside the flow; ``upward``: the last one at ``top``."""
    found = lines.lines(lines.words(text, style.bold), width, style.size)
    if upward:
        top += (len(found) - 1) * style.leading
    for line in found:
        draw_line(pen, line, style, look, x, top, width)
        top -= style.leading


def look_of(head: Letterhead, paper: Paper) -> Look:
    """What the text needs to know of the letterhead."""
    return Look(head.accent, paper.text_width)
