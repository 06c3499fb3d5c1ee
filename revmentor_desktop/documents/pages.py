"""Puts flowables on pages under a letterhead, with page numbers that know how many there are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from revmentor_desktop.documents import fonts
from revmentor_desktop.documents.flow import MUTED, RULE, Look
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead

LEFT, RIGHT = 25 * mm, 35 * mm
TOP_FIRST, TOP_NEXT, BOTTOM = 43 * mm, 28 * mm, 22 * mm
LOGO_HEIGHT = 40
LEAST_ROOM = 40
"""Points below which no paragraph is begun at the foot of a page."""
Placed = tuple[Flowable, float, float]


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


def lay_out(story: Sequence[Flowable | list[Flowable]], paper: Paper) -> list[list[Placed]]:
    """The pages of a document: each flowable with its left and lower edge."""
    pages: list[list[Placed]] = [[]]
    y = paper.height - TOP_FIRST
    waiting = list(story)
    while waiting:
        one = waiting.pop(0)
        group = one if isinstance(one, list) else [one]
        heights = [flowable.wrap(paper.text_width, 10_000)[1] for flowable in group]
        needed = sum(heights) + sum(f.getSpaceAfter() for f in group[:-1])
        room = y - BOTTOM
        if needed > room:
            parts = group[0].split(paper.text_width, room) if len(group) == 1 else []
            if len(parts) == 2 and room > LEAST_ROOM:
                waiting[:0] = parts
            elif pages[-1]:
                pages.append([])
                y = paper.height - TOP_NEXT
                # Split may have thrown away what wrap had found out: wrap again on the new page.
                waiting.insert(0, one)
            else:
                waiting[:0] = _parts(group, paper.text_width, room)
            continue
        for flowable, height in zip(group, heights, strict=True):
            y -= height
            pages[-1].append((flowable, LEFT, y))
            y -= flowable.getSpaceAfter()
    return pages


def _parts(group: list[Flowable], width: float, height: float) -> list[Flowable | list[Flowable]]:
    """What is too high for any page is taken apart: first the group, then the flowable."""
    if len(group) > 1:
        return list(group)
    parts = group[0].split(width, height)
    if len(parts) < 2:
        raise UserError(_("A name or text is too long to stand on one page. Shorten it."))
    return list(parts)


def draw_pages(
    canvas: Any,  # noqa: ANN401
    pages: Sequence[Sequence[Placed]],
    head: Letterhead,
    paper: Paper,
    title: str,
    code: str,
) -> None:
    """Draw the pages of one document."""
    for number, page in enumerate(pages, start=1):
        if number == 1:
            canvas.doForm("letterhead")
        else:
            _running_head(canvas, head, paper, title)
        for flowable, x, y in page:
            flowable.drawOn(canvas, x, y)
        of = _("Page {n} of {all}").format(n=number, all=len(pages))
        _text(canvas, f"{code} · {of}", paper.width - RIGHT, 12 * mm, right=True)
        canvas.showPage()


def begin_letterhead(canvas: Any, head: Letterhead, paper: Paper) -> None:  # noqa: ANN401
    """Draw logo, name, address and footer once, to be used on every first page."""
    canvas.beginForm("letterhead", 0, 0, paper.width, paper.height)
    top = paper.height - 18 * mm
    x = LEFT
    if head.logo is not None:
        picture = ImageReader(io.BytesIO(head.logo))
        width, height = picture.getSize()
        scale = min(LOGO_HEIGHT / height, 150 / width)
        canvas.drawImage(picture, LEFT, top - height * scale + 8, width * scale, height * scale,
                         mask="auto")  # fmt: skip
        x += width * scale + 12
    _text(canvas, head.name, x, top - 6, size=11, bold=True, colour=head.accent)
    for at, line in enumerate(head.address.splitlines()[:4]):
        _text(canvas, line, paper.width - RIGHT, top - 2 - at * 10.5, right=True)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, paper.height - 34 * mm, paper.width - RIGHT, paper.height - 34 * mm)
    if head.footer:
        _text(canvas, head.footer, LEFT, 12 * mm)
    canvas.endForm()


def _running_head(canvas: Any, head: Letterhead, paper: Paper, title: str) -> None:  # noqa: ANN401
    _text(canvas, head.name, LEFT, paper.height - 16 * mm, bold=True)
    _text(canvas, title, paper.width - RIGHT, paper.height - 16 * mm, right=True)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.4)
    at = paper.height - 19 * mm
    canvas.line(LEFT, at, paper.width - RIGHT, at)


def _text(
    canvas: Any,  # noqa: ANN401
    text: str,
    x: float,
    y: float,
    *,
    right: bool = False,
    size: float = 8,
    bold: bool = False,
    colour: str = "",
) -> None:
    """One line in the right fonts, from the left or to the right."""
    runs = fonts.runs(text, bold)
    canvas.setFillColor(HexColor(colour) if colour else MUTED)
    if right:
        x -= sum(canvas.stringWidth(run.text, run.font, size) for run in runs)
    for run in runs:
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        x += canvas.stringWidth(run.text, run.font, size)


def look_of(head: Letterhead, paper: Paper) -> Look:
    """What the flowables need to know of the letterhead."""
    return Look(head.accent, paper.text_width)
