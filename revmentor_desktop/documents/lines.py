"""Text becomes lines: words are measured once, broken to the width, and put in visual order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from revmentor_desktop.documents import fonts, shaping

_EAST_ASIAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_CLOSING = "\u3001\u3002\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
_PLACES_TO_BREAK = re.compile(
    rf"(?<=\w-)(?=\w)|(?<=[—…])(?=\w)"
    rf"|(?<=[{_EAST_ASIAN}])(?=[^{_CLOSING}])|(?<=\w)(?=[{_EAST_ASIAN}])(?=[^{_CLOSING}])"
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
    """What stays on one line. ``blanks`` stand before it, ``gap`` wide.

    Widths in points at size 1; ``hard``: a new line begins; ``level``: the blanks' direction.
    """

    bits: tuple[Bit, ...]
    width: float
    blanks: str = ""
    gap: float = 0
    hard: bool = False
    level: int = 0


class Line(NamedTuple):
    """Bits from left to right; ``width`` in points at size 1.

    ``to_left``: begins on the right; ``has_left``: some bits run from right to left.
    """

    bits: tuple[Bit, ...]
    width: float
    to_left: bool = False
    has_left: bool = False


class Text(NamedTuple):
    """Words; ``after``: the blanks at the end; ``to_left``: some run from right to left."""

    words: tuple[Word, ...]
    after: str
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
    blanks, hard = "", False
    for at, part in enumerate(parts):
        if at % 2:
            blanks, hard = part.replace("\n", " "), hard or "\n" in part
            continue
        for piece in _PLACES_TO_BREAK.split(part) if part else ():
            bits = tuple(
                _bit(run.text, run.font, run.shaped) for run in fonts.runs(piece, bold, italic)
            )
            if bits:
                width = sum(bit.width for bit in bits)
                made.append(_word(bits, width, blanks, hard))
                blanks, hard = "", False
    return Text(tuple(made), blanks, shaping.is_right_to_left(text))


def _word(bits: tuple[Bit, ...], width: float, blanks: str, hard: bool) -> Word:
    return Word(bits, width, blanks, _blank(bits[0].font, blanks).width if blanks else 0, hard)


def joined(texts: Iterable[Text]) -> Words:
    """The words of texts that follow one another; where no blank stands between, they are one."""
    made: list[Word] = []
    blanks, to_left = "", False
    for text in texts:
        if not text.words:
            blanks += text.after
            continue
        first = text.words[0]
        to_left = to_left or text.to_left
        if made and not blanks and not first.blanks and not first.hard:
            last = made[-1]
            bits = last.bits + first.bits
            made[-1] = Word(bits, last.width + first.width, last.blanks, last.gap, last.hard)
        else:
            made.append(_word(first.bits, first.width, blanks + first.blanks, first.hard))
        made.extend(text.words[1:])
        blanks = text.after
    return Words(made, to_left)


def lines(found: Words | Text, width: float, size: float) -> tuple[Line, ...]:
    """The words broken into lines of a width (both in points)."""
    rows = _broken(found.words, width / size)
    if not found.to_left:
        return tuple(map(_merged, rows))
    text = "".join(word.blanks + "".join(bit.text for bit in word.bits) for word in found.words)
    # A name stays on its side of the page; a passage begins where its readers look for it.
    base = int(len(rows) > 1 and shaping.is_mostly_right_to_left(text))
    levelled = _levelled(found.words, shaping.levels(text, base), base)
    return tuple(_ordered(row, base) for row in _broken(levelled, width / size))


def natural_width(found: Words | Text) -> tuple[float, float]:
    """How wide the words are on one line, and the widest of them, in points at size 1."""
    whole = widest = 0.0
    for word in found.words:
        whole += word.width + word.gap
        widest = max(widest, word.width)
    return whole, widest


@lru_cache(maxsize=64)
def _blank(font: str, blanks: str = " ", level: int = 0) -> Bit:
    """Blanks beside a font's letters; fonts of symbols have none."""
    if ord(" ") not in pdfmetrics.getFont(font).face.charToGlyph:
        font = fonts.font_name("NotoSans", False, False)
    return Bit(blanks, font, pdfmetrics.stringWidth(blanks, font, 1), False, level)


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
            if used + wide > width and (at > start or row) and not _hangs_on(char):
                if at > start:
                    row.append(_bit(bit.text[start:at], bit.font, bit.shaped, bit.level))
                pieces.append(Word(tuple(row), sum(one.width for one in row)))
                row, used, start = [], 0.0, at
            used += wide
        if start < len(bit.text):
            row.append(_bit(bit.text[start:], bit.font, bit.shaped, bit.level))
    pieces.append(Word(tuple(row), sum(one.width for one in row)))
    pieces[0] = pieces[0]._replace(
        blanks=word.blanks, gap=word.gap, hard=word.hard, level=word.level
    )
    return pieces


def _hangs_on(char: str) -> bool:
    """Whether a character stays with the one before it."""
    return char in fonts.JOINERS or unicodedata.category(char)[0] == "M"


def _merged(row: Sequence[Word]) -> Line:
    """A line from left to right, neighbours in one font put together."""
    first = row[0].bits[0]
    has_blank = _blank(first.font).font == first.font
    if (has_blank and not first.shaped) and all(
        len(word.bits) == 1 and word.bits[0].font == first.font for word in row
    ):
        rest = "".join(word.blanks + word.bits[0].text for word in row[1:])
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
        if bits and word.blanks:
            bits.append(_blank(bits[-1].font, word.blanks, word.level))
        bits.extend(word.bits)
    return bits


def _levelled(found: Sequence[Word], level_of: Sequence[int], base: int) -> list[Word]:
    """The words cut where their direction changes; ``level_of``: of each character of the text."""
    made: list[Word] = []
    at = 0
    for word in found:
        level = level_of[at] if word.blanks else base
        at += len(word.blanks)
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
        width = sum(bit.width for bit in bits)
        made.append(Word(tuple(bits), width, word.blanks, word.gap, word.hard, level))
    return made


def _ordered(row: Sequence[Word], base: int) -> Line:
    bits = _spaced(row)
    found = [bit.level for bit in bits]
    ordered = tuple(bits[at] for at in shaping.visual_order(found))
    has_left = any(level % 2 for level in found)
    return Line(ordered, sum(bit.width for bit in bits), bool(base), has_left)
