"""The timeline: a dated list, its steps joined by a line."""

from __future__ import annotations

from revmentor_desktop.documents import style, tables
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import Copy, Strip
from revmentor_desktop.documents.structure import Element
from revmentor_desktop.documents.style import MUTED, RULE, Style
from revmentor_desktop.domain.templates import Block

DATE = Style(9.5, 15, 0, colour=MUTED)
NOTE = Style(9.5, 13, 0, colour=MUTED)
DATE_WIDTH, GAP = 120, 30


class _Step(Strip):
    """One step of a dated list: the line that joins the steps, and a dot on it."""

    __slots__ = ("copy", "date", "is_last", "place", "texts")

    def __init__(self, copy: Copy, date: list[Strip], texts: list[Strip], place: float,
                 is_last: bool) -> None:  # fmt: skip
        height = max(sum(s.height for s in date), sum(s.height for s in texts))
        super().__init__(height + 10)
        self.copy, self.date, self.texts, self.place = copy, date, texts, place
        self.is_last = is_last

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the date, the dot and what happens then."""
        at = x + self.place - 12.5
        if not self.is_last:
            pen.rule(at, top - 11, at, top - self.height - 4, RULE, 1)
        for strips in (self.date, self.texts):
            y = top
            for strip in strips:
                strip.draw(pen, x, y)
                y -= strip.height
        pen.dot(at, top - 7.5, 2.5, self.copy.look.accent)


def steps(copy: Copy, block: Block) -> None:
    """Append the steps: rows of a date, what happens, and perhaps more about it."""
    rows = tables.rows_of(copy, block)
    if not rows:
        return
    parent = Element("L", copy.section)
    dates = [copy.plain(row[0], DATE, DATE_WIDTH) for row in rows]
    place = max((line.width for found in dates for line in found), default=0) * DATE.size + GAP
    for at, row in enumerate(rows):
        item = Element("LI", parent)
        date = copy.set(dates[at], DATE, Element("Lbl", item))
        body = Element("LBody", item)
        texts: list[Strip] = []
        for number, text in enumerate(row[1:]):
            kind = NOTE if number else style.ITEM
            texts += copy.set(copy.plain(text, kind, copy.look.width - place), kind, body, place)
        copy.add([_Step(copy, date, texts, place, at == len(rows) - 1)])
    copy.strips[-1].after = 5
