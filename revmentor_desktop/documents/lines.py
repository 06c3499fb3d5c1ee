"""Text becomes lines: words are measured once, broken to the width, and put in visual order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from revmentor_desktop.documents import fonts, shaping

_PLACES_TO_BREAK = re.compile(
    r"(?<=\w-)(?=\w)|(?<=[—…])(?=\w)|(?<=[⺀-鿿가-힯豈-﫿])(?=\w)|(?<=\w)(?=[⺀-鿿가-힯豈-﫿])"
)
_BLANKS = re.compile(r"([ \n\u2000-\u2006\u2008-\u200a\u3000\u1680\u205f]+)")


class Bit(NamedTuple):
    """A stretch in one font. ``width`` in points at size 1; an odd ``level`` runs to the left."""

    text: str
    font: str
    width: float
    shaped: bool = False
    level: int = 0


class Word(NamedTuple):
    """What stays on one line. ``blank``: a space stands before it; ``hard``: a new line begins."""

    bits: tuple[Bit, ...]
    width: float
    blank: bool = False
    hard: bool = False
    level: int = 0


class Line(NamedTuple):
    """Bits from left to right; ``width`` in points at size 1; ``to_left``: begins on the right."""

    bits: tuple[Bit, ...]
    width: float
    to_left: bool = False


class Text(NamedTuple):
    """Words, and whether a blank stands at either end."""

    before: bool
    words: tuple[Word, ...]
    after: bool


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
                made.append(Word(bits, sum(bit.width for bit in bits), blank, hard))
                blank = hard = False
    before = bool(made and made[0].blank)
    return Text(before, tuple(made), blank)


def joined(texts: Iterable[Text]) -> list[Word]:
    """The words of texts that follow one another; where no blank stands between, they are one."""
    made: list[Word] = []
    blank = False
    for text in texts:
        if not text.words:
            blank = blank or text.after or text.before
            continue
        first = text.words[0]
        if made and not blank and not first.blank:
            last = made[-1]
            made[-1] = Word(last.bits + first.bits, last.width + first.width, last.blank, last.hard)
        else:
            made.append(first._replace(blank=first.blank or blank))
        made.extend(text.words[1:])
        blank = text.after
    return made


def lines(found: Sequence[Word], width: float, size: float) -> tuple[Line, ...]:
    """The words broken into lines of a width (both in points)."""
    text = "".join(
        (" " if word.blank else "") + "".join(bit.text for bit in word.bits) for word in found
    )
    if shaping.is_right_to_left(text):
        base, found = _levelled(text, found)
        return tuple(_ordered(row, base) for row in _broken(found, width / size))
    return tuple(_merged(row) for row in _broken(found, width / size))


def natural_width(found: Sequence[Word]) -> tuple[float, float]:
    """How wide the words are on one line, and the widest of them, in points at size 1."""
    whole = widest = 0.0
    for word in found:
        whole += word.width + (_blank_of(word).width if word.blank else 0)
        widest = max(widest, word.width)
    return whole, widest


@lru_cache(maxsize=64)
def _blank(font: str, level: int = 0) -> Bit:
    return Bit(" ", font, pdfmetrics.stringWidth(" ", font, 1), False, level)


def _blank_of(word: Word) -> Bit:
    return _blank(word.bits[0].font, word.level)


def _broken(found: Sequence[Word], width: float) -> list[list[Word]]:
    rows: list[list[Word]] = []
    row: list[Word] = []
    used = 0.0
    for word in found:
        for piece in _cut(word, width) if word.width > width else [word]:
            needed = piece.width + (_blank_of(piece).width if piece.blank and row else 0)
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
    pieces[0] = pieces[0]._replace(blank=word.blank, hard=word.hard, level=word.level)
    return pieces


def _merged(row: Sequence[Word]) -> Line:
    """A line from left to right, neighbours in one font put together."""
    bits: list[Bit] = []
    for at, word in enumerate(row):
        for number, bit in enumerate(word.bits):
            lead = " " if at and word.blank and not number else ""
            last = bits[-1] if bits else None
            if lead and (last is None or last.shaped or bit.shaped or last.font != bit.font):
                bits.append(_blank_of(word))
                last, lead = bits[-1], ""
            if last and not last.shaped and not bit.shaped and last.font == bit.font:
                space = _blank(bit.font).width if lead else 0
                bits[-1] = Bit(
                    last.text + lead + bit.text, bit.font, last.width + space + bit.width
                )
            else:
                bits.append(bit)
    return Line(tuple(bits), sum(bit.width for bit in bits))


def _levelled(text: str, found: Sequence[Word]) -> tuple[int, list[Word]]:
    """The words with their direction, cut where it changes; and the paragraph's own."""
    base, level_of = shaping.levels(text)
    made: list[Word] = []
    at = 0
    for word in found:
        level = level_of[at] if word.blank else base
        at += word.blank
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
        made.append(Word(tuple(bits), sum(b.width for b in bits), word.blank, word.hard, level))
    return base, made


def _ordered(row: Sequence[Word], base: int) -> Line:
    bits: list[Bit] = []
    for at, word in enumerate(row):
        if at and word.blank:
            bits.append(_blank_of(word))
        bits.extend(word.bits)
    order = shaping.visual_order([bit.level for bit in bits])
    return Line(tuple(bits[at] for at in order), sum(bit.width for bit in bits), bool(base))
