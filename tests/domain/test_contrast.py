"""The contrast of the accent colour on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain import contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21), ("#FFFFFF", 1), ("#767676", 4.54), ("#0F6E66", 6.10)]
)
def test_the_contrast_is_that_of_the_standard(colour: str, ratio: float) -> None:
    assert contrast.on_white(colour) == pytest.approx(ratio, abs=0.01)


@given(COLOURS)
def test_a_darkened_colour_can_be_read_and_a_readable_one_stays(colour: str) -> None:
    shade = contrast.darkened(colour)
    assert contrast.on_white(shade) >= contrast.LEAST
    if contrast.on_white(colour) >= contrast.LEAST:
        assert shade == colour
