"""Ten thousand made-up texts as names and as wording: printed as text or refused in a sentence."""

from __future__ import annotations

import random

import pytest

from tests.documents.test_hostile import named, printed_or_refused, worded

PORTION = 500
PARTS = (
    *"<>&*|\\()%/'\"\x00\x1b\n\t -—éßΩЖảمحא李😀09a",
    "</para>", "<b>", "{{", "}}", "{{mentor.name}}", "**", "x" * 300, "Word", "क्ष", "श्री",
    "file:///etc/hostname", "../..", "\u00a0", "\u200d", "\u202e", "\ufeff", "\ud800", "\u0301",
    "\u0651", "\ufffe", "\ufdd0", "\U0010ffff", "\ue123",
)  # fmt: skip


def texts(seed: int) -> list[str]:
    """Half put together of awkward parts, half of any characters whatever."""
    chance = random.Random(f"hostile papers {seed}")
    made = []
    for at in range(PORTION):
        if at % 2:
            made.append("".join(chance.choices(PARTS, k=chance.randint(1, 14))))
        else:
            wide = chance.choice((0x7F, 0x24F, 0x6FF, 0x97F, 0xFFFF, 0x10FFFF))
            codes = (chance.randint(0, wide) for _n in range(chance.randint(1, 40)))
            made.append("".join(map(chr, codes)))
    return made


@pytest.mark.parametrize("seed", range(10_000 // PORTION))
def test_ten_thousand_texts_print_or_are_refused(seed: int) -> None:
    made = texts(seed)
    for as_entry in (named, worded):
        printed, refused = printed_or_refused(map(as_entry, made))
        assert printed + refused == PORTION
        assert printed > PORTION * 0.2
