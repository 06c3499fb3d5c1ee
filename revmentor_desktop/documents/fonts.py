"""The bundled fonts: which one draws which letters, in which direction, and what none can draw."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from revmentor_desktop import resources

FAMILIES = {
    "NotoSans": ("Regular", "Bold", "Italic", "BoldItalic"),
    "NotoSansArabic": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansHebrew": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansDevanagari": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansSymbols2": ("Regular", "Regular", "Regular", "Regular"),
}
SHAPED = frozenset({"NotoSansDevanagari"})
NBSP = "\u00a0"
LONGEST_WORD = 60
_registering = Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font. ``shaped``: its letters join by the font's own rules."""

    text: str
    font: str
    shaped: bool = False


@cache
def font_name(family: str, bold: bool, italic: bool) -> str:
    """The registered font of a family in a weight; registered when it is first needed."""
    face = FAMILIES[family][(1 if bold else 0) + (2 if italic else 0)]
    name = f"{family}-{face}"
    with _registering:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", f"{name}.ttf"))))
    return name


@cache
def _letters(family: str) -> frozenset[int]:
    font = pdfmetrics.getFont(font_name(family, False, False))
    return frozenset(font.face.charToGlyph)


def undrawable(text: str) -> str:
    """The characters that no bundled font has, each once."""
    prepared = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(c for c in prepared if _family(c) is None))


@lru_cache(maxsize=4096)
def runs(text: str, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """The text in the order and the fonts in which it is drawn.

    Right-to-left stretches are shaped and put in visual order; a change to a shaped font reaches
    to the next space, as ReportLab draws a wrong glyph where a font changes inside a word.
    """
    prepared = _broken(unicodedata.normalize("NFC", text))
    pieces: list[tuple[str, str]] = []
    for char in prepared:
        family = _family(char) or "NotoSans"
        neutral = char.isspace() or unicodedata.combining(char) or char in "\u200c\u200d"
        if pieces and (neutral or pieces[-1][0] == family or _stays(pieces, family)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
        else:
            pieces.append((family, char))
    return tuple(
        Run(_visual(family, part), font_name(family, bold, italic), family in SHAPED)
        for family, part in pieces
    )


def _stays(pieces: list[tuple[str, str]], family: str) -> bool:
    """Inside a word of a shaped font its punctuation is drawn by that font too."""
    last_family, last = pieces[-1]
    return last_family in SHAPED and family == "NotoSans" and not last[-1].isspace()


def _family(char: str) -> str | None:
    if char.isspace() or char in "\u200c\u200d":
        return "NotoSans"
    for family in FAMILIES:
        if ord(char) in _letters(family):
            return family
    return None


def _visual(family: str, text: str) -> str:
    if family not in ("NotoSansArabic", "NotoSansHebrew"):
        return text
    from bidi import get_display

    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    body = text.strip()
    if family == "NotoSansArabic":
        from arabic_reshaper import reshape

        body = reshape(body)
    return lead + str(get_display(body)).replace(" ", NBSP) + tail


def _broken(text: str) -> str:
    """A word that is longer than any line gets places to break."""
    words = text.split(" ")
    if all(len(word) <= LONGEST_WORD for word in words):
        return text
    return " ".join(
        " ".join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)) or word
        for word in words
    )
