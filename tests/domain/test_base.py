"""The key by which all names are sorted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.base import collated


def test_marks_and_case_do_not_part_names() -> None:
    names = ["Zlotkey", "Öztürk", "Oyelaran", "özdemir", "Ørsted", "Łukasz", "Bär", "Brömmelkamp",
             "Straße", "Strasser", "Æbelø", "Adams", "İnci", "Đoković"]  # fmt: skip
    assert sorted(names, key=collated) == [
        "Adams", "Æbelø", "Bär", "Brömmelkamp", "Đoković", "İnci", "Łukasz", "Ørsted", "Oyelaran",
        "özdemir", "Öztürk", "Straße", "Strasser", "Zlotkey",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", None])
def test_nothing_stays_nothing(text: str | None) -> None:
    assert collated(text) == text


@given(st.text())
def test_however_a_text_is_composed_it_has_one_place(text: str) -> None:
    assert collated(unicodedata.normalize("NFC", text)) == collated(
        unicodedata.normalize("NFD", text)
    )
