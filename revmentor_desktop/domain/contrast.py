"""Whether a colour can be read on white paper (contrast of WCAG 2.2)."""

from __future__ import annotations

LEAST = 4.5
"""The contrast that text of any size needs."""


def on_white(colour: str) -> float:
    """The contrast of a colour such as #0F6E66 on white: from 1 to 21."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(colour: str) -> str:
    """The lightest darker shade of a colour that can be read on white; itself where it can."""
    parts = _parts(colour)
    for share in range(100, -1, -1):
        shade = "#" + "".join(f"{round(part * 2.55 * share):02X}" for part in parts)
        if share == 100 and on_white(colour) >= LEAST:
            return colour.upper()
        if on_white(shade) >= LEAST:
            return shade
    return "#000000"


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
