"""Scripts that join or run from right to left: glyphs by HarfBuzz, order by Unicode's rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase import pdfmetrics

PRIVATE = 0xE000
"""A glyph that no letter of its own has is drawn as this plus its number: the same every time."""


class Glyph(NamedTuple):
    """A character of the font as drawn; measures in thousandths of the size."""

    char: str
    advance: float
    right: float
    up: float
    width: float


class Shaped(NamedTuple):
    """Glyphs from left to right and their width, in points at size 1."""

    glyphs: tuple[Glyph, ...]
    width: float


@cache
def _font(name: str) -> Any:  # noqa: ANN401
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(pdfmetrics.getFont(name).face._ttf_data)))


@lru_cache(maxsize=8192)
def shape(text: str, font_name: str, right_to_left: bool) -> Shaped:
    """The glyphs of a stretch in one font and direction."""
    font = _font(font_name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    face = pdfmetrics.getFont(font_name).face
    scale = 1000 / font.face.upem
    glyphs = []
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        code = _code(face, info.codepoint, font.get_glyph_h_advance(info.codepoint) * scale)
        glyphs.append(
            Glyph(chr(code), at.x_advance * scale, at.x_offset * scale, at.y_offset * scale,
                  face.charWidths.get(code, face.defaultWidth))
        )  # fmt: skip
    return Shaped(tuple(glyphs), sum(glyph.advance for glyph in glyphs) / 1000)


def _code(face: Any, glyph: int, width: float) -> int:  # noqa: ANN401
    """The character that draws a glyph; one of the private area where no letter does."""
    for code in face.glyphToChar.get(glyph, ()):
        if code != 0xA0:  # ReportLab draws a non-breaking space as a blank anyway
            return int(code)
    code = PRIVATE + glyph
    face.charToGlyph[code] = glyph
    face.charWidths[code] = width
    return code


def is_right_to_left(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text
    )


def is_mostly_right_to_left(text: str) -> bool:
    """Whether most of the letters are written from right to left."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def levels(text: str, base: int) -> list[int]:
    """The level of each character in a paragraph whose own level is ``base`` (1: to the left)."""
    store = algorithm.get_empty_storage()
    # The algorithm drops joiners; as marks they keep their place and take their letter's level.
    text = "".join("\u0300" if unicodedata.bidirectional(c) in ("BN", "") else c for c in text)
    store["base_level"], store["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, store)
    algorithm.explicit_embed_and_overrides(store)
    algorithm.resolve_weak_types(store)
    algorithm.resolve_neutral_types(store, False)
    algorithm.resolve_implicit_levels(store, False)
    return [char["level"] for char in store["chars"]]


def visual_order(found: Sequence[int]) -> list[int]:
    """The places of a line's stretches from left to right, by the level of each."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return order
