"""Text becomes lines: words are measured once, broken to the width, and put in visual order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from revmentor_desktop.documents import fonts, shaping

_PLACES_TO_BREAK = re.compile(
    r"(?<=\w-)(?=\w)|(?<=[—…])(?=\w)|(?<=[⺀-鿿가-힯豈-﫿])(?=\w)|(?<=\w)(?=[⺀-鿿가-힯豈-﫿])"
)
_BLANKS = re.compile(r"([ \n]+)")


class Bit(NamedTuple):
    """A stretch in one font. ``width`` in points at size 1; an odd ``level`` runs to the left."""

    text: str
    font: str
    width: float
    shaped: bool = False
    level: int = 0


class Word(NamedTuple):
    """What stays on one line. ``gap``: the width of the blank before it, 0 where there is none.

    Widths in points at size 1; ``hard``: a new line begins; ``level``: the blank's direction.
    """

    bits: tuple[Bit, ...]
    width: float
    gap: float = 0
    hard: bool = False
    level: int = 0


class Line(NamedTuple):
    """Bits from left to right; ``width`` in points at size 1; ``to_left``: begins on the right."""

    bits: tuple[Bit, ...]
    width: float
    to_left: bool = False


class Text(NamedTuple):
    """Words; ``after``: a blank stands at the end; ``to_left``: some run from right to left."""

    words: tuple[Word, ...]
    after: bool
    to_left: bool


class Words(NamedTuple):
    """The words of a paragraph; ``to_left``: some run from right to left."""

    words: Sequence[Word]
    to_left: bool


def _bit(text: str, font: str, shaped: bool, level: int = 0) -> Bit:
    if shaped:
        return Bit(text, font, shaping.shape(text, font, bool(level % 2)).width, True, level)
    return Bit(text, font, pdfmetrics.stringWidth(text, font, 1), False, level)


@lru_cache(maxsize=20_000)
def words(text: str, bold: bool = False, italic: bool = False) -> Text:
    """A text in words, measured."""
    parts = _BLANKS.split(fonts.prepared(text))
    made: list[Word] = []
    blank = hard = False
    for at, part in enumerate(parts):
        if at % 2:
            blank, hard = True, hard or "\n" in part
            continue
        for piece in _PLACES_TO_BREAK.split(part) if part else ():
            bits = tuple(
                _bit(run.text, run.font, run.shaped) for run in fonts.runs(piece, bold, italic)
            )
            if bits:
                gap = _blank(bits[0].font).width if blank else 0
                made.append(Word(bits, sum(bit.width for bit in bits), gap, hard))
                blank = hard = False
    return Text(tuple(made), blank, shaping.is_right_to_left(text))


def joined(texts: Iterable[Text]) -> Words:
    """The words of texts that follow one another; where no blank stands between, they are one."""
    made: list[Word] = []
    blank = to_left = False
    for text in texts:
        if not text.words:
            blank = blank or text.after
            continue
        first = text.words[0]
        to_left = to_left or text.to_left
        if made and not blank and not first.gap:
            last = made[-1]
            made[-1] = Word(last.bits + first.bits, last.width + first.width, last.gap, last.hard)
        else:
            gap = _blank(first.bits[0].font).width if blank else first.gap
            made.append(first._replace(gap=gap))
        made.extend(text.words[1:])
        blank = text.after
    return Words(made, to_left)


def lines(found: Words | Text, width: float, size: float) -> tuple[Line, ...]:
    """The words broken into lines of a width (both in points)."""
    if found.to_left:
        base, levelled = _levelled(found.words)
        return tuple(_ordered(row, base) for row in _broken(levelled, width / size))
    return tuple(map(_merged, _broken(found.words, width / size)))


def natural_width(found: Words | Text) -> tuple[float, float]:
    """How wide the words are on one line, and the widest of them, in points at size 1."""
    whole = widest = 0.0
    for word in found.words:
        whole += word.width + word.gap
        widest = max(widest, word.width)
    return whole, widest


@lru_cache(maxsize=64)
def _blank(font: str, level: int = 0) -> Bit:
    """A blank beside a font's letters; fonts of symbols have none."""
    if ord(" ") not in pdfmetrics.getFont(font).face.charToGlyph:
        font = fonts.font_name("NotoSans", False, False)
    return Bit(" ", font, pdfmetrics.stringWidth(" ", font, 1), False, level)


def _broken(found: Sequence[Word], width: float) -> list[list[Word]]:
    rows: list[list[Word]] = []
    row: list[Word] = []
    used = 0.0
    for word in found:
        for piece in _cut(word, width) if word.width > width else [word]:
            needed = piece.width + piece.gap if row else piece.width
            if row and (piece.hard or used + needed > width + 1e-6):
                rows.append(row)
                row, used, needed = [], 0.0, piece.width
            row.append(piece)
            used += needed
    if row:
        rows.append(row)
    return rows


def _cut(word: Word, width: float) -> list[Word]:
    """A word wider than any line, in pieces that are not."""
    pieces: list[Word] = []
    row: list[Bit] = []
    used = 0.0
    for bit in word.bits:
        start = 0
        for at, char in enumerate(bit.text):
            wide = pdfmetrics.stringWidth(char, bit.font, 1)
            if used + wide > width and (at > start or row):
                if at > start:
                    row.append(_bit(bit.text[start:at], bit.font, bit.shaped, bit.level))
                pieces.append(Word(tuple(row), sum(one.width for one in row)))
                row, used, start = [], 0.0, at
            used += wide
        if start < len(bit.text):
            row.append(_bit(bit.text[start:], bit.font, bit.shaped, bit.level))
    pieces.append(Word(tuple(row), sum(one.width for one in row)))
    pieces[0] = pieces[0]._replace(gap=word.gap, hard=word.hard, level=word.level)
    return pieces


def _merged(row: Sequence[Word]) -> Line:
    """A line from left to right, neighbours in one font put together."""
    first = row[0].bits[0]
    if not first.shaped and all(
        len(word.bits) == 1 and word.bits[0].font == first.font for word in row
    ):
        rest = "".join(f" {w.bits[0].text}" if w.gap else w.bits[0].text for w in row[1:])
        width = sum(word.width + word.gap for word in row) - row[0].gap
        return Line((Bit(first.text + rest, first.font, width),), width)
    bits: list[Bit] = []
    for (font, shaped), same in groupby(_spaced(row), lambda bit: (bit.font, bit.shaped)):
        found = list(same)
        if shaped:
            bits.extend(found)
        else:
            text = "".join(bit.text for bit in found)
            bits.append(Bit(text, font, sum(bit.width for bit in found)))
    return Line(tuple(bits), sum(bit.width for bit in bits))


def _spaced(row: Sequence[Word]) -> list[Bit]:
    bits: list[Bit] = []
    for word in row:
        if bits and word.gap:
            bits.append(_blank(bits[-1].font, word.level))
        bits.extend(word.bits)
    return bits


def _levelled(found: Sequence[Word]) -> tuple[int, list[Word]]:
    """The words with their direction, cut where it changes; and the paragraph's own."""
    text = "".join(
        (" " if word.gap else "") + "".join(bit.text for bit in word.bits) for word in found
    )
    base, level_of = shaping.levels(text)
    made: list[Word] = []
    at = 0
    for word in found:
        level = level_of[at] if word.gap else base
        at += bool(word.gap)
        bits: list[Bit] = []
        for bit in word.bits:
            start = at
            for place in range(at + 1, at + len(bit.text) + 1):
                if place == at + len(bit.text) or level_of[place] != level_of[start]:
                    odd = bool(level_of[start] % 2)
                    part = bit.text[start - at : place - at]
                    bits.append(_bit(part, bit.font, bit.shaped or odd, level_of[start]))
                    start = place
            at += len(bit.text)
        made.append(Word(tuple(bits), sum(b.width for b in bits), word.gap, word.hard, level))
    return base, made


def _ordered(row: Sequence[Word], base: int) -> Line:
    bits = _spaced(row)
    order = shaping.visual_order([bit.level for bit in bits])
    return Line(tuple(bits[at] for at in order), sum(bit.width for bit in bits), bool(base))
