"""Envelopes with a window: where the address stands so that it shows, and a sheet to test it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.units import inch, mm

from revmentor_desktop.documents import lines
from revmentor_desktop.documents.pen import Pen
from revmentor_desktop.documents.structure import Element
from revmentor_desktop.documents.style import INK, MUTED, RULE
from revmentor_desktop.i18n import _
from revmentor_desktop.services.letters import Letterhead

SMALLEST = 7
"""Points: a line too long for the window is set no smaller than this."""
SENDER = 6.5


@dataclass(frozen=True, slots=True)
class Window:
    """Measures in points from the upper left corner of the page.

    ``x``, ``y``, ``width``, ``height``: where text shows in every position of the sheet; ``lines``
    of ``leading`` fit in. ``sender``: the foot of the small line with the sender's address.
    ``text``: where the letter begins; ``rule``: the foot of the letterhead; ``folds`` and
    ``punch``: marks at the left edge. ``hole``: the window itself.
    """

    x: float
    y: float
    width: float
    height: float
    lines: int
    leading: float
    size: float
    text: float
    hole: tuple[float, float, float, float]
    sender: float = 0
    rule: float = 34 * mm
    folds: tuple[float, ...] = ()
    punch: float = 0


def _din(field: float, text: float, rule: float, folds: tuple[float, ...]) -> Window:
    return Window(
        25 * mm, (field + 17.7) * mm, 75 * mm, 27.3 * mm, 6, 12.75, 10, text * mm,
        (20 * mm, field * mm, 85 * mm, 45 * mm), (field + 16) * mm, rule * mm,
        tuple(fold * mm for fold in folds), 148.5 * mm,
    )  # fmt: skip


WINDOWS: Mapping[str, Window] = {
    "DIN 5008 A": _din(27, 80.5, 25, (87, 192)),
    "DIN 5008 B": _din(45, 98.5, 34, (105, 210)),
    "UK DL": Window(25 * mm, 59 * mm, 73 * mm, 20 * mm, 5, 4 * mm, 9.5, 95 * mm,
                    (20 * mm, 46 * mm, 90 * mm, 35 * mm)),
    "US #10": Window(1 * inch, 2.17 * inch, 3.25 * inch, 0.87 * inch, 5, 12, 10, 3.6 * inch,
                     (0.875 * inch, 2.04 * inch, 4.5 * inch, 1.125 * inch)),
}  # fmt: skip


def window_of(head: Letterhead) -> Window | None:
    """The window of the organisation's envelopes; None where they have none."""
    return WINDOWS.get(head.envelope)


def problems(texts: Sequence[str], head: Letterhead) -> tuple[str, ...]:
    """What of an address would not show in the window, in words; none where there is no window."""
    window = window_of(head)
    if window is None:
        return ()
    found = []
    if len(texts) > window.lines:
        found.append(
            _("The address has {n} lines; the window shows {most}.").format(
                n=len(texts), most=window.lines
            )
        )
    found += [
        _("“{line}” is too long for the window.").format(line=text[:60])
        for text in texts
        if lines.natural_width(lines.words(text))[0] * SMALLEST > window.width
    ]
    return tuple(found)


def draw_address(
    pen: Pen, window: Window, head: Letterhead, height: float, element: Element | None,
    texts: Sequence[str],
) -> None:  # fmt: skip
    """Draw an address in the window, with the sender above it, and the marks to fold at."""
    x = window.x + head.shift_x * mm
    if window.sender:
        sender = " · ".join([head.name, *head.address.splitlines()])
        foot = height - window.sender - head.shift_y * mm
        pen.begin(None)
        _fitted(pen, sender, x, foot, SENDER, window.width, MUTED)
        pen.rule(x, foot - 3, x + window.width, foot - 3, RULE)
    crowd = min(1.0, window.lines / max(1, len(texts)))
    for at, text in enumerate(texts):
        y = window.y + head.shift_y * mm + at * window.leading * crowd + window.size * crowd
        pen.begin(element)
        _fitted(pen, text, x, height - y, window.size * crowd, window.width, INK)
    for fold in window.folds:
        pen.rule(4 * mm, height - fold, 8 * mm, height - fold, MUTED, 0.25)
    if window.punch:
        pen.rule(4 * mm, height - window.punch, 10 * mm, height - window.punch, MUTED, 0.25)


def _fitted(
    pen: Pen, text: str, x: float, y: float, size: float, width: float, colour: str
) -> None:
    """One line, smaller where it is too long."""
    found = lines.words(text)
    natural = lines.natural_width(found)[0]
    fitted = max(min(size, width / natural if natural else size), 1)
    for line in lines.lines(found, max(width, natural * fitted) + 1, fitted):
        pen.line(line, x, y, fitted, colour)
