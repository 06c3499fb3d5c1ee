"""Address labels on the sheets that offices buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.units import inch, mm

from revmentor_desktop.documents import archive, lines
from revmentor_desktop.documents.lines import Line
from revmentor_desktop.documents.pack import check_texts
from revmentor_desktop.documents.pages import Paper
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.strips import draw_line
from revmentor_desktop.documents.structure import Element, Tree
from revmentor_desktop.documents.style import Look, Style
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead

PAD_X, PAD_Y = 5 * mm, 3 * mm
LARGEST, SMALLEST = 10.5, 6.0


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels; measures in points from the upper left corner of the paper."""

    paper: str
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    step_x: float
    step_y: float


SHEETS: Mapping[str, LabelSheet] = {
    "Avery L7160": LabelSheet("A4", 3, 7, 63.5 * mm, 38.1 * mm, 7.25 * mm, 15.15 * mm, 66 * mm,
                              38.1 * mm),
    "Avery L7163": LabelSheet("A4", 2, 7, 99.1 * mm, 38.1 * mm, 4.65 * mm, 15.15 * mm, 101.6 * mm,
                              38.1 * mm),
    "Avery 5160": LabelSheet("Letter", 3, 10, 2.625 * inch, 1 * inch, 0.1875 * inch, 0.5 * inch,
                             2.75 * inch, 1 * inch),
}  # fmt: skip


def write_labels(
    file: BinaryIO,
    addresses: Sequence[Sequence[str]],
    sheet: str,
    head: Letterhead,
    title: str,
    start: int = 1,
    progress: Progress = no_progress,
) -> int:
    """Write a label for each address, each a few lines; returns the number of pages.

    ``sheet``: a key of SHEETS; ``start``: the first label that is still on the sheet, counted from
    1 row by row. UserError where an address has letters that no font can draw or does not fit.
    """
    form = SHEETS[sheet]
    each = form.across * form.down
    if not 1 <= start <= each:
        raise UserError(_("The sheet has {n} labels. Begin with one from 1 to {n}.").format(n=each))
    for address in addresses:
        check_texts(address, address[0])
    set_labels = [_set(address, form) for address in addresses]
    paper = Paper.named(form.paper)
    saving = archive.Saving(progress, len(addresses))
    with archive.writing(file, title, head, paper, saving=saving) as canvas:
        pen, tree = Pen(canvas), Tree(canvas._doc, saving.check)
        part = Element("Sect", tree.top)
        places = range(start - 1, start - 1 + len(addresses))
        for done, (place, label) in enumerate(zip(places, set_labels, strict=True)):
            progress(done, len(addresses))
            if done and place % each == 0:
                pen.end_page()
            _draw(pen, label, form, paper, place % each, Element("P", part))
        pen.end_page()
        marks = pen.take_marks()
        tree.add_pages(marks)
        tree.write(part, tree.top)
        tree.finish(archive.language_tag(head))
    progress(len(addresses), len(addresses))
    return len(marks)


def _set(address: Sequence[str], form: LabelSheet) -> tuple[Style, list[Line]]:
    """An address as large as fits on its label."""
    size = LARGEST
    while size >= SMALLEST:
        kind = Style(size, size * 1.24, 0)
        found = [
            line
            for text in address
            for line in lines.lines(lines.words(text), form.width - 2 * PAD_X, size)
        ]
        as_given = len(found) <= sum(1 for text in address if text.strip())
        height = len(found) * kind.leading
        if height <= form.height - 2 * PAD_Y and (as_given or size <= 8):
            return kind, found
        size -= 0.5
    raise UserError(
        _("The address of “{name}” is too long for this label. Shorten it, or choose a larger one."
          ).format(name=address[0][:60])
    )  # fmt: skip


def _draw(
    pen: Pen, label: tuple[Style, list[Line]], form: LabelSheet, paper: Paper, place: int,
    element: Element,
) -> None:  # fmt: skip
    kind, found = label
    row, column = divmod(place, form.across)
    x = form.left + column * form.step_x + PAD_X
    top = paper.height - form.top - row * form.step_y
    top -= (form.height - len(found) * kind.leading) / 2
    for line in found:
        # All lines begin at the left edge, whichever way they are read.
        width = line.width * kind.size
        pen.begin(element)
        draw_line(pen, line, kind, Look("", width), x, top, width)
        top -= kind.leading
