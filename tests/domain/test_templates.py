"""The grammar of templates: what is allowed, and what is said of what is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS
from revmentor_desktop.domain.templates import Piece, load, parse


def test_bold_italic_and_fields() -> None:
    assert parse("Dear **{{reader.name}}**, *hello*") == (
        Piece("Dear "),
        Piece("", "reader.name", bold=True),
        Piece(", "),
        Piece("hello", italic=True),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{mentr.name}}", "Line 3: there is no field “mentr.name”. Did you mean “mentor.name”?"),
        ("{{mentor.name", "Line 3: a field starts with {{ and ends with }}"),
        ("**bold", "Line 3: an asterisk opens"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(text, 3)
    assert sentence in str(refused.value)


@given(st.text())
def test_any_text_is_parsed_or_refused_in_words(text: str) -> None:
    try:
        pieces = parse(text)
    except UserError:
        return
    assert all(piece.text or piece.field in FIELDS for piece in pieces)


def test_a_damaged_template_is_refused() -> None:
    with pytest.raises(UserError, match="Restore the default"):
        load("{")
    with pytest.raises(UserError, match="no block called “poem”"):
        load(json.dumps({"blocks": [{"kind": "poem"}]}))
