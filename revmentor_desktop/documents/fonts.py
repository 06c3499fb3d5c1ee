"""The bundled fonts and those added: which one draws which letters, and what none can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from revmentor_desktop import resources
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

FAMILIES = {
    "NotoSans": ("Regular", "Bold", "Italic", "BoldItalic"),
    "NotoSansArabic": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansHebrew": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansDevanagari": ("Regular", "Bold", "Regular", "Bold"),
    "NotoSansSymbols2": ("Regular", "Regular", "Regular", "Regular"),
}
SHAPED = frozenset({"NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari"})
"""Families whose letters join, move or change by the font's own rules."""
JOINERS = "\u200c\u200d"
_WEIGHT = re.compile(r"[-_]?(?:\d{3})?(Regular|Bold)$")
_registering = Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, in the order in which it is read, in one font.

    ``shaped``: its letters are placed by the font's own rules.
    """

    text: str
    font: str
    shaped: bool = False


def added_folder() -> Path:
    """TrueType fonts that are put here draw what the bundled ones cannot, e.g. Chinese names.

    They are found when the program starts.
    """
    return resources.data_dir() / "fonts"


@cache
def _added() -> Mapping[str, tuple[Path, ...]]:
    """The added families, each with its four faces as FAMILIES has them."""
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(added_folder().glob("*.[tT][tT][fF]")):
        weight = _WEIGHT.search(path.stem)
        family = path.stem[: weight.start()] if weight else path.stem
        found.setdefault(family, {})[weight[1] if weight else "Regular"] = path
    return {
        family: tuple(
            faces.get(face) or faces.get("Regular") or next(iter(faces.values()))
            for face in ("Regular", "Bold", "Regular", "Bold")
        )
        for family, faces in found.items()
    }


@cache
def font_name(family: str, bold: bool, italic: bool) -> str:
    """The registered font of a family in a weight; registered when it is first needed.

    UserError where an added font cannot be read.
    """
    at = (1 if bold else 0) + (2 if italic else 0)
    if family in FAMILIES:
        path = resources.path("fonts", f"{family}-{FAMILIES[family][at]}.ttf")
    else:
        path = _added()[family][at]
    with _registering:
        if path.stem not in pdfmetrics.getRegisteredFontNames():
            try:
                pdfmetrics.registerFont(TTFont(path.stem, str(path)))
            except (TTFError, OSError, ValueError, KeyError, IndexError):
                raise UserError(
                    _(
                        "The font “{name}” in “{folder}” cannot be used for printing. Take it away "
                        "or put another one there, then start the program again."
                    ).format(name=path.name, folder=path.parent)
                ) from None
    return path.stem


@cache
def _letters(family: str) -> frozenset[int]:
    font = pdfmetrics.getFont(font_name(family, False, False))
    return frozenset(code for code in font.face.charToGlyph if not 0xE000 <= code <= 0xF8FF)


def prepared(text: str) -> str:
    """The text without what leaves no mark on paper: controls and formatting characters.

    Of blanks three are left: a plain one, one that does not break, and the line break.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(map(_seen, text))


@lru_cache(maxsize=4096)
def _seen(char: str) -> str:
    if char in JOINERS:
        return char
    if char in "\n\v\f\r\u0085\u2028\u2029":
        return "\n"
    if char in "\u00a0\u2007\u202f":
        return "\u00a0"
    if char.isspace():
        return " "
    unseen = unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f"
    return "" if unseen else char


def undrawable(text: str) -> str:
    """The characters that no font has, each once."""
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(char for char in prepared(text) if family_of(char) is None))


@lru_cache(maxsize=4096)
def family_of(char: str) -> str | None:
    """The first family that has the character."""
    if char.isspace() or char in JOINERS:
        return "NotoSans"
    for families in (lambda: FAMILIES, _added):  # the added ones are looked for only if need be
        for family in families():
            if ord(char) in _letters(family):
                return family
    return None


@lru_cache(maxsize=4096)
def runs(text: str, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """The text cut where the font changes; marks and joiners stay with their letter."""
    text = prepared(text)
    if text.isascii():
        return (Run(text, font_name("NotoSans", bold, italic)),) if text else ()
    pieces: list[tuple[str, str]] = []
    for char in text:
        family = family_of(char) or "NotoSans"
        if pieces and (family == pieces[-1][0] or _stays(pieces[-1][0], char)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
        else:
            pieces.append((family, char))
    return tuple(
        Run(part, font_name(family, bold, italic), family in SHAPED or _has_marks(part))
        for family, part in pieces
    )


def _stays(family: str, char: str) -> bool:
    if char in JOINERS:
        return True
    if char.isspace():  # ReportLab draws every blank as the plain one
        return ord(" ") in _letters(family)
    return bool(unicodedata.combining(char)) and ord(char) in _letters(family)


def _has_marks(text: str) -> bool:
    return any(map(unicodedata.combining, text))
